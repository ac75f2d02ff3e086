#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

constexpr std::size_t most_names = 20;
constexpr std::string_view other = "other";

bool is_decimal(char letter) {
    return letter >= '0' && letter <= '9';
}

bool is_hexadecimal(char letter) {
    return is_decimal(letter) || (letter >= 'a' && letter <= 'f') || (letter >= 'A' && letter <= 'F');
}

bool is_of_word(char letter) {
    return is_hexadecimal(letter) || (letter >= 'g' && letter <= 'z') || (letter >= 'G' && letter <= 'Z');
}

/// A number, a piece of a uuid, or a word with a number in it.
std::string without_ids(std::string_view word) {
    if (std::none_of(word.begin(), word.end(), is_decimal)) {
        return std::string{word};
    }
    if (std::all_of(word.begin(), word.end(), is_hexadecimal)) {
        return "*";
    }
    std::string kind;
    for (const char letter : word) {
        if (!is_decimal(letter)) {
            kind += letter;
        } else if (!kind.ends_with('*')) {
            kind += '*';
        }
    }
    return kind;
}

/// CloudStack makes names of its own words and of ids ("vm.template.7"). Without the ids there are few.
std::string kind_of(std::string_view name) {
    std::string kind;
    while (!name.empty()) {
        const auto end = std::find_if_not(name.begin(), name.end(), is_of_word);
        const auto word = name.substr(0, static_cast<std::size_t>(end - name.begin()));
        kind += without_ids(word);
        name.remove_prefix(word.size());
        if (!name.empty()) {
            kind += name.front();
            name.remove_prefix(1);
        }
    }
    return kind.empty() ? std::string{other} : kind;
}

void write_named_lock_waiters(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.health.named_locks) {
        return;
    }
    std::map<std::string, std::uint64_t> waiters_of;
    for (const auto& lock : snapshot.health.named_locks->value.locks) {
        if (!lock.waiters.empty()) {
            waiters_of[kind_of(lock.name)] += lock.waiters.size();
        }
    }
    std::vector<std::pair<std::string, std::uint64_t>> most_waited(waiters_of.begin(), waiters_of.end());
    std::stable_sort(most_waited.begin(), most_waited.end(),
                     [](const auto& left, const auto& right) { return left.second > right.second; });
    std::uint64_t others = 0;
    for (std::size_t i = 0; i < most_waited.size(); ++i) {
        const auto& [name, waiters] = most_waited[i];
        if (i >= most_names || name == other) {
            others += waiters;
        } else {
            writer.count({{"name", name}}, waiters);
        }
    }
    if (others > 0) {
        writer.count({{"name", other}}, others);
    }
}

}  // namespace

constinit const Family named_lock_waiters{
    Group::innodb,
    "cloudstack_named_lock_waiters",
    "Sessions that wait in GET_LOCK, by the name of the lock; each id in a name is a *.",
    FamilyType::gauge,
    write_named_lock_waiters,
};

}  // namespace exporter::families
