#pragma once

#include "controller/model/policy.hpp"
#include "service/config_reader.hpp"

namespace controller {

/// `scope` of the controller, and of a remedy in place of it.
ScopePolicy read_scope(service::ConfigSection scope);

/// `scope.opt_out_tag`: KEY=VALUE, or KEY alone for any value, or empty for no tag.
OptOutTag read_opt_out_tag(service::ConfigSection& scope);

StormPolicy read_storm(service::ConfigSection storm);

ConcurrencyPolicy read_concurrency(service::ConfigSection concurrency);

}  // namespace controller
