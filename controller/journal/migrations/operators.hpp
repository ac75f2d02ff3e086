#pragma once

#include <array>

#include "controller/journal/migrations.hpp"

namespace controller::journal {

/// What operators say, append-only: nothing here is ever deleted, and of a pause only its end is written
/// later. An approval names the number of the attempt that it is for: that attempt, unique within its action,
/// spends it by being there, in the very transaction in which it begins.
inline constexpr std::array operators{
    Change{"ALTER TABLE actions MODIFY state VARCHAR(32) NOT NULL"},
    Change{"ALTER TABLE action_steps MODIFY state VARCHAR(32) NOT NULL"},
    Change{R"(CREATE TABLE IF NOT EXISTS alert_labels (
        action_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
        json MEDIUMTEXT NOT NULL
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin)"},
    Change{R"(CREATE TABLE IF NOT EXISTS pauses (
        id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
        scope VARCHAR(16) NOT NULL,
        subject VARCHAR(1024) NOT NULL,
        who VARCHAR(255) NOT NULL,
        why TEXT NOT NULL,
        noted_at DATETIME(6) NOT NULL,
        until_at DATETIME(6) NOT NULL,
        ended_by VARCHAR(255) NULL,
        ended_why TEXT NULL,
        ended_at DATETIME(6) NULL,
        KEY by_end (ended_at, until_at)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin)"},
    Change{R"(CREATE TABLE IF NOT EXISTS approvals (
        id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
        action_id BIGINT UNSIGNED NOT NULL,
        attempt_number INT UNSIGNED NOT NULL,
        who VARCHAR(255) NOT NULL,
        why TEXT NOT NULL,
        noted_at DATETIME(6) NOT NULL,
        until_at DATETIME(6) NOT NULL,
        KEY by_action (action_id)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin)"},
    Change{R"(CREATE TABLE IF NOT EXISTS lifts (
        id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
        action_id BIGINT UNSIGNED NOT NULL,
        guard VARCHAR(64) NOT NULL,
        who VARCHAR(255) NOT NULL,
        why TEXT NOT NULL,
        noted_at DATETIME(6) NOT NULL,
        until_at DATETIME(6) NOT NULL,
        KEY by_action (action_id)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin)"},
    Change{R"(CREATE TABLE IF NOT EXISTS acknowledgements (
        id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
        vm_uuid VARCHAR(36) NOT NULL,
        who VARCHAR(255) NOT NULL,
        why TEXT NOT NULL,
        noted_at DATETIME(6) NOT NULL,
        KEY by_vm (vm_uuid, noted_at)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin)"},
    Change{R"(CREATE TABLE IF NOT EXISTS cancellations (
        id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
        action_id BIGINT UNSIGNED NOT NULL,
        who VARCHAR(255) NOT NULL,
        why TEXT NOT NULL,
        noted_at DATETIME(6) NOT NULL,
        KEY by_action (action_id)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin)"},
};

}  // namespace controller::journal
