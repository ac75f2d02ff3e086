#include "exporter/self.hpp"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/families/families.hpp"
#include "tests/support/builders.hpp"

namespace {

using exporter::ConfigFacts;
using support::now;
using testing::HasSubstr;
using testing::Not;

exporter::Page a_page() {
    exporter::Page page;
    page.exposition.blocks = {{&exporter::families::vm_state, 12, 0, 0, 0}};
    page.records_read_at = now - std::chrono::milliseconds{2500};
    return page;
}

TEST(Self, says_how_old_and_how_large_the_page_is) {
    const ConfigFacts config{4711, true, inventory::Time{std::chrono::seconds{1'767'323'045}}};
    const auto text = exporter::render_self(a_page(), config, {}, now);
    EXPECT_THAT(text, HasSubstr("# TYPE warden_exporter_series gauge\nwarden_exporter_series 12\n"));
    EXPECT_THAT(text, HasSubstr("\nwarden_exporter_snapshot_age_seconds 2.5\n"));
    EXPECT_THAT(text, HasSubstr("\nwarden_exporter_config_last_reload_successful 1\n"));
    EXPECT_THAT(text, HasSubstr("warden_exporter_config_last_reload_success_timestamp_seconds 1767323045\n"));
    EXPECT_THAT(text, HasSubstr("\nwarden_exporter_config_hash 4711\n"));
    EXPECT_THAT(text, HasSubstr("\nwarden_exporter_build_info{version=\"" WARDEN_VERSION "\",compiler="));
}

TEST(Self, has_no_age_before_the_first_reading) {
    EXPECT_THAT(exporter::render_self({}, {}, {}, now), Not(HasSubstr("snapshot_age")));
}

TEST(Self, says_when_the_newest_configuration_is_not_in_force) {
    EXPECT_THAT(exporter::render_self({}, {0, false, now}, {}, now),
                HasSubstr("\nwarden_exporter_config_last_reload_successful 0\n"));
}

TEST(Self, speaks_of_the_web_configuration_where_there_is_one) {
    constexpr auto name = "warden_exporter_web_config_last_reload_successful";
    EXPECT_THAT(exporter::render_self({}, {}, {}, now), Not(HasSubstr(name)));
    EXPECT_THAT(exporter::render_self({}, {}, false, now), HasSubstr(std::string{"\n"} + name + " 0\n"));
}

TEST(Self, counts_what_the_limits_kept_out) {
    auto page = a_page();
    page.dropped[&exporter::families::vm_info] = 34;
    EXPECT_THAT(exporter::render_self(page, {}, {}, now),
                HasSubstr("# TYPE warden_exporter_series_dropped_total counter\n"
                          "warden_exporter_series_dropped_total{family=\"cloudstack_vm_info\"} 34\n"));
}

}  // namespace
