#include "exporter/locks_page.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "exporter/html.hpp"
#include "inventory/model/lock_chain.hpp"

namespace exporter {
namespace {

using inventory::InnodbLocks;
using inventory::InnodbTransaction;
using inventory::SessionState;

constexpr std::size_t most_transactions = 10;

std::string spoken(const std::optional<inventory::Duration>& duration) {
    return duration ? inventory::to_words(*duration) : "an unknown time";
}

std::string number_of(std::size_t count, const std::string& one, const std::string& many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string session_of(std::uint64_t thread, const std::string& user, const std::string& host) {
    if (thread == 0) {
        return "a transaction without a session";
    }
    return "thread " + std::to_string(thread) + ", " + (user.empty() ? "unknown user" : user) + " at " +
           (host.empty() ? "unknown host" : host);
}

std::string session_of(const InnodbTransaction& transaction) {
    return session_of(transaction.thread, transaction.user, transaction.host);
}

std::string doing(const InnodbTransaction& transaction) {
    switch (transaction.state) {
        case SessionState::running:
            return "runs a statement for " + spoken(transaction.in_state);
        case SessionState::idle_in_transaction:
            return "idle in transaction for " + spoken(transaction.in_state);
        case SessionState::waiting:
            return "waits for a lock itself";
        case SessionState::detached:
            return "prepared by XA: see XA RECOVER";
        case SessionState::unknown:
            return "its session ended meanwhile";
    }
    return "";
}

std::string wanted(const inventory::LockWait& wait) {
    if (wait.table.empty()) {
        return "a lock that the server did not name";
    }
    std::string text = wait.schema + "." + wait.table;
    text += wait.key.empty() ? "" : " row " + wait.key;
    text += " (" + (wait.index.empty() ? "the table" : "index " + wait.index) + ", mode " + wait.mode + ")";
    return text;
}

std::string statement_line(const InnodbTransaction& transaction, const std::string& indent) {
    const bool is_last = transaction.state == SessionState::idle_in_transaction;
    return transaction.statement.empty()
               ? ""
               : indent + (is_last ? "last statement: " : "statement: ") + transaction.statement + "\n";
}

std::string waiter_lines(const InnodbTransaction& transaction, const std::string& indent) {
    return indent + "<- " + session_of(transaction) + ": has waited for " + spoken(transaction.wait->lasted) +
           " for " + wanted(*transaction.wait) + "; transaction open for " + spoken(transaction.age) + "\n" +
           statement_line(transaction, indent + "   ");
}

std::string chain_lines(const InnodbLocks& locks, const inventory::LockChain& chain) {
    const auto& root = locks.transactions[chain.root];
    std::string text =
        chain.is_deadlock ? "\nDEADLOCK that the server does not end, its oldest member: " : "\nROOT: ";
    text += session_of(root) + ": " + doing(root) + "; transaction open for " + spoken(root.age) +
            "; holds up " + number_of(chain.waiters.size(), "transaction", "transactions") + ", depth " +
            std::to_string(chain.depth()) + "\n" + statement_line(root, "  ");
    for (const auto& link : chain.waiters) {
        text += waiter_lines(locks.transactions[link.index], std::string(2 * link.depth, ' '));
    }
    return text;
}

std::string oldest_lines(const InnodbLocks& locks) {
    if (locks.transactions.empty()) {
        return "No transaction is open.\n";
    }
    std::vector<const InnodbTransaction*> oldest;
    for (const auto& transaction : locks.transactions) {
        oldest.push_back(&transaction);
    }
    std::stable_sort(oldest.begin(), oldest.end(),
                     [](const auto* left, const auto* right) { return left->age > right->age; });
    std::string text =
        "\n" + number_of(oldest.size(), "open transaction", "open transactions") + "; the OLDEST:\n";
    oldest.resize(std::min(oldest.size(), most_transactions));
    for (const auto* transaction : oldest) {
        text += "  open for " + spoken(transaction->age) + ": " + session_of(*transaction) + ": " +
                doing(*transaction) + "\n" + statement_line(*transaction, "    ");
    }
    return text;
}

std::string innodb_text(const InnodbLocks& locks) {
    const auto found = inventory::lock_chains(locks);
    std::string text = found.chains.empty() ? "\nNobody holds up anybody.\n" : "";
    for (const auto& chain : found.chains) {
        text += chain_lines(locks, chain);
    }
    if (!found.unattributed.empty()) {
        text += "\nWAITS whose blocker was gone when it was asked about\n";
        for (const auto index : found.unattributed) {
            text += waiter_lines(locks.transactions[index], "  ");
        }
    }
    return text + oldest_lines(locks);
}

std::string named_locks_text(const inventory::NamedLocks& named) {
    std::string text = named.locks.empty() ? "  nobody waits for one (GET_LOCK)\n" : "";
    for (const auto& lock : named.locks) {
        text += "  " + (lock.name.empty() ? "(a name that the statement does not show)" : lock.name) + "\n";
        if (lock.holder) {
            text +=
                "    held by " + session_of(lock.holder->thread, lock.holder->user, lock.holder->host) + "\n";
        }
        for (const auto& waiter : lock.waiters) {
            text += "    <- " + session_of(waiter.thread, waiter.user, waiter.host) + ", for " +
                    spoken(waiter.in_state) + "\n";
        }
    }
    if (!named.are_holders_known) {
        text +=
            "  Who holds them is not known: MariaDB tells it after INSTALL SONAME 'metadata_lock_info'.\n";
    }
    return text;
}

/// Why a reading brought nothing.
std::string reason_of(const inventory::Snapshot& snapshot, std::string_view collector) {
    for (const auto& report : snapshot.collectors) {
        if (report.collector == collector && !report.success) {
            return report.error;
        }
    }
    return "they have not been read yet";
}

template <class T>
std::string read_line(const inventory::Finding<T>& finding, inventory::Time now) {
    return ", as read " + inventory::to_words(std::max(inventory::Duration::zero(), now - finding->read_at)) +
           " ago\n";
}

/// A browser shows plain text as wide as it is: on a telephone nobody could read that.
bool is_from_a_browser(const service::WebRequest& request) {
    const auto accept = request.headers.find("accept");
    return accept != request.headers.end() && accept->second.find("text/html") != std::string::npos;
}

}  // namespace

std::string locks_as_text(const inventory::Snapshot& snapshot, inventory::Time now) {
    const auto& locks = snapshot.health.innodb_locks;
    const auto& named = snapshot.health.named_locks;
    std::string text = "InnoDB's locks";
    text += locks ? read_line(locks, now) + innodb_text(locks->value)
                  : " are not known: " + reason_of(snapshot, "innodb_locks") + "\n";
    text += "\nNamed locks";
    text += named ? read_line(named, now) + named_locks_text(named->value)
                  : " are not known: " + reason_of(snapshot, "named_locks") + "\n";
    return text;
}

service::WebResponse serve_locks(const inventory::Snapshot& snapshot, const service::WebRequest& request,
                                 inventory::Time now) {
    service::WebResponse response;
    const auto format = request.query.find("format");
    if (format == request.query.end() && is_from_a_browser(request)) {
        response.content_type = "text/html; charset=utf-8";
        response.body = html_page("Locks", "<pre>" + html_escaped(locks_as_text(snapshot, now)) + "</pre>\n");
    } else if (format == request.query.end()) {
        response.body = locks_as_text(snapshot, now);
    } else if (format->second == "json") {
        response.content_type = "application/json";
        response.body = locks_as_json(snapshot);
    } else {
        response.status = 400;
        response.body = "format: leave it out for text, or say json\n";
    }
    return response;
}

}  // namespace exporter
