#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "controller/model/action.hpp"
#include "controller/model/decision.hpp"
#include "controller/model/world.hpp"
#include "inventory/support/error.hpp"

namespace controller::api {

struct VmIdentity {
    std::string uuid;
    std::string instance_name;

    bool operator==(const VmIdentity&) const = default;
};

/// What is true of one VM now, and what Warden would do about it.
struct Explanation {
    VmIdentity vm;
    Remedy remedy = Remedy::stop_sync;
    std::optional<Action>
        action;  ///< its newest action that is not over; nullopt: no alert asks for anything
    World world;
    Decision decision;  ///< on the world above: a look at the matter, which never acts
};

/// Answers from what the controller knows already: the newest snapshot and the journal. Safe from any thread.
class Explainer {
public:
    virtual ~Explainer() = default;

    /// Finds a VM by its uuid or its instance name; nullopt when no live row carries it.
    virtual std::optional<VmIdentity> identify(std::string_view uuid_or_instance_name) = 0;

    /// nullopt when no live row carries the name. Error: nothing is known yet, or the journal cannot be read.
    virtual inventory::Result<std::optional<Explanation>> explain(std::string_view uuid_or_instance_name) = 0;
};

}  // namespace controller::api
