#include "exporter/endpoints.hpp"

#include "exporter/landing_page.hpp"
#include "exporter/self.hpp"

namespace exporter {
namespace {

// Prometheus 3 refuses a scrape whose type it does not know.
constexpr auto exposition_type = "text/plain; version=0.0.4; charset=utf-8";

service::WebResponse serve_metrics(const Endpoints& endpoints, const service::WebRequest& request) {
    const auto page = endpoints.pages.latest();
    const SelfFacts facts{page->exposition.series(), page->records_read_at, endpoints.config_hash};
    return metrics_response(*page, render_self(facts, endpoints.clock()), request.accepts_gzip);
}

service::WebResponse serve_landing_page(const Endpoints& endpoints) {
    service::WebResponse response;
    response.content_type = "text/html; charset=utf-8";
    response.body = landing_page(*endpoints.pages.latest(), endpoints.clock());
    return response;
}

service::WebResponse serve_readiness(const Endpoints& endpoints) {
    service::WebResponse response;
    const auto page = endpoints.pages.latest();
    if (page->heard_all) {
        response.body = "ready\n";
        return response;
    }
    response.status = 503;
    response.body = page->records_read_at ? "not ready: some hosts have not been asked yet\n"
                                          : "not ready: CloudStack's database has not been read yet\n";
    return response;
}

service::WebResponse serve_health() {
    service::WebResponse response;
    response.body = "healthy\n";
    return response;
}

}  // namespace

service::WebResponse metrics_response(const Page& page, const std::string& self, bool gzip) {
    service::WebResponse response;
    response.content_type = exposition_type;
    if (gzip) {
        response.content_encoding = "gzip";
        response.body = gzip_complete(page.compressed, self);
    } else {
        response.body.reserve(page.exposition.text.size() + self.size());
        response.body += page.exposition.text;
        response.body += self;
    }
    return response;
}

void add_endpoints(service::WebServer& server, const Endpoints& endpoints) {
    server.get("/metrics",
               [endpoints](const service::WebRequest& request) { return serve_metrics(endpoints, request); });
    server.get("/", [endpoints](const service::WebRequest&) { return serve_landing_page(endpoints); });
    server.get("/-/healthy", [](const service::WebRequest&) { return serve_health(); });
    server.get("/-/ready", [endpoints](const service::WebRequest&) { return serve_readiness(endpoints); });
}

}  // namespace exporter
