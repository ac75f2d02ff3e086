#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "controller/api/explainer.hpp"
#include "controller/journal/moves.hpp"
#include "controller/model/precondition.hpp"

namespace controller::api {

/// A move as somebody wishes it. `target.domain_uuid` may be the domain's path instead.
struct MoveOrder {
    std::string vm;  ///< uuid or instance name
    MoveTarget target;
    std::string batch;
    std::string requested_by;
    std::string reason;
    bool again = false;
};

struct CheckedMove {
    VmIdentity vm;
    std::vector<Precondition> preconditions;
};

/// Why an order is not taken: what it names is not there, or another move of the VM is open.
struct Declined {
    bool not_found = false;
    std::string sentence;
};

using Filing = std::variant<journal::FiledMove, Declined>;

/// Where moves are asked for. Looks and writes down; the guards decide afterwards, and the loop acts. Safe
/// from any thread.
class MoveDesk {
public:
    virtual ~MoveDesk() = default;

    /// nullopt when no live row carries the name. Error: nothing is known yet.
    virtual inventory::Result<std::optional<CheckedMove>> check(const MoveOrder& order) = 0;
    /// Error: the journal cannot be written.
    virtual inventory::Result<Filing> file(const MoveOrder& order) = 0;
    virtual inventory::Result<std::vector<Move>> of_batch(const std::string& batch) = 0;
};

}  // namespace controller::api
