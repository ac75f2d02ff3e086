#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/configure.hpp"
#include "exporter/flags.hpp"

// What an operator reads after a mistake: one sentence each, with file and line or the flag, and what would
// be right. The tables below are the documentation of it.

namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::string database = "  database: {host: 127.0.0.1, user: warden, password_file: password}\n";
const std::string libvirt = "  libvirt: {uri: 'qemu+tls://{private_ip}/system'}\n";
const std::string cloud = "cloud:\n" + database + libvirt;  // three lines

class MistakesTest : public testing::Test {
protected:
    MistakesTest() {
        std::filesystem::create_directories(folder);
        std::filesystem::current_path(folder);
        write("password", "secret\n");
        write("warden.yml", cloud);
    }
    ~MistakesTest() override {
        std::filesystem::current_path(former);
        std::filesystem::remove_all(folder);
    }
    MistakesTest(const MistakesTest&) = delete;
    MistakesTest& operator=(const MistakesTest&) = delete;

    static void write(const std::string& name, const std::string& content) {
        std::filesystem::remove(name);
        std::ofstream(name) << content;
        // The owner's alone, as secrets should be.
        std::filesystem::permissions(name, std::filesystem::perms::owner_read);
    }

    /// What the program says before it ends; empty when it would serve.
    static std::string said(std::vector<const char*> arguments) {
        arguments.insert(arguments.begin(), "warden-exporter");
        testing::internal::CaptureStderr();
        const auto flags = exporter::parse_flags(static_cast<int>(arguments.size()), arguments.data());
        auto text = testing::internal::GetCapturedStderr();
        if (!flags) {
            return text.empty() ? text : text.substr(0, text.size() - 1);
        }
        const auto config = exporter::configure(*flags);
        return config ? "" : "warden-exporter: " + config.error().message;
    }

    const std::filesystem::path former = std::filesystem::current_path();
    const std::string folder = testing::TempDir() + "exporter_mistakes_" +
                               testing::UnitTest::GetInstance()->current_test_info()->name();
};

struct WrongConfig {
    std::string file;
    std::string sentence;
};

struct WrongCommandLine {
    std::vector<const char*> arguments;
    std::string sentence;
};

TEST_F(MistakesTest, a_good_file_and_command_line_have_none) {
    EXPECT_EQ(said({"--config.file=warden.yml", "--shard=1/2", "--web.telemetry-path=/metrics/warden"}), "");
}

TEST_F(MistakesTest, of_a_configuration_are_named_with_file_and_line) {
    const std::vector<WrongConfig> table{
        {cloud + "exporter: {lisen: '127.0.0.1:9784'}\n",
         "warden.yml:4: exporter.lisen: unknown key; did you mean 'listen'?"},
        {cloud + "exporter: {listen: nowhere}\n",
         "warden.yml:4: exporter.listen: 'nowhere' is no address to listen on; write host:port, :port or "
         "[v6]:port"},
        {cloud + "exporter: {shard: 3/2}\n",
         "warden.yml:4: exporter.shard: must be I/N, shard I of N, such as 1/2 or 2/2 (at most 1024 shards), "
         "not '3/2'"},
        {cloud + "exporter:\n  families: {disable: [vm, cloudstack_vm_inf]}\n",
         "warden.yml:5: exporter.families.disable: 'cloudstack_vm_inf' is neither a group (vm, host, "
         "cloudstack, mac, innodb, reassignment, exporter) nor a family; did you mean 'cloudstack_vm_info'?"},
        {cloud + "exporter: {series_limit: {total: many}}\n",
         "warden.yml:4: exporter.series_limit.total: must be a whole number from 1000 to 100000000, not "
         "'many'"},
        {cloud + "exporter: {checks: {locks: 5}}\n",
         "warden.yml:4: exporter.checks.locks: must be a duration such as 500ms, 10s, 5m or 1h, not '5'"},
        {cloud + "  zones: north\n", "warden.yml:4: cloud.zones: must be a list of texts, not 'north'"},
        {cloud + "  candidates: rack\n",
         "warden.yml:4: cloud.candidates: must be one of cluster, zone, not 'rack'"},
        {cloud + "  freshness: 3s\n",
         "warden.yml:4: cloud.freshness: must be at least interval + timeout of both database and libvirt, "
         "which is 15s"},
        {"cloud:\n" + libvirt,
         "warden.yml:1: cloud.database: is missing; give it a section with keys of its own"},
        {"cloud:\n  database: {host: h, user: u, password_file: nofile}\n" + libvirt,
         "warden.yml:2: cloud.database.password_file: cannot open nofile: No such file or directory"},
        {cloud + libvirt, "warden.yml:4: cloud.libvirt: given twice, first on line 3; remove one"},
        {"cloud: [\n", "warden.yml:2:1: not YAML: end of sequence flow not found"},
        {"", "warden.yml: must hold sections such as 'cloud:', not nothing"},
    };
    for (const auto& wrong : table) {
        write("warden.yml", wrong.file);
        EXPECT_EQ(said({"--config.file=warden.yml"}), "warden-exporter: " + wrong.sentence);
    }
}

