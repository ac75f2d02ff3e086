#pragma once

#include <string>

#include "controller/model/operators.hpp"
#include "inventory/support/error.hpp"

namespace controller::api {

/// Knows what can be paused. Safe from any thread.
class Directory {
public:
    virtual ~Directory() = default;

    /// The subject as a pause keeps it: a VM's uuid for its instance name, the rest as it is. Error,
    /// retryable when nothing is known of the cloud yet: there is no such thing, so that a pause of it would
    /// hold nothing.
    virtual inventory::Result<std::string> subject_of(PauseScope scope, const std::string& given) = 0;
};

}  // namespace controller::api
