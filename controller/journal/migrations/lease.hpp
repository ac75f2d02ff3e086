#pragma once

#include <array>

#include "controller/journal/migrations.hpp"

namespace controller::journal {

// One row, there from the start, so that taking the lease is an UPDATE like any other. The two counters make
// every renewal and every fenced write change the row: what changes nothing would neither be counted by the
// server nor be certified in a Galera cluster.
inline constexpr std::array lease{
    Change{R"(CREATE TABLE IF NOT EXISTS lease (
        id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
        holder VARCHAR(128) NOT NULL,
        token BIGINT UNSIGNED NOT NULL,
        taken_at DATETIME(6) NOT NULL,
        expires_at DATETIME(6) NOT NULL,
        renewals BIGINT UNSIGNED NOT NULL,
        fenced_writes BIGINT UNSIGNED NOT NULL
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin)"},
    Change{"INSERT INTO lease VALUES (1, '', 0, '1970-01-02', '1970-01-02', 0, 0) "
           "ON DUPLICATE KEY UPDATE id = id"},
};

}  // namespace controller::journal
