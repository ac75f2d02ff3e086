#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace controller::journal {

/// One statement that can be repeated without harm: it says IF NOT EXISTS, or names the column that it adds
/// and is left out where the table has it (ADD COLUMN IF NOT EXISTS is not MySQL's).
struct Change {
    std::string_view statement;
    std::string_view table = {};
    std::string_view adds_column = {};
};

/// One step of the schema. A controller that died half-way leaves the rest to the next.
struct Migration {
    std::uint64_t version;
    std::span<const Change> changes;
};

/// THE list, oldest first. A migration that was released is never changed; append a new one.
std::span<const Migration> all_migrations();

}  // namespace controller::journal
