#include <algorithm>

#include "tests/controller/loop/exploration/hands.hpp"

// What must be so in every schedule.
namespace exploration {

using controller::ActionState;
using controller::AttemptOutcome;

/// Before anything else can happen to it: whoever calls has looked at its lease, and there is time left.
void TwoControllers::check_sender() {
    if (!running_->keeper->leadership().leads()) {
        violate(running_->name + " calls without a lease");
    }
    if (!running_->begun) {
        violate(running_->name + " calls without an intent of its own");
    } else if (++calls_made_[*running_->begun] > 1) {
        violate(running_->name + " calls twice for one attempt");
    }
}

/// A call that CloudStack takes belongs to an open attempt that its sender began, and is that attempt's only
/// one. So nobody else can have an intent on the VM, whoever holds the lease by then.
void TwoControllers::check_call(bool taken) {
    if (!taken) {
        return;
    }
    const auto open = durable_journal_.attempts_without_outcome().value();
    if (open.size() != 1 || open.front().id != running_->begun) {
        violate("CloudStack takes a call of " + running_->name + " that no open attempt of it stands for");
        return;
    }
    if (++calls_taken_[open.front().id] > 1) {
        violate("CloudStack takes two calls for one attempt");
    }
    findings_.late += lease_.token() == running_->keeper->token() ? 0U : 1U;
}

/// Of a write that the journal has just accepted.
void TwoControllers::check_write() {
    if (running_->keeper->token() != lease_.token()) {
        violate(running_->name + " writes under a token that is not the lease's");
    }
}

/// When both controllers have run quietly to the end.
void TwoControllers::check_the_end() {
    note_lifecycle();
    if (cut_short_) {
        return;
    }
    const auto known = action();
    if (!controller::is_final(known.state)) {
        violate("the action is stuck in " + word_of(known.state));
    }
    if (!durable_journal_.attempts_without_outcome()->empty()) {
        violate("an attempt has no outcome, though nobody works on it any more");
    }
    check_the_cloud();
    check_outcomes();
}

void TwoControllers::check_the_cloud() {
    const auto state = action().state;
    const bool acted = cloud_->stops_executed() > 0;
    if (cloud_->stops_executed() > 1 || cloud_->starts_executed() > 1) {
        violate("the VM was stopped or started twice");
    }
    if (cloud_->starts_over_life() > 0 || cloud_->most_alive() > 1) {
        violate("the VM was started while it was alive");
    }
    if (state == ActionState::succeeded && !acted) {
        violate("the action succeeded, but nothing was done");
    }
    if (state == ActionState::cancelled && acted && scenario_.remedy == controller::Remedy::stop_sync) {
        violate("the action was cancelled, but the VM was stopped");
    }
}

void TwoControllers::check_outcomes() {
    for (const auto& attempt : attempts()) {
        if (attempt.outcome == AttemptOutcome::not_sent && calls_taken_[attempt.id] > 0) {
            violate("an attempt ended as not sent, but CloudStack took its call");
        }
        if (attempt.outcome == AttemptOutcome::succeeded && calls_taken_[attempt.id] == 0) {
            violate("an attempt succeeded, but CloudStack never took its call");
        }
    }
}

void TwoControllers::violate(const std::string& law) {
    if (!findings_.violation) {
        findings_.violation = law + ", in this story:\n" + story_;
    }
}

}  // namespace exploration
