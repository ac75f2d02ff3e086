#pragma once

#include <initializer_list>
#include <string_view>

namespace exporter {

/// An empty value is no label at all, as in Prometheus: what is unknown is left out without a branch.
struct Label {
    std::string_view name;
    std::string_view value;
};

using Labels = std::initializer_list<Label>;

}  // namespace exporter
