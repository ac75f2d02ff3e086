#include "controller/journal/migrations.hpp"

#include <array>

#include "controller/journal/migrations/first.hpp"
#include "controller/journal/migrations/lease.hpp"
#include "controller/journal/migrations/moves.hpp"
#include "controller/journal/migrations/operators.hpp"
#include "controller/journal/migrations/stages.hpp"

namespace controller::journal {
namespace {

constexpr std::array migrations{
    Migration{1, first}, Migration{2, stages}, Migration{3, operators},
    Migration{4, lease}, Migration{5, moves},
};

}  // namespace

std::span<const Migration> all_migrations() {
    return migrations;
}

}  // namespace controller::journal