TEST_F(MistakesTest, of_a_configuration_are_all_named_at_once) {
    write("warden.yml", cloud + "exporter:\n  lisen: 1\n  shard: 0/1\n");
    EXPECT_THAT(said({"--config.file=warden.yml"}), AllOf(HasSubstr("warden.yml:5: exporter.lisen: "),
                                                          HasSubstr("\nwarden.yml:6: exporter.shard: ")));
}

TEST_F(MistakesTest, of_a_command_line_are_named_with_the_flag) {
    const std::vector<WrongCommandLine> table{
        {{"--no-such-flag"},
         "The following argument was not expected: --no-such-flag; see warden-exporter --help"},
        {{"stray"}, "The following argument was not expected: stray; see warden-exporter --help"},
        {{"--config.file"}, "--config.file: 1 required FILE missing; see warden-exporter --help"},
        {{"--log.format=xml"}, "--log.format: must be logfmt or json, not 'xml'; see warden-exporter --help"},
        {{"--log.level=loud"},
         "--log.level: must be debug, info, warn or error, not 'loud'; see warden-exporter --help"},
        {{"--check-config=maybe"}, "Could not convert: --check-config = maybe; see warden-exporter --help"},
        {{"--shard=2"},
         "--shard: must be I/N, shard I of N, such as 1/2 or 2/2 (at most 1024 shards), not '2'"},
        {{"--shard", "5/4"},
         "--shard: must be I/N, shard I of N, such as 1/2 or 2/2 (at most 1024 shards), not '5/4'"},
        {{"--web.listen-address=nowhere"},
         "--web.listen-address: 'nowhere' is no address to listen on; write host:port, :port or [v6]:port"},
        {{"--web.telemetry-path=metrics"},
         "--web.telemetry-path: must be a path such as /metrics, of letters, digits, '_', '-' and '/', and "
         "not one that serves something else; not 'metrics'"},
        {{"--web.telemetry-path=/-/ready"},
         "--web.telemetry-path: must be a path such as /metrics, of letters, digits, '_', '-' and '/', and "
         "not one that serves something else; not '/-/ready'"},
        {{"--config.file=warden.yml", "--config.file=warden.yml"},
         "--config.file: At Most 1 required but received 2; see warden-exporter --help"},
        {{"--config.file=none.yml"}, "cannot open none.yml: No such file or directory"},
    };
    for (const auto& wrong : table) {
        auto arguments = wrong.arguments;
        if (std::string{arguments[0]}.find("--config.file") == std::string::npos) {
            arguments.push_back("--config.file=warden.yml");
        }
        EXPECT_EQ(said(arguments), "warden-exporter: " + wrong.sentence);
    }
}

}  // namespace
