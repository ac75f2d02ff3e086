#include "service/web/web_config.hpp"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/web/web_policy.hpp"
#include "tests/support/certificate.hpp"
#include "tests/support/temporary_folder.hpp"

namespace service::web {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

const std::string hash = "$2b$04$abcdefghijklmnopqrstuuV3duMsC0HpUex6N9qapiuOHHWkwRXVm";

class WebConfigTest : public testing::Test {
protected:
    WebConfigTest() { (void)test_support::make_certificate(folder_.path(), "127.0.0.1"); }

    inventory::Result<WebConfig> read(const std::string& text) const {
        return read_web_config(folder_.write("web.yml", text));
    }
    /// Of the file's text, or of making it ready for use; without the folder's name.
    [[nodiscard]] std::string mistake(const std::string& text) const {
        const auto loaded = load_web_policy(folder_.write("web.yml", text));
        std::string message = loaded ? "none" : loaded.error().message;
        for (auto at = message.find(folder_.path()); at != std::string::npos;
             at = message.find(folder_.path())) {
            message.erase(at, folder_.path().size() + 1);
        }
        return message;
    }

    test_support::TemporaryFolder folder_;
};

TEST_F(WebConfigTest, reads_every_key) {
    const auto config = read(
        "tls_server_config:\n"
        "  cert_file: certificate.pem\n"
        "  key_file: key.pem\n"
        "  client_ca_file: certificate.pem\n"
        "  client_auth_type: RequireAndVerifyClientCert\n"
        "  client_allowed_sans: [prometheus.example]\n"
        "  min_version: TLS13\n"
        "  max_version: TLS13\n"
        "  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]\n"
        "  curve_preferences: [X25519, CurveP256]\n"
        "  prefer_server_cipher_suites: false\n"
        "http_server_config:\n"
        "  http2: true\n"
        "  headers:\n"
        "    Strict-Transport-Security: max-age=1\n"
        "    X-Frame-Options: sameorigin\n"
        "    X-Content-Type-Options: ''\n"
        "basic_auth_users:\n"
        "  prom: " +
        hash +
        "\n"
        "rate_limit: {interval: 100ms, burst: 5}\n");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->tls->client_auth, ClientAuth::require_and_verify);
    EXPECT_THAT(config->tls->client_allowed_sans, ElementsAre("prometheus.example"));
    EXPECT_EQ(config->tls->min_version, TlsVersion::tls13);
    EXPECT_THAT(config->tls->cipher_suites, ElementsAre("ECDHE-ECDSA-AES128-GCM-SHA256"));
    EXPECT_THAT(config->tls->curves, ElementsAre("X25519", "P-256"));
    EXPECT_FALSE(config->tls->prefer_server_ciphers);
    EXPECT_THAT(config->headers,
                ElementsAre(Pair("Strict-Transport-Security", "max-age=1"),
                            Pair("X-Content-Type-Options", ""), Pair("X-Frame-Options", "sameorigin")));
    EXPECT_EQ(config->users.at("prom").reveal(), hash);
    EXPECT_EQ(config->rate_limit->interval, 100ms);
    EXPECT_EQ(config->rate_limit->burst, 5U);
    EXPECT_EQ(config->files.size(), 4U);
    EXPECT_THAT(config->warnings, testing::Contains(HasSubstr("http2: only HTTP/1.1")));
}

TEST_F(WebConfigTest, certificate_and_key_may_stand_in_the_file_itself) {
    const auto inlined = [this](const std::string& name) {
        std::ifstream file{folder_.in(name)};
        std::string text;
        for (std::string line; std::getline(file, line);) {
            text += "    " + line + "\n";
        }
        return text;
    };
    EXPECT_EQ(mistake("tls_server_config:\n  cert: |\n" + inlined("certificate.pem") + "  key: |\n" +
                      inlined("key.pem")),
              "none");
}

TEST_F(WebConfigTest, asks_for_nothing_by_default) {
    const auto config = read("basic_auth_users: {}\n");
    ASSERT_TRUE(config);
    EXPECT_FALSE(config->tls);
    EXPECT_FALSE(config->rate_limit);
    EXPECT_TRUE(config->users.empty());
}

