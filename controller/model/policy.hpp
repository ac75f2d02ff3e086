#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "controller/model/fleet_policy.hpp"
#include "controller/model/remedy.hpp"
#include "inventory/support/time.hpp"

namespace controller {

/// What the operator allows for one remedy.
struct RemedyPolicy {
    Mode mode = Mode::observe;
    std::uint32_t grace_ping_intervals = 2;  ///< on top of CloudStack's own grace of 2 x ping.interval
    std::uint32_t attempts = 3;              ///< on one VM within attempts_period
    inventory::Duration attempts_period{std::chrono::hours{1}};
    inventory::Duration back_off{std::chrono::minutes{5}};
    inventory::Duration verify_timeout{std::chrono::minutes{2}};
    std::optional<ScopePolicy> scope{};  ///< of this remedy alone, in place of the one of all

    bool operator==(const RemedyPolicy&) const = default;
};

struct Policy {
    std::map<Remedy, RemedyPolicy> remedies;
    inventory::Duration freshness{std::chrono::seconds{30}};  ///< an answer older than this is no evidence
    inventory::Duration heartbeat{
        std::chrono::seconds{15}};  ///< a management server silent for longer is not alive
    ScopePolicy scope{};
    OptOutTag opt_out{};
    StormPolicy storm{};
    ConcurrencyPolicy concurrency{};

    bool operator==(const Policy&) const = default;
};

}  // namespace controller
