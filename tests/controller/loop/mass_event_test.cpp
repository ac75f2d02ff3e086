#include <gtest/gtest.h>

#include "controller/loop/control_loop.hpp"
#include "tests/support/crashing_journal.hpp"
#include "tests/support/loop_stage.hpp"

namespace controller::loop {
namespace {

/// Counts what is asked of the journal.
class CountingJournal : public test_support::CrashingJournal {
public:
    explicit CountingJournal(journal::Journal& inner) : CrashingJournal(inner, 1'000'000, Moment::before) {}

    inventory::Result<std::vector<Action>> list(const journal::ActionFilter& filter) override {
        ++questions;
        return CrashingJournal::list(filter);
    }
    inventory::Result<std::vector<Attempt>> attempts_on(const std::string& vm_uuid) override {
        ++questions;
        return CrashingJournal::attempts_on(vm_uuid);
    }
    inventory::Result<std::vector<Attempt>> attempts_on_open_vms() override {
        ++questions;
        return CrashingJournal::attempts_on_open_vms();
    }
    inventory::Result<std::vector<Attempt>> attempts_without_outcome() override {
        ++questions;
        return CrashingJournal::attempts_without_outcome();
    }

    int questions = 0;
};

/// Counts how often the picture of the cloud is taken up.
class CountingCloud : public test_support::FakeCloud {
public:
    using FakeCloud::FakeCloud;

    [[nodiscard]] std::shared_ptr<const inventory::Snapshot> latest() const override {
        ++pictures;
        return FakeCloud::latest();
    }

    mutable int pictures = 0;
};

struct Asked {
    int of_the_journal = 0;
    int of_the_cloud = 0;

    bool operator==(const Asked&) const = default;
};

void PrintTo(const Asked& asked, std::ostream* out) {
    *out << asked.of_the_journal << " of the journal, " << asked.of_the_cloud << " of the cloud";
}

/// What one step asks when so many actions wait.
Asked asked_in_a_step(int waiting) {
    test_support::LoopStage stage;
    test_support::StubObserver observer;
    CountingJournal journal(stage.journal());
    CountingCloud cloud([&stage] { return stage.now(); });
    auto around = stage.surroundings(observer, journal);
    const Surroundings counted{.cloud = cloud,
                               .journal = journal,
                               .operators = around.operators,
                               .silences = around.silences,
                               .moves = around.moves,
                               .api = around.api,
                               .observer = observer,
                               .fleet = around.fleet,
                               .clock = around.clock,
                               .pause = around.pause,
                               .leadership = around.leadership};
    stage.operators().before_reading([&journal](int) { ++journal.questions; });
    for (int i = 0; i < waiting; ++i) {
        const auto name = std::to_string(i);
        (void)journal.receive(
            {.firing = true, .fingerprint = name, .starts_at = stage.now(), .labels = {{"vm_id", name}}},
            Remedy::stop_sync, stage.now());
    }
    ControlLoop loop(counted, stage.settings(), [](const std::function<void()>& task) { task(); });
    loop.step();
    return {journal.questions, cloud.pictures};
}

TEST(MassEvent, a_step_asks_the_same_few_questions_however_many_actions_wait) {
    EXPECT_EQ(asked_in_a_step(1), asked_in_a_step(200));
}

}  // namespace
}  // namespace controller::loop
