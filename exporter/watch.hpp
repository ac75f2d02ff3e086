#pragma once

#include <memory>

#include "inventory/mariadb/health_source.hpp"
#include "inventory/observer/observatory.hpp"
#include "service/cloud_config.hpp"

namespace exporter {

/// The cloud of the configuration, watched with real eyes: its database and the libvirt of each of its hosts.
/// Not started yet.
std::unique_ptr<inventory::observer::Observatory> watch(const service::CloudConfig& cloud,
                                                        const inventory::mariadb::HealthPlan& checks);

/// Starts it and waits until every witness has been heard once, or the database has failed, or the deadlines
/// of all of them are over; gives the newest picture either way.
std::shared_ptr<const inventory::Snapshot> look_once(inventory::observer::Observatory& observatory,
                                                     const service::CloudConfig& cloud);

}  // namespace exporter
