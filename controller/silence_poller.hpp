#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "controller/alertmanager/silence_watch.hpp"
#include "controller/config.hpp"
#include "inventory/observer/repeating_task.hpp"

namespace controller {

/// Reads Alertmanager's silences at an interval, on a thread of its own; without a configuration it asks
/// nobody.
class SilencePoller {
public:
    /// `on_read` hears after each reading whether it succeeded. Error: the URL is none.
    static inventory::Result<std::unique_ptr<SilencePoller>> start(
        const std::optional<AlertmanagerConfig>& config, std::function<void(bool)> on_read);

    [[nodiscard]] const loop::Silences& silences() const;

private:
    SilencePoller() = default;

    const loop::NoSilences nobody_asked_{};
    std::unique_ptr<alertmanager::SilenceWatch> watch_;
    std::unique_ptr<inventory::observer::RepeatingTask> task_;  // last: it uses the watch
};

}  // namespace controller
