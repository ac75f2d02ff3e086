#include "exporter/exposition/exposition.hpp"

#include <algorithm>

namespace exporter {
namespace {

/// What the exporter says of itself each shard says, and no limit silences.
Admission admission_of(const Family& family, const PagePlan& plan, std::size_t left) {
    if (family.group == Group::exporter) {
        return {};
    }
    return {plan.shard, std::min(plan.limit.family, left)};
}

}  // namespace

std::size_t Exposition::series() const {
    std::size_t total = 0;
    for (const auto& block : blocks) {
        total += block.series;
    }
    return total;
}

Exposition render(const PagePlan& plan, const inventory::Snapshot& snapshot, std::size_t expected_size) {
    Exposition exposition;
    exposition.text.reserve(expected_size + expected_size / 8);
    exposition.blocks.reserve(plan.families.size());
    SampleWriter writer(exposition.text);
    auto left = plan.limit.total;
    for (const auto* family : plan.families) {
        const auto offset = exposition.text.size();
        writer.start(family->name, family->help, family->type, admission_of(*family, plan, left));
        family->write(snapshot, writer);
        exposition.blocks.push_back(
            {family, writer.samples(), writer.dropped(), offset, exposition.text.size() - offset});
        left -= std::min(left, writer.samples());
    }
    return exposition;
}

}  // namespace exporter