TEST_F(WebConfigTest, names_each_mistake_with_its_line_and_what_would_be_right) {
    const std::string tls = "tls_server_config:\n  cert_file: certificate.pem\n  key_file: key.pem\n";
    const std::vector<std::pair<std::string, std::string>> cases{
        {"basic_auth_users:\n  prom: hunter2\n",
         "web.yml:2: basic_auth_users.prom: must be a bcrypt hash; make one with: htpasswd -nBC 10 \"\""},
        {"basic_auth_users:\n  prom: $2b$31" + hash.substr(6) + "\n",
         "web.yml:2: basic_auth_users.prom: has the cost 31, which takes many seconds to check; use 10, at "
         "most 15"},
        {"basic_auth_users: [prom]\n",
         "web.yml:1: basic_auth_users: must be a section with keys of its own, not a list"},
        {"basic_auth_user: {}\n",
         "web.yml:1: basic_auth_user: unknown key; did you mean 'basic_auth_users'?"},
        {"tls_server_config:\n  cert_file: certificate.pem\n",
         "web.yml:1: tls_server_config.key_file: is missing; give it the path of a PEM file"},
        {"tls_server_config:\n  cert_file: none.pem\n  key_file: key.pem\n",
         "web.yml:2: tls_server_config.cert_file: cannot open none.pem: No such file or directory"},
        {tls + "  cert: x\n",
         "web.yml:2: tls_server_config.cert_file: stands beside cert; leave one of them out"},
        {tls + "  client_auth_type: RequireAndVerifyClientCert\n",
         "web.yml:4: tls_server_config.client_auth_type: needs client_ca_file: the CA that signed the "
         "clients' certificates"},
        {tls + "  client_ca_file: certificate.pem\n",
         "web.yml:4: tls_server_config.client_ca_file: has no effect without client_auth_type: "
         "RequireAndVerifyClientCert"},
        {tls + "  client_allowed_sans: [x]\n",
         "web.yml:4: tls_server_config.client_allowed_sans: needs client_auth_type: "
         "RequireAndVerifyClientCert, or a client without a certificate would pass"},
        {tls + "  min_version: TLS10\n",
         "web.yml:4: tls_server_config.min_version: must be TLS12 or TLS13: TLS10 is broken and is not "
         "spoken here"},
        {tls + "  min_version: TLS13\n  max_version: TLS12\n",
         "web.yml:5: tls_server_config.max_version: is lower than min_version"},
        {tls + "  cipher_suites: [TLS_MAGIC]\n",
         "web.yml:4: tls_server_config.cipher_suites: 'TLS_MAGIC' is not known here; name suites of TLS 1.2 "
         "as Go does, such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"},
        {tls + "  curve_preferences: [CurveP257]\n",
         "web.yml:4: tls_server_config.curve_preferences: 'CurveP257' is not known here; the curves are "
         "CurveP256, CurveP384, CurveP521 and X25519"},
        {"http_server_config:\n  headers:\n    X-Frame-Options: never\n",
         "web.yml:3: http_server_config.headers.X-Frame-Options: must be one of deny, sameorigin, not "
         "'never'"},
        {"http_server_config:\n  headers:\n    Strict-Transport-Security: \"a\\r\\nb\"\n",
         "web.yml:3: http_server_config.headers.Strict-Transport-Security: must be one line"},
        {"http_server_config:\n  http2: maybe\n",
         "web.yml:2: http_server_config.http2: must be true or false, not 'maybe'"},
        {"rate_limit: {interval: 1s, burst: 0}\n",
         "web.yml:1: rate_limit.burst: must be a whole number from 1 to 1000000, not '0'"},
        {"tls_server_config:\n  cert_file: key.pem\n  key_file: key.pem\n",
         "web.yml: key.pem holds no certificate in PEM format"},
        {"tls_server_config:\n  cert_file: certificate.pem\n  key_file: certificate.pem\n",
         "web.yml: certificate.pem holds no private key in PEM format, or one with a passphrase"},
    };
    for (const auto& [text, sentence] : cases) {
        EXPECT_EQ(mistake(text), sentence) << text;
    }
}

TEST_F(WebConfigTest, a_key_of_another_certificate_is_named) {
    const test_support::Authority other{folder_.path(), "other"};
    (void)other.issue("x", "DNS:x");
    EXPECT_EQ(mistake("tls_server_config: {cert_file: certificate.pem, key_file: other-x.key}\n"),
              "web.yml: the key in other-x.key does not belong to the certificate in certificate.pem");
}

TEST_F(WebConfigTest, a_password_that_was_not_hashed_is_shown_to_nobody) {
    EXPECT_THAT(mistake("basic_auth_users: {prom: hunter2}\n"),
                AllOf(HasSubstr("bcrypt"), Not(HasSubstr("hunter2"))));
}

}  // namespace
}  // namespace service::web
