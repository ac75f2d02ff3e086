#include "tests/support/worlds_operators.hpp"

#include <array>

namespace support {
namespace {

using controller::Mode;
using controller::PauseScope;
using controller::Remedy;
using inventory::Duration;
using inventory::Time;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// Around `now`, on both sides.
Time about_now(Dice& dice) {
    return now + dice.one_of<Duration>(
                     {hours{-30}, minutes{-10}, seconds{-1}, seconds{0}, Duration{1}, seconds{1}, hours{1}});
}

controller::OperatorFacts& the_operators(Case& c) {
    return c.world.operators ? *c.world.operators : c.world.operators.emplace();
}

controller::RemedyPolicy& the_remedy(Case& c) {
    return c.policy.remedies[Remedy::stop_sync];
}

using Blow = void (*)(Case&, Dice&);

constexpr std::array blows{
    Blow{[](Case& c, Dice&) { c.world.operators.reset(); }},
    Blow{[](Case& c, Dice& dice) {
        the_remedy(c).mode = Mode::approve;
        auto approval = an_approval(dice.one_of({1U, 1U, 1U, 2U}));
        approval.action_id = dice.one_in(6) ? 2 : 1;
        approval.word.at = dice.one_in(3) ? about_now(dice) : approval.word.at;
        approval.expires_at = dice.one_in(3) ? about_now(dice) : approval.expires_at;
        if (!dice.one_in(5)) {
            the_operators(c).approvals.push_back(approval);
        }
    }},
    Blow{[](Case& c, Dice& dice) {
        auto pause = a_pause(
            dice.any(controller::all_pause_scopes),
            dice.one_of<std::string>({"", "stop_sync", "ha_restart", "zone1", "zone2", "cluster1", "kvm1",
                                      "kvm2", "alice", "/sales/alice", "/alice", a_vm().uuid}));
        pause.until = dice.one_in(4) ? about_now(dice) : pause.until;
        pause.word.at = about_now(dice);
        if (dice.one_in(4)) {
            pause.ended = a_word(about_now(dice));
        }
        the_operators(c).pauses.push_back(pause);
        if (dice.one_in(2)) {
            the_operators(c).whereabouts = some_place();
        }
    }},
    Blow{[](Case& c, Dice& dice) {
        auto& silences = the_operators(c).silences;
        silences.configured = !dice.one_in(4);
        silences.read_at = dice.one_in(4) ? std::nullopt : std::optional{about_now(dice)};
        if (dice.one_in(3)) {
            silences.covering = {a_silence()};
        }
    }},
    Blow{[](Case& c, Dice& dice) {
        for (auto count = dice.roll(3); count > 0; --count) {
            the_remedy(c).windows.push_back(*controller::parse_window(dice.one_of<std::string>(
                {"Mon-Fri 00:00-24:00", "Sat 09:00-10:00", "Sat 08:00-09:00", "22:00-09:00 UTC",
                 "22:00-09:01", "Fri 22:00-10:00", "Sat 11:00-11:30 +02:00", "Sat 10:30-11:30 +02:00",
                 "Sun 00:00-24:00 -09:01"})));
        }
    }},
    Blow{[](Case& c, Dice& dice) {
        the_remedy(c).flapping = {dice.one_of({1U, 2U, 3U}),
                                  dice.one_of<Duration>({seconds{1}, hours{2}, hours{24}})};
        for (auto count = dice.roll(4); count > 0; --count) {
            auto attempt = an_attempt();
            attempt.action_id = dice.roll(4);
            attempt.intent_at =
                now - dice.one_of<Duration>({hours{3}, hours{4}, hours{26}, hours{27}, hours{60}});
            attempt.expires_at = attempt.intent_at + minutes{1};
            attempt.ended_at = attempt.intent_at + seconds{30};
            if (dice.one_in(5)) {
                attempt.outcome = controller::AttemptOutcome::not_sent;
            }
            c.world.attempts.push_back(attempt);
        }
        if (dice.one_in(3)) {
            the_operators(c).acknowledgement =
                an_acknowledgement(now - dice.one_of<Duration>({hours{-1}, hours{0}, hours{4}, hours{26}}));
        }
    }},
    Blow{[](Case& c, Dice& dice) {
        auto lift = a_lift(
            dice.one_of<std::string>({"pause", "window", "attempts", "storm", "mode", "witnesses", "grace",
                                      "unchanged", "concurrency", "unresolved", "still_true"}));
        lift.action_id = dice.one_in(5) ? 2 : 1;
        lift.word.at = dice.one_in(4) ? about_now(dice) : lift.word.at;
        lift.until = dice.one_in(4) ? about_now(dice) : lift.until;
        the_operators(c).lifts.push_back(lift);
    }},
};

}  // namespace

void strike_by_operators(Case& c, Dice& dice) {
    dice.any(blows)(c, dice);
}

}  // namespace support
