#pragma once

#include <array>

#include "controller/journal/migrations.hpp"

namespace controller::journal {

// Identities are compared byte by byte (utf8mb4_bin), times are UTC, every table has a primary key (Galera
// demands it), and open_vm_uuid is unique while an attempt is open and NULL afterwards: the database itself
// refuses a second open attempt on a VM, whoever begins it.
inline constexpr std::array first{
    Change{R"(CREATE TABLE IF NOT EXISTS actions (
        id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
        remedy VARCHAR(32) NOT NULL,
        alert_name VARCHAR(255) NOT NULL,
        fingerprint VARCHAR(64) NOT NULL,
        starts_at DATETIME(6) NOT NULL,
        vm_uuid VARCHAR(36) NOT NULL,
        state VARCHAR(16) NOT NULL,
        state_since DATETIME(6) NOT NULL,
        version BIGINT UNSIGNED NOT NULL,
        UNIQUE KEY identity (fingerprint, starts_at, remedy),
        KEY by_vm (vm_uuid),
        KEY by_state (state)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin)"},
    Change{R"(CREATE TABLE IF NOT EXISTS action_steps (
        id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
        action_id BIGINT UNSIGNED NOT NULL,
        noted_at DATETIME(6) NOT NULL,
        state VARCHAR(16) NOT NULL,
        note TEXT NOT NULL,
        KEY by_action (action_id)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin)"},
    Change{R"(CREATE TABLE IF NOT EXISTS attempts (
        id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
        action_id BIGINT UNSIGNED NOT NULL,
        number INT UNSIGNED NOT NULL,
        vm_uuid VARCHAR(36) NOT NULL,
        open_vm_uuid VARCHAR(36) NULL,
        intent_at DATETIME(6) NOT NULL,
        expires_at DATETIME(6) NOT NULL,
        judged_update_count BIGINT UNSIGNED NOT NULL,
        job_id VARCHAR(64) NULL,
        outcome VARCHAR(16) NULL,
        ended_at DATETIME(6) NULL,
        note TEXT NOT NULL,
        UNIQUE KEY one_open_attempt (open_vm_uuid),
        UNIQUE KEY number_in_action (action_id, number),
        KEY by_vm (vm_uuid)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin)"},
    Change{R"(CREATE TABLE IF NOT EXISTS evidence (
        id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
        action_id BIGINT UNSIGNED NOT NULL,
        noted_at DATETIME(6) NOT NULL,
        kind VARCHAR(32) NOT NULL,
        json MEDIUMTEXT NOT NULL,
        KEY by_action (action_id)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin)"},
};

}  // namespace controller::journal
