#include "exporter/endpoints.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/landing_page.hpp"
#include "tests/support/snapshot_builder.hpp"

namespace {

using support::a_vm;
using support::now;
using support::SnapshotBuilder;
using testing::HasSubstr;

TEST(MetricsResponse, is_the_page_followed_by_what_is_new) {
    const auto page = exporter::make_page(SnapshotBuilder().vm(a_vm(43)).build(), 0);
    const auto response = exporter::metrics_response(page, "self 1\n", false);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_EQ(response.content_encoding, "");
    EXPECT_EQ(response.body, page.exposition.text + "self 1\n");
}

TEST(MetricsResponse, is_compressed_when_the_client_wants_it_so) {
    const auto page = exporter::make_page(SnapshotBuilder().vm(a_vm(43)).build(), 0);
    const auto response = exporter::metrics_response(page, "self 1\n", true);
    EXPECT_EQ(response.content_encoding, "gzip");
    EXPECT_EQ(response.body, exporter::gzip_complete(page.compressed, "self 1\n"));
}

TEST(LandingPage, says_how_fresh_the_picture_is_and_what_it_holds) {
    const auto page = exporter::make_page(SnapshotBuilder().vm(a_vm(43)).build(), 0);
    const auto html = exporter::landing_page(page, now + std::chrono::seconds{3});
    EXPECT_THAT(html, HasSubstr("was read 3.0s ago"));
    EXPECT_THAT(html, HasSubstr("<a href=\"/metrics\">"));
    EXPECT_THAT(html, HasSubstr("<code>cloudstack_vm_state</code>"));
}

TEST(LandingPage, says_that_nothing_was_read_yet) {
    EXPECT_THAT(exporter::landing_page(exporter::Page{}, now), HasSubstr("has not been read yet"));
}

}  // namespace
