#include <atomic>
#include <condition_variable>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/loop/attempt.hpp"
#include "controller/loop/control_loop.hpp"
#include "tests/support/fake_fleet.hpp"
#include "tests/support/loop_stage.hpp"

/// What the loop does when many VMs die at once.
namespace controller::loop {
namespace {

using namespace std::chrono_literals;
using test_support::FakeFleet;
using testing::HasSubstr;

/// Eight hosts in four clusters, four VMs on each: VM 1 to 4 on host 1, 5 to 8 beside it in the cluster.
class FleetLoop : public testing::Test {
protected:
    FleetLoop() {
        settings_.policy.remedies[Remedy::stop_sync].mode = Mode::automatic;
        settings_.judge_interval = 5s;
    }

    /// No storm is seen in anything, at any time.
    void calm() {
        settings_.policy.storm.cooldown = 0s;
        for (auto* limit :
             {&settings_.policy.storm.host, &settings_.policy.storm.cluster, &settings_.policy.storm.zone}) {
            limit->count = 1000;
        }
    }

    void kill(std::uint64_t first, std::uint64_t last) {
        for (auto vm = first; vm <= last; ++vm) {
            fleet_.destroy(vm);
            (void)journal_.receive({.firing = true,
                                    .fingerprint = std::to_string(vm),
                                    .starts_at = now_,
                                    .labels = {{"vm_id", FakeFleet::uuid_of(vm)}}},
                                   Remedy::stop_sync, now_);
        }
    }

    Surroundings around() {
        return {.cloud = fleet_,
                .journal = journal_,
                .operators = operators_,
                .silences = silences_,
                .moves = moves_,
                .api = fleet_,
                .observer = observer_,
                .fleet = watch_,
                .clock = [this] { return now_; },
                .pause = [](inventory::Duration) { return true; },
                .leadership = test_support::leading};
    }

    /// Steps for so long, and has everything that is handed out done at once.
    void run_for(inventory::Duration time) {
        for (const auto end = now_ + time; now_ < end; now_ += settings_.judge_interval) {
            loop().step();
        }
    }

    ControlLoop& loop() {
        if (!loop_) {
            loop_.emplace(around(), settings_, [this](std::function<void()> task) {
                tasks_.push_back(std::move(task));
                if (at_once_) {
                    work();
                }
            });
        }
        return *loop_;
    }

    void work() {
        auto tasks = std::exchange(tasks_, {});
        for (const auto& task : tasks) {
            task();
        }
    }

    std::string note_of(std::uint64_t action) { return journal_.steps(action).value().back().note; }

