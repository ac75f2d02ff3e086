#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"
#include "controller/decision/remedies/remedies.hpp"

namespace controller::decision::guards {
namespace {

/// The verdict says so already; a single live sighting must hold the action even if it did not.
void object_to_life(Objections& objections, const World& world) {
    for (const auto& host : world.candidates) {
        if (host.domain && inventory::may_be_alive(*host.domain)) {
            objections.object("a domain of the VM is " + std::string{to_word(*host.domain)} + " on " +
                              host.name);
        }
    }
}

}  // namespace

/// An alert is minutes old when it arrives: what it says has to hold now.
Answer still_true(const Action& action, const World& world, const Policy&) {
    const auto& treatment = remedies::of(action.remedy);
    const auto treats = treatment.treats(action.stage);
    Objections objections;
    objections.fact("treats", std::string{to_word(treats)});
    if (!world.verdict) {
        objections.object("there is no verdict on the VM");
    } else {
        objections.fact("verdict", std::string{to_word(world.verdict->kind)});
        objections.fact("reason", world.verdict->reason);
        if (world.verdict->kind != treats) {
            objections.object("the verdict is " + std::string{to_word(world.verdict->kind)} + ": " +
                              world.verdict->reason);
        }
        objections.object_if(!world.verdict->alive_on.empty(),
                             "the verdict names hosts where the VM may be alive");
    }
    object_to_life(objections, world);
    if (const auto* vm = world.vm()) {
        if (const auto exemption = treatment.exempts(action.stage, *vm)) {
            objections.object(*exemption);
        }
    }
    return objections.refusal("a verdict of " + std::string{to_word(treats)} +
                              "; until then there is nothing for this remedy to do");
}

}  // namespace controller::decision::guards
