#pragma once

#include <string>

#include "exporter/page.hpp"
#include "service/web_server.hpp"

namespace exporter {

/// /debug/vm/{id}: why the verdict on this VM, named by its uuid or its instance name, is as it is; as HTML,
/// or with `?format=json` as JSON.
service::WebResponse serve_vm(const Page& page, const service::WebRequest& request, inventory::Time now);

}  // namespace exporter
