#include "inventory/libvirt/answer.hpp"

#include <gtest/gtest.h>

namespace inventory::libvirt {
namespace {

TEST(Answer, what_is_written_is_what_is_read) {
    const std::vector<Domain> domains{{"i-2-41-VM", "uuid-41", DomainState::running},
                                      {"i-2-42-VM", "uuid-42", DomainState::paused},
                                      {"left \"over\"\n", "", DomainState::shutoff},
                                      {"i-2-43-VM", "uuid-43", DomainState::no_state}};
    const auto line = write_answer(domains);
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const auto read = parse_answer(line);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(**read, domains);
}

TEST(Answer, an_empty_host_is_an_empty_list_and_no_error) {
    const auto read = parse_answer(R"({"ok":true,"domains":[]})");
    ASSERT_TRUE(read);
    EXPECT_TRUE((*read)->empty());
}

TEST(Answer, a_failure_keeps_its_words) {
    const auto read = parse_answer(write_answer(failure("cannot connect to qemu+tls://h/system: refused")));
    ASSERT_TRUE(read);
    ASSERT_FALSE(*read);
    EXPECT_EQ(read->error().message, "cannot connect to qemu+tls://h/system: refused");
    EXPECT_TRUE(read->error().retryable);
}

TEST(Answer, a_state_that_is_not_known_counts_as_alive) {
    const auto read = parse_answer(R"({"ok":true,"domains":[{"name":"a","uuid":"b","state":"levitating"}]})");
    ASSERT_TRUE(read);
    EXPECT_TRUE(may_be_alive((*read)->front().state));
}

TEST(Answer, a_name_that_is_no_utf8_does_not_break_the_line) {
    const auto read =
        parse_answer(write_answer(std::vector<Domain>{{"\xff\xfe", "u", DomainState::running}}));
    ASSERT_TRUE(read);
    EXPECT_EQ((*read)->size(), 1U);
}

class HostileAnswer : public testing::TestWithParam<const char*> {};

TEST_P(HostileAnswer, is_an_error_and_never_an_empty_list) {
    EXPECT_FALSE(parse_answer(GetParam())) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(
    lines, HostileAnswer,
    testing::Values("", "null", "[]", "{", "{}", R"({"ok":1,"domains":[]})", R"({"ok":true})",
                    R"({"ok":true,"domains":{}})", R"({"ok":true,"domains":[1]})",
                    R"({"ok":true,"domains":[{"name":"a","uuid":"b"}]})",
                    R"({"ok":true,"domains":[{"name":"","uuid":"b","state":"running"}]})",
                    R"({"ok":true,"domains":[{"name":"a","uuid":3,"state":"running"}]})",
                    R"({"ok":true,"domains":[]} {"ok":true})", R"({"ok":"true","domains":[]})",
                    R"({"ok":false})", R"({"ok":false,"error":7})"));

TEST(Answer, a_line_of_any_depth_or_length_is_refused_without_harm) {
    EXPECT_FALSE(parse_answer(std::string(200'000, '[')));
    EXPECT_FALSE(parse_answer(std::string(longest_answer + 1, ' ')));
}

}  // namespace
}  // namespace inventory::libvirt
