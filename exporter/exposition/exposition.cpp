#include "exporter/exposition/exposition.hpp"

namespace exporter {

std::size_t Exposition::series() const {
    std::size_t total = 0;
    for (const auto& size : sizes) {
        total += size.series;
    }
    return total;
}

Exposition render(std::span<const Family* const> families, const inventory::Snapshot& snapshot,
                  std::size_t expected_size) {
    Exposition exposition;
    exposition.text.reserve(expected_size + expected_size / 8);
    exposition.sizes.reserve(families.size());
    SampleWriter writer(exposition.text);
    for (const auto* family : families) {
        writer.start(family->name, family->help, family->type);
        family->write(snapshot, writer);
        exposition.sizes.push_back({family, writer.samples()});
    }
    return exposition;
}

}  // namespace exporter
