#include "inventory/model/lock_wait.hpp"

#include <algorithm>
#include <charconv>

namespace inventory {
namespace {

std::optional<std::uint64_t> number_of(std::string_view key) {
    std::uint64_t number = 0;
    const char* end = key.data() + key.size();
    const auto parsed = std::from_chars(key.data(), end, number);
    return parsed.ec == std::errc{} && parsed.ptr == end ? std::optional{number} : std::nullopt;
}

}  // namespace

std::string_view to_word(SessionState state) {
    switch (state) {
        case SessionState::running:
            return "running";
        case SessionState::idle_in_transaction:
            return "idle_in_transaction";
        case SessionState::waiting:
            return "waiting";
        case SessionState::detached:
            return "detached";
        case SessionState::unknown:
            return "unknown";
    }
    return "unknown";
}

std::map<std::uint64_t, std::size_t> waiters_per_row(const InnodbLocks& locks, std::string_view table) {
    std::map<std::uint64_t, std::size_t> waiters;
    for (const auto& transaction : locks.transactions) {
        const auto& wait = transaction.wait;
        if (!wait || !wait->is_of_cloud || wait->table != table) {
            continue;
        }
        if (const auto row = number_of(wait->key)) {
            ++waiters[*row];
        }
    }
    return waiters;
}

bool is_waited_for_elsewhere(const InnodbLocks& locks, std::string_view table) {
    return std::ranges::any_of(locks.transactions, [table](const InnodbTransaction& transaction) {
        const auto& wait = transaction.wait;
        const bool is_there = wait && (wait->table.empty() || (wait->is_of_cloud && wait->table == table));
        return is_there && !number_of(wait->key);
    });
}

}  // namespace inventory
