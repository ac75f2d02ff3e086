#include "service/log.hpp"

#include <gtest/gtest.h>

namespace service {
namespace {

TEST(Log, writes_logfmt_and_quotes_only_what_needs_it) {
    EXPECT_EQ(
        render_line(LogFormat::logfmt, "2026-01-02T03:04:05.678Z", "info", "the VM is held",
                    {{"vm", "i-2-43-VM"}, {"guard", "grace"}, {"empty", ""}, {"sum", "a=b"}}),
        R"(ts=2026-01-02T03:04:05.678Z level=info msg="the VM is held" vm=i-2-43-VM guard=grace empty="" sum="a=b")");
}

TEST(Log, writes_json) {
    EXPECT_EQ(render_line(LogFormat::json, "T", "warn", "he said \"no\"", {{"vm", "i-2-43-VM"}}),
              R"({"ts":"T","level":"warn","msg":"he said \"no\"","vm":"i-2-43-VM"})");
}

TEST(Log, a_newline_in_a_value_cannot_forge_a_line) {
    for (const auto format : {LogFormat::logfmt, LogFormat::json}) {
        const auto line = render_line(format, "T", "info", "m", {{"vm", "x\nts=T level=error msg=forged"}});
        EXPECT_EQ(line.find('\n'), std::string::npos);
        EXPECT_NE(line.find(R"(x\nts=T)"), std::string::npos);
    }
}

TEST(Log, begins_at_the_level_that_was_set) {
    testing::internal::CaptureStderr();
    log_debug("not yet");
    set_log_level(LogLevel::debug);
    log_debug("now", {{"n", "1"}});
    set_log_level(LogLevel::info);
    const auto written = testing::internal::GetCapturedStderr();
    EXPECT_EQ(written.find("not yet"), std::string::npos);
    EXPECT_NE(written.find(" level=debug msg=now n=1\n"), std::string::npos);
}

TEST(Log, knows_its_words) {
    EXPECT_EQ(parse_log_format("json"), LogFormat::json);
    EXPECT_EQ(parse_log_format("logfmt"), LogFormat::logfmt);
    EXPECT_EQ(parse_log_format("xml"), std::nullopt);
    EXPECT_EQ(parse_log_level("warn"), LogLevel::warn);
    EXPECT_EQ(parse_log_level("loud"), std::nullopt);
}

}  // namespace
}  // namespace service
