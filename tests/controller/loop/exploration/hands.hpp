#pragma once

#include <string>
#include <utility>

#include "tests/controller/loop/exploration/two_controllers.hpp"

// What the processes of an exploration hold in their hands: every reading, write and call first asks the
// schedule, and is looked at by the laws.
namespace exploration {

inline constexpr std::chrono::seconds beyond_the_lease{16};

inline controller::Alert the_alert(bool firing) {
    return {.firing = firing,
            .fingerprint = "0123456789abcdef",
            .starts_at = inventory::Time{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}},
            .labels = {{"alertname", "CloudStackVMStoppedOutOfBand"},
                       {"vm_id", test_support::FakeCloud::vm_uuid}}};
}

/// The shared journal in the hands of one process.
class TwoControllers::Journal : public test_support::FakeJournal {
public:
    Journal(TwoControllers& stage, Process& process)
        : FakeJournal(stage.durable_journal_, stage.lease_, [&process] { return process.keeper->token(); }),
          stage_(stage),
          process_(process) {}

    Result<std::optional<Action>> find(std::uint64_t id) override {
        stage_.boundary(Boundary::reading, "reading the action");
        return FakeJournal::find(id);
    }
    Result<std::vector<Action>> list(const controller::journal::ActionFilter& filter) override {
        stage_.boundary(Boundary::reading, "reading the actions");
        return FakeJournal::list(filter);
    }
    Result<std::vector<Attempt>> attempts_on(const std::string& vm_uuid) override {
        stage_.boundary(Boundary::reading, "reading the attempts");
        return FakeJournal::attempts_on(vm_uuid);
    }
    Result<std::vector<Attempt>> attempts_on_open_vms() override {
        stage_.boundary(Boundary::reading, "reading all attempts");
        return FakeJournal::attempts_on_open_vms();
    }
    Result<std::vector<Attempt>> attempts_without_outcome() override {
        stage_.boundary(Boundary::reading, "reading the open attempts");
        return FakeJournal::attempts_without_outcome();
    }

    Result<Action> advance(const Action& action, ActionState to, std::string_view note, Time now) override {
        return write<Result<Action>>("the step to " + std::string(to_word(to)),
                                     [&] { return FakeJournal::advance(action, to, note, now); });
    }
    Result<std::uint64_t> keep_evidence(std::uint64_t action_id, const Evidence& evidence) override {
        return write<Result<std::uint64_t>>("the evidence " + evidence.kind,
                                            [&] { return FakeJournal::keep_evidence(action_id, evidence); });
    }
    Result<Attempt> begin_attempt(const Action& action, const Intent& intent, Time now) override {
        auto begun = write<Result<Attempt>>("the intent",
                                            [&] { return FakeJournal::begin_attempt(action, intent, now); });
        if (begun) {
            process_.begun = begun->id;
        }
        return begun;
    }
    Status note_job(std::uint64_t attempt_id, const NotedJob& job) override {
        return write<Status>("the job's id", [&] { return FakeJournal::note_job(attempt_id, job); });
    }
    Status end_attempt(const Attempt& attempt, const Ending& ending, Time now) override {
        return write<Status>("the outcome", [&] { return FakeJournal::end_attempt(attempt, ending, now); });
    }

private:
    template <class Outcome, class Call>
    Outcome write(const std::string& what, const Call& call) {
        stage_.boundary(Boundary::write, what);
        Outcome outcome = call();
        if (outcome) {
            stage_.check_write();
        } else if (outcome.error().message.starts_with("fenced")) {
            ++stage_.findings_.fenced;
            stage_.tell(process_.name + ": " + what + " is fenced");
        }
        if (std::exchange(process_.loses_answer, false)) {
            return inventory::failure("the journal's answer was lost", true);
        }
        return outcome;
    }

    TwoControllers& stage_;
    Process& process_;
};

/// The cloud, as whoever runs sees and changes it.
class TwoControllers::Cloud : public test_support::FakeCloud {
public:
    explicit Cloud(TwoControllers& stage) : FakeCloud([&stage] { return stage.now_; }), stage_(stage) {}

    inventory::Result<inventory::Snapshot> read_afresh(const std::string& uuid) override {
        stage_.boundary(Boundary::reading, "the fresh reading");
        return FakeCloud::read_afresh(uuid);
    }
    inventory::Result<std::optional<controller::loop::FoundJob>> find_job(const std::string& uuid,
                                                                          controller::Command command,
                                                                          inventory::Time since) override {
        stage_.boundary(Boundary::reading, "looking for the job");
        return FakeCloud::find_job(uuid, command, since);
    }
    inventory::Result<inventory::VmPast> read_past(inventory::VmId vm) override {
        stage_.boundary(Boundary::reading, "reading the VM's past");
        return FakeCloud::read_past(vm);
    }
    inventory::Result<controller::cloudstack::JobStatus> job_status(const std::string& job_id,
                                                                    inventory::Time expires_at) override {
        stage_.boundary(Boundary::reading, "the job's state");
        return FakeCloud::job_status(job_id, expires_at);
    }
    controller::cloudstack::Submission stop_virtual_machine(const std::string& uuid, bool forced,
                                                            inventory::Time expires_at) override {
        const auto& answer = arrive("the call to stop", expires_at);
        const auto slow = stage_.scenario_.job_takes;
        const bool goes_on = answer.stop == StopBehaviour::works && slow > inventory::Duration::zero();
        set_stop_behaviour(goes_on ? StopBehaviour::job_goes_on : answer.stop);
        const auto deadline = deadline_of(expires_at);
        if (goes_on && stage_.now_ < deadline) {
            stage_.job_ends_ = stage_.now_ + slow;
        }
        return FakeCloud::stop_virtual_machine(uuid, forced, deadline);
    }
    controller::cloudstack::Submission start_virtual_machine(const std::string& uuid,
                                                             inventory::Time expires_at) override {
        set_start_behaviour(arrive("the call to start", expires_at).start);
        return FakeCloud::start_virtual_machine(uuid, deadline_of(expires_at));
    }

private:
    /// The call leaves its sender, and reaches CloudStack whenever the schedule says so.
    const Answer& arrive(const std::string& call, inventory::Time expires_at) {
        stage_.check_sender();
        stage_.boundary(Boundary::call, call);
        const auto& answer = stage_.choose_answer();
        stage_.check_call(answer.taken && stage_.now_ < deadline_of(expires_at));
        return answer;
    }
    [[nodiscard]] inventory::Time deadline_of(inventory::Time expires_at) const {
        return stage_.scenario_.takes_late_calls ? stage_.now_ + std::chrono::hours{1} : expires_at;
    }

    TwoControllers& stage_;
};

}  // namespace exploration
