#include "controller/evidence/operators_json.hpp"

#include "inventory/support/rfc3339.hpp"

namespace controller::evidence {
namespace {

/// What was said, with who, why and when.
Json said(const Word& word, Json what) {
    what.update(evidence::json_of(word));
    return what;
}

template <class T>
Json list_of(const std::vector<T>& values) {
    Json list = Json::array();
    for (const auto& value : values) {
        list.push_back(evidence::json_of(value));
    }
    return list;
}

Json silences_json(const SilenceFacts& silences, inventory::Time now) {
    if (!silences.configured) {
        return {};
    }
    return {{"read", moment(silences.read_at, now)},
            {"error", silences.error},
            {"covering", list_of(silences.covering)}};
}

Json place_json(const Whereabouts& vm) {
    return {{"zone", json_or_null(vm.zone)},
            {"cluster", json_or_null(vm.cluster)},
            {"hosts", vm.hosts},
            {"account", json_or_null(vm.account)},
            {"domain_path", json_or_null(vm.domain_path)}};
}

}  // namespace

Json json_of(const Word& word) {
    return {{"operator", word.who}, {"reason", word.why}, {"at", inventory::to_rfc3339_exactly(word.at)}};
}

Json json_of(const Silence& silence) {
    return {{"id", silence.id},
            {"created_by", silence.created_by},
            {"comment", silence.comment},
            {"ends_at", silence.ends_at}};
}

Json json_of(const Pause& pause) {
    return said(pause.word, {{"id", pause.id},
                             {"scope", to_word(pause.scope)},
                             {"subject", pause.subject},
                             {"until", inventory::to_rfc3339_exactly(pause.until)},
                             {"ended", pause.ended ? json_of(*pause.ended) : Json()}});
}

Json json_of(const Approval& approval) {
    return said(approval.word, {{"id", approval.id},
                                {"action_id", approval.action_id},
                                {"attempt", approval.attempt_number},
                                {"until", inventory::to_rfc3339_exactly(approval.expires_at)}});
}

Json json_of(const Lift& lift) {
    return said(lift.word, {{"id", lift.id},
                            {"action_id", lift.action_id},
                            {"guard", lift.guard},
                            {"until", inventory::to_rfc3339_exactly(lift.until)}});
}

Json json_of(const Acknowledgement& acknowledgement) {
    return said(acknowledgement.word, {{"id", acknowledgement.id}, {"vm_id", acknowledgement.vm_uuid}});
}

Json json_of(const OperatorFacts& facts, inventory::Time now) {
    return {{"pauses", list_of(facts.pauses)},
            {"approvals", list_of(facts.approvals)},
            {"lifts", list_of(facts.lifts)},
            {"acknowledgement", facts.acknowledgement ? json_of(*facts.acknowledgement) : Json()},
            {"whereabouts", place_json(facts.whereabouts)},
            {"silences", silences_json(facts.silences, now)}};
}

}  // namespace controller::evidence
