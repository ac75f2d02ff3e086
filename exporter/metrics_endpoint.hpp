#pragma once

#include <string>

#include "exporter/page.hpp"
#include "exporter/selection.hpp"
#include "service/web_server.hpp"

namespace exporter {

/// How long a scrape may wait for the first page: a little less than the scraper itself waits, which it says
/// in X-Prometheus-Scrape-Timeout-Seconds. Zero when it says nothing that makes sense.
inventory::Duration patience_of(const service::WebRequest& request);

/// The families of the page that are selected, then `self`; copied, never rendered anew.
service::WebResponse metrics_response(const Page& page, const Selection& selection, const std::string& self,
                                      bool gzip);

/// Answers a scrape. `self` renders what the exporter says of itself for that page.
using SelfRenderer = std::function<std::string(const Page&)>;
service::WebResponse serve_metrics(const PageKeeper& pages, const SelfRenderer& self,
                                   const service::WebRequest& request);

}  // namespace exporter
