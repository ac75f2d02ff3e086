#pragma once

#include <memory>
#include <string>

#include "controller/cloudstack/replaceable_api.hpp"
#include "controller/config.hpp"
#include "controller/journal/journal.hpp"
#include "controller/journal/moves.hpp"
#include "controller/journal/operators.hpp"
#include "controller/loop/lease_keeper.hpp"
#include "controller/metrics/controller_metrics.hpp"
#include "controller/silence_poller.hpp"
#include "inventory/observer/observatory.hpp"

namespace controller {

/// What has to be opened before anything can be wired, and may fail at it. Members in the order in which they
/// need each other.
struct Collaborators {
    std::unique_ptr<ControllerMetrics> metrics;
    std::unique_ptr<loop::LeaseKeeper> keeper;
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<journal::Operators> operators;
    std::unique_ptr<journal::Moves> moves;
    std::unique_ptr<cloudstack::ReplaceableApi> api;
    std::unique_ptr<SilencePoller> silences;
};

/// Errors: the journal cannot be opened, a URL is none, a file cannot be read.
inventory::Result<Collaborators> open_collaborators(const ControllerConfig& config);

/// `metrics` outlives it. Errors: the URL is none, or the file of CAs cannot be read.
inventory::Result<std::unique_ptr<cloudstack::Api>> make_api(const CloudStackConfig& config,
                                                             ControllerMetrics& metrics);

/// Watches the cloud from its start() on; `tag_key` is the key of the tag that opts a VM out.
std::unique_ptr<inventory::observer::Observatory> make_observatory(const service::CloudConfig& cloud,
                                                                   const std::string& tag_key);

}  // namespace controller
