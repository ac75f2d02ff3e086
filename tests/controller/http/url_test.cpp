#include "controller/http/url.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace controller::http {
namespace {

using testing::HasSubstr;

constexpr UrlForm form{.example = "https://cloud.example.org:8443/client/api", .default_path = "/client/api"};

inventory::Result<Url> parse_url(std::string_view text) {
    return http::parse_url(text, form);
}

TEST(Url, is_split_into_its_parts) {
    EXPECT_EQ(parse_url("http://127.0.0.1:8080/client/api"), (Url{false, "127.0.0.1", 8080, "/client/api"}));
    EXPECT_EQ(parse_url("https://cloud.example.org/x/api"), (Url{true, "cloud.example.org", 443, "/x/api"}));
    EXPECT_EQ(parse_url("http://cloud"), (Url{false, "cloud", 80, "/client/api"}));
    EXPECT_EQ(parse_url("https://[fe80::a]:8443/client/api"), (Url{true, "fe80::a", 8443, "/client/api"}));
}

TEST(Url, brackets_an_ipv6_address_when_written) {
    EXPECT_EQ(parse_url("http://[::1]/")->authority(), "[::1]:80");
    EXPECT_EQ(parse_url("http://cloud:81/")->authority(), "cloud:81");
}

TEST(Url, that_is_wrong_is_refused_with_what_is_right) {
    for (const auto* text : {"", "cloud:8080", "ftp://cloud", "http://", "http://:80/", "http://[::1",
                             "http://c:", "http://c:0/", "http://c:65536/", "http://c:8x/", "http://[::1]8/",
                             "http://user:pw@c/", "http://c/api?x=1", "http://c/a b"}) {
        const auto url = parse_url(text);
        ASSERT_FALSE(url.has_value()) << text;
        EXPECT_THAT(url.error().message, HasSubstr("https://cloud.example.org:8443/client/api"));
    }
}

}  // namespace
}  // namespace controller::http
