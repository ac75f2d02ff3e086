#pragma once

#include <map>
#include <optional>
#include <string>

#include "controller/alertmanager/silence_source.hpp"
#include "controller/loop/lease_keeper.hpp"
#include "controller/loop/surroundings.hpp"
#include "controller/model/remedy.hpp"
#include "inventory/mariadb/connection.hpp"
#include "inventory/support/secret.hpp"
#include "service/cloud_config.hpp"
#include "service/web_server.hpp"

namespace controller {

/// How to call CloudStack's management API.
struct CloudStackConfig {
    std::string url;
    inventory::Secret api_key;
    inventory::Secret secret_key;
    std::string ca_file;  ///< empty: the system's certificates
    inventory::Duration timeout{};
    inventory::Duration
        move_timeout{};  ///< assignVirtualMachine waits for every lock that the move waits for
};

/// How to ask Alertmanager for its silences.
struct AlertmanagerConfig {
    alertmanager::AlertmanagerEndpoint endpoint;
    inventory::Duration interval{};
};

/// Everything that warden-controller reads from its configuration file.
struct ControllerConfig {
    double hash = 0;  ///< of the file
    service::CloudConfig cloud;
    service::ListenAddress listen;
    std::string web_config_file;  ///< of the command line; empty: none
    inventory::Secret webhook_token;
    std::size_t webhook_max_body = 0;
    inventory::Secret operator_token;
    CloudStackConfig cloudstack;
    inventory::mariadb::Server journal;
    std::optional<AlertmanagerConfig> alertmanager;  ///< nullopt: nothing is known of silences
    std::map<std::string, Remedy> alerts;            ///< alert name -> remedy
    loop::LoopSettings loop;
    loop::LeaseSettings lease;
};

/// Reads and checks the whole file; the Error lists every mistake with file, line and remedy.
inventory::Result<ControllerConfig> read_config(const std::string& path);

}  // namespace controller
