#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace test_support {

/// A folder of one test's own, gone with it.
class TemporaryFolder {
public:
    TemporaryFolder() : path_(testing::TempDir() + "warden-XXXXXX") {
        EXPECT_NE(mkdtemp(path_.data()), nullptr);
    }
    ~TemporaryFolder() {
        std::error_code ignored;  // what is left in it is in nobody's way
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string in(const std::string& name) const { return path_ + "/" + name; }

    /// Writes the file beside its place and moves it there, as careful programs do.
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream{in(name + ".new")} << text;
        std::filesystem::rename(in(name + ".new"), in(name));
        return in(name);
    }

private:
    std::string path_;
};

}  // namespace test_support
