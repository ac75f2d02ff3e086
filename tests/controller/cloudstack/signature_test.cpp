#include "controller/cloudstack/signature.hpp"

#include <gtest/gtest.h>

namespace controller::cloudstack {
namespace {

using namespace std::chrono_literals;

const inventory::Time expiry = std::chrono::sys_days{std::chrono::year{2026} / 1 / 2} + 3h + 4min + 5s;
const Keys keys{inventory::Secret{"Ab-_x~Y*z"}, inventory::Secret{"s3cr+t/KEY"}};

const Parameters stop{
    {"command", "stopVirtualMachine"},
    {"id", "6b5b7c32-0c4a-4f0e-9a34-1f2d3c4b5a69"},
    {"forced", "true"},
    {"name", "a b/c"},
};

Parameters complete(Parameters parameters) {
    parameters.insert({{"apiKey", keys.api_key.reveal()},
                       {"response", "json"},
                       {"signatureVersion", "3"},
                       {"expires", "2026-01-02T03:04:05+0000"}});
    return parameters;
}

TEST(Signature, is_the_one_that_cloudstack_computes) {
    EXPECT_EQ(signed_text(complete(stop)),
              "apikey=ab-_x%7ey*z&command=stopvirtualmachine&expires=2026-01-02t03%3a04%3a05%2b0000"
              "&forced=true&id=6b5b7c32-0c4a-4f0e-9a34-1f2d3c4b5a69&name=a%20b%2fc&response=json"
              "&signatureversion=3");
    EXPECT_EQ(sign(complete(stop), keys.secret_key), "GpUl32trjVSdDtTZCNSdb5X9Jqo=");
}

TEST(Signature, covers_the_whole_form_and_is_encoded_itself) {
    EXPECT_EQ(signed_form(stop, keys, expiry),
              "apiKey=Ab-_x%7EY*z&command=stopVirtualMachine&expires=2026-01-02T03%3A04%3A05%2B0000"
              "&forced=true&id=6b5b7c32-0c4a-4f0e-9a34-1f2d3c4b5a69&name=a%20b%2Fc&response=json"
              "&signatureVersion=3&signature=GpUl32trjVSdDtTZCNSdb5X9Jqo%3D");
}

TEST(Signature, sorts_names_as_sent_before_they_are_lowercased) {
    EXPECT_EQ(signed_text({{"b", "1"}, {"B", "2"}, {"a", "3"}, {"aB", "4"}, {"aa", "5"}}),
              "b=2&a=3&ab=4&aa=5&b=1");
}

TEST(UrlEncode, differs_from_rfc3986_just_where_java_does) {
    EXPECT_EQ(url_encode("AZaz09-_.*"), "AZaz09-_.*");
    EXPECT_EQ(url_encode("~ +/="), "%7E%20%2B%2F%3D");
    EXPECT_EQ(url_encode("!'()@&%"), "%21%27%28%29%40%26%25");
    EXPECT_EQ(url_encode("\xC3\xBC\xE2\x82\xAC"), "%C3%BC%E2%82%AC");
    EXPECT_EQ(url_encode(std::string_view{"\0\n", 2}), "%00%0A");
}

TEST(Expires, is_written_with_an_offset_and_whole_seconds) {
    EXPECT_EQ(to_expires(expiry + 999ms), "2026-01-02T03:04:05+0000");
}

}  // namespace
}  // namespace controller::cloudstack
