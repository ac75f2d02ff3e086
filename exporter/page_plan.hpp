#pragma once

#include "exporter/exposition/exposition.hpp"
#include "service/config_reader.hpp"

namespace exporter {

/// What goes on the page, as the section `exporter` says: shard, series_limit and families.disable. Mistakes
/// are noted in the file that the section belongs to.
PagePlan read_page_plan(service::ConfigSection& exporter);

/// Whether the plan has any family of this group: if not, nothing needs to be read for it.
bool shows(const PagePlan& plan, Group group);

}  // namespace exporter
