#include "exporter/endpoints.hpp"

#include <optional>

#include "exporter/landing_page.hpp"
#include "exporter/locks_page.hpp"
#include "exporter/metrics_endpoint.hpp"
#include "exporter/self.hpp"
#include "exporter/vm_page.hpp"

namespace exporter {
namespace {

using service::WebRequest;
using service::WebResponse;

WebResponse serve_landing_page(const Endpoints& endpoints) {
    WebResponse response;
    response.content_type = "text/html; charset=utf-8";
    response.body =
        landing_page(*endpoints.lookout.pages().latest(), endpoints.metrics_path, endpoints.clock());
    return response;
}

WebResponse serve_readiness(const Endpoints& endpoints) {
    WebResponse response;
    const auto page = endpoints.lookout.pages().latest();
    if (page->heard_all) {
        response.body = "ready\n";
        return response;
    }
    response.status = 503;
    response.body = page->records_read_at ? "not ready: some hosts have not been asked yet\n"
                                          : "not ready: CloudStack's database has not been read yet\n";
    return response;
}

WebResponse serve_health() {
    WebResponse response;
    response.body = "healthy\n";
    return response;
}

WebResponse serve_lock_chains(const Endpoints& endpoints, const WebRequest& request) {
    const auto page = endpoints.lookout.pages().latest();
    return serve_locks(page->snapshot ? *page->snapshot : inventory::Snapshot{}, request, endpoints.clock());
}

WebResponse serve_reload(const Endpoints& endpoints) {
    WebResponse response;
    const auto read = endpoints.lookout.reload();
    if (read) {
        response.body = *read + "\n";
        return response;
    }
    response.status = 500;
    response.body = "the configuration stays as it was:\n" + read.error().message + "\n";
    return response;
}

}  // namespace

void add_endpoints(service::WebServer& server, const Endpoints& endpoints) {
    const auto self = [endpoints, &server](const Page& page) {
        const auto web_config =
            endpoints.has_web_config ? std::optional{server.web_config_is_current()} : std::nullopt;
        return render_self(page, endpoints.lookout.config(), web_config, endpoints.clock());
    };
    server.get(endpoints.metrics_path, [endpoints, self](const WebRequest& request) {
        return serve_metrics(endpoints.lookout.pages(), self, request);
    });
    server.get("/", [endpoints](const WebRequest&) { return serve_landing_page(endpoints); });
    server.get("/-/healthy", [](const WebRequest&) { return serve_health(); });
    server.get("/-/ready", [endpoints](const WebRequest&) { return serve_readiness(endpoints); });
    server.post("/-/reload", [endpoints](const WebRequest&) { return serve_reload(endpoints); });
    server.get("/debug/locks",
               [endpoints](const WebRequest& request) { return serve_lock_chains(endpoints, request); },
               {.needs_auth = true});
    server.get("/debug/vm/([^/]+)",
               [endpoints](const WebRequest& request) {
                   return serve_vm(*endpoints.lookout.pages().latest(), request, endpoints.clock());
               },
               {.needs_auth = true});
}

}  // namespace exporter
