#include "exporter/self.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace {

using support::now;

TEST(Self, says_how_old_and_how_large_the_page_is) {
    const auto text = exporter::render_self({12, now - std::chrono::milliseconds{2500}, 4711}, now);
    EXPECT_EQ(text,
              "# HELP warden_exporter_series Series on the page, these of the exporter itself not counted.\n"
              "# TYPE warden_exporter_series gauge\n"
              "warden_exporter_series 12\n"
              "# HELP warden_exporter_snapshot_age_seconds How long ago the database was last read with "
              "success: nothing recorded here is newer.\n"
              "# TYPE warden_exporter_snapshot_age_seconds gauge\n"
              "warden_exporter_snapshot_age_seconds 2.5\n"
              "# HELP warden_exporter_config_last_reload_successful Whether the configuration was read "
              "without a mistake. It is read at the start only.\n"
              "# TYPE warden_exporter_config_last_reload_successful gauge\n"
              "warden_exporter_config_last_reload_successful 1\n"
              "# HELP warden_exporter_config_hash Hash of the configuration file as it was read.\n"
              "# TYPE warden_exporter_config_hash gauge\n"
              "warden_exporter_config_hash 4711\n"
              "# HELP warden_exporter_build_info What this exporter was built from.\n"
              "# TYPE warden_exporter_build_info gauge\n"
              "warden_exporter_build_info{version=\"" WARDEN_VERSION "\",compiler=\"" __VERSION__ "\"} 1\n");
}

TEST(Self, has_no_age_before_the_first_reading) {
    EXPECT_EQ(exporter::render_self({}, now).find("snapshot_age"), std::string::npos);
}

}  // namespace
