#pragma once

#include <string>

#include "exporter/exposition/exposition.hpp"
#include "exporter/families/families.hpp"
#include "tests/support/snapshot_builder.hpp"

/// The page that this one family makes.
inline std::string text_of(const exporter::Family& family, const inventory::Snapshot& snapshot) {
    return exporter::render({.families = {&family}}, snapshot).text;
}

/// Its samples alone: HELP and TYPE are checked once per family, with text_of().
inline std::string samples_of(const exporter::Family& family, const inventory::Snapshot& snapshot) {
    const auto text = text_of(family, snapshot);
    const auto type_line = text.rfind("\n# TYPE ");
    return type_line == std::string::npos ? text : text.substr(text.find('\n', type_line + 1) + 1);
}
