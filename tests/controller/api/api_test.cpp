#include "controller/api/api.hpp"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "controller/evidence/evidence.hpp"
#include "controller/json/bounded_json.hpp"
#include "tests/support/fake_operators.hpp"

namespace controller::api {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

const std::string uuid = "6d5f0d6e-8a4e-4c8e-9c34-3d6c1b1f0a01";
const inventory::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 2} + 12h};

Decision held_by_mode() {
    return {{{"mode", "the remedy's mode allows it",
              Refusal{"mode is observe", {{"mode", "observe"}}, "mode: auto"}},
             {"identity", "one live row", std::nullopt}},
            std::nullopt};
}

World a_world() {
    World world;
    world.now = noon;
    return world;
}

class OneVm final : public Explainer {
public:
    std::optional<VmIdentity> identify(std::string_view name) override {
        const VmIdentity vm{uuid, "i-2-43-VM"};
        return name == vm.uuid || name == vm.instance_name ? std::optional{vm} : std::nullopt;
    }
    inventory::Result<std::optional<Explanation>> explain(std::string_view name) override {
        const auto vm = identify(name);
        return vm ? std::optional{Explanation{*vm, Remedy::stop_sync, std::nullopt, a_world(),
                                              held_by_mode()}}
                  : std::nullopt;
    }
};

class NoDirectory final : public Directory {
public:
    inventory::Result<std::string> subject_of(PauseScope /*scope*/, const std::string& given) override {
        return given;
    }
};

class ApiTest : public testing::Test {
protected:
    void SetUp() override {
        const Alert alert{
            true, "f-1", noon, {{"alertname", "CloudStackVMStoppedOutOfBand"}, {"vm_id", uuid}}};
        ASSERT_TRUE(journal_.receive(alert, Remedy::stop_sync, noon));
        add_routes(server_, desk_, inventory::Secret{"token"});
        const auto started = server_.start({"127.0.0.1", 0});
        ASSERT_TRUE(started) << started.error().message;
    }

    /// Status and body, which is JSON whatever the status is.
    [[nodiscard]] std::pair<int, json> get(const std::string& target,
                                           const std::string& token = "token") const {
        httplib::Client client{"127.0.0.1", server_.port()};
        client.set_bearer_token_auth(token);
        const auto answer = client.Get(target);
        EXPECT_TRUE(answer);
        const auto body = parse_bounded_json(answer->body, 20);
        EXPECT_TRUE(body) << answer->body;
        EXPECT_EQ(answer->get_header_value("Content-Type"), "application/json");
        return {answer->status, *body};
    }

    test_support::FakeJournal journal_;
    test_support::FakeOperators operators_{journal_};
    OneVm explainer_;
    NoDirectory directory_;
    const OperatorDesk desk_{journal_, operators_, explainer_, directory_, [] { return noon; }, {}, {}};
    service::WebServer server_;  // last: its threads use the others
};

TEST_F(ApiTest, lists_actions_with_the_names_that_an_operator_knows) {
    const auto [status, body] = get("/api/v1/actions");
    EXPECT_EQ(status, 200);
    ASSERT_EQ(body.at("actions").size(), 1U);
    const auto& action = body.at("actions").at(0);
    EXPECT_EQ(action.at("vm"), "i-2-43-VM");
    EXPECT_EQ(action.at("vm_id"), uuid);
    EXPECT_EQ(action.at("remedy"), "stop_sync");
    EXPECT_EQ(action.at("state"), "received");
    EXPECT_EQ(action.at("alert"), "CloudStackVMStoppedOutOfBand");
    EXPECT_EQ(action.at("starts_at"), "2026-01-02T12:00:00.000Z");
}

TEST_F(ApiTest, filters_by_vm_state_and_limit) {
    EXPECT_EQ(get("/api/v1/actions?vm=i-2-43-VM&state=open&limit=5").second.at("actions").size(), 1U);
    EXPECT_EQ(get("/api/v1/actions?vm=" + uuid).second.at("actions").size(), 1U);
    EXPECT_EQ(get("/api/v1/actions?vm=other").second.at("actions").size(), 0U);
}

