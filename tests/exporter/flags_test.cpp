#include "exporter/flags.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using testing::HasSubstr;

tl::expected<exporter::Flags, int> parse(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "warden-exporter");
    return exporter::parse_flags(static_cast<int>(arguments.size()), arguments.data());
}

TEST(Flags, have_defaults) {
    const auto flags = parse({});
    ASSERT_TRUE(flags);
    EXPECT_EQ(flags->config_file, "/etc/warden/warden.yml");
    EXPECT_FALSE(flags->listen_address);
    EXPECT_FALSE(flags->check_config);
    EXPECT_FALSE(flags->once);
    EXPECT_EQ(flags->log_format, service::LogFormat::logfmt);
}

TEST(Flags, are_read_with_and_without_equals_sign) {
    const auto flags = parse({"--config.file=/tmp/w.yml", "--web.listen-address", ":9999",
                              "--log.format=json", "--check-config", "--once"});
    ASSERT_TRUE(flags);
    EXPECT_EQ(flags->config_file, "/tmp/w.yml");
    EXPECT_EQ(flags->listen_address, ":9999");
    EXPECT_TRUE(flags->check_config);
    EXPECT_TRUE(flags->once);
    EXPECT_EQ(flags->log_format, service::LogFormat::json);
}

TEST(Flags, end_the_program_well_after_help_and_version) {
    testing::internal::CaptureStdout();
    EXPECT_EQ(parse({"--version"}).error(), 0);
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "warden-exporter " WARDEN_VERSION "\n");
    testing::internal::CaptureStdout();
    EXPECT_EQ(parse({"--help"}).error(), 0);
    EXPECT_THAT(testing::internal::GetCapturedStdout(), HasSubstr("--web.listen-address"));
}

TEST(Flags, name_a_mistake_in_one_line) {
    for (const auto* mistake : {"--no-such-flag", "--log.format=xml", "stray"}) {
        testing::internal::CaptureStderr();
        EXPECT_EQ(parse({mistake}).error(), 2);
        const auto said = testing::internal::GetCapturedStderr();
        EXPECT_THAT(said, HasSubstr("warden-exporter: "));
        EXPECT_EQ(said.find('\n'), said.size() - 1) << said;
    }
}

}  // namespace
