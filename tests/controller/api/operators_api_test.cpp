#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "controller/api/api.hpp"
#include "controller/json/bounded_json.hpp"
#include "tests/support/fake_operators.hpp"

/// What operators tell Warden over HTTP.
namespace controller::api {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using testing::HasSubstr;

const std::string uuid = "6d5f0d6e-8a4e-4c8e-9c34-3d6c1b1f0a01";
const inventory::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 2} + 12h};

class OneVm final : public Explainer {
public:
    std::optional<VmIdentity> identify(std::string_view name) override {
        return name == uuid || name == "i-2-43-VM" ? std::optional{VmIdentity{uuid, "i-2-43-VM"}}
                                                   : std::nullopt;
    }
    inventory::Result<std::optional<Explanation>> explain(std::string_view /*name*/) override {
        return std::nullopt;
    }
};

/// Knows zone-1 alone.
class OneZone final : public Directory {
public:
    inventory::Result<std::string> subject_of(PauseScope scope, const std::string& given) override {
        if (scope == PauseScope::host) {
            return inventory::failure("nothing is known of the cloud yet", true);
        }
        return scope == PauseScope::all || given == "zone-1"
                   ? inventory::Result<std::string>{given}
                   : inventory::failure("there is no zone '" + given + "'; known are zone-1");
    }
};

class OperatorsApi : public testing::Test {
protected:
    void SetUp() override {
        const Alert alert{
            true, "f-1", noon, {{"alertname", "CloudStackVMStoppedOutOfBand"}, {"vm_id", uuid}}};
        ASSERT_TRUE(journal_.receive(alert, Remedy::stop_sync, noon));
        const OperatorDesk desk{journal_,
                                operators_,
                                explainer_,
                                directory_,
                                [] { return noon; },
                                [this](Remedy) { return mode_; },
                                [this] { ++words_; }};
        add_routes(server_, desk, inventory::Secret{"token"});
        ASSERT_TRUE(server_.start({"127.0.0.1", 0}));
    }

    [[nodiscard]] std::pair<int, json> post(const std::string& target, const json& body,
                                            const std::string& token = "token") const {
        return post_text(target, body.dump(), token);
    }
    [[nodiscard]] std::pair<int, json> post_text(const std::string& target, const std::string& body,
                                                 const std::string& token = "token") const {
        httplib::Client client{"127.0.0.1", server_.port()};
        client.set_bearer_token_auth(token);
        return read(client.Post(target, body, "application/json"));
    }
    [[nodiscard]] std::pair<int, json> get(const std::string& target) const {
        httplib::Client client{"127.0.0.1", server_.port()};
        client.set_bearer_token_auth("token");
        return read(client.Get(target));
    }
    static std::pair<int, json> read(const httplib::Result& answer) {
        EXPECT_TRUE(answer);
        const auto body = parse_bounded_json(answer->body, 20);
        EXPECT_TRUE(body) << answer->body;
        EXPECT_EQ(answer->get_header_value("Content-Type"), "application/json");
        return {answer->status, *body};
    }
    journal::OperatorsWord said() {
        return operators_.words_on(*journal_.find(1).value(), noon).value().on(*journal_.find(1).value());
    }

    const json word_{{"operator", "alice"}, {"reason", "storage works"}};
    const json for_an_hour_{{"operator", "alice"}, {"reason", "storage works"}, {"for", "1h"}};
    Mode mode_ = Mode::approve;
    int words_ = 0;
    test_support::FakeJournal journal_;
    test_support::FakeOperators operators_{journal_};
    OneVm explainer_;
    OneZone directory_;
    service::WebServer server_;  // last: its threads use the others
};

TEST_F(OperatorsApi, approves_the_next_attempt) {
    const auto [status, body] = post("/api/v1/actions/1/approve", for_an_hour_);
    EXPECT_EQ(status, 200) << body;
    EXPECT_EQ(body.at("attempt"), 1);
    EXPECT_EQ(body.at("operator"), "alice");
    EXPECT_EQ(body.at("reason"), "storage works");
    EXPECT_EQ(body.at("until"), "2026-01-02T13:00:00.000Z");
    ASSERT_EQ(said().approvals.size(), 1U);
    EXPECT_EQ(said().approvals.front().word.at, noon);
    EXPECT_EQ(words_, 1) << "the loop is woken";
}

