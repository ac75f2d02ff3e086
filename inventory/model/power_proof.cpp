#include "inventory/model/power_proof.hpp"

namespace inventory {
namespace {

std::optional<std::string> doubt_about_reading(const PowerFacts& facts, Time now) {
    const auto& power = facts.host->power;
    if (!power || !power->enabled) {
        return "out-of-band management does not read its power";
    }
    if (power->state != "Off") {
        return "out-of-band management reads its power as " + power->state;
    }
    if (!power->since || *power->since > now) {
        return "since when its power is off is unknown";
    }
    if (facts.last_answer && *power->since < *facts.last_answer) {
        return "its libvirt has answered since its power was read as off";
    }
    if (!facts.reader_alive) {
        return "the management server that reads its power is not Up with a fresh heartbeat";
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_word(PowerProof proof) {
    return proof == PowerProof::host_ha ? "host_ha" : "none";
}

std::optional<PowerProof> parse_power_proof(std::string_view word) {
    for (const auto proof : {PowerProof::none, PowerProof::host_ha}) {
        if (word == to_word(proof)) {
            return proof;
        }
    }
    return std::nullopt;
}

std::optional<std::string> doubt_that_off(const PowerFacts& facts, PowerProof proof, Time now) {
    if (proof == PowerProof::none) {
        return "no proof of power off is configured";
    }
    if (facts.host->ha_state != "Fenced") {
        return "host HA has not fenced it: its state is " + facts.host->ha_state.value_or("not configured");
    }
    return doubt_about_reading(facts, now);
}

}  // namespace inventory
