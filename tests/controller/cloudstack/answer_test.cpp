#include "controller/cloudstack/answer.hpp"

#include <gtest/gtest.h>

namespace controller::cloudstack {
namespace {

Submission read(int status, const std::string& body) {
    return read_submission("stopVirtualMachine", {status, body});
}

TEST(Submission, is_accepted_with_the_id_of_its_job) {
    EXPECT_EQ(read(200, R"({"stopvirtualmachineresponse":{"jobid":"j-1"}})"), Submission{Accepted{"j-1"}});
    EXPECT_EQ(read(200, R"({"stopvirtualmachineresponse":{"jobid":"j-1","new":[1]},"other":3})"),
              Submission{Accepted{"j-1"}});
    EXPECT_EQ(read(200, R"({"stopvirtualmachineresponse":{}})"), Submission{Accepted{}});
}

struct ErrorCase {
    int code;
    bool retryable;
};

class EveryErrorCode : public testing::TestWithParam<ErrorCase> {};

TEST_P(EveryErrorCode, is_a_refusal_under_the_commands_key_and_under_errorresponse) {
    const auto [code, retryable] = GetParam();
    const auto fields = R"({"uuidList":[],"errorcode":)" + std::to_string(code) +
                        R"(,"cserrorcode":4350,"errortext":"Unable to do it"})";
    const Submission refused = Refused{code, "Unable to do it", retryable};
    EXPECT_EQ(read(code, R"({"stopvirtualmachineresponse":)" + fields + "}"), refused);
    EXPECT_EQ(read(code, R"({"errorresponse":)" + fields + "}"), refused);
    EXPECT_EQ(read(200, R"({"stopvirtualmachineresponse":)" + fields + "}"), refused)
        << "the body tells, not the status";
}

INSTANTIATE_TEST_SUITE_P(Reference, EveryErrorCode,
                         testing::Values(ErrorCase{400, false}, ErrorCase{401, false}, ErrorCase{405, false},
                                         ErrorCase{429, true}, ErrorCase{430, false}, ErrorCase{431, false},
                                         ErrorCase{432, false}, ErrorCase{500, false}, ErrorCase{530, false},
                                         ErrorCase{531, false}, ErrorCase{532, false}, ErrorCase{533, true},
                                         ErrorCase{534, true}, ErrorCase{535, false}, ErrorCase{536, false},
                                         ErrorCase{537, false}),
                         [](const auto& param) { return "code_" + std::to_string(param.param.code); });

TEST(Submission, is_unknown_when_the_answer_says_nothing_that_can_be_relied_on) {
    const auto deep =
        R"({"stopvirtualmachineresponse":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
    const std::vector<HttpAnswer> answers{
        {200, ""},
        {200, " \r\n"},
        {200, "<html>Welcome</html>"},
        {502, "<html>Bad gateway</html>"},
        {302, ""},
        {200, R"({"stopvirtualmachineresponse":{"jobid":"j-1")"},
        {200, "null"},
        {200, "[]"},
        {200, "{}"},
        {200, R"({"stopvirtualmachineresponse":[]})"},
        {200, R"({"stopvirtualmachineresponse":{"jobid":7}})"},
        {200, R"({"stopvirtualmachineresponse":{"jobid":""}})"},
        {200, R"({"startvirtualmachineresponse":{"jobid":"j-1"}})"},
        {500, R"({"stopvirtualmachineresponse":{"jobid":"j-1"}})"},
        {530, R"({"stopvirtualmachineresponse":{"errorcode":"530"}})"},
        {530, R"({"stopvirtualmachineresponse":{"errorcode":-1}})"},
        {530, R"({"stopvirtualmachineresponse":{"errorcode":99999999999999999999}})"},
        {200, deep},
    };
    for (const auto& answer : answers) {
        const auto submission = read(answer.status, answer.body);
        EXPECT_TRUE(std::holds_alternative<Unknown>(submission))
            << answer.status << " " << answer.body.substr(0, 80);
    }
}

TEST(Submission, names_what_was_wrong_with_the_answer) {
    EXPECT_EQ(std::get<Unknown>(read(200, "")).reason, "an answer with HTTP status 200 and an empty body");
    EXPECT_EQ(std::get<Unknown>(read(502, "<html>")).reason,
              "an answer with HTTP status 502 that cannot be read: not JSON");
}

TEST(Submission, keeps_a_hostile_error_text_short_and_on_one_line) {
    const auto text = "a\\nb" + std::string(10'000, 'x');
    const auto refused =
        std::get<Refused>(read(530, R"({"errorresponse":{"errorcode":530,"errortext":")" + text + R"("}})"));
    EXPECT_EQ(refused.text.size(), 500U);
    EXPECT_EQ(refused.text.substr(0, 4), "a bx");
}

inventory::Result<JobStatus> job(const std::string& fields, int status = 200) {
    return read_job_status({status, R"({"queryasyncjobresultresponse":{)" + fields + "}}"});
}

TEST(JobStatus, is_pending_succeeded_or_failed) {
    EXPECT_EQ(job(R"("jobstatus":0,"jobresultcode":0)"), (JobStatus{JobState::pending, 0, ""}));
    EXPECT_EQ(job(R"("jobstatus":1,"jobresultcode":0,"jobresult":{"virtualmachine":{"id":"x"}})"),
              (JobStatus{JobState::succeeded, 0, ""}));
    EXPECT_EQ(job(R"("jobstatus":2,"jobresultcode":530,"jobresult":{"errorcode":533,"errortext":"No room"})"),
              (JobStatus{JobState::failed, 533, "No room"}));
    EXPECT_EQ(job(R"("jobstatus":2,"jobresultcode":530,"jobresult":"text")"),
              (JobStatus{JobState::failed, 530, ""}));
    EXPECT_EQ(job(R"("jobstatus":3)")->state, JobState::failed);
}

TEST(JobStatus, of_an_unknown_job_or_with_refused_keys_will_not_pass) {
    const auto unknown = job(R"("errorcode":431,"errortext":"Invalid parameter jobid value")", 431);
    EXPECT_EQ(unknown.error().message, "CloudStack answered 431: Invalid parameter jobid value");
    EXPECT_FALSE(unknown.error().retryable);
    EXPECT_FALSE(
        job(R"("errorcode":401,"errortext":"unable to verify user credentials")", 401).error().retryable);
}

TEST(JobStatus, that_cannot_be_read_now_may_be_read_later) {
    EXPECT_TRUE(job(R"("errorcode":429)", 429).error().retryable);
    EXPECT_TRUE(job(R"("errorcode":530)", 530).error().retryable);
    EXPECT_TRUE(read_job_status({200, ""}).error().retryable);
    EXPECT_TRUE(read_job_status({502, "<html>"}).error().retryable);
    EXPECT_TRUE(job(R"("jobstatus":7)").error().retryable);
    EXPECT_TRUE(job(R"("jobstatus":"1")").error().retryable);
    EXPECT_TRUE(job("").error().retryable);
    EXPECT_TRUE(read_job_status({200, R"({"x":{"jobstatus":1}})"}).error().retryable);
}

}  // namespace
}  // namespace controller::cloudstack
