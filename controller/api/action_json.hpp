#pragma once

#include "controller/api/explainer.hpp"
#include "controller/evidence/json_values.hpp"
#include "controller/journal/journal.hpp"

// What the API shows, as JSON. For .cpp files only.
namespace controller::api {

/// The action alone, as a line of a list. `vm` is null when no live row carries the uuid any more.
evidence::Json json_of(const Action& action, const std::optional<VmIdentity>& vm);

evidence::Json json_of(const journal::Step& step);

/// With its JSON inlined; what cannot be read is shown as the text that it is.
evidence::Json json_of(const journal::Evidence& evidence);

/// The verdicts of the newest decision in the list; empty while nothing was decided.
inventory::Result<std::vector<GuardVerdict>> newest_verdicts(const std::vector<journal::Evidence>& evidence);

evidence::Json json_of(const Explanation& explanation);

}  // namespace controller::api
