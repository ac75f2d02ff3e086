#include "service/secret_file.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace service {
namespace {

class SecretFile : public testing::Test {
protected:
    void SetUp() override { std::filesystem::create_directories(folder_); }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::string written(const std::string& content, mode_t mode = 0600) const {
        const std::string path = folder_ / "secret";
        std::ofstream{path, std::ios::binary} << content;
        chmod(path.c_str(), mode);
        return path;
    }

    std::filesystem::path folder_ =
        std::filesystem::path{testing::TempDir()} /
        (std::string{"warden_"} + testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(SecretFile, is_read_without_its_trailing_newline) {
    EXPECT_EQ(read_secret_file(written("hunter2\n"))->reveal(), "hunter2");
    EXPECT_EQ(read_secret_file(written("hunter2\r\n"))->reveal(), "hunter2");
    EXPECT_EQ(read_secret_file(written(" spaces count "))->reveal(), " spaces count ");
}

TEST_F(SecretFile, that_is_missing_empty_long_or_of_several_lines_is_refused_without_its_text) {
    EXPECT_EQ(read_secret_file("/nowhere/x").error().message,
              "cannot open /nowhere/x: No such file or directory");
    EXPECT_EQ(read_secret_file(folder_).error().message,
              "cannot read " + folder_.string() + ": it is not a file");
    const auto path = written("");
    EXPECT_EQ(read_secret_file(path).error().message,
              path + " is empty; write the secret into it, alone on one line");
    const auto several = read_secret_file(written("hunter2\nother\n"));
    ASSERT_FALSE(several);
    EXPECT_EQ(several.error().message.find("hunter2"), std::string::npos);
    EXPECT_FALSE(read_secret_file(written(std::string(5000, 'x'))));
}

TEST_F(SecretFile, that_everybody_can_read_is_used_with_a_warning) {
    testing::internal::CaptureStderr();
    EXPECT_TRUE(read_secret_file(written("hunter2", 0644)));
    const auto warning = testing::internal::GetCapturedStderr();
    EXPECT_NE(warning.find("level=warn"), std::string::npos);
    EXPECT_EQ(warning.find("hunter2"), std::string::npos);
    testing::internal::CaptureStderr();
    EXPECT_TRUE(read_secret_file(written("hunter2", 0640)));
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace service
