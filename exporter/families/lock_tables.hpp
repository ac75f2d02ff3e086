#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "inventory/model/lock_chain.hpp"

namespace exporter::families {

/// The label of the table that is waited for: only CloudStack's tables have names, so that their number has a
/// bound; all else is "other".
inline std::string_view table_label(const inventory::LockWait& wait) {
    return wait.is_of_cloud ? std::string_view{wait.table} : "other";
}

/// The tables that somebody in the chain waits for: an alert about any of them leads to the chain's root.
inline std::set<std::string_view> tables_of(const inventory::InnodbLocks& locks,
                                            const inventory::LockChain& chain) {
    std::set<std::string_view> tables;
    for (const auto& link : chain.waiters) {
        tables.insert(table_label(*locks.transactions[link.index].wait));
    }
    return tables;
}

/// The longest duration under each label; what is not known is left out.
class LongestOf {
public:
    void note(std::string_view label, const std::optional<inventory::Duration>& duration) {
        if (duration) {
            auto& longest = longest_.try_emplace(label, *duration).first->second;
            longest = std::max(longest, *duration);
        }
    }

    [[nodiscard]] const std::map<std::string_view, inventory::Duration>& by_label() const { return longest_; }

private:
    std::map<std::string_view, inventory::Duration> longest_;
};

}  // namespace exporter::families
