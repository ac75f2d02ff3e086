#include "controller/decision/move_outcome.hpp"

#include <algorithm>

#include "controller/model/answer_code.hpp"

namespace controller::decision {
namespace {

using inventory::MoveProgress;

/// Written when a call has ended, whichever way; of this try, when it is newer than what was there before.
const inventory::MoveMark* event_of_try(const MoveWorld& world) {
    const bool is_newer = world.vm && world.vm->newest_move && world.move &&
                          world.vm->newest_move->event > world.move->judged_event;
    return is_newer ? &*world.vm->newest_move : nullptr;
}

bool was_turned_away(const MoveTry& tried) {
    return tried.answer && tried.answer->error_code && is_turned_away(*tried.answer->error_code);
}

/// Whether the call has ended. An answer without its event may have been faster than a replica that lags. An
/// event without an answer may be that of somebody else, who tried by hand while ours goes on.
bool is_over(const MoveTry& tried, const MoveWorld& world) {
    return tried.is_waited_out || was_turned_away(tried) || (tried.answer && event_of_try(world) != nullptr);
}

bool is_sequence_missing(const MoveWorld& world) {
    const auto networks = networks_of_move(world.move->outline(), world.vm, *world.destination);
    return std::ranges::any_of(
        networks, [](const inventory::DestinationNetwork& network) { return !network.next_mac; });
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
            "it is unknown");
    }
    return failed_untouched(tried, world);
}

/// CloudStack's error on a VM that looks whole: releases that change the owner first may have left a NIC on a
/// shared network, which no row tells from one that belongs there (reference 5.4).
bool says_failed(const MoveTry& tried, const MoveWorld& world) {
    if (const auto* event = event_of_try(world)) {
        return event->failed;
    }
    return tried.answer && tried.answer->error_code && !was_turned_away(tried);
}

std::optional<MoveEnd> ended_moved(const MoveTry& tried, const MoveWorld& world) {
    const std::string whose =
        "the VM, its volumes and its NICs are those of account " + world.move->target.account;
    if (says_failed(tried, world)) {
        return is_over(tried, world)
                   ? std::optional{unverified(whose +
                                              ", and CloudStack says that the move failed: look at its NICs")}
                   : std::nullopt;
    }
    if (tried.answer || tried.is_waited_out || event_of_try(world) != nullptr) {
        return MoveEnd{AttemptOutcome::succeeded, std::nullopt, whose};
    }
    return std::nullopt;
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
    if (verdict.progress == MoveProgress::moved) {
        return ended_moved(tried, world);
    }
    if (!is_over(tried, world)) {
        return std::nullopt;
    }
    if (verdict.progress == MoveProgress::untouched) {
        return ended_untouched(tried, world);
    }
    if (verdict.progress == MoveProgress::partial) {
        return ended_in_pieces(verdict);
    }
    return tried.is_waited_out ? std::optional{unverified("whose the VM is could not be read")}
                               : std::nullopt;
}

}  // namespace controller::decision
