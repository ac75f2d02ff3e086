#pragma once

#include <memory>
#include <mutex>

#include "controller/alertmanager/silence_matching.hpp"
#include "controller/alertmanager/silence_source.hpp"
#include "controller/loop/silences.hpp"
#include "inventory/support/time.hpp"

namespace controller::alertmanager {

/// Keeps what the source said last. When it cannot be read, that stands, with its age and why it could not be
/// read since; how old it may be is the guard's to say. Safe from any thread.
class SilenceWatch final : public loop::Silences {
public:
    SilenceWatch(std::unique_ptr<SilenceSource> source, inventory::Clock clock);

    /// Reads once; one thread at a time.
    void refresh();

    [[nodiscard]] SilenceFacts covering(const KnownLabels& alert) const override;
    [[nodiscard]] bool last_read_succeeded() const;

private:
    using Matchers = std::vector<SilenceMatcher>;

    const std::unique_ptr<SilenceSource> source_;
    const inventory::Clock clock_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Matchers> active_ = std::make_shared<const Matchers>();  ///< guarded by mutex_
    std::optional<inventory::Time> read_at_;                                       ///< likewise
    std::string error_ = "Alertmanager has not been asked yet";                    ///< likewise
};

}  // namespace controller::alertmanager
