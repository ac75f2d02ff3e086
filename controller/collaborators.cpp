#include "controller/collaborators.hpp"

#include <algorithm>
#include <utility>

#include "controller/cloudstack/http_api.hpp"
#include "controller/journal/mariadb_journal.hpp"
#include "controller/journal/mariadb_lease.hpp"
#include "controller/journal/mariadb_moves.hpp"
#include "controller/journal/mariadb_operators.hpp"
#include "inventory/libvirt/worker_client.hpp"
#include "inventory/mariadb/record_source.hpp"
#include "inventory/support/descriptors.hpp"

namespace controller {
namespace {

using inventory::Result;
using inventory::Status;
using inventory::observer::Observatory;

/// The lease is asked for often, so that no question may take longer than until the next one.
Result<std::unique_ptr<loop::LeaseKeeper>> make_keeper(const ControllerConfig& config) {
    auto server = config.journal;
    server.timeout = std::min(server.timeout, config.lease.renew);
    return journal::open_mariadb_lease(server).map([&](std::unique_ptr<journal::Lease> lease) {
        return std::make_unique<loop::LeaseKeeper>(std::move(lease), loop::new_controller_name(),
                                                   config.lease);
    });
}

Status open_journal(Collaborators& opened, const ControllerConfig& config) {
    const auto on_write = [metrics = opened.metrics.get()](inventory::Duration took) {
        metrics->journal_written(took);
    };
    auto keeper = make_keeper(config);
    if (!keeper) {
        return inventory::failure("cannot open the journal", keeper.error());
    }
    const auto fence = [raw = keeper->get()] { return raw->token(); };
    auto journal = journal::open_mariadb_journal(config.journal, on_write, fence);
    if (!journal) {
        return inventory::failure("cannot open the journal", journal.error());
    }
    auto operators = journal::open_mariadb_operators(config.journal, on_write);
    if (!operators) {
        return inventory::failure("cannot open the journal", operators.error());
    }
    opened.keeper = std::move(*keeper);
    opened.journal = std::move(*journal);
    opened.operators = std::move(*operators);
    opened.moves = journal::make_mariadb_moves(config.journal, on_write, fence);
    return {};
}

Status open_peers(Collaborators& opened, const ControllerConfig& config) {
    auto api = make_api(config.cloudstack, *opened.metrics);
    if (!api) {
        return tl::unexpected(api.error());
    }
    auto silences = SilencePoller::start(
        config.alertmanager,
        [metrics = opened.metrics.get()](bool successfully) { metrics->alertmanager_read(successfully); });
    if (!silences) {
        return tl::unexpected(silences.error());
    }
    opened.api = std::make_unique<cloudstack::ReplaceableApi>(std::move(*api));
    opened.silences = std::move(*silences);
    return {};
}

}  // namespace

std::unique_ptr<Observatory> make_observatory(const service::CloudConfig& cloud, const std::string& tag_key) {
    inventory::allow_many_descriptors();
    inventory::observer::Sources sources;
    sources.records =
        std::make_unique<inventory::mariadb::RecordSource>(cloud.database, cloud.zones, tag_key);
    sources.fresh_records =
        std::make_unique<inventory::mariadb::RecordSource>(cloud.database, cloud.zones, tag_key);
    sources.domains = [](const std::string& uri) {
        return std::make_unique<inventory::libvirt::WorkerClient>(uri);
    };
    return std::make_unique<Observatory>(cloud.plan, std::move(sources), inventory::system_now);
}

Result<std::unique_ptr<cloudstack::Api>> make_api(const CloudStackConfig& config,
                                                  ControllerMetrics& metrics) {
    return cloudstack::make_http_api({.url = config.url,
                                      .keys = {.api_key = config.api_key, .secret_key = config.secret_key},
                                      .ca_file = config.ca_file,
                                      .timeout = config.timeout,
                                      .move_timeout = config.move_timeout},
                                     [&metrics](std::string_view command, std::string_view result) {
                                         metrics.api_request(command, result);
                                     });
}

Result<Collaborators> open_collaborators(const ControllerConfig& config) {
    Collaborators opened;
    opened.metrics = std::make_unique<ControllerMetrics>(WARDEN_VERSION);
    const auto ready = open_journal(opened, config).and_then([&] { return open_peers(opened, config); });
    if (!ready) {
        return tl::unexpected(ready.error());
    }
    return opened;
}

}  // namespace controller