    inventory::Time now_{std::chrono::sys_days{std::chrono::year{2026} / 3 / 14} + 9h};
    FakeFleet fleet_{[this] { return now_; }, 8, 4};
    test_support::FakeJournal journal_;
    test_support::FakeOperators operators_{journal_};
    test_support::FakeMoves moves_{journal_, operators_};
    NoSilences silences_;
    test_support::StubObserver observer_;
    LoopSettings settings_;
    FleetWatch watch_{30s, 5s};
    std::vector<std::function<void()>> tasks_;
    bool at_once_ = true;
    std::optional<ControlLoop> loop_;
};

constexpr inventory::Owner alice{inventory::AccountId{5}, inventory::AccountDomainId{2}};
constexpr inventory::Owner bob{inventory::AccountId{6}, inventory::AccountDomainId{3}};

/// alice's stopped VM, which may become bob's.
MoveReading ready_to_move(inventory::VmId vm) {
    MoveReading reading;
    reading.vm.emplace();
    reading.vm->vm = vm;
    reading.vm->state = inventory::VmState::stopped;
    reading.vm->owner = alice;
    reading.vm->nics = {{inventory::NetworkId{210}, "alice-net", "Isolated", alice.account, true}};
    reading.destination.emplace();
    reading.destination->owner = bob;
    reading.destination->account_state = "enabled";
    reading.destination->networks = {
        {inventory::NetworkId{220}, "bob-net", "bob-net", "Isolated", bob.account, 1, true, false}};
    reading.sequence_waiters.emplace();
    return reading;
}

TEST_F(FleetLoop, moves_leave_room_for_vms_that_died) {
    calm();
    settings_.policy.remedies[Remedy::reassign_retry].mode = Mode::automatic;
    settings_.policy.concurrency = {.host = 32, .cluster = 32, .zone = 32, .all = 32};
    fleet_.on_read_move = [this](const std::string& uuid) {
        return ready_to_move(fleet_.read_afresh(uuid)->records->vms.front().id);
    };
    for (const std::uint64_t vm : {1U, 9U, 17U, 25U}) {
        fleet_.destroy(vm);
        (void)fleet_.stop_virtual_machine(FakeFleet::uuid_of(vm), true, now_);
        ASSERT_TRUE(moves_.file({.batch = "",
                                 .vm_uuid = FakeFleet::uuid_of(vm),
                                 .target = {"bob", "d-3", {}},
                                 .from = alice,
                                 .requested_by = "eve",
                                 .reason = "sold",
                                 .again = false},
                                now_));
    }
    kill(32, 32);
    at_once_ = false;
    loop().step();
    EXPECT_EQ(tasks_.size(), 3U) << "two moves, and the VM that died";
    work();
    loop().step();
    EXPECT_EQ(tasks_.size(), 2U) << "the other two moves";
}

TEST_F(FleetLoop, acts_only_after_it_has_watched_for_the_cooldown) {
    kill(1, 1);
    run_for(10min);
    EXPECT_EQ(fleet_.stops(), 0U);
    EXPECT_THAT(note_of(1), HasSubstr("storm"));
    run_for(10s);
    EXPECT_EQ(fleet_.stops(), 1U);
}

TEST_F(FleetLoop, a_storm_holds_every_vm_until_its_cooldown_is_over) {
    run_for(10min);
    kill(1, 3);
    run_for(30min);
    EXPECT_EQ(fleet_.stops(), 0U);
    fleet_.revive(1);
    fleet_.revive(2);
    run_for(10min);
    EXPECT_EQ(fleet_.stops(), 0U) << "calm, but not for long enough";
    run_for(10s);
    EXPECT_EQ(fleet_.stops(), 1U) << "the one that is still dead";
}

TEST_F(FleetLoop, a_storm_on_one_host_holds_no_vm_elsewhere) {
    run_for(10min);
    kill(1, 3);
    kill(20, 20);
    run_for(10s);
    EXPECT_EQ(fleet_.stops(), 1U);
}

TEST_F(FleetLoop, hands_out_no_more_than_may_be_under_way_at_once) {
    calm();
    at_once_ = false;
    kill(1, 32);
    loop().step();
    EXPECT_EQ(tasks_.size(), 4U) << "of the zone; of the hosts one each, and of the clusters two";
    EXPECT_THAT(note_of(32), HasSubstr("concurrency"));
    loop().step();
    EXPECT_EQ(tasks_.size(), 4U) << "those that were handed out are still to come";
    work();
    EXPECT_EQ(fleet_.stops(), 4U);
    loop().step();
    EXPECT_EQ(tasks_.size(), 4U) << "the next ones";
}

TEST_F(FleetLoop, repairs_all_in_the_end_and_the_first_alert_first) {
    calm();
    kill(1, 32);
    at_once_ = false;
    loop().step();
    work();
    EXPECT_EQ(journal_.find(1).value()->state, ActionState::succeeded);
    for (int step = 0; step < 32; ++step) {
        now_ += 5s;
        loop().step();
        work();
    }
    EXPECT_EQ(fleet_.stops(), 32U);
}

/// A gate that opens when so many wait before it.
class Gate {
public:
    explicit Gate(int visitors) : awaited_(visitors) {}

    void pass() {
        std::unique_lock lock(mutex_);
        --awaited_;
        changed_.notify_all();
        changed_.wait_for(lock, 30s, [this] { return awaited_ <= 0; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int awaited_;
};

TEST_F(FleetLoop, two_that_are_judged_at_once_do_not_pass_the_same_limit) {
    calm();
    at_once_ = false;
    kill(1, 4);
    loop().step();  // looks at the fleet
    Gate facts_are_read(4);
    Gate one_is_under_way(4);
    std::atomic<int> calls{0};
    fleet_.on_read_afresh = [&] {
        if (calls == 0) {
            facts_are_read.pass();
        }
    };
    fleet_.on_stop = [&] {
        ++calls;
        one_is_under_way.pass();
    };
    {
        std::vector<std::jthread> workers;
        for (std::uint64_t id = 1; id <= 4; ++id) {
            auto action = journal_.find(id).value().value();
            if (action.state != ActionState::decided) {
                action = journal_.advance(action, ActionState::decided, "", now_).value();
            }
            workers.emplace_back([this, action, &one_is_under_way] {
                run_attempt(action, 4, around(), settings_);
                if (journal_.find(action.id).value()->state == ActionState::held) {
                    one_is_under_way.pass();
                }
            });
        }
    }
    EXPECT_EQ(fleet_.stops(), 1U) << "one of the host";
    EXPECT_EQ(journal_.count_by_state().value().at(ActionState::held), 3U);
}

}  // namespace
}  // namespace controller::loop
