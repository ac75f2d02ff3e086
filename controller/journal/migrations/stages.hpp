#pragma once

#include <array>

#include "controller/journal/migrations.hpp"

namespace controller::journal {

// What was written before had one stage, one command, and proof that no attempt named.
inline constexpr std::array stages{
    Change{"ALTER TABLE actions ADD COLUMN stage VARCHAR(16) NOT NULL DEFAULT 'first'", "actions", "stage"},
    Change{"ALTER TABLE attempts ADD COLUMN command VARCHAR(32) NOT NULL DEFAULT 'stopVirtualMachine', "
           "ADD COLUMN evidence_id BIGINT UNSIGNED NOT NULL DEFAULT 0, "
           "ADD COLUMN accepted TINYINT(1) NOT NULL DEFAULT 0",
           "attempts", "command"},
};

}  // namespace controller::journal
