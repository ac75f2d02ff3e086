#include "controller/journal/operator_words.hpp"

#include <array>

#include "controller/journal/actions.hpp"
#include "controller/journal/labels.hpp"
#include "controller/journal/states.hpp"

namespace controller::journal {

using inventory::failure;
using inventory::Result;
using inventory::Status;
using inventory::Time;
using inventory::mariadb::Connection;
using inventory::mariadb::Parameter;
using inventory::mariadb::Row;

namespace {

/// One question, however many actions are judged: who has said what. Columns: kind, id, number, what,
/// subject, who, why, since, until, action. `actions` and `vms` say whose, as SQL.
std::string select_words(const std::string& actions, const std::string& vms) {
    return "SELECT 'pause', id, 0, scope, subject, who, why, noted_at, until_at, 0 FROM pauses "
           "WHERE ended_at IS NULL AND until_at > ? "
           "UNION ALL SELECT 'approval', id, attempt_number, '', '', who, why, noted_at, until_at, action_id "
           "FROM approvals WHERE until_at > ? AND action_id " +
           actions +
           " UNION ALL SELECT 'lift', id, 0, guard, '', who, why, noted_at, until_at, action_id FROM lifts "
           "WHERE until_at > ? AND action_id " +
           actions +
           " UNION ALL SELECT 'acknowledgement', id, 0, '', vm_uuid, who, why, noted_at, NULL, 0 "
           "FROM acknowledgements WHERE noted_at <= ? AND vm_uuid " +
           vms +
           " UNION ALL SELECT 'labels', action_id, 0, '', '', '', json, NULL, NULL, action_id "
           "FROM alert_labels WHERE action_id " +
           actions + " ORDER BY 2";
}

const std::string select_pauses =
    "SELECT 'pause', id, 0, scope, subject, who, why, noted_at, until_at, 0, ended_by, ended_why, ended_at "
    "FROM "
    "pauses ";

Status unreadable(const Row& row) {
    return failure(
        row.text_or(0, "?") + " " + row.text_or(1, "?") +
        " holds a word or a time that this controller does not know: was it written by a newer one?");
}

std::uint64_t id_of(const Row& row) {
    return row.number(1).value_or(0);
}

std::uint64_t action_of(const Row& row) {
    return row.number(9).value_or(0);
}

Word word_of(const Row& row) {
    return {row.text_or(5, ""), row.text_or(6, ""), row.time(7).value_or(Time{})};
}

Result<Pause> to_pause(const Row& row) {
    const auto scope = parse_pause_scope(row.text_or(3, ""));
    const auto until = row.time(8);
    if (!scope || !until || !row.time(7)) {
        return tl::unexpected(unreadable(row).error());
    }
    return Pause{.id = id_of(row),
                 .scope = *scope,
                 .subject = row.text_or(4, ""),
                 .word = word_of(row),
                 .until = *until,
                 .ended = std::nullopt};
}

Result<Pause> to_whole_pause(const Row& row) {
    return to_pause(row).map([&row](Pause pause) {
        if (const auto ended_at = row.time(12)) {
            pause.ended = Word{row.text_or(10, ""), row.text_or(11, ""), *ended_at};
        }
        return pause;
    });
}

Status add_pause(OperatorsWords& words, const Row& row) {
    return to_pause(row).map([&words](Pause pause) { words.pauses.push_back(std::move(pause)); });
}

Status add_approval(OperatorsWords& words, const Row& row) {
    const auto until = row.time(8);
    const auto number = row.number(2);
    if (!until || !row.time(7) || !number) {
        return unreadable(row);
    }
    words.approvals.push_back({.id = id_of(row),
                               .action_id = action_of(row),
                               .attempt_number = static_cast<std::uint32_t>(*number),
                               .word = word_of(row),
                               .expires_at = *until});
    return {};
}

Status add_lift(OperatorsWords& words, const Row& row) {
    const auto until = row.time(8);
    if (!until || !row.time(7)) {
        return unreadable(row);
    }
    words.lifts.push_back({.id = id_of(row),
                           .action_id = action_of(row),
                           .guard = row.text_or(3, ""),
                           .word = word_of(row),
                           .until = *until});
    return {};
}

/// The newest one on each VM; of two of the same moment the later.
Status add_acknowledgement(OperatorsWords& words, const Row& row) {
    if (!row.time(7)) {
        return unreadable(row);
    }
    const Acknowledgement said{.id = id_of(row), .vm_uuid = row.text_or(4, ""), .word = word_of(row)};
    auto& newest = words.acknowledgements.try_emplace(said.vm_uuid, said).first->second;
    if (said.word.at >= newest.word.at) {
        newest = said;
    }
    return {};
}

Status add_labels(OperatorsWords& words, const Row& row) {
    if (auto labels = labels_of(row.text_or(6, ""))) {
        words.labels.emplace(action_of(row), std::move(*labels));
    }
    return {};
}

/// What this version does not know it must not leave out: it might be what holds.
Status add_row(OperatorsWords& words, const Row& row) {
    using Add = Status (*)(OperatorsWords&, const Row&);
    static constexpr std::array<std::pair<std::string_view, Add>, 5> kinds{{
        {"pause", add_pause},
        {"approval", add_approval},
        {"lift", add_lift},
        {"acknowledgement", add_acknowledgement},
        {"labels", add_labels},
    }};
    for (const auto& [kind, add] : kinds) {
        if (row.text_or(0, "") == kind) {
            return add(words, row);
        }
    }
    return unreadable(row);
}

Result<OperatorsWords> to_words(const Result<std::vector<Row>>& rows) {
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    OperatorsWords words;
    for (const auto& row : *rows) {
        if (const auto added = add_row(words, row); !added) {
            return tl::unexpected(added.error());
        }
    }
    return words;
}

Status note_on(Connection& connection, const Action& action, const Word& word, const std::string& note) {
    return insert_step(connection, action.id,
                       {word.at, action.state, note + " by " + word.who + ": " + word.why});
}

/// The number of the action's next attempt.
Result<std::uint64_t> next_attempt(Connection& connection, std::uint64_t action_id) {
    return connection.query("SELECT COUNT(*) FROM attempts WHERE action_id = ?", {action_id})
        .map([](const auto& rows) { return rows.front().number(0).value_or(0) + 1; });
}

/// The state as it is now: what was read before may be over.
Status must_wait(Connection& connection, const Action& action) {
    const auto rows = connection.query("SELECT state FROM actions WHERE id = ?", {action.id});
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    const auto state = rows->empty() ? std::nullopt : parse_action_state(rows->front().text_or(0, ""));
    return state && is_waiting(*state) ? Status{} : failure("it does not wait any more");
}

Result<std::uint64_t> insert(Connection& connection, std::string_view statement,
                             std::initializer_list<Parameter> parameters) {
    return connection.execute(statement, parameters).map([&connection](std::uint64_t) {
        return connection.last_insert_id();
    });
}

Result<std::optional<Pause>> find_pause(Connection& connection, std::uint64_t id) {
    const auto rows = connection.query(select_pauses + "WHERE id = ?", {id});
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    if (rows->empty()) {
        return std::nullopt;
    }
    return to_whole_pause(rows->front()).map([](Pause pause) { return std::optional{std::move(pause)}; });
}

}  // namespace

Result<OperatorsWords> read_words_on(Connection& connection, const Action& action, Time now) {
    return to_words(connection.query(select_words("= ?", "= ?"),
                                     {now, now, action.id, now, action.id, now, action.vm_uuid, action.id}));
}

Result<OperatorsWords> read_words_on_open_actions(Connection& connection, Time now) {
    const std::string open = " FROM actions WHERE state IN " + std::string(open_states) + ")";
    return to_words(connection.query(select_words("IN (SELECT id" + open, "IN (SELECT vm_uuid" + open),
                                     {now, now, now, now}));
}

Result<std::vector<Pause>> read_pauses(Connection& connection, const PauseFilter& filter) {
    std::string statement = select_pauses;
    std::vector<Parameter> parameters;
    if (filter.in_force_at) {
        statement += "WHERE ended_at IS NULL AND until_at > ? ";
        parameters.emplace_back(*filter.in_force_at);
    }
    parameters.emplace_back(std::uint64_t{filter.limit});
    const auto rows = connection.query(statement + "ORDER BY id DESC LIMIT ?", parameters);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::vector<Pause> pauses;
    for (const auto& row : *rows) {
        auto pause = to_whole_pause(row);
        if (!pause) {
            return tl::unexpected(pause.error());
        }
        pauses.push_back(*std::move(pause));
    }
    return pauses;
}

Result<Pause> insert_pause(Connection& connection, Pause pause) {
    const auto id =
        insert(connection,
               "INSERT INTO pauses (scope, subject, who, why, noted_at, until_at) VALUES (?, ?, ?, ?, ?, ?)",
               {std::string(to_word(pause.scope)), pause.subject, pause.word.who, pause.word.why,
                pause.word.at, pause.until});
    return id.map([&pause](std::uint64_t given) {
        pause.id = given;
        pause.ended.reset();
        return std::move(pause);
    });
}

Result<std::optional<Pause>> end_pause(Connection& connection, std::uint64_t id, const Word& word) {
    const auto ended = connection.execute(
        "UPDATE pauses SET ended_by = ?, ended_why = ?, ended_at = ? WHERE id = ? AND ended_at IS NULL",
        {word.who, word.why, word.at, id});
    if (!ended) {
        return tl::unexpected(ended.error());
    }
    return *ended == 1 ? find_pause(connection, id) : std::optional<Pause>{};
}

Result<Approval> insert_approval(Connection& connection, const Action& action, Approval approval) {
    const auto number =
        must_wait(connection, action).and_then([&] { return next_attempt(connection, action.id); });
    if (!number) {
        return tl::unexpected(number.error());
    }
    approval.attempt_number = static_cast<std::uint32_t>(*number);
    const auto id = insert(
        connection,
        "INSERT INTO approvals (action_id, attempt_number, who, why, noted_at, until_at) VALUES (?, ?, ?, ?, "
        "?, ?)",
        {action.id, *number, approval.word.who, approval.word.why, approval.word.at, approval.expires_at});
    if (!id) {
        return tl::unexpected(id.error());
    }
    approval.id = *id;
    return note_on(connection, action, approval.word,
                   "attempt " + std::to_string(*number) + " approved until " +
                       inventory::to_rfc3339(approval.expires_at))
        .map([&approval] { return approval; });
}

Result<Lift> insert_lift(Connection& connection, const Action& action, Lift lift) {
    const auto id = must_wait(connection, action).and_then([&] {
        return insert(
            connection,
            "INSERT INTO lifts (action_id, guard, who, why, noted_at, until_at) VALUES (?, ?, ?, ?, ?, ?)",
            {action.id, lift.guard, lift.word.who, lift.word.why, lift.word.at, lift.until});
    });
    if (!id) {
        return tl::unexpected(id.error());
    }
    lift.id = *id;
    return note_on(connection, action, lift.word,
                   "guard " + lift.guard + " lifted until " + inventory::to_rfc3339(lift.until))
        .map([&lift] { return lift; });
}

Result<Acknowledgement> insert_acknowledgement(Connection& connection, Acknowledgement acknowledgement) {
    const auto id =
        insert(connection, "INSERT INTO acknowledgements (vm_uuid, who, why, noted_at) VALUES (?, ?, ?, ?)",
               {acknowledgement.vm_uuid, acknowledgement.word.who, acknowledgement.word.why,
                acknowledgement.word.at});
    return id.map([&acknowledgement](std::uint64_t given) {
        acknowledgement.id = given;
        return std::move(acknowledgement);
    });
}

Result<Action> insert_cancellation(Connection& connection, const Action& action, const Word& word) {
    if (!is_waiting(action.state)) {
        return failure("it does not wait any more");
    }
    return move_action(connection, action,
                       {word.at, ActionState::cancelled, "cancelled by " + word.who + ": " + word.why})
        .and_then([&](const Action& cancelled) {
            return insert(connection,
                          "INSERT INTO cancellations (action_id, who, why, noted_at) VALUES (?, ?, ?, ?)",
                          {action.id, word.who, word.why, word.at})
                .map([&cancelled](std::uint64_t) { return cancelled; });
        });
}

Status insert_labels(Connection& connection, std::uint64_t action_id, const Labels& labels) {
    return connection
        .execute("INSERT INTO alert_labels (action_id, json) VALUES (?, ?)", {action_id, to_json(labels)})
        .map([](std::uint64_t) {});
}

}  // namespace controller::journal
