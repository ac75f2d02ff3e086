#include "controller/reload/current_config.hpp"

#include <utility>

#include "controller/reload/changes.hpp"
#include "service/log.hpp"

namespace controller::reload {

using inventory::Result;

CurrentConfig::CurrentConfig(ControllerConfig config, Reader reader, inventory::Clock clock)
    : reader_(std::move(reader)),
      clock_(std::move(clock)),
      config_(std::make_shared<const ControllerConfig>(std::move(config))),
      facts_{config_->hash, true, clock_()} {}

std::shared_ptr<const ControllerConfig> CurrentConfig::get() const {
    const std::lock_guard lock(mutex_);
    return config_;
}

ConfigFacts CurrentConfig::facts() const {
    const std::lock_guard lock(mutex_);
    return facts_;
}

Result<std::shared_ptr<const ControllerConfig>> CurrentConfig::read_again() const {
    auto wanted = reader_();
    if (!wanted) {
        return tl::unexpected(wanted.error());
    }
    std::string keys;
    for (const auto& key : changes_that_need_a_restart(*get(), *wanted)) {
        keys += (keys.empty() ? "" : ", ") + key;
    }
    if (!keys.empty()) {
        return inventory::failure(keys + ": read at the start only; restart warden-controller to change it");
    }
    return std::make_shared<const ControllerConfig>(std::move(*wanted));
}

Result<std::string> CurrentConfig::reload(const Apply& apply) {
    const std::lock_guard one_at_a_time(reload_mutex_);
    auto wanted = read_again();
    const auto applied = wanted.and_then([&apply](const auto& config) { return apply(*config); });
    const std::lock_guard lock(mutex_);
    facts_.last_read_good = applied.has_value();
    if (!applied) {
        service::log_error("the configuration stays as it was", {{"mistakes", applied.error().message}});
        return tl::unexpected(applied.error());
    }
    config_ = std::move(*wanted);
    facts_.hash = config_->hash;
    facts_.read_at = clock_();
    const std::string sentence = "the configuration was read; what is decided from now on goes by it";
    service::log_info(sentence);
    return sentence;
}

}  // namespace controller::reload
