#include "controller/decision/move_outcome.hpp"

namespace controller::decision {
namespace {

using inventory::MoveProgress;

/// Written when a call has ended, whichever way; of this try, when it is newer than what was there before.
const inventory::MoveMark* event_of_try(const MoveWorld& world) {
    const bool is_newer = world.vm && world.vm->newest_move && world.move &&
                          world.vm->newest_move->event > world.move->judged_event;
    return is_newer ? &*world.vm->newest_move : nullptr;
}

/// CloudStack turned it away before it did anything, and before any event (reference 5.5, 6.3).
bool is_turned_away(const MoveTry& tried) {
    if (!tried.answer || !tried.answer->error_code) {
        return false;
    }
    const int code = *tried.answer->error_code;
    return (code >= 400 && code <= 499) || (code >= 531 && code <= 537);
}

bool is_sequence_missing(const MoveWorld& world) {
    if (!world.move || !world.destination) {
        return false;
    }
    for (const auto& network : networks_of_move(world.move->outline(), world.vm, *world.destination)) {
        if (!network.next_mac) {
            return true;
        }
    }
    return false;
}

MoveEnd failed_untouched(const MoveTry& tried, const MoveWorld& world) {
    FailedMoveCall call;
    call.lock_wait_timeout = world.lock_wait_timeout;
    call.sequence_missing = is_sequence_missing(world);
    if (tried.answer) {
        call.error_code = tried.answer->error_code;
        call.text = tried.answer->text;
        call.took = tried.answer->took;
    } else if (const auto* event = event_of_try(world)) {
        call.took = event->ended - tried.intent_at;
    }
    const auto found = classify(call);
    return {AttemptOutcome::failed, found.failure,
            "the VM is untouched; " + std::string{to_word(found.failure)} + ": " + found.because +
                (call.text.empty() ? "" : "; CloudStack says: " + call.text)};
}

MoveEnd unverified(std::string note) {
    return {AttemptOutcome::unverified, MoveFailure::unknown, std::move(note)};
}

MoveEnd ended_untouched(const MoveTry& tried, const MoveWorld& world) {
    const auto* event = event_of_try(world);
    const bool said_moved = tried.answer && !tried.answer->error_code;
    if (event != nullptr ? !event->failed : said_moved) {
        return unverified("CloudStack says that the VM was moved, and it is wholly its old owner's");
    }
    if (event == nullptr && !tried.answer) {
        return unverified(
            "the VM is untouched, but no VM.MOVE event of the try has been written: whether CloudStack took "
            "it "
            "is unknown");
    }
    return failed_untouched(tried, world);
}

MoveEnd ended_in_pieces(const inventory::MoveVerdict& verdict) {
    MoveEnd end{AttemptOutcome::failed, MoveFailure::partial, "the VM is in pieces, a human has to mend it"};
    for (const auto& missing : verdict.missing) {
        end.note += "; " + missing;
    }
    return end;
}

}  // namespace

std::optional<MoveEnd> judge_try(const MoveTry& tried, const MoveWorld& world) {
    const auto verdict = world.verdict();
    const bool is_over = event_of_try(world) != nullptr || is_turned_away(tried) || tried.is_waited_out;
    const bool is_moved = verdict.progress == MoveProgress::moved;
    if (is_moved && (is_over || tried.answer)) {
        return MoveEnd{AttemptOutcome::succeeded, std::nullopt,
                       "the VM, its volumes and its NICs are those of account " + world.move->target.account};
    }
    if (!is_over) {
        return std::nullopt;
    }
    switch (verdict.progress) {
        case MoveProgress::untouched:
            return ended_untouched(tried, world);
        case MoveProgress::partial:
            return ended_in_pieces(verdict);
        case MoveProgress::moved:
        case MoveProgress::unknown:
            break;
    }
    return tried.is_waited_out ? std::optional{unverified("whose the VM is could not be read")}
                               : std::nullopt;
}

}  // namespace controller::decision
