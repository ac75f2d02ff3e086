#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace controller::journal {

/// One step of the schema. Its statements can be repeated without harm: a controller that died half-way
/// leaves the rest to the next.
struct Migration {
    std::uint64_t version;
    std::span<const std::string_view> statements;
};

/// THE list, oldest first. A migration that was released is never changed; append a new one.
std::span<const Migration> all_migrations();

}  // namespace controller::journal
