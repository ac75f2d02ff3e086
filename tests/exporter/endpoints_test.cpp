#include "exporter/endpoints.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/families/families.hpp"
#include "exporter/landing_page.hpp"
#include "tests/support/snapshot_builder.hpp"

namespace {

using support::a_vm;
using support::now;
using support::SnapshotBuilder;
using testing::HasSubstr;

TEST(LandingPage, says_how_fresh_the_picture_is_and_what_it_holds) {
    const auto page = exporter::make_page(
        std::make_shared<const inventory::Snapshot>(SnapshotBuilder().vm(a_vm(43)).build()),
        exporter::families::whole_page(), 0);
    const auto html = exporter::landing_page(page, now + std::chrono::seconds{3});
    EXPECT_THAT(html, HasSubstr("was read 3.0s ago"));
    EXPECT_THAT(html, HasSubstr("<a href=\"/metrics\">"));
    EXPECT_THAT(html, HasSubstr("<code>cloudstack_vm_state</code>"));
}

TEST(LandingPage, says_that_nothing_was_read_yet) {
    EXPECT_THAT(exporter::landing_page(exporter::Page{}, now), HasSubstr("has not been read yet"));
}

}  // namespace
