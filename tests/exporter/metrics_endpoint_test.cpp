#include "exporter/metrics_endpoint.hpp"

#include <chrono>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/families/families.hpp"
#include "tests/support/snapshot_builder.hpp"

namespace {

using exporter::metrics_response;
using exporter::Selection;
using service::WebRequest;
using support::a_host;
using support::a_vm;
using support::SnapshotBuilder;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

exporter::Page a_page() {
    const auto snapshot = SnapshotBuilder().host(a_host(1)).vm(a_vm(43)).build();
    return exporter::make_page(std::make_shared<const inventory::Snapshot>(snapshot),
                               exporter::families::whole_page(), 0);
}

Selection select(const std::vector<std::string>& groups) {
    WebRequest request;
    for (const auto& group : groups) {
        request.query.emplace("collect[]", group);
    }
    return Selection::parse(request).value();
}

inventory::Duration patience(const std::string& header) {
    return exporter::patience_of({.headers = {{"x-prometheus-scrape-timeout-seconds", header}}});
}

TEST(MetricsResponse, is_the_page_followed_by_what_is_new) {
    const auto page = a_page();
    const auto response = metrics_response(page, {}, "self 1\n", false);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_EQ(response.content_encoding, "");
    EXPECT_EQ(response.body, page.exposition.text + "self 1\n");
}

TEST(MetricsResponse, is_compressed_when_the_client_wants_it_so) {
    const auto response = metrics_response(a_page(), {}, "self 1\n", true);
    EXPECT_EQ(response.content_encoding, "gzip");
    EXPECT_THAT(response.body, StartsWith("\x1f\x8b"));
}

TEST(MetricsResponse, holds_the_selected_groups_alone) {
    const auto body = metrics_response(a_page(), select({"host", "exporter"}), "self 1\n", false).body;
    EXPECT_THAT(body, HasSubstr("cloudstack_host_info{"));
    EXPECT_THAT(body, HasSubstr("self 1\n"));
    EXPECT_THAT(body, Not(HasSubstr("cloudstack_vm")));
    EXPECT_THAT(metrics_response(a_page(), select({"vm"}), "self 1\n", false).body, Not(HasSubstr("self 1")));
}

TEST(Selection, names_the_groups_when_a_word_is_none) {
    WebRequest request;
    request.query.emplace("collect[]", "vm");
    request.query.emplace("collect[]", "<b>vms</b>");
    const auto selection = Selection::parse(request);
    ASSERT_FALSE(selection);
    EXPECT_EQ(selection.error().message,
              "collect[] names no group of metrics; the groups are vm, host, cloudstack, mac, innodb, "
              "reassignment, exporter");
}

TEST(ScrapePatience, is_a_little_less_than_the_scraper_has) {
    using namespace std::chrono_literals;
    EXPECT_EQ(patience("10"), 9750ms);
    EXPECT_EQ(patience("1.5"), 1250ms);
    EXPECT_EQ(patience("86400"), 30s) << "it holds a thread";
}

TEST(ScrapePatience, is_none_when_the_header_makes_no_sense) {
    for (const auto* garbage : {"", "0", "0.2", "-5", "ten", "10 seconds", "nan", "1e999", " 5"}) {
        EXPECT_EQ(patience(garbage), inventory::Duration::zero()) << garbage;
    }
    EXPECT_EQ(exporter::patience_of({}), inventory::Duration::zero());
}

class ScrapeTest : public testing::Test {
protected:
    service::WebResponse scrape(const WebRequest& request) {
        return serve_metrics(
            keeper, [](const exporter::Page&) { return std::string{"self 1\n"}; }, request);
    }

    exporter::SnapshotPointer newest =
        std::make_shared<const inventory::Snapshot>(SnapshotBuilder::nothing());
    exporter::PageKeeper keeper{[this](const auto&, auto) { return newest; },
                                exporter::families::whole_page()};
};

TEST_F(ScrapeTest, is_refused_before_anything_is_known) {
    const auto response = scrape({.headers = {{"x-prometheus-scrape-timeout-seconds", "0.3"}}});
    EXPECT_EQ(response.status, 503);
    EXPECT_THAT(response.body, HasSubstr("nothing is known yet"));
}

TEST_F(ScrapeTest, is_refused_when_it_asks_for_what_there_is_not) {
    WebRequest request;
    request.query.emplace("collect[]", "vms");
    EXPECT_EQ(scrape(request).status, 400);
}

}  // namespace