TEST_F(ApiTest, refuses_a_query_that_it_cannot_read) {
    for (const auto* query : {"state=closed", "limit=0", "limit=1001", "limit=x", "limit=", "colour=red"}) {
        const auto [status, body] = get(std::string{"/api/v1/actions?"} + query);
        EXPECT_EQ(status, 400) << query;
        EXPECT_THAT(body.at("error"), testing::HasSubstr("cannot read the query at"));
    }
}

TEST_F(ApiTest, shows_one_action_with_all_that_is_known_of_it) {
    ASSERT_TRUE(journal_.keep_evidence(
        1, {noon, std::string{evidence::first_decision}, evidence::to_json(a_world(), held_by_mode())}));
    ASSERT_TRUE(journal_.keep_evidence(1, {noon + 1s, "verification", "{}"}));
    const auto [status, body] = get("/api/v1/actions/1");
    EXPECT_EQ(status, 200);
    EXPECT_EQ(body.at("steps").at(0).at("state"), "received");
    EXPECT_EQ(body.at("attempts").size(), 0U);
    EXPECT_EQ(body.at("evidence").at(0).at("content").at("world").at("at"), "2026-01-02T12:00:00.000Z");
    const auto& mode = body.at("verdicts").at(0);
    EXPECT_EQ(mode.at("guard"), "mode");
    EXPECT_EQ(mode.at("passes"), false);
    EXPECT_EQ(mode.at("sentence"), "mode is observe");
    EXPECT_EQ(mode.at("facts").at("mode"), "observe");
    EXPECT_EQ(mode.at("lifted_by"), "mode: auto");
    EXPECT_EQ(body.at("verdicts").at(1).at("passes"), true);
}

TEST_F(ApiTest, shows_evidence_that_it_cannot_read_as_it_is) {
    ASSERT_TRUE(journal_.keep_evidence(1, {noon, std::string{evidence::first_decision}, "not json"}));
    const auto [status, body] = get("/api/v1/actions/1");
    EXPECT_EQ(status, 200);
    EXPECT_EQ(body.at("evidence").at(0).at("content"), "not json");
    EXPECT_TRUE(body.at("verdicts").is_null()) << "unknown, not none";
}

TEST_F(ApiTest, explains_a_vm_by_either_of_its_names) {
    for (const auto& name : {uuid, std::string{"i-2-43-VM"}}) {
        const auto [status, body] = get("/api/v1/explain/" + name);
        EXPECT_EQ(status, 200);
        EXPECT_EQ(body.at("acts"), false);
        EXPECT_TRUE(body.at("action").is_null());
        EXPECT_EQ(body.at("verdicts").size(), 2U);
    }
}

TEST_F(ApiTest, says_what_is_not_there) {
    EXPECT_EQ(get("/api/v1/actions/99").first, 404);
    EXPECT_EQ(get("/api/v1/actions/x").first, 400);
    const auto [status, body] = get("/api/v1/explain/nobody");
    EXPECT_EQ(status, 404);
    EXPECT_EQ(body.at("error"), "CloudStack has no VM with the uuid or instance name 'nobody'");
}

TEST_F(ApiTest, is_for_operators_only) {
    for (const auto* target : {"/api/v1/actions", "/api/v1/actions/1", "/api/v1/explain/x"}) {
        EXPECT_EQ(get(target, "wrong").first, 401) << target;
    }
}

TEST_F(ApiTest, says_when_the_journal_cannot_be_read) {
    journal_.fail_with(inventory::Error{"the journal is away", true});
    for (const auto* target : {"/api/v1/actions", "/api/v1/actions/1"}) {
        const auto [status, body] = get(target);
        EXPECT_EQ(status, 503);
        EXPECT_EQ(body.at("error"), "the journal is away");
    }
}

}  // namespace
}  // namespace controller::api
