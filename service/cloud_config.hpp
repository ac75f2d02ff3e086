#pragma once

#include <string>
#include <vector>

#include "inventory/mariadb/connection.hpp"
#include "inventory/observer/observatory.hpp"
#include "service/config_reader.hpp"

namespace service {

/// The `cloud` section of config/warden.yml: the same cloud, looked at in the same way, for both programs.
struct CloudConfig {
    inventory::mariadb::Server database;
    std::vector<std::string> zones;  ///< names of those that are watched; empty: all
    inventory::observer::ObservationPlan plan;
};

/// Mistakes are noted in the file that the section belongs to.
CloudConfig read_cloud_config(ConfigSection cloud);

/// A `database` or `journal` section: how to reach one schema of a database server. The name of the schema
/// stands under `schema_key`.
inventory::mariadb::Server read_database_server(ConfigSection& section, std::string_view schema_key,
                                                std::string_view default_schema);

}  // namespace service
