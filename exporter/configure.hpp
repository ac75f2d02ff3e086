#pragma once

#include "exporter/config.hpp"
#include "exporter/flags.hpp"

namespace exporter {

/// The configuration file, as the command line amends it. The error names every mistake of the file, one per
/// line, or the flag that is wrong.
inventory::Result<ExporterConfig> configure(const Flags& flags);

}  // namespace exporter
