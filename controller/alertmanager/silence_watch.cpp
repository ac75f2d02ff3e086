#include "controller/alertmanager/silence_watch.hpp"

#include <utility>

#include "service/log.hpp"

namespace controller::alertmanager {

SilenceWatch::SilenceWatch(std::unique_ptr<SilenceSource> source, inventory::Clock clock)
    : source_(std::move(source)), clock_(std::move(clock)) {}

void SilenceWatch::refresh() {
    // Before the question: what begins while it is answered may be missing from the answer.
    const auto asked_at = clock_();
    auto silences = source_->read();
    std::string error = silences ? std::string{} : silences.error().message;
    std::shared_ptr<const Matchers> active;
    if (silences) {
        Matchers matchers;
        for (auto& silence : *silences) {
            matchers.emplace_back(std::move(silence));
        }
        active = std::make_shared<const Matchers>(std::move(matchers));
    }
    const std::lock_guard lock(mutex_);
    if (!error.empty() && error != error_) {
        service::log_warn("Alertmanager's silences cannot be read; until they are, remedies hold",
                          {{"error", error}});
    }
    if (active) {
        active_ = std::move(active);
        read_at_ = asked_at;
    }
    error_ = std::move(error);
}

SilenceFacts SilenceWatch::covering(const KnownLabels& alert) const {
    SilenceFacts facts{.configured = true, .read_at = {}, .error = {}, .covering = {}};
    std::shared_ptr<const Matchers> active;
    {
        const std::lock_guard lock(mutex_);
        facts.read_at = read_at_;
        facts.error = error_;
        active = active_;
    }
    for (const auto& matcher : *active) {
        if (matcher.covers(alert)) {
            facts.covering.push_back(matcher.silence());
        }
    }
    return facts;
}

bool SilenceWatch::last_read_succeeded() const {
    const std::lock_guard lock(mutex_);
    return error_.empty();
}

}  // namespace controller::alertmanager
