#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "controller/model/operators.hpp"

namespace controller::journal {

/// An alert's labels as the journal keeps them: one JSON object of texts.
std::string to_json(const Labels& labels);
/// nullopt: none of ours, so the labels are unknown.
std::optional<Labels> labels_of(std::string_view json);

}  // namespace controller::journal
