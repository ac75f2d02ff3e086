#include "service/web/credentials.hpp"

#include <gtest/gtest.h>

namespace service::web {
namespace {

TEST(Credentials, reads_user_and_password) {
    const auto read = basic_credentials("basic cHJvbTpodW50ZXIy");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->user, "prom");
    EXPECT_EQ(read->password, "hunter2");
}

TEST(Credentials, the_password_may_be_empty_and_hold_colons) {
    EXPECT_EQ(basic_credentials("Basic YTpiOmM=")->password, "b:c");
    EXPECT_EQ(basic_credentials("Basic YTo=")->password, "");
    EXPECT_EQ(basic_credentials("Basic OmI=")->user, "");
}

TEST(Credentials, what_cannot_be_read_is_nobody) {
    for (const auto* wrong : {"", "Basic", "Basic ", "Basic YTpi YTpi", "Basic YTp", "Basic YTpi=",
                              "Basic YTo==", "Basic ====", "Basic YWI=", "Basic YTo\nYTo=", "Basic YTpiAGM=",
                              "Basic YT*i", "Bearer YTpi", "YTpi", "Basic =TpiOmM=", "Basic YTpi===="}) {
        EXPECT_FALSE(basic_credentials(wrong)) << wrong;
    }
}

TEST(Credentials, reads_a_token) {
    EXPECT_EQ(bearer_token("BEARER x y"), "x y");
    EXPECT_EQ(bearer_token("Bearer "), "");
    EXPECT_FALSE(bearer_token("Bearer"));
    EXPECT_FALSE(bearer_token("Basic x"));
}

}  // namespace
}  // namespace service::web
