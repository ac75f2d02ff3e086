#include "service/cloud_config.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace service {
namespace {

using namespace std::chrono_literals;

class CloudConfigTest : public testing::Test {
protected:
    void SetUp() override {
        std::ofstream{secret_} << "hunter2\n";
        std::filesystem::permissions(secret_, std::filesystem::perms::owner_read);
    }
    void TearDown() override { std::filesystem::remove(secret_); }

    CloudConfig read(const std::string& text) {
        auto file = ConfigFile::parse("w.yml", text);
        EXPECT_TRUE(file) << file.error().message;
        auto config = read_cloud_config(file->root().section("cloud"));
        const auto status = file->finish();
        mistakes_ = status ? "" : status.error().message;
        return config;
    }

    const std::string secret_ =
        std::string{testing::TempDir()} + testing::UnitTest::GetInstance()->current_test_info()->name();
    std::string mistakes_;
};

TEST_F(CloudConfigTest, is_read_from_the_shipped_file_as_it_stands) {
    std::stringstream shipped;
    shipped << std::ifstream{WARDEN_SHIPPED_CONFIG}.rdbuf();
    auto text = shipped.str();
    const std::string path = "/etc/warden/database.password";
    text.replace(text.find(path), path.size(), secret_);
    auto file = ConfigFile::parse("warden.yml", text);
    ASSERT_TRUE(file) << file.error().message;
    const auto config = read_cloud_config(file->root().section("cloud"));
    file->ignore("exporter");
    file->ignore("controller");
    const auto status = file->finish();
    EXPECT_TRUE(status) << status.error().message;
    EXPECT_EQ(config.database.host, "127.0.0.1");
    EXPECT_EQ(config.database.schema, "cloud");
    EXPECT_EQ(config.database.password.reveal(), "hunter2");
    EXPECT_EQ(config.plan.libvirt_uri, "qemu+tls://{private_ip}/system");
    EXPECT_EQ(config.plan.limits.freshness, 30s);
}

TEST_F(CloudConfigTest, reads_what_differs_from_the_defaults) {
    const auto config = read(
        "cloud:\n"
        "  database: {host: db, port: 3307, user: w, password_file: " +
        secret_ +
        ", name: c, interval: 2s, timeout: 1s}\n"
        "  libvirt: {uri: 'qemu+tcp://{name}/system', interval: 1s, timeout: 2s, uri_overrides: {h1: "
        "'test:///default'}}\n"
        "  candidates: zone\n"
        "  proof_of_power_off: host_ha\n"
        "  freshness: 6s\n");
    EXPECT_EQ(mistakes_, "");
    EXPECT_EQ(config.database.port, 3307);
    EXPECT_EQ(config.plan.database_interval, 2s);
    EXPECT_EQ(config.database.timeout, 1s);
    EXPECT_EQ(config.plan.libvirt_interval, 1s);
    EXPECT_EQ(config.plan.uri_overrides.at("h1"), "test:///default");
    EXPECT_EQ(config.plan.limits.scope, inventory::CandidateScope::zone);
    EXPECT_EQ(config.plan.limits.power_proof, inventory::PowerProof::host_ha);
}

TEST_F(CloudConfigTest, refuses_a_freshness_that_no_answer_could_meet) {
    (void)read(
        "cloud:\n"
        "  database: {host: db, user: w, password_file: " +
        secret_ +
        "}\n"
        "  libvirt: {uri: 'test:///default', interval: 20s, timeout: 5s}\n"
        "  freshness: 20s\n");
    EXPECT_EQ(mistakes_,
              "w.yml:4: cloud.freshness: must be at least interval + timeout of both database and libvirt, "
              "which is 25s");
}

TEST_F(CloudConfigTest, names_every_uri_that_cannot_be_one_with_its_place) {
    (void)read(
        "cloud:\n"
        "  database: {host: db, user: w, password_file: " +
        secret_ +
        "}\n"
        "  libvirt:\n"
        "    uri: 'qemu+tls://{private_pi}/system'\n"
        "    cluster_uris: {c1: '{private_ip}', c2: 'qemu+ssh://{name}/system?no_tty=1'}\n"
        "    uri_overrides: {h1: 'qemu+tls://{'}\n");
    EXPECT_EQ(mistakes_,
              "w.yml:4: cloud.libvirt.uri: has {private_pi}; what is filled in is {private_ip} and {name}\n"
              "w.yml:5: cloud.libvirt.cluster_uris: the URI of c1 must be a libvirt URI such as "
              "qemu+tls://{private_ip}/system, not '{private_ip}'\n"
              "w.yml:6: cloud.libvirt.uri_overrides: the URI of h1 has {; what is filled in is {private_ip} "
              "and {name}");
}

TEST_F(CloudConfigTest, says_all_that_is_missing) {
    (void)read("cloud:\n  candidates: host\n  proof_of_power_off: down\n");
    EXPECT_EQ(mistakes_,
              "w.yml:1: cloud.database: is missing; give it a section with keys of its own\n"
              "w.yml:1: cloud.libvirt: is missing; give it a section with keys of its own\n"
              "w.yml:2: cloud.candidates: must be one of cluster, zone, not 'host'\n"
              "w.yml:3: cloud.proof_of_power_off: must be one of none, host_ha, not 'down'");
}

}  // namespace
}  // namespace service
