#pragma once

#include <string>

#include "exporter/exposition/exposition.hpp"
#include "inventory/mariadb/health_source.hpp"
#include "inventory/support/error.hpp"
#include "inventory/support/time.hpp"
#include "service/cloud_config.hpp"
#include "service/listen_address.hpp"

namespace exporter {

/// The sections `cloud` and `exporter` of the configuration file.
struct ExporterConfig {
    service::CloudConfig cloud;
    inventory::mariadb::HealthPlan checks;
    service::ListenAddress listen;
    PagePlan page;
    double hash = 0;  ///< of the file
};

/// What became of the configuration when it was last read.
struct ConfigFacts {
    double hash = 0;  ///< of the file that is in force
    bool last_read_good = true;
    inventory::Time read_at;  ///< when it was last read without a mistake
};

/// The error names every mistake of the file, one per line.
inventory::Result<ExporterConfig> read_config(const std::string& path);

}  // namespace exporter
