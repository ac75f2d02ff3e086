#include "inventory/mariadb/connection.hpp"

#include "inventory/mariadb/server_error.hpp"
#include "inventory/mariadb/session.hpp"
#include "inventory/mariadb/statement.hpp"

namespace inventory::mariadb {

/// Keeps at most one session, and knows whether a transaction is open in it.
class Connection::Handle {
public:
    Handle(Server server, Access access) : server_(std::move(server)), access_(access) {}

    Status run(const std::string& statement, const RowVisitor& visit);
    Status begin();
    Status commit();
    void rollback();

    [[nodiscard]] std::uint64_t affected_rows() const { return session_ ? session_->affected_rows() : 0; }
    [[nodiscard]] std::uint64_t last_insert_id() const { return last_insert_id_; }
    [[nodiscard]] const Server& server() const { return server_; }

private:
    /// `doomed`: begun, but the session or the server has rolled it back, or half of it.
    enum class TransactionState { none, open, doomed };

    Status open_session();
    Error note(const ServerError& error);

    Server server_;
    Access access_;
    std::optional<Session> session_;
    TransactionState transaction_ = TransactionState::none;
    std::uint64_t last_insert_id_ = 0;
};

Status Connection::Handle::open_session() {
    if (transaction_ == TransactionState::doomed) {
        return failure(place_of(server_) + ": this transaction was rolled back; begin it again", true);
    }
    if (session_) {
        return {};
    }
    auto session = Session::open(server_, access_);
    if (!session) {
        return tl::unexpected(describe(server_, session.error()));
    }
    session_ = std::move(*session);
    return {};
}

Error Connection::Handle::note(const ServerError& error) {
    const bool broken = breaks_session(error.number);
    if (broken) {
        session_.reset();
    }
    if (transaction_ == TransactionState::open && (broken || dooms_transaction(error.number))) {
        transaction_ = TransactionState::doomed;
    }
    return describe(server_, error);
}

Status Connection::Handle::run(const std::string& statement, const RowVisitor& visit) {
    if (auto opened = open_session(); !opened) {
        return opened;
    }
    if (auto done = session_->run(statement, visit); !done) {
        return tl::unexpected(note(done.error()));
    }
    if (const auto id = session_->last_insert_id(); id != 0) {
        last_insert_id_ = id;
    }
    return {};
}

Status Connection::Handle::begin() {
    if (transaction_ != TransactionState::none) {
        return failure(place_of(server_) + ": a transaction is already open on this connection");
    }
    auto begun = run("START TRANSACTION", [](const Row&) {});
    if (begun) {
        transaction_ = TransactionState::open;
    }
    return begun;
}

Status Connection::Handle::commit() {
    if (auto opened = open_session(); !opened) {
        return opened;
    }
    const auto done = session_->run("COMMIT", [](const Row&) {});
    if (done) {
        transaction_ = TransactionState::none;
        return {};
    }
    auto error = note(done.error());
    if (breaks_session(done.error().number)) {
        transaction_ = TransactionState::none;
        error.message += "; the outcome of the COMMIT is unknown: read again what was written before a retry";
        error.retryable = false;
    }
    return tl::unexpected(std::move(error));
}

void Connection::Handle::rollback() {
    transaction_ = TransactionState::none;
    if (session_ && !session_->run("ROLLBACK", [](const Row&) {})) {
        session_.reset();
    }
}

Connection::Connection(Server server, Access access)
    : handle_(std::make_unique<Handle>(std::move(server), access)) {}
Connection::~Connection() = default;
Connection::Connection(Connection&& other) noexcept = default;
Connection& Connection::operator=(Connection&& other) noexcept = default;

Status Connection::each_row(std::string_view statement, const std::vector<Parameter>& parameters,
                            const std::function<void(Row)>& visit) {
    const auto text = render_statement(statement, parameters);
    if (!text) {
        return failure(place_of(handle_->server()), text.error());
    }
    return handle_->run(*text, visit);
}

Result<std::vector<Row>> Connection::query(std::string_view statement,
                                           const std::vector<Parameter>& parameters) {
    std::vector<Row> rows;
    auto done = each_row(statement, parameters, [&rows](Row row) { rows.push_back(std::move(row)); });
    if (!done) {
        return tl::unexpected(std::move(done.error()));
    }
    return rows;
}

Result<std::vector<Row>> Connection::query(std::string_view statement,
                                           std::initializer_list<Parameter> parameters) {
    return query(statement, std::vector<Parameter>{parameters});
}

Result<std::uint64_t> Connection::execute(std::string_view statement,
                                          std::initializer_list<Parameter> parameters) {
    auto done = each_row(statement, parameters, [](const Row&) {});
    if (!done) {
        return tl::unexpected(std::move(done.error()));
    }
    return handle_->affected_rows();
}

std::uint64_t Connection::last_insert_id() const {
    return handle_->last_insert_id();
}

Status Connection::begin() {
    return handle_->begin();
}

Status Connection::commit() {
    return handle_->commit();
}

void Connection::rollback() {
    handle_->rollback();
}

Transaction::~Transaction() {
    if (open_) {
        connection_.rollback();
    }
}

Status Transaction::begin() {
    auto begun = connection_.begin();
    open_ = begun.has_value();
    return begun;
}

Status Transaction::commit() {
    auto committed = connection_.commit();
    open_ = open_ && !committed;
    return committed;
}

}  // namespace inventory::mariadb
