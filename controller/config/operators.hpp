#pragma once

#include <optional>

#include "controller/config.hpp"
#include "service/config_reader.hpp"

// What the configuration says of modes, windows, flapping and silences.
namespace controller {

/// `windows` and `flapping` of one remedy.
void read_operators_limits(service::ConfigSection& remedy, RemedyPolicy& policy);

/// `controller.alertmanager`; nullopt when it is not there.
std::optional<AlertmanagerConfig> read_alertmanager(service::ConfigSection& controller);
inventory::Duration read_silences_freshness(service::ConfigSection& controller);

}  // namespace controller
