#pragma once

#include "controller/page/pages.hpp"

namespace controller::page {

/// Everything that the page of one action shows; nullopt when there is none. Error: the journal cannot be
/// read.
inventory::Result<std::optional<ActionView>> view_action(std::uint64_t id, const StatusSources& sources,
                                                         api::Explainer& explainer);

}  // namespace controller::page
