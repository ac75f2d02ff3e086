#include <algorithm>

#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {
namespace {

bool is_candidate(const World& world, inventory::HostId host) {
    return std::any_of(world.candidates.begin(), world.candidates.end(),
                       [host](const CandidateHost& candidate) { return candidate.id == host; });
}

/// A list that lacks a host which the row itself names is not a list of all hosts.
void object_to_gaps(Objections& objections, const World& world) {
    objections.object_if(world.candidates.empty(), "no host is known that could hold the VM");
    const auto* vm = world.vm();
    if (vm == nullptr) {
        objections.object("without a certain row it is unknown which hosts could hold the VM");
        return;
    }
    for (const auto& named : {vm->host, vm->last_host, vm->power_host}) {
        if (named && !is_candidate(world, *named)) {
            objections.object("host " + std::to_string(named->value) +
                              " is named by the row and was not asked");
        }
    }
}

void object_to_silence(Objections& objections, const World& world, const Policy& policy) {
    for (const auto& host : world.candidates) {
        if (host.proven_off ||
            (host.answered && is_fresh(host.answer_asked_at, world.now, policy.freshness))) {
            continue;
        }
        objections.fact(host.name,
                        "status " + host.status + ", last asked with success " +
                            age_words(host.answer_asked_at, world.now) +
                            (host.error.empty() ? "" : ", " + host.error) +
                            (host.power_doubt.empty() ? "" : "; not proven off: " + host.power_doubt));
        objections.object(host.name + " has not answered in time");
    }
}

}  // namespace

/// Unknown is not dead: the one silent host may be the one that runs it.
Answer witnesses(const Action&, const World& world, const Policy& policy) {
    Objections objections;
    objections.fact("records_read", age_words(world.records_read_at, world.now));
    objections.object_if(!world.database_up, "CloudStack's database cannot be read");
    objections.object_if(!is_fresh(world.records_read_at, world.now, policy.freshness),
                         "CloudStack's records are not fresh");
    object_to_gaps(objections, world);
    object_to_silence(objections, world, policy);
    return objections.refusal(
        "an answer within " + inventory::to_words(policy.freshness) +
        " from the database and from every host that could hold the VM, or proof that a silent "
        "host is off (cloud.proof_of_power_off)");
}

}  // namespace controller::decision::guards
