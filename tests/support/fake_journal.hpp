#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "controller/journal/fence.hpp"
#include "controller/journal/journal.hpp"
#include "tests/support/fake_lease.hpp"

namespace test_support {

/// A journal in memory that keeps the contract of the real one (both pass the same tests). It can be told to
/// fail.
class FakeJournal : public controller::journal::Journal {
public:
    template <class T>
    using Result = inventory::Result<T>;
    using Status = inventory::Status;
    using Time = inventory::Time;
    using Action = controller::Action;
    using ActionState = controller::ActionState;
    using Alert = controller::Alert;
    using Attempt = controller::Attempt;
    using AttemptOutcome = controller::AttemptOutcome;
    using Ending = controller::journal::Ending;
    using Evidence = controller::journal::Evidence;
    using Intent = controller::journal::Intent;
    using NotedJob = controller::journal::NotedJob;
    using Reception = controller::journal::Reception;
    using Step = controller::journal::Step;

    FakeJournal() = default;
    /// The same journal in the hands of a controller that may hold the lease: what belongs to executing is
    /// fenced. The row must outlive it.
    FakeJournal(const FakeJournal& same, const FakeLeaseRow& lease, controller::journal::Fence fence)
        : memory_(same.memory_), lease_(&lease), fence_(std::move(fence)) {}

    /// From now on every call gives this error; nullopt ends that.
    void fail_with(std::optional<inventory::Error> error);

    /// What the real one keeps beside an action, for FakeOperators: the labels of its alert, and a step of a
    /// waiting action that changes no state.
    [[nodiscard]] std::optional<std::map<std::string, std::string>> labels_of(std::uint64_t action_id);
    Status note_on(std::uint64_t action_id, Time at, const std::string& note);

    Result<Reception> receive(const Alert& alert, controller::Remedy remedy, Time now) override;
    Result<std::size_t> resolve(const Alert& alert, Time now) override;

    Result<std::optional<Action>> find(std::uint64_t id) override;
    Result<std::vector<Action>> list(const controller::journal::ActionFilter& filter) override;
    Result<std::vector<Step>> steps(std::uint64_t action_id) override;
    Result<std::vector<Evidence>> evidence(std::uint64_t action_id) override;
    Result<std::vector<Attempt>> attempts_on(const std::string& vm_uuid) override;
    Result<std::vector<Attempt>> attempts_on_open_vms() override;
    Result<std::vector<Attempt>> attempts_without_outcome() override;
    Result<std::map<ActionState, std::uint64_t>> count_by_state() override;

    Result<Action> advance(const Action& action, ActionState to, std::string_view note, Time now) override;
    /// What was kept under this id, whatever its action; nullopt: nothing.
    [[nodiscard]] std::optional<std::string> evidence_by_id(std::uint64_t evidence_id);
    Result<std::uint64_t> keep_evidence(std::uint64_t action_id, const Evidence& evidence) override;
    Result<Attempt> begin_attempt(const Action& action, const Intent& intent, Time now) override;
    Status note_job(std::uint64_t attempt_id, const NotedJob& job) override;
    Status end_attempt(const Attempt& attempt, const Ending& ending, Time now) override;

private:
    struct KeptEvidence {
        std::uint64_t id = 0;
        Evidence evidence;
    };
    struct Entry {
        Action action;
        std::vector<Step> steps;
        std::vector<KeptEvidence> evidence;
        std::map<std::string, std::string> labels;
    };

    /// What outlives every controller.
    struct Memory {
        std::mutex mutex;
        std::optional<inventory::Error> failure;
        std::vector<Entry> entries;     // the id is the position + 1
        std::vector<Attempt> attempts;  // likewise
        std::uint64_t evidence_kept = 0;
    };

    [[nodiscard]] Status working() const;
    [[nodiscard]] Status leading() const;
    Entry* entry_of(std::uint64_t action_id);
    Attempt* attempt_of(std::uint64_t attempt_id);
    [[nodiscard]] Status check_proof(const Action& action, std::uint64_t evidence_id);
    [[nodiscard]] Status check_step(const Action& action, ActionState to);
    void move(Entry& entry, ActionState to, std::string_view note, Time now);

    const std::shared_ptr<Memory> memory_ = std::make_shared<Memory>();
    std::mutex& mutex_ = memory_->mutex;
    std::optional<inventory::Error>& failure_ = memory_->failure;
    std::vector<Entry>& entries_ = memory_->entries;
    std::vector<Attempt>& attempts_ = memory_->attempts;
    std::uint64_t& evidence_kept_ = memory_->evidence_kept;

    const FakeLeaseRow* lease_ = nullptr;  ///< null: nobody shares the journal, nothing is fenced
    controller::journal::Fence fence_;
};

}  // namespace test_support
