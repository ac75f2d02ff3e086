#pragma once

#include <string>

#include "inventory/model/snapshot.hpp"
#include "service/web_server.hpp"

namespace exporter {

/// Who waits for whom, from the root of each chain, with what each session runs; then the oldest transactions
/// and the named locks. For a person, as plain text: whatever a session is called, a browser reads no HTML in
/// it.
std::string locks_as_text(const inventory::Snapshot& snapshot, inventory::Time now);

/// The same for a program. What is not known is null.
std::string locks_as_json(const inventory::Snapshot& snapshot);

/// /debug/locks, `?format=json` for the latter.
service::WebResponse serve_locks(const inventory::Snapshot& snapshot, const service::WebRequest& request,
                                 inventory::Time now);

}  // namespace exporter
