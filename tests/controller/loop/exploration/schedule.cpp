#include <algorithm>
#include <array>
#include <utility>

#include "tests/controller/loop/exploration/hands.hpp"

// What happens when, in one schedule.
namespace exploration {

using namespace std::chrono_literals;
using controller::ActionState;
using Stop = test_support::FakeCloud::StopBehaviour;
using Start = test_support::FakeCloud::StartBehaviour;

namespace {

constexpr auto beyond_the_request = 100s;  // its expiry and what is waited on top
constexpr auto beyond_an_answer = 40s;     // until which the facts of a decision are evidence
constexpr auto length_of_an_observed_alert = 2min;
constexpr int rounds_to_the_end = 200;
constexpr int rounds_behind_the_end = 3;  // for what was frozen, to wake up and try
constexpr int rounds_of_silence = 20;     // when nothing has happened for so long, nothing will

constexpr std::array<Answer, 8> answers{
    {{Stop::works, Start::works, true, "done"},
     {Stop::refused, Start::refused, false, "refused"},
     {Stop::not_sent, Start::not_sent, false, "no connection"},
     {Stop::lost_before, Start::lost_before, false, "lost on its way there"},
     {Stop::lost_after, Start::lost_after, true, "done, and the answer lost"},
     {Stop::fails_unexpectedly, Start::fails_unexpectedly, true, "done, and an unexpected failure answered"},
     {Stop::job_fails, Start::job_fails, true, "a job that fails"},
     {Stop::only_says_success, Start::only_says_success, true, "a job that only says success"}}};

}  // namespace

void TwoControllers::boundary(Boundary kind, const std::string& before) {
    if (ending_) {
        throw Killed{};
    }
    note_state(before);
    wake_the_other(false);
    const auto possible = moves(kind);
    take(possible.size() == 1 ? possible.front() : possible.at(choices_.choose(possible.size())), before);
}

std::vector<TwoControllers::Move> TwoControllers::moves(Boundary kind) {
    std::vector<Move> possible{{.kind = Move::Kind::go_on}};
    if (!may_choose() || deviations_left_ == 0) {
        return possible;
    }
    possible.push_back({.kind = Move::Kind::freeze, .time = beyond_the_lease});
    possible.push_back({.kind = Move::Kind::crash});
    possible.push_back({.kind = Move::Kind::freeze, .time = beyond_the_request});
    possible.push_back({.kind = Move::Kind::stall, .time = beyond_an_answer});
    possible.push_back({.kind = Move::Kind::lapse, .time = beyond_the_lease});
    possible.push_back({.kind = Move::Kind::crash, .comes_back_first = true});
    if (kind == Boundary::write) {
        possible.push_back({.kind = Move::Kind::lose_answer});
    }
    if (!resolved_) {
        possible.push_back({.kind = Move::Kind::resolve});
    }
    return possible;
}

void TwoControllers::take(const Move& move, const std::string& before) {
    auto& self = *running_;
    if (move.kind == Move::Kind::go_on) {
        return;
    }
    --deviations_left_;
    const auto at = " before " + before;
    switch (move.kind) {
        case Move::Kind::go_on:
            return;
        case Move::Kind::resolve:
            tell("the alert resolves" + at + " of " + self.name);
            resolve();
            return;
        case Move::Kind::lose_answer:
            tell(self.name + " loses the journal's answer to " + before);
            self.loses_answer = true;
            return;
        case Move::Kind::stall:
            tell(self.name + " waits " + inventory::to_words(move.time) + at);
            pass(move.time);
            return;
        case Move::Kind::lapse:
            tell(self.name + " loses " + inventory::to_words(move.time) + " unnoticed" + at);
            move_clock(move.time);
            return;
        case Move::Kind::freeze:
            tell(self.name + " is frozen" + at + ", " + inventory::to_words(move.time) + " pass");
            self.frozen = true;
            self.frozen_since = now_;
            self.news = 0;
            pass(move.time);
            pass_to(other_than(self));
            tell(self.name + " goes on with " + before);
            return;
        case Move::Kind::crash:
            tell(self.name + " crashes" + at + (move.comes_back_first ? " and comes back first" : ""));
            self.alive = move.comes_back_first;
            throw Killed{};
    }
}

/// Who is frozen may wake up before any step of the other that follows something new, and between any two
/// rounds until its request is over; when else makes no difference.
void TwoControllers::wake_the_other(bool by_time) {
    auto& other = other_than(*running_);
    if (!other.frozen || !may_choose()) {
        return;
    }
    const bool is_news = std::exchange(other.news, news()) != news();
    const bool is_time = by_time && now_ - other.frozen_since < beyond_the_request + beyond_the_lease;
    if ((is_news || is_time) && choices_.choose(2) == 1) {
        tell(other.name + " wakes up");
        pass_to(other);
    }
}

/// The end of a round: time passes, and the other has its turn.
void TwoControllers::sleep() {
    note_state("the next round");
    ++rounds_;
    const bool is_quiet = std::exchange(last_news_, news()) == news();
    quiet_rounds_ = is_quiet ? quiet_rounds_ + 1 : 0;
    rounds_after_the_end_ += controller::is_final(action().state) ? 1 : 0;
    let_outsiders_act();
    if (rounds_after_the_end_ > rounds_behind_the_end || rounds_ > rounds_to_the_end ||
        quiet_rounds_ > rounds_of_silence) {
        end_run();
    }
    pass(settings_.judge_interval);
    wake_the_other(true);
    auto& other = other_than(*running_);
    if (!other.frozen || !may_choose()) {
        pass_to(other);
    }
}

/// What does not come from the controllers, and is no deviation either.
void TwoControllers::let_outsiders_act() {
    const auto known = action();
    if (scenario_.mode == controller::Mode::observe && !resolved_ &&
        now_ - began_ > length_of_an_observed_alert) {
        resolve();
    }
    if (known.state == ActionState::awaiting_approval && approved_version_ != known.version) {
        approved_version_ = known.version;
        (void)operators_.approve(known, {"alice", "storage works", now_}, now_ + 1h);
    }
    if (quiet_rounds_ > rounds_of_silence && waits_for_an_operator()) {
        tell("the operator starts the VM");
        ++findings_.left_to_an_operator;
        operator_started_it_ = true;
        quiet_rounds_ = 0;
        cloud_->ha_starts_on(1);
    }
}

/// ha_restart, after a stop of which nobody can tell whose it was (docs/safety.md, Whose wish was it?).
bool TwoControllers::waits_for_an_operator() {
    const auto known = action();
    const auto tried = attempts();
    return !operator_started_it_ && known.state == ActionState::held &&
           known.stage == controller::Stage::stopped &&
           std::ranges::any_of(tried, [](const controller::Attempt& attempt) {
               return attempt.outcome == controller::AttemptOutcome::succeeded && !attempt.accepted;
           });
}

void TwoControllers::resolve() {
    resolved_ = true;
    (void)durable_journal_.resolve(the_alert(false), now_);
}

const Answer& TwoControllers::choose_answer() {
    const bool chooses = may_choose() && deviations_left_ > 0;
    const auto chosen = chooses ? choices_.choose(answers.size()) : 0;
    answers_ = answers_ * answers.size() + chosen + 1;
    if (chosen != 0) {
        --deviations_left_;
        tell("the call of " + running_->name + ": " + std::string(answers.at(chosen).words));
    }
    return answers.at(chosen);
}

bool TwoControllers::may_choose() {
    return !ending_ && !controller::is_final(action().state);
}

void TwoControllers::tell(const std::string& event) {
    story_ += "  " + inventory::to_rfc3339(now_) + " " + event + "\n";
}

}  // namespace exploration
