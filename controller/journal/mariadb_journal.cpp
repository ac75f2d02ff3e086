#include "controller/journal/mariadb_journal.hpp"

#include "controller/journal/actions.hpp"
#include "controller/journal/attempts.hpp"
#include "controller/journal/reading.hpp"
#include "controller/journal/reception.hpp"
#include "controller/journal/schema.hpp"
#include "controller/journal/store.hpp"

namespace controller::journal {
namespace {

using inventory::Result;
using inventory::Status;
using inventory::Time;
using inventory::mariadb::Connection;

/// Each function is one unit of work of the store; what it does stands in the file of its concern.
class MariadbJournal final : public Journal {
public:
    MariadbJournal(const inventory::mariadb::Server& server, Store::WriteHook on_write, Fence fence)
        : store_(server, std::move(on_write)), fence_(std::move(fence)) {}

    Result<Reception> receive(const Alert& alert, Remedy remedy, Time now) override {
        return store_.write("cannot journal the alert " + alert.fingerprint, [&](Connection& connection) {
            return journal::receive(connection, alert, remedy, now);
        });
    }
    Result<std::size_t> resolve(const Alert& alert, Time now) override {
        return store_.write("cannot journal the end of alert " + alert.fingerprint,
                            [&](Connection& connection) { return journal::resolve(connection, alert, now); });
    }

    Result<std::optional<Action>> find(std::uint64_t id) override {
        return store_.read("cannot read action " + std::to_string(id),
                           [&](Connection& connection) { return find_action(connection, id); });
    }
    Result<std::vector<Action>> list(const ActionFilter& filter) override {
        return store_.read("cannot read the actions",
                           [&](Connection& connection) { return list_actions(connection, filter); });
    }
    Result<std::vector<Step>> steps(std::uint64_t action_id) override {
        return store_.read("cannot read the steps of action " + std::to_string(action_id),
                           [&](Connection& connection) { return read_steps(connection, action_id); });
    }
    Result<std::vector<Evidence>> evidence(std::uint64_t action_id) override {
        return store_.read("cannot read the evidence of action " + std::to_string(action_id),
                           [&](Connection& connection) { return read_evidence(connection, action_id); });
    }
    Result<std::vector<Attempt>> attempts_on(const std::string& vm_uuid) override {
        return store_.read("cannot read the attempts on VM " + vm_uuid,
                           [&](Connection& connection) { return read_attempts_on(connection, vm_uuid); });
    }
    Result<std::vector<Attempt>> attempts_on_open_vms() override {
        return store_.read("cannot read the attempts on VMs with open actions",
                           [](Connection& connection) { return read_attempts_on_open_vms(connection); });
    }
    Result<std::vector<Attempt>> attempts_without_outcome() override {
        return store_.read("cannot read the open attempts",
                           [](Connection& connection) { return read_open_attempts(connection); });
    }
    Result<std::map<ActionState, std::uint64_t>> count_by_state() override {
        return store_.read("cannot count the actions",
                           [](Connection& connection) { return count_actions(connection); });
    }

    Result<Action> advance(const Action& action, ActionState to, std::string_view note, Time now) override {
        return write_as_leader("cannot move action " + std::to_string(action.id),
                               [&](Connection& connection) {
                                   return move_action(connection, action, {now, to, std::string(note)});
                               });
    }
    Result<std::uint64_t> keep_evidence(std::uint64_t action_id, const Evidence& evidence) override {
        return write_as_leader(
            "cannot keep the evidence of action " + std::to_string(action_id),
            [&](Connection& connection) { return insert_evidence(connection, action_id, evidence); });
    }

    Result<Attempt> begin_attempt(const Action& action, const Intent& intent, Time now) override {
        Attempt attempt{.action_id = action.id,
                        .vm_uuid = action.vm_uuid,
                        .command = intent.command,
                        .evidence_id = intent.evidence_id,
                        .intent_at = now,
                        .expires_at = intent.expires_at,
                        .judged_update_count = intent.judged_update_count,
                        .job_id = {},
                        .outcome = {},
                        .ended_at = {},
                        .note = {}};
        return write_as_leader(
            "cannot begin an attempt for action " + std::to_string(action.id),
            [&](Connection& connection) { return insert_attempt(connection, action, attempt); });
    }
    Status note_job(std::uint64_t attempt_id, const NotedJob& job) override {
        return write_as_leader("cannot note the job of attempt " + std::to_string(attempt_id),
                               [&](Connection& connection) { return set_job(connection, attempt_id, job); });
    }
    Status end_attempt(const Attempt& attempt, const Ending& ending, Time now) override {
        return write_as_leader(
            "cannot end attempt " + std::to_string(attempt.id),
            [&](Connection& connection) { return close_attempt(connection, attempt.id, ending, now); });
    }

private:
    /// A unit of work that belongs to executing: nothing of it is written when another controller leads.
    template <class Body>
    auto write_as_leader(const std::string& what, const Body& body)
        -> std::invoke_result_t<Body, Connection&> {
        return store_.write(what, [&](Connection& connection) {
            return check_fence(connection, fence_()).and_then([&] { return body(connection); });
        });
    }

    Store store_;
    Fence fence_;
};

}  // namespace

Result<std::unique_ptr<Journal>> open_mariadb_journal(const inventory::mariadb::Server& server,
                                                      std::function<void(inventory::Duration)> on_write,
                                                      Fence fence) {
    return prepare_schema(server).map([&]() -> std::unique_ptr<Journal> {
        return std::make_unique<MariadbJournal>(server, std::move(on_write), std::move(fence));
    });
}

}  // namespace controller::journal
