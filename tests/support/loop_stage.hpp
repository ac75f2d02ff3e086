#pragma once

#include <memory>
#include <string>

#include "controller/loop/control_loop.hpp"
#include "tests/support/fake_cloud.hpp"
#include "tests/support/fake_moves.hpp"
#include "tests/support/fake_operators.hpp"

namespace test_support {

/// Hears nothing.
class StubObserver : public controller::loop::LoopObserver {
public:
    void decided(controller::Remedy /*remedy*/, std::string_view /*what*/,
                 const controller::Decision& /*decision*/) override {}
    void ended(controller::Remedy /*remedy*/, controller::AttemptOutcome /*outcome*/,
               inventory::Duration /*took*/) override {}
    void between_stages(const std::map<controller::Remedy, std::uint64_t>& /*counts*/) override {}
    void counted(const std::map<controller::ActionState, std::uint64_t>& /*by_state*/,
                 std::size_t /*unresolved*/) override {}
    void paused(const std::map<controller::PauseScope, std::uint64_t>& /*by_scope*/) override {}
};

/// The same silences cover every alert.
struct FixedSilences : controller::loop::Silences {
    [[nodiscard]] controller::SilenceFacts covering(const controller::KnownLabels& /*alert*/) const override {
        return facts;
    }

    controller::SilenceFacts facts;
};

/// Of a controller that is alone, and leads.
inline controller::Leadership leading() {
    return {.controller = "stage", .holder = "stage", .token = 1, .left = std::chrono::seconds{12}};
}

/// A cloud, a durable journal and a clock that only moves when somebody waits: everything that outlives the
/// controller process. run() is one life of that process, on the calling thread.
class LoopStage {
public:
    LoopStage();

    /// An alert for the VM, delivered now.
    void deliver_alert(controller::Remedy remedy = controller::Remedy::stop_sync);
    /// The alert resolves now.
    void resolve_alert();
    /// Steps at every judge_interval until the action is final or so many steps are over. The journal may be
    /// one that crashes; nullptr: the durable one.
    void run(int steps, controller::journal::Journal* journal = nullptr);
    /// What one life of the controller works with. Its pause moves the clock, for one thread alone.
    [[nodiscard]] controller::loop::Surroundings surroundings(controller::loop::LoopObserver& observer,
                                                              controller::journal::Journal& journal);
    [[nodiscard]] inventory::Time now() const { return now_; }
    void pass(inventory::Duration time) { now_ += time; }

    [[nodiscard]] controller::Action action();
    [[nodiscard]] std::vector<controller::Attempt> attempts();
    [[nodiscard]] std::string notes();  ///< of all steps, one per line

    FakeCloud& cloud() { return cloud_; }
    FakeJournal& journal() { return journal_; }
    FakeOperators& operators() { return operators_; }
    controller::SilenceFacts& silences() { return silences_.facts; }
    FakeMoves& moves() { return moves_; }
    controller::loop::LoopSettings& settings() { return settings_; }

private:
    inventory::Time now_{std::chrono::sys_days{std::chrono::year{2026} / 1 / 2}};
    FakeJournal journal_;
    FakeOperators operators_{journal_};
    FixedSilences silences_;
    FakeMoves moves_{journal_, operators_};
    FakeCloud cloud_;
    StubObserver observer_;
    std::unique_ptr<controller::loop::FleetWatch> fleet_;  ///< of the present life of the process
    controller::loop::LoopSettings settings_;
};

}  // namespace test_support
