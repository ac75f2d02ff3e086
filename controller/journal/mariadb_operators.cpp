#include "controller/journal/mariadb_operators.hpp"

#include "controller/journal/operator_words.hpp"
#include "controller/journal/schema.hpp"
#include "controller/journal/store.hpp"

namespace controller::journal {
namespace {

using inventory::Result;
using inventory::Time;
using inventory::mariadb::Connection;

std::string name_of(const Action& action) {
    return "action " + std::to_string(action.id);
}

/// Each function is one unit of work of the store.
class MariadbOperators final : public Operators {
public:
    MariadbOperators(const inventory::mariadb::Server& server, Store::WriteHook on_write)
        : store_(server, std::move(on_write)) {}

    Result<OperatorsWords> words_on(const Action& action, Time now) override {
        return store_.read("cannot read what operators said on " + name_of(action),
                           [&](Connection& connection) { return read_words_on(connection, action, now); });
    }
    Result<OperatorsWords> words_on_open_actions(Time now) override {
        return store_.read("cannot read what operators said on open actions", [&](Connection& connection) {
            return read_words_on_open_actions(connection, now);
        });
    }
    Result<std::vector<Pause>> pauses(const PauseFilter& filter) override {
        return store_.read("cannot read the pauses",
                           [&](Connection& connection) { return read_pauses(connection, filter); });
    }

    Result<Pause> pause(const Pause& wanted) override {
        return write("cannot pause", wanted.word, wanted.until,
                     [&](Connection& connection) { return insert_pause(connection, wanted); });
    }
    Result<std::optional<Pause>> end_pause(std::uint64_t id, const Word& word) override {
        return write("cannot end pause " + std::to_string(id), word, std::nullopt,
                     [&](Connection& connection) { return journal::end_pause(connection, id, word); });
    }
    Result<Approval> approve(const Action& action, const Word& word, Time expires_at) override {
        const Approval approval{
            .action_id = action.id, .attempt_number = 0, .word = word, .expires_at = expires_at};
        return write("cannot approve " + name_of(action), word, expires_at,
                     [&](Connection& connection) { return insert_approval(connection, action, approval); });
    }
    Result<Lift> lift(const Action& action, const std::string& guard, const Word& word, Time until) override {
        const Lift lift{.action_id = action.id, .guard = guard, .word = word, .until = until};
        return write("cannot lift guard " + guard + " for " + name_of(action), word, until,
                     [&](Connection& connection) { return insert_lift(connection, action, lift); });
    }
    Result<Acknowledgement> acknowledge(const std::string& vm_uuid, const Word& word) override {
        return write("cannot note the acknowledgement of VM " + vm_uuid, word, std::nullopt,
                     [&](Connection& connection) {
                         return insert_acknowledgement(connection, {.vm_uuid = vm_uuid, .word = word});
                     });
    }
    Result<Action> cancel(const Action& action, const Word& word) override {
        return write("cannot cancel " + name_of(action), word, std::nullopt,
                     [&](Connection& connection) { return insert_cancellation(connection, action, word); });
    }

private:
    template <class Body>
    auto write(const std::string& what, const Word& word, std::optional<Time> until, const Body& body)
        -> std::invoke_result_t<Body, Connection&> {
        if (const auto complete = check(word, until); !complete) {
            return inventory::failure(what, complete.error());
        }
        return store_.write(what, body);
    }

    Store store_;
};

}  // namespace

Result<std::unique_ptr<Operators>> open_mariadb_operators(const inventory::mariadb::Server& server,
                                                          std::function<void(inventory::Duration)> on_write) {
    return prepare_schema(server).map([&]() -> std::unique_ptr<Operators> {
        return std::make_unique<MariadbOperators>(server, std::move(on_write));
    });
}

}  // namespace controller::journal
