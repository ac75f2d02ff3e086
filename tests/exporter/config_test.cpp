#include "exporter/config.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using testing::HasSubstr;

class ExporterConfigTest : public testing::Test {
protected:
    ExporterConfigTest() {
        std::filesystem::create_directories(folder);
        (void)write("password", "secret\n");
    }
    ~ExporterConfigTest() override { std::filesystem::remove_all(folder); }
    ExporterConfigTest(const ExporterConfigTest&) = delete;
    ExporterConfigTest& operator=(const ExporterConfigTest&) = delete;

    [[nodiscard]] std::string write(const std::string& name, const std::string& content) const {
        const auto path = folder + "/" + name;
        std::ofstream(path) << content;
        // The owner's alone, as secrets should be.
        std::filesystem::permissions(path, std::filesystem::perms::owner_read);
        return path;
    }

    [[nodiscard]] std::string cloud_section() const {
        return "cloud:\n"
               "  database: {host: 127.0.0.1, user: warden, password_file: " +
               folder +
               "/password}\n"
               "  libvirt: {uri: 'qemu+tls://{private_ip}/system'}\n";
    }

    const std::string folder = testing::TempDir() + "exporter_config_" +
                               testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(ExporterConfigTest, has_a_usual_address_and_leaves_the_other_program_alone) {
    const auto config =
        exporter::read_config(write("warden.yml", cloud_section() + "controller: {whatever: [it, wants]}\n"));
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(to_text(config->listen), "127.0.0.1:9784");
    EXPECT_EQ(config->cloud.database.user, "warden");
    EXPECT_GT(config->hash, 0);
}

TEST_F(ExporterConfigTest, reads_the_address) {
    const auto config =
        exporter::read_config(write("warden.yml", cloud_section() + "exporter: {listen: '[::1]:99'}\n"));
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(to_text(config->listen), "[::1]:99");
}

TEST_F(ExporterConfigTest, names_every_mistake_with_its_line) {
    const auto config = exporter::read_config(
        write("warden.yml", cloud_section() + "exporter:\n  listen: nowhere\n  lisen: 1\n"));
    ASSERT_FALSE(config);
    EXPECT_THAT(config.error().message, HasSubstr("warden.yml:5: exporter.listen: "));
    EXPECT_THAT(config.error().message, HasSubstr("warden.yml:6: exporter.lisen: "));
}

TEST_F(ExporterConfigTest, says_that_there_is_no_file) {
    const auto config = exporter::read_config(folder + "/none.yml");
    ASSERT_FALSE(config);
    EXPECT_THAT(config.error().message, HasSubstr(folder + "/none.yml"));
}

}  // namespace
