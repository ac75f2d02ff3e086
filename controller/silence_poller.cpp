#include "controller/silence_poller.hpp"

#include <utility>

namespace controller {

inventory::Result<std::unique_ptr<SilencePoller>> SilencePoller::start(
    const std::optional<AlertmanagerConfig>& config, std::function<void(bool)> on_read) {
    std::unique_ptr<SilencePoller> poller(new SilencePoller);
    if (!config) {
        return poller;
    }
    auto source = alertmanager::make_silence_source(config->endpoint);
    if (!source) {
        return tl::unexpected(source.error());
    }
    poller->watch_ = std::make_unique<alertmanager::SilenceWatch>(*std::move(source), inventory::system_now);
    poller->task_ = std::make_unique<inventory::observer::RepeatingTask>(
        config->interval, [watch = poller->watch_.get(), on_read = std::move(on_read)] {
            watch->refresh();
            on_read(watch->last_read_succeeded());
        });
    return poller;
}

const loop::Silences& SilencePoller::silences() const {
    if (watch_) {
        return *watch_;
    }
    return nobody_asked_;
}

}  // namespace controller
