#pragma once

#include <memory>

#include "exporter/config.hpp"
#include "inventory/observer/observatory.hpp"
#include "service/cloud_config.hpp"

namespace exporter {

/// The cloud of the configuration, watched with real eyes: its database and the libvirt of each of its hosts.
/// Not started yet.
std::unique_ptr<inventory::observer::Observatory> watch(const ExporterConfig& config);

/// By when every witness has been heard once, or has had all its deadlines.
inventory::Duration longest_look(const service::CloudConfig& cloud);

/// Starts it and waits until every witness has been heard once, or the database has failed, or the deadlines
/// of all of them are over; gives the newest picture either way.
std::shared_ptr<const inventory::Snapshot> look_once(inventory::observer::Observatory& observatory,
                                                     const service::CloudConfig& cloud);

/// The records were asked for, and have not been read with success yet. What other readings of the database
/// came to says nothing of it: they are often done first.
bool has_database_failed(const inventory::Snapshot& snapshot);

}  // namespace exporter
