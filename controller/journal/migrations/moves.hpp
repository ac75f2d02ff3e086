#pragma once

#include <array>

#include "controller/journal/migrations.hpp"

namespace controller::journal {

// A batch has each VM once; moves outside of any batch have NULL there, which is never equal to itself.
// `tried_by`: the action whose attempt is, or was last, about the move.
inline constexpr std::array moves{
    Change{R"(CREATE TABLE IF NOT EXISTS moves (
        id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
        action_id BIGINT UNSIGNED NOT NULL,
        batch VARCHAR(64) NULL,
        vm_uuid VARCHAR(36) NOT NULL,
        account VARCHAR(255) NOT NULL,
        domain_uuid VARCHAR(40) NOT NULL,
        networks TEXT NOT NULL,
        from_account BIGINT UNSIGNED NOT NULL,
        from_domain BIGINT UNSIGNED NOT NULL,
        requested_by VARCHAR(255) NOT NULL,
        reason TEXT NOT NULL,
        requested_at DATETIME(6) NOT NULL,
        failure VARCHAR(16) NULL,
        failure_note TEXT NOT NULL,
        judged_event BIGINT UNSIGNED NOT NULL DEFAULT 0,
        tried_by BIGINT UNSIGNED NULL,
        UNIQUE KEY once_per_batch (batch, vm_uuid),
        KEY by_vm (vm_uuid),
        KEY by_try (tried_by)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin)"},
};

}  // namespace controller::journal
