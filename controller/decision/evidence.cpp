#include "controller/decision/evidence.hpp"

#include <utility>

namespace controller::decision {

using inventory::Duration;
using inventory::Time;

bool is_fresh(std::optional<Time> at, Time now, Duration limit) {
    return at && *at <= now && now - *at <= limit;
}

std::string age_words(std::optional<Time> at, Time now) {
    if (!at) {
        return "unknown";
    }
    return *at <= now ? inventory::to_words(now - *at) + " ago"
                      : inventory::to_words(*at - now) + " in the future";
}

void Objections::fact(std::string name, std::string value) {
    refusal_.facts.emplace_back(std::move(name), std::move(value));
}

void Objections::object(std::string sentence) {
    refusal_.sentence += (refusal_.sentence.empty() ? "" : "; ") + std::move(sentence);
}

void Objections::object_if(bool applies, std::string_view sentence) {
    if (applies) {
        object(std::string{sentence});
    }
}

std::optional<Refusal> Objections::refusal(std::string lifted_by) {
    if (refusal_.sentence.empty()) {
        return std::nullopt;
    }
    refusal_.lifted_by = std::move(lifted_by);
    return std::move(refusal_);
}

}  // namespace controller::decision
