#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "controller/model/decision.hpp"
#include "controller/model/world.hpp"

namespace controller::decision {

/// Whether something known since `at` is evidence: no older than `limit`, and not from the future (a clock
/// that jumped proves nothing).
bool is_fresh(std::optional<inventory::Time> at, inventory::Time now, inventory::Duration limit);

/// "12s ago", "5s in the future", "unknown".
std::string age_words(std::optional<inventory::Time> at, inventory::Time now);

/// Collects the ways in which one claim does not hold, so that a guard names all of them at once.
class Objections {
public:
    void fact(std::string name, std::string value);
    void object(std::string sentence);
    void object_if(bool applies, std::string_view sentence);

    /// nullopt when there was no objection.
    [[nodiscard]] std::optional<Refusal> refusal(std::string lifted_by);

private:
    Refusal refusal_;
};

}  // namespace controller::decision
