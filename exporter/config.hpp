#pragma once

#include <string>

#include "inventory/mariadb/health_source.hpp"
#include "inventory/support/error.hpp"
#include "service/cloud_config.hpp"
#include "service/listen_address.hpp"

namespace exporter {

/// The sections `cloud` and `exporter` of the configuration file.
struct ExporterConfig {
    service::CloudConfig cloud;
    inventory::mariadb::HealthPlan checks;
    service::ListenAddress listen;
    double hash = 0;  ///< of the file
};

/// The error names every mistake of the file, one per line.
inventory::Result<ExporterConfig> read_config(const std::string& path);

}  // namespace exporter
