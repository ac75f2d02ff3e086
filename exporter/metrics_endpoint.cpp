#include "exporter/metrics_endpoint.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <vector>

namespace exporter {
namespace {

// Prometheus 3 refuses a scrape whose type it does not know.
constexpr auto exposition_type = "text/plain; version=0.0.4; charset=utf-8";

service::WebResponse refuse(int status, const std::string& sentence) {
    service::WebResponse response;
    response.status = status;
    response.body = sentence + "\n";
    return response;
}

std::string plain_body(const Page& page, const Selection& selection, const std::string& self) {
    std::string body;
    std::size_t size = self.size();
    for (const auto& block : page.exposition.blocks) {
        size += selection.covers(block.family->group) ? block.length : 0;
    }
    body.reserve(size);
    for (const auto& block : page.exposition.blocks) {
        if (selection.covers(block.family->group)) {
            body += page.exposition.text_of(block);
        }
    }
    return body += self;
}

std::string compressed_body(const Page& page, const Selection& selection, const std::string& self) {
    std::vector<const GzipPart*> parts;
    for (std::size_t i = 0; i < page.compressed.size(); ++i) {
        if (selection.covers(page.exposition.blocks[i].family->group)) {
            parts.push_back(&page.compressed[i]);
        }
    }
    return gzip_member(parts, self);
}

}  // namespace

inventory::Duration patience_of(const service::WebRequest& request) {
    constexpr double margin = 0.25;
    constexpr double longest = 30;  // a waiting scrape holds a thread of the server
    const auto header = request.headers.find("x-prometheus-scrape-timeout-seconds");
    if (header == request.headers.end()) {
        return {};
    }
    const auto& text = header->second;
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    const bool makes_sense = error == std::errc{} && end == text.data() + text.size() && seconds > margin;
    const double patience = makes_sense ? std::min(seconds - margin, longest) : 0;
    return std::chrono::duration_cast<inventory::Duration>(std::chrono::duration<double>(patience));
}

service::WebResponse metrics_response(const Page& page, const Selection& selection, const std::string& self,
                                      bool gzip) {
    service::WebResponse response;
    response.content_type = exposition_type;
    const auto own = selection.covers(Group::exporter) ? self : std::string{};
    if (gzip) {
        response.content_encoding = "gzip";
        response.body = compressed_body(page, selection, own);
    } else {
        response.body = plain_body(page, selection, own);
    }
    return response;
}

service::WebResponse serve_metrics(const PageKeeper& pages, const SelfRenderer& self,
                                   const service::WebRequest& request) {
    const auto selection = Selection::parse(request);
    if (!selection) {
        return refuse(400, selection.error().message);
    }
    const auto page = pages.wait_for_first(patience_of(request));
    if (!page->has_looked) {
        return refuse(503, "nothing is known yet: CloudStack's database is being read for the first time");
    }
    return metrics_response(*page, *selection, self(*page), request.accepts_gzip);
}

}  // namespace exporter
