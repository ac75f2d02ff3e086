#pragma once

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

private:
    loop::Surroundings around_;
    loop::LoopSettings settings_;
};

}  // namespace controller
