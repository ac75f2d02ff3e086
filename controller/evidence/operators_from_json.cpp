#include "controller/evidence/operators_from_json.hpp"

namespace controller::evidence {
namespace {

Word word_from(const FactsReader& said) {
    return {said.text("operator"), said.text("reason"), said.time("at")};
}

/// One whose scope cannot be read covers everything.
Pause pause_from(const FactsReader& said) {
    Pause pause;
    pause.id = said.number("id");
    pause.scope = said.maybe_word("scope", all_pause_scopes).value_or(PauseScope::all);
    pause.subject = said.text("subject");
    pause.word = word_from(said);
    pause.until = said.time("until");
    pause.ended = said.maybe_object("ended", word_from);
    return pause;
}

Approval approval_from(const FactsReader& said) {
    return {said.number("id"), said.number("action_id"), static_cast<std::uint32_t>(said.number("attempt")),
            word_from(said), said.time("until")};
}

Lift lift_from(const FactsReader& said) {
    return {said.number("id"), said.number("action_id"), said.text("guard"), word_from(said),
            said.time("until")};
}

Acknowledgement acknowledgement_from(const FactsReader& said) {
    return {said.number("id"), said.text("vm_id"), word_from(said)};
}

Silence silence_from(const FactsReader& silence) {
    return {
        silence.text("id"), silence.text("created_by"), silence.text("comment"), silence.text("ends_at"), {}};
}

SilenceFacts silences_from(const FactsReader& silences) {
    return {true, silences.moment("read"), silences.text("error"), silences.list("covering", silence_from)};
}

Whereabouts whereabouts_from(const FactsReader& place) {
    return {place.maybe_text("zone"), place.maybe_text("cluster"), place.texts("hosts"),
            place.maybe_text("account"), place.maybe_text("domain_path")};
}

}  // namespace

OperatorFacts operators_from(const FactsReader& facts) {
    OperatorFacts operators;
    operators.pauses = facts.list("pauses", pause_from);
    operators.approvals = facts.list("approvals", approval_from);
    operators.lifts = facts.list("lifts", lift_from);
    operators.acknowledgement = facts.maybe_object("acknowledgement", acknowledgement_from);
    operators.whereabouts = facts.maybe_object("whereabouts", whereabouts_from).value_or(Whereabouts{});
    operators.silences = facts.maybe_object("silences", silences_from).value_or(SilenceFacts{});
    return operators;
}

}  // namespace controller::evidence
