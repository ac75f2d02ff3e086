#include "tests/support/worlds.hpp"

#include <array>
#include <limits>

#include "tests/support/worlds_operators.hpp"

namespace support {
namespace {

using controller::AttemptOutcome;
using controller::Mode;
using inventory::DomainState;
using inventory::DriftKind;
using inventory::Duration;
using inventory::Time;
using inventory::VmState;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// Around every limit that the default policy has, and in the future.
Time some_time(Dice& dice) {
    return now - dice.one_of<Duration>({seconds{-7200}, seconds{-2}, milliseconds{-1}, seconds{0},
                                        seconds{14}, seconds{15}, seconds{16}, seconds{30},
                                        milliseconds{30001}, seconds{239}, seconds{240}, seconds{299},
                                        seconds{300}, minutes{59}, minutes{60}, std::chrono::hours{3}});
}

std::optional<Time> maybe_some_time(Dice& dice) {
    return dice.one_in(4) ? std::nullopt : std::optional{some_time(dice)};
}

std::optional<inventory::HostId> some_host(Dice& dice) {
    return dice.one_in(5) ? std::nullopt : std::optional{host_id(dice.roll(5))};
}

inventory::VmRecord& some_row(Case& c, Dice& dice) {
    if (c.world.rows.empty()) {
        c.world.rows.push_back(a_vm());
    }
    return c.world.rows.at(dice.roll(c.world.rows.size()));
}

controller::CandidateHost& some_candidate(Case& c, Dice& dice) {
    if (c.world.candidates.empty()) {
        c.world.candidates.push_back(a_candidate(1));
    }
    return c.world.candidates.at(dice.roll(c.world.candidates.size()));
}

inventory::HostRecord& the_host(Case& c) {
    return c.world.host ? *c.world.host : c.world.host.emplace(a_host(1));
}

inventory::ManagementServer& the_manager(Case& c) {
    return c.world.manager ? *c.world.manager : c.world.manager.emplace(a_manager());
}

inventory::Verdict& the_verdict(Case& c) {
    return c.world.verdict ? *c.world.verdict : c.world.verdict.emplace();
}

DomainState some_domain_state(Dice& dice) {
    return dice.one_of({DomainState::running, DomainState::paused, DomainState::shutoff, DomainState::crashed,
                        DomainState::pmsuspended, DomainState::no_state});
}

controller::Attempt some_attempt(Dice& dice) {
    auto attempt = an_attempt();
    attempt.intent_at = some_time(dice);
    attempt.expires_at = attempt.intent_at + dice.one_of<Duration>({minutes{1}, minutes{90}});
    attempt.outcome = dice.one_of<std::optional<AttemptOutcome>>(
        {AttemptOutcome::failed, AttemptOutcome::not_sent, AttemptOutcome::succeeded,
         AttemptOutcome::unverified, std::nullopt});
    attempt.ended_at = dice.one_in(5) ? std::nullopt : std::optional{some_time(dice)};
    attempt.command = dice.one_of({controller::Command::stop_vm, controller::Command::start_vm});
    attempt.accepted = dice.one_in(3);
    return attempt;
}

using Blow = void (*)(Case&, Dice&);

constexpr std::array policy_blows{
    Blow{[](Case& c, Dice& dice) {
        c.policy.remedies[c.action.remedy].mode = dice.one_of({Mode::off, Mode::observe, Mode::automatic});
    }},
    Blow{[](Case& c, Dice&) { c.policy.remedies.clear(); }},
    Blow{[](Case& c, Dice& dice) {
        c.policy.remedies[c.action.remedy].grace_ping_intervals =
            dice.one_of({0U, 2U, 3U, std::numeric_limits<std::uint32_t>::max()});
    }},
    Blow{[](Case& c, Dice& dice) {
        c.policy.remedies[c.action.remedy].attempts = dice.one_of({0U, 1U, 3U});
    }},
    Blow{[](Case& c, Dice& dice) {
        c.policy.freshness = dice.one_of({seconds{0}, seconds{5}, seconds{30}});
    }},
};

constexpr std::array record_blows{
    Blow{[](Case& c, Dice& dice) {
        c.action.vm_uuid = dice.one_of<std::string>({"", "other", a_vm().uuid});
    }},
    Blow{[](Case& c, Dice&) { c.world.rows.clear(); }},
    Blow{[](Case& c, Dice&) { c.world.rows.push_back(a_vm(11)); }},
    Blow{[](Case& c, Dice& dice) {
        some_row(c, dice).uuid = dice.one_of<std::string>({"", "other", a_vm().uuid});
    }},
    Blow{[](Case& c, Dice& dice) { some_row(c, dice).instance_name.clear(); }},
    Blow{[](Case& c, Dice& dice) {
        some_row(c, dice).state = dice.one_of({VmState::running, VmState::starting, VmState::stopping,
                                               VmState::stopped, VmState::migrating, VmState::unrecognized});
    }},
    Blow{[](Case& c, Dice& dice) {
        some_row(c, dice).type = dice.one_of<std::string>({"User", "DomainRouter"});
    }},
    Blow{[](Case& c, Dice& dice) { some_row(c, dice).ha_enabled = dice.one_in(2); }},
    Blow{[](Case& c, Dice& dice) { some_row(c, dice).host = some_host(dice); }},
    Blow{[](Case& c, Dice& dice) { some_row(c, dice).last_host = some_host(dice); }},
    Blow{[](Case& c, Dice& dice) { some_row(c, dice).power_host = some_host(dice); }},
    Blow{[](Case& c, Dice& dice) { some_row(c, dice).update_count = dice.roll(6); }},
    Blow{[](Case& c, Dice& dice) {
        c.world.judged_update_count = dice.one_of<std::optional<std::uint64_t>>({std::nullopt, 4, 5});
    }},
    Blow{[](Case& c, Dice& dice) { c.world.fresh = dice.one_in(2); }},
    Blow{[](Case& c, Dice&) { c.world.database_up = false; }},
    Blow{[](Case& c, Dice& dice) { c.world.records_read_at = maybe_some_time(dice); }},
};

constexpr std::array host_blows{
    Blow{[](Case& c, Dice&) { c.world.host.reset(); }},
    Blow{[](Case& c, Dice& dice) {
        the_host(c).status = dice.one_of<std::string>({"Up", "Down", "Disconnected", "Alert", ""});
    }},
    Blow{[](Case& c, Dice& dice) { the_host(c).id = host_id(dice.roll(4)); }},
    Blow{[](Case& c, Dice& dice) {
        the_host(c).management_server = dice.one_of<std::optional<std::uint64_t>>({std::nullopt, 7, 8});
    }},
    Blow{[](Case& c, Dice&) { c.world.manager.reset(); }},
    Blow{[](Case& c, Dice& dice) {
        the_manager(c).state = dice.one_of<std::string>({"Up", "Down", "Maintenance"});
    }},
    Blow{[](Case& c, Dice& dice) { the_manager(c).last_update = maybe_some_time(dice); }},
    Blow{[](Case& c, Dice&) { c.world.candidates.clear(); }},
    Blow{[](Case& c, Dice& dice) {
        c.world.candidates.erase(c.world.candidates.begin(),
                                 c.world.candidates.begin() +
                                     static_cast<std::ptrdiff_t>(dice.roll(c.world.candidates.size() + 1)));
    }},
    Blow{[](Case& c, Dice& dice) { some_candidate(c, dice).answered = dice.one_in(2); }},
    Blow{[](Case& c, Dice& dice) { some_candidate(c, dice).answer_asked_at = maybe_some_time(dice); }},
    Blow{[](Case& c, Dice& dice) { some_candidate(c, dice).domain = some_domain_state(dice); }},
    Blow{[](Case& c, Dice& dice) {
        auto& candidate = some_candidate(c, dice);
        candidate.answered = false;
        candidate.ha_state = dice.one_of<std::optional<std::string>>({"Fenced", "Fencing", std::nullopt});
        candidate.proven_off = dice.one_in(2);
    }},
};

constexpr std::array work_blows{
    Blow{[](Case& c, Dice&) { c.world.verdict.reset(); }},
    Blow{[](Case& c, Dice& dice) {
        the_verdict(c).kind = dice.one_of({DriftKind::none, DriftKind::unknown, DriftKind::wrong_host,
                                           DriftKind::duplicate_running, DriftKind::running_recorded_stopped,
                                           DriftKind::stopped_out_of_band});
    }},
    Blow{[](Case& c, Dice& dice) { the_verdict(c).alive_on = {host_id(dice.roll(4))}; }},
    Blow{[](Case& c, Dice& dice) { c.world.drift_since = maybe_some_time(dice); }},
    Blow{[](Case& c, Dice& dice) {
        c.world.ping_interval = dice.one_of<std::optional<seconds>>(
            {std::nullopt, seconds{-60}, seconds{0}, seconds{2}, seconds{60},
             seconds{std::numeric_limits<std::int64_t>::max()}});
    }},
    Blow{[](Case& c, Dice&) { c.world.jobs.reset(); }},
    Blow{[](Case& c, Dice&) {
        c.world.jobs = {{a_vm().id, "VmWorkMigrate", now}};
    }},
    Blow{[](Case& c, Dice&) { c.world.ha_work.reset(); }},
    Blow{[](Case& c, Dice&) {
        c.world.ha_work = {{a_vm().id, "HA", "Investigating", now}};
    }},
    Blow{[](Case& c, Dice& dice) { c.world.attempts.push_back(some_attempt(dice)); }},
    Blow{[](Case& c, Dice& dice) { c.world.attempts.push_back(some_attempt(dice)); }},
    Blow{[](Case& c, Dice& dice) { c.world.others_under_way.push_back(dice.roll(9)); }},
    Blow{[](Case& c, Dice&) { c.world.leadership.reset(); }},
    Blow{[](Case& c, Dice& dice) {
        auto& known = c.world.leadership ? *c.world.leadership : c.world.leadership.emplace();
        known.left = dice.one_of<std::optional<Duration>>(
            {std::nullopt, seconds{-1}, seconds{0}, std::chrono::microseconds{1}, seconds{12}});
    }},
    Blow{[](Case& c, Dice& dice) {
        c.world.now += dice.one_of<Duration>({seconds{-3600}, seconds{1}, seconds{3600}});
    }},
};

controller::FleetFacts& the_fleet(Case& c) {
    return c.world.fleet ? *c.world.fleet : c.world.fleet.emplace(a_fleet());
}

controller::FleetGroup& some_group(Case& c, Dice& dice) {
    auto& fleet = the_fleet(c);
    auto& group = *dice.one_of({&fleet.host, &fleet.cluster, &fleet.zone});
    return group ? *group : group.emplace(a_group("host kvm1"));
}

controller::ScopeFacts& the_scope(Case& c) {
    return c.world.scope ? *c.world.scope : c.world.scope.emplace();
}

controller::ScopePolicy some_scope(Dice& dice) {
    using Names = std::vector<std::string>;
    controller::ScopePolicy scope;
    scope.zones = dice.one_of<Names>({{}, {}, {"zone1"}, {"zone2", "zone1"}, {"zone2"}});
    scope.clusters = dice.one_of<Names>({{}, {}, {"cluster1"}, {"cluster2"}});
    scope.accounts = dice.one_of<Names>({{}, {}, {"alice"}, {"/research/alice"}, {"/alice"}, {"bob"}});
    return scope;
}

controller::StormLimit some_limit(Dice& dice) {
    return {dice.one_of({1U, 49U, 50U, 100U}), dice.one_of({0U, 1U, 3U, 100U})};
}

constexpr std::array fleet_blows{
    Blow{[](Case& c, Dice&) { c.world.fleet.reset(); }},
    Blow{[](Case& c, Dice& dice) { the_fleet(c).counted_at = some_time(dice); }},
    Blow{[](Case& c, Dice& dice) { the_fleet(c).watched_since = maybe_some_time(dice); }},
    Blow{[](Case& c, Dice& dice) {
        auto& fleet = the_fleet(c);
        dice.one_of({&fleet.host, &fleet.cluster, &fleet.zone})->reset();
    }},
    Blow{[](Case& c, Dice& dice) {
        auto& group = some_group(c, dice);
        group.vms = dice.one_of({0U, 1U, 6U, 20U, 1000U});
        group.drifted = dice.one_of({0U, 1U, 2U, 3U, 5U, 10U});
    }},
    Blow{[](Case& c, Dice& dice) { some_group(c, dice).storm_seen_at = maybe_some_time(dice); }},
    Blow{[](Case& c, Dice& dice) { some_group(c, dice).under_way = dice.roll(6); }},
    Blow{[](Case& c, Dice& dice) { the_fleet(c).under_way = dice.roll(10); }},
    Blow{[](Case& c, Dice& dice) { c.policy.storm.host = some_limit(dice); }},
    Blow{[](Case& c, Dice& dice) { c.policy.storm.zone = some_limit(dice); }},
    Blow{[](Case& c, Dice& dice) {
        c.policy.storm.cooldown = dice.one_of<Duration>({seconds{0}, minutes{5}, minutes{90}});
    }},
    Blow{[](Case& c, Dice& dice) {
        c.policy.concurrency = {static_cast<std::uint32_t>(dice.roll(4)), 2, 4,
                                static_cast<std::uint32_t>(dice.roll(10))};
    }},
    Blow{[](Case& c, Dice& dice) { c.policy.scope = some_scope(dice); }},
    Blow{[](Case& c, Dice& dice) { c.policy.remedies[c.action.remedy].scope = some_scope(dice); }},
    Blow{[](Case& c, Dice&) { c.world.scope.reset(); }},
    Blow{[](Case& c, Dice& dice) {
        the_scope(c).zone = dice.one_of<std::optional<std::string>>({"zone1", "zone2", std::nullopt});
        the_scope(c).cluster = dice.one_of<std::optional<std::string>>({"cluster1", std::nullopt});
    }},
    Blow{[](Case& c, Dice& dice) {
        the_scope(c).opt_out_values = dice.one_of<std::optional<std::vector<std::string>>>(
            {std::nullopt, {{}}, {{"off"}}, {{"OFF"}}, {{"on"}}, {{"on", "off"}}});
    }},
    Blow{[](Case& c, Dice& dice) {
        c.policy.opt_out = {dice.one_of<std::string>({"", "warden"}),
                            dice.one_of<std::optional<std::string>>({"off", std::nullopt})};
    }},
    Blow{[](Case& c, Dice& dice) {
        some_row(c, dice).account = dice.one_of<std::string>({"alice", "bob", ""});
    }},
    Blow{[](Case& c, Dice& dice) {
        some_row(c, dice).domain_path = dice.one_of<std::string>({"/", "/research/", "/research", ""});
    }},
};

inventory::VmPast& the_past(Case& c) {
    return c.world.past ? *c.world.past : c.world.past.emplace();
}

/// Of the commands that matter and of one that does not, by anybody or by us.
inventory::VmRequest some_request(Dice& dice) {
    return {dice.one_of<std::string>({our_stop_job, "another job"}),
            dice.one_of<std::string>({"StopVMCmd", "StopVMCmdByAdmin", "StartVMCmd", "DestroyVMCmd",
                                      "ExpungeVMCmd", "MigrateVMCmd"}),
            dice.roll(3), maybe_some_time(dice)};
}

constexpr std::array past_blows{
    Blow{[](Case& c, Dice&) { c.world.past.reset(); }},
    Blow{[](Case& c, Dice&) { the_past(c).requests.clear(); }},
    Blow{[](Case& c, Dice& dice) { the_past(c).requests.push_back(some_request(dice)); }},
    Blow{[](Case& c, Dice& dice) {
        auto& requests = the_past(c).requests;
        requests.insert(requests.begin(), some_request(dice));
    }},
    Blow{[](Case& c, Dice& dice) { the_past(c).ha_work_done = maybe_some_time(dice); }},
    Blow{[](Case& c, Dice&) { c.world.managers.reset(); }},
    Blow{[](Case& c, Dice& dice) {
        c.world.managers = {a_manager(), a_manager()};
        for (auto& manager : *c.world.managers) {
            manager.state = dice.one_of<std::string>({"Up", "Down"});
            manager.last_update = maybe_some_time(dice);
        }
    }},
    Blow{[](Case& c, Dice& dice) {
        if (c.action.remedy == controller::Remedy::ha_restart) {  // no other goes through stages
            c.action.stage = dice.one_of({controller::Stage::first, controller::Stage::stopped});
        }
    }},
    Blow{[](Case& c, Dice& dice) {
        some_row(c, dice).state = dice.one_of({VmState::stopped, VmState::running, VmState::error});
    }},
    Blow{[](Case& c, Dice& dice) {
        if (!c.world.attempts.empty()) {
            auto& attempt = c.world.attempts.at(dice.roll(c.world.attempts.size()));
            attempt.accepted = !dice.one_in(3);
            attempt.job_id = dice.one_of<std::optional<std::string>>({std::nullopt, our_stop_job, "x"});
        }
    }},
    Blow{[](Case& c, Dice&) { c.world.attempts.clear(); }},
};

}  // namespace

Case a_restart_case(controller::Stage stage) {
    Case c;
    c.action.remedy = controller::Remedy::ha_restart;
    c.action.stage = stage;
    c.world.past.emplace();
    if (stage == controller::Stage::stopped) {
        c.world.rows = {a_stopped_vm()};
        c.world.verdict = inventory::Verdict{inventory::DriftKind::none,
                                             inventory::HypervisorState::absent,
                                             std::nullopt,
                                             {},
                                             "CloudStack records it Stopped; no live domain seen"};
        c.world.drift_since = now - seconds{50};
        auto stop = an_attempt();
        stop.intent_at = now - minutes{1};
        stop.expires_at = now;
        stop.job_id = our_stop_job;
        stop.accepted = true;
        stop.outcome = AttemptOutcome::succeeded;
        stop.ended_at = now - seconds{50};
        c.world.attempts = {stop};
        c.world.past->requests = {{our_stop_job, "StopVMCmd", 2, stop.intent_at}};
    }
    c.world.rows.front().ha_enabled = true;
    return c;
}

Case random_case_of_any_remedy(Dice& dice) {
    switch (dice.roll(3)) {
        case 0:
            return random_case(dice);
        case 1:
            return random_case(dice, a_restart_case(controller::Stage::first));
        default:
            return random_case(dice, a_restart_case(controller::Stage::stopped));
    }
}

Case random_case(Dice& dice, Case c) {
    const auto strike = [&c, &dice](const auto& blows) { dice.any(blows)(c, dice); };
    for (auto left = dice.roll(4); left > 0; --left) {
        switch (dice.roll(11)) {
            case 0:
                strike(policy_blows);
                break;
            case 10:
                if (c.action.remedy == controller::Remedy::ha_restart) {
                    strike(past_blows);
                }
                break;
            case 1:
            case 2:
                strike(record_blows);
                break;
            case 3:
                strike(host_blows);
                break;
            case 4:
            case 5:
                strike(fleet_blows);
                break;
            case 6:
            case 7:
                strike(work_blows);
                break;
            default:
                strike_by_operators(c, dice);
        }
    }
    return c;
}

}  // namespace support