TEST_F(OperatorsApi, approves_nothing_where_an_approval_changes_nothing) {
    for (const auto mode : {Mode::off, Mode::observe, Mode::automatic}) {
        mode_ = mode;
        const auto [status, body] = post("/api/v1/actions/1/approve", for_an_hour_);
        EXPECT_EQ(status, 409);
        EXPECT_THAT(body.at("error"), HasSubstr("the mode of stop_sync is " + std::string{to_word(mode)}));
    }
    EXPECT_TRUE(said().approvals.empty());
}

TEST_F(OperatorsApi, lifts_a_guard_that_may_be_lifted) {
    auto request = for_an_hour_;
    for (const auto& [guard, expected] :
         {std::pair{"window", 200}, {"witnesses", 400}, {"mode", 400}, {"", 400}}) {
        request["guard"] = guard;
        const auto [status, body] = post("/api/v1/actions/1/lift", request);
        EXPECT_EQ(status, expected) << body;
    }
    ASSERT_EQ(said().lifts.size(), 1U);
    EXPECT_EQ(said().lifts.front().guard, "window");
}

TEST_F(OperatorsApi, cancels_what_waits_and_nothing_else) {
    EXPECT_EQ(post("/api/v1/actions/1/cancel", word_).second.at("state"), "cancelled");
    const auto [status, body] = post("/api/v1/actions/1/cancel", word_);
    EXPECT_EQ(status, 409);
    EXPECT_THAT(body.at("error"), HasSubstr("action 1 is cancelled"));
    EXPECT_EQ(post("/api/v1/actions/1/approve", for_an_hour_).first, 409);
}

TEST_F(OperatorsApi, acknowledges_a_vm_by_either_of_its_names) {
    EXPECT_EQ(post("/api/v1/vms/i-2-43-VM/ack", word_).second.at("vm_id"), uuid);
    EXPECT_EQ(said().acknowledgement->word.why, "storage works");
    EXPECT_EQ(post("/api/v1/vms/" + uuid + "/ack", word_).first, 200);
    EXPECT_EQ(post("/api/v1/vms/nobody/ack", word_).first, 404);
}

TEST_F(OperatorsApi, pauses_lists_and_resumes) {
    auto request = for_an_hour_;
    request["scope"] = "zone";
    request["subject"] = "zone-1";
    const auto [status, pause] = post("/api/v1/pauses", request);
    ASSERT_EQ(status, 200) << pause;
    EXPECT_EQ(pause.at("scope"), "zone");
    EXPECT_EQ(pause.at("until"), "2026-01-02T13:00:00.000Z");
    const auto open = get("/api/v1/pauses").second.at("pauses");
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open.at(0).at("operator"), "alice");
    EXPECT_EQ(open.at(0).at("in_force"), true);
    const auto end = "/api/v1/pauses/" + pause.at("id").dump() + "/end";
    EXPECT_EQ(post(end, {{"operator", "bob"}, {"reason", "done"}}).second.at("ended").at("operator"), "bob");
    EXPECT_EQ(post(end, word_).first, 404) << "it was ended before";
    EXPECT_TRUE(get("/api/v1/pauses").second.at("pauses").empty());
    EXPECT_EQ(get("/api/v1/pauses?state=all").second.at("pauses").at(0).at("in_force"), false);
    EXPECT_EQ(get("/api/v1/pauses?state=old").first, 400);
}

