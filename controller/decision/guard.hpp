#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include "controller/model/action.hpp"
#include "controller/model/decision.hpp"
#include "controller/model/policy.hpp"
#include "controller/model/world.hpp"

namespace controller::decision {

/// One claim that has to hold before anything is done. Pure: no clock, no I/O, no state.
using GuardFunction = std::optional<Refusal> (*)(const Action&, const World&, const Policy&);

/// A set of remedies.
class Remedies {
public:
    constexpr Remedies(std::initializer_list<Remedy> members) {
        for (const auto remedy : members) {
            bits_ |= bit(remedy);
        }
    }
    [[nodiscard]] constexpr bool contains(Remedy remedy) const { return (bits_ & bit(remedy)) != 0; }

private:
    static constexpr unsigned bit(Remedy remedy) { return 1U << static_cast<unsigned>(remedy); }

    unsigned bits_ = 0;
};

struct Guard {
    std::string_view name;
    std::string_view claim;
    GuardFunction refuse;
    Remedies asked_for;  ///< the remedies that it is asked for
};

}  // namespace controller::decision
