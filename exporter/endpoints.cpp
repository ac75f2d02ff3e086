#include "exporter/endpoints.hpp"

#include "exporter/landing_page.hpp"
#include "exporter/metrics_endpoint.hpp"
#include "exporter/self.hpp"

namespace exporter {
namespace {

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

void add_endpoints(service::WebServer& server, const Endpoints& endpoints) {
    const auto self = [endpoints](const Page& page) {
        return render_self({page.exposition.series(), page.records_read_at, endpoints.config_hash},
                           endpoints.clock());
    };
    server.get("/metrics", [endpoints, self](const service::WebRequest& request) {
        return serve_metrics(endpoints.pages, self, request);
    });
    server.get("/", [endpoints](const service::WebRequest&) { return serve_landing_page(endpoints); });
    server.get("/-/healthy", [](const service::WebRequest&) { return serve_health(); });
    server.get("/-/ready", [endpoints](const service::WebRequest&) { return serve_readiness(endpoints); });
}

}  // namespace exporter