TEST_F(OperatorsApi, pauses_nothing_that_is_not_there) {
    const std::vector<std::tuple<json, int, std::string>> mistakes{
        {{{"scope", "zone"}, {"subject", "zone-2"}}, 404, "known are zone-1"},
        {{{"scope", "zone"}}, 400, "'subject' must name"},
        {{{"scope", "all"}, {"subject", "zone-1"}}, 400, "nothing for all"},
        {{{"scope", "rack"}, {"subject", "r1"}}, 400, "all, remedy, zone"},
        {{{"scope", "host"}, {"subject", "kvm1"}}, 503, "nothing is known"},
    };
    for (const auto& [what, expected, why] : mistakes) {
        auto request = for_an_hour_;
        request.update(what);
        const auto [status, body] = post("/api/v1/pauses", request);
        EXPECT_EQ(status, expected) << what;
        EXPECT_THAT(body.at("error"), HasSubstr(why));
    }
    EXPECT_TRUE(operators_.pauses({})->empty());
}

TEST_F(OperatorsApi, takes_no_word_that_is_not_whole) {
    const std::vector<std::pair<std::string, std::string>> mistakes{
        {"", "no JSON object"},
        {"[]", "no JSON object"},
        {"{}", "'operator' and 'reason'"},
        {R"({"operator":"alice","for":"1h"})", "the reason must be given"},
        {R"({"operator":" ","reason":"x","for":"1h"})", "the operator's name must be given"},
        {R"({"operator":"alice","reason":1,"for":"1h"})", "'reason' must be a text"},
        {R"({"operator":"alice","reason":"x","for":"1h","force":"yes"})", "'force' is not known here"},
        {R"({"operator":"alice","reason":"x"})", "'for' must say"},
    };
    for (const auto& [text, why] : mistakes) {
        const auto [status, body] = post_text("/api/v1/actions/1/approve", text);
        EXPECT_EQ(status, 400) << text;
        EXPECT_THAT(body.at("error"), HasSubstr(why));
    }
    for (const auto* const span :
         {"", "1", "h", "0h", "-1h", "1.5h", "1w", "367d", "99999999999999999999s", "1h "}) {
        auto request = for_an_hour_;
        request["for"] = span;
        EXPECT_EQ(post("/api/v1/actions/1/approve", request).first, 400) << span;
    }
    EXPECT_EQ(words_, 0);
    EXPECT_TRUE(said().approvals.empty());
}

TEST_F(OperatorsApi, says_what_is_not_there) {
    for (const auto* const verb : {"approve", "cancel"}) {
        const auto body = std::string{verb} == "approve" ? for_an_hour_ : word_;
        EXPECT_EQ(post(std::string{"/api/v1/actions/99/"} + verb, body).first, 404);
        EXPECT_EQ(post(std::string{"/api/v1/actions/x/"} + verb, body).first, 400);
    }
    EXPECT_EQ(post("/api/v1/pauses/99/end", word_).first, 404);
    EXPECT_EQ(post("/api/v1/pauses/x/end", word_).first, 400);
}

TEST_F(OperatorsApi, is_for_operators_only_and_for_small_bodies) {
    for (const auto* const target :
         {"/api/v1/actions/1/approve", "/api/v1/actions/1/cancel", "/api/v1/actions/1/lift",
          "/api/v1/vms/i-2-43-VM/ack", "/api/v1/pauses", "/api/v1/pauses/1/end"}) {
        EXPECT_EQ(post(target, word_, "wrong").first, 401) << target;
        EXPECT_EQ(post_text(target, std::string(20'000, ' ')).first, 413) << target;
    }
}

TEST_F(OperatorsApi, says_when_the_journal_cannot_be_used) {
    operators_.fail_with(inventory::Error{"the journal is away", true});
    EXPECT_EQ(post("/api/v1/actions/1/approve", for_an_hour_).first, 503);
    EXPECT_EQ(post("/api/v1/actions/1/cancel", word_).first, 503);
    EXPECT_EQ(post("/api/v1/vms/" + uuid + "/ack", word_).first, 503);
    EXPECT_EQ(post("/api/v1/pauses/1/end", word_).first, 503);
    EXPECT_EQ(get("/api/v1/pauses").second.at("error"), "the journal is away");
}

}  // namespace
}  // namespace controller::api
