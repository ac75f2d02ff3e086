#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "controller/loop/control_loop.hpp"
#include "controller/loop/lease_keeper.hpp"
#include "tests/controller/loop/exploration/choices.hpp"
#include "tests/controller/loop/exploration/scenario.hpp"
#include "tests/support/fake_cloud.hpp"
#include "tests/support/fake_journal.hpp"
#include "tests/support/fake_lease.hpp"
#include "tests/support/loop_stage.hpp"

namespace exploration {

/// How CloudStack answers a call, and whether it took it.
struct Answer {
    test_support::FakeCloud::StopBehaviour stop;
    test_support::FakeCloud::StartBehaviour start;
    bool taken;
    std::string_view words;
};

/// One alert, one VM, and two controllers made of the real loop and the real keeper of the lease, on a
/// journal, a lease and a cloud in memory. Only one of them runs at a time; before each of its readings,
/// writes and calls the schedule decides what happens to it (see Move), when a frozen one wakes up, and what
/// the API answers.
class TwoControllers {
public:
    TwoControllers(const Scenario& scenario, Choices& choices, Findings& findings);
    ~TwoControllers();
    TwoControllers(const TwoControllers&) = delete;
    TwoControllers& operator=(const TwoControllers&) = delete;

    /// Runs one schedule to its end, or until its future is known.
    void run();

private:
    class Journal;
    class Cloud;
    struct Killed {};
    enum class Boundary { reading, write, call };

    /// What a schedule lets happen before the next step of the process that runs.
    struct Move {
        enum class Kind { go_on, freeze, stall, lapse, crash, lose_answer, resolve };

        Kind kind = Kind::go_on;
        inventory::Duration time{};
        bool comes_back_first = false;  ///< a crashed process leads again before the other takes over
    };

    /// One controller, which may die and be started again.
    struct Process {
        std::string name;
        std::unique_ptr<controller::loop::LeaseKeeper> keeper;
        std::unique_ptr<Journal> journal;
        std::unique_ptr<controller::loop::FleetWatch> fleet;
        std::unique_ptr<controller::loop::ControlLoop> loop;
        std::thread thread;
        std::binary_semaphore turn{0};
        int starts = 0;
        bool alive = false;
        bool frozen = false;
        bool loses_answer = false;  ///< to the write that it makes next
        inventory::Time frozen_since;
        std::uint64_t news = 0;              ///< that it has slept through while frozen
        std::uint64_t history = 0;           ///< of all that this process has seen: its memory, in one number
        std::optional<std::uint64_t> begun;  ///< the attempt that it began last
    };

    // The processes and their clock (two_controllers.cpp).
    void start(Process& process);
    Process& next_after(Process& dead);
    void wake(Process& process);
    void live(Process& process);
    void pass_to(Process& next);
    void wait_for_turn(Process& process);
    [[noreturn]] void end_run();
    void pass(inventory::Duration time);
    void tend_leases();
    void move_clock(inventory::Duration time);
    Process& other_than(const Process& process);

    // The schedule, on the thread of the process that runs (schedule.cpp).
    void boundary(Boundary kind, const std::string& before);
    void sleep();
    void let_outsiders_act();
    void take(const Move& move, const std::string& before);
    std::vector<Move> moves(Boundary kind);
    void wake_the_other(bool by_time);
    const Answer& choose_answer();
    void resolve();
    [[nodiscard]] bool may_choose();
    [[nodiscard]] bool waits_for_an_operator();
    void tell(const std::string& event);

    // What must be so (laws.cpp).
    void check_sender();
    void check_call(bool taken);
    void check_write();
    void check_the_end();
    void check_the_cloud();
    void check_outcomes();
    void violate(const std::string& law);

    // States, each in one number (states.cpp).
    void note_state(const std::string& before);
    void note_lifecycle();
    [[nodiscard]] std::uint64_t news();
    [[nodiscard]] std::uint64_t durable(std::uint64_t news);
    [[nodiscard]] std::uint64_t memory_of(const Process& process) const;
    [[nodiscard]] controller::Action action();
    [[nodiscard]] std::vector<controller::Attempt> attempts();

    Scenario scenario_;
    Choices& choices_;
    Findings& findings_;
    inventory::Time now_{std::chrono::sys_days{std::chrono::year{2026} / 1 / 2}};
    const inventory::Time began_ = now_;
    test_support::FakeLeaseRow lease_;
    test_support::FakeJournal durable_journal_;
    test_support::FakeOperators operators_{durable_journal_};
    test_support::FixedSilences silences_;
    test_support::FakeMoves moves_{durable_journal_, operators_};
    std::unique_ptr<Cloud> cloud_;
    test_support::StubObserver observer_;
    controller::loop::LoopSettings settings_;

    std::array<Process, 2> processes_;
    Process* running_ = nullptr;
    std::binary_semaphore over_{0};
    bool ending_ = false;
    bool cut_short_ = false;  ///< the future of this schedule is known
    int deviations_left_;
    bool resolved_ = false;
    bool operator_started_it_ = false;
    std::uint64_t approved_version_ = 0;  ///< of the action, when the operator said yes last
    std::optional<inventory::Time> job_ends_;
    std::uint64_t answers_ = 0;  ///< that the API gave
    int rounds_ = 0;
    int quiet_rounds_ = 0;  ///< without any news, until now
    int rounds_after_the_end_ = 0;
    std::uint64_t last_news_ = 0;
    std::map<std::uint64_t, int> calls_made_;   ///< by attempt
    std::map<std::uint64_t, int> calls_taken_;  ///< by attempt
    std::string story_;
};

}  // namespace exploration
