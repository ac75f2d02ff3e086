#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "controller/model/fleet_policy.hpp"
#include "controller/model/remedy.hpp"
#include "controller/model/window.hpp"
#include "inventory/support/time.hpp"

namespace controller {

/// So many actions on one VM within such a time: something is wrong with it that no remedy treats.
struct Flapping {
    std::uint32_t actions = 3;
    inventory::Duration within{std::chrono::hours{24}};

    bool operator==(const Flapping&) const = default;
};

/// What the operator allows for one remedy.
struct RemedyPolicy {
    Mode mode = Mode::observe;
    std::uint32_t grace_ping_intervals = 2;  ///< on top of CloudStack's own grace of 2 x ping.interval
    std::uint32_t attempts = 3;              ///< on one VM within attempts_period
    inventory::Duration attempts_period{std::chrono::hours{1}};
    inventory::Duration back_off{std::chrono::minutes{5}};
    inventory::Duration verify_timeout{std::chrono::minutes{2}};
    std::optional<ScopePolicy> scope{};  ///< of this remedy alone, in place of the one of all
    std::vector<Window> windows;         ///< when it may begin; empty: always
    Flapping flapping;

    bool operator==(const RemedyPolicy&) const = default;
};

struct Policy {
    std::map<Remedy, RemedyPolicy> remedies;
    inventory::Duration freshness{std::chrono::seconds{30}};  ///< an answer older than this is no evidence
    inventory::Duration silences_freshness{
        std::chrono::seconds{30}};  ///< silences that were read longer ago are unknown
    inventory::Duration heartbeat{
        std::chrono::seconds{15}};  ///< a management server silent for longer is not alive
    ScopePolicy scope{};
    OptOutTag opt_out{};
    StormPolicy storm{};
    ConcurrencyPolicy concurrency{};

    bool operator==(const Policy&) const = default;
};

}  // namespace controller
