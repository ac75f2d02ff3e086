#include "controller/live_explainer.hpp"

#include <algorithm>
#include <utility>

#include "controller/loop/judgement.hpp"

namespace controller {

using api::Explanation;
using api::VmIdentity;
using inventory::failure;
using inventory::Result;

LiveExplainer::LiveExplainer(loop::Surroundings around, loop::LoopSettings settings)
    : around_(std::move(around)),
      settings_(std::make_shared<const loop::LoopSettings>(std::move(settings))) {}

void LiveExplainer::take_over(loop::LoopSettings settings) {
    auto newest = std::make_shared<const loop::LoopSettings>(std::move(settings));
    const std::lock_guard lock(mutex_);
    settings_ = std::move(newest);
}

std::shared_ptr<const loop::LoopSettings> LiveExplainer::settings() const {
    const std::lock_guard lock(mutex_);
    return settings_;
}

std::optional<VmIdentity> LiveExplainer::identify(std::string_view uuid_or_instance_name) {
    const auto snapshot = around_.cloud.latest();
    if (!snapshot->records) {
        return std::nullopt;
    }
    const auto& vms = snapshot->records->vms;
    const auto found = std::ranges::find_if(vms, [&](const inventory::VmRecord& vm) {
        return vm.uuid == uuid_or_instance_name || vm.instance_name == uuid_or_instance_name;
    });
    return found == vms.end() ? std::nullopt : std::optional{VmIdentity{found->uuid, found->instance_name}};
}

Result<std::optional<Explanation>> LiveExplainer::explain(std::string_view uuid_or_instance_name) {
    if (!around_.cloud.latest()->records) {
        return failure("nothing is known of the cloud yet: its database has not been read since the start",
                       true);
    }
    const auto vm = identify(uuid_or_instance_name);
    if (!vm) {
        return std::nullopt;
    }
    auto open = around_.journal.list({.vm_uuid = vm->uuid, .open_only = true, .limit = 1});
    if (!open) {
        return failure("cannot read the actions on " + vm->instance_name, open.error());
    }
    Explanation explanation;
    explanation.vm = *vm;
    if (!open->empty()) {
        explanation.action = open->front();
    }
    Action asked = explanation.action.value_or(Action{});
    asked.vm_uuid = vm->uuid;
    explanation.remedy = asked.remedy;
    auto judged = loop::judge_on_snapshot(asked, around_, *settings());
    if (!judged) {
        return tl::unexpected(judged.error());
    }
    explanation.world = std::move(judged->world);
    explanation.decision = std::move(judged->decision);
    return explanation;
}

}  // namespace controller
