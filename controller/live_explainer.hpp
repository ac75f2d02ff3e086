#pragma once

#include <memory>
#include <mutex>

#include "controller/api/explainer.hpp"
#include "controller/loop/surroundings.hpp"

namespace controller {

/// Explains a VM from the newest snapshot and the journal, with the same decision function that the loop
/// uses.
class LiveExplainer : public api::Explainer {
public:
    LiveExplainer(loop::Surroundings around, loop::LoopSettings settings);

    std::optional<api::VmIdentity> identify(std::string_view uuid_or_instance_name) override;
    inventory::Result<std::optional<api::Explanation>> explain(
        std::string_view uuid_or_instance_name) override;

    /// From now on, it explains by these. From any thread.
    void take_over(loop::LoopSettings settings);

private:
    loop::Surroundings around_;
    [[nodiscard]] std::shared_ptr<const loop::LoopSettings> settings() const;

    mutable std::mutex mutex_;
    std::shared_ptr<const loop::LoopSettings> settings_;  ///< guarded by mutex_
};

}  // namespace controller
