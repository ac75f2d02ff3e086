#include "controller/api/moves_api.hpp"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "controller/json/bounded_json.hpp"

/// Moves between accounts over HTTP.
namespace controller::api {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using testing::HasSubstr;

const std::string uuid = "6d5f0d6e-8a4e-4c8e-9c34-3d6c1b1f0a01";
const std::string network = "0c9b1a52-7d0f-4e53-8a43-5a7c5f3e1b10";
const std::string other_network = "0c9b1a52-7d0f-4e53-8a43-5a7c5f3e1b11";
const inventory::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 2} + 12h};

Move a_move(const MoveOrder& order) {
    Move move;
    move.id = 3;
    move.action_id = 12;
    move.batch = order.batch;
    move.vm_uuid = uuid;
    move.target = order.target;
    move.requested_by = order.requested_by;
    move.reason = order.reason;
    move.requested_at = noon;
    return move;
}

/// Knows one VM, whose snapshots are in the way; keeps what it was asked for.
class OneDesk final : public MoveDesk {
public:
    inventory::Result<std::optional<CheckedMove>> check(const MoveOrder& order) override {
        asked = order;
        if (order.vm != uuid) {
            return std::nullopt;
        }
        return CheckedMove{{uuid, "i-2-43-VM"},
                           {{"vm_stopped", "the VM is Stopped", Standing::holds, "", ""},
                            {"snapshots", "no snapshot", Standing::fails, "ROOT-43 has one", "delete it"}}};
    }
    inventory::Result<Filing> file(const MoveOrder& order) override {
        asked = order;
        if (declined) {
            return Filing{*declined};
        }
        if (is_silent) {
            return inventory::failure("the journal is silent", true);
        }
        return Filing{journal::FiledMove{a_move(order), !is_known}};
    }
    inventory::Result<std::vector<Move>> of_batch(const std::string& batch) override {
        return std::vector{a_move({.vm = uuid,
                                   .target = {"bob", "d-3", {}},
                                   .batch = batch,
                                   .requested_by = "eve",
                                   .reason = "sold"})};
    }

    MoveOrder asked;
    std::optional<Declined> declined;
    bool is_silent = false;
    bool is_known = false;
};

class MovesApi : public testing::Test {
protected:
    void SetUp() override {
        add_move_routes(server_, desk_, service::BearerToken{[] { return inventory::Secret{"token"}; }},
                        [this] { ++news_; });
        ASSERT_TRUE(server_.start({"127.0.0.1", 0}));
    }

    [[nodiscard]] std::pair<int, json> post(const json& body, const std::string& token = "token") const {
        httplib::Client client{"127.0.0.1", server_.port()};
        client.set_bearer_token_auth(token);
        return read(client.Post("/api/v1/moves", body.dump(), "application/json"));
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
        return {answer->status, *body};
    }

    const json order_{{"vm", uuid},        {"account", "bob"}, {"domain", "ROOT/south"},
                      {"operator", "eve"}, {"reason", "sold"}, {"networks", {network}}};
    OneDesk desk_;
    int news_ = 0;
    service::WebServer server_;  // last: its threads use the others
};

TEST_F(MovesApi, asks_for_a_move_and_wakes_the_loop) {
    const auto [status, body] = post(order_);
    EXPECT_EQ(status, 201) << body;
    EXPECT_EQ(body.at("move").at("action_id"), 12);
    EXPECT_EQ(body.at("move").at("requested_by"), "eve");
    EXPECT_EQ(body.at("move").at("target").at("account"), "bob");
    EXPECT_EQ(body.at("created"), true);
    EXPECT_EQ(desk_.asked.target, (MoveTarget{"bob", "ROOT/south", {network}}));
    EXPECT_FALSE(desk_.asked.again);
    EXPECT_EQ(news_, 1);
}

TEST_F(MovesApi, what_a_batch_has_already_is_told_and_is_no_news) {
    desk_.is_known = true;
    auto order = order_;
    order["batch"] = "b";
    order["again"] = true;
    const auto [status, body] = post(order);
    EXPECT_EQ(status, 200);
    EXPECT_EQ(body.at("created"), false);
    EXPECT_TRUE(desk_.asked.again);
    EXPECT_EQ(desk_.asked.batch, "b");
    EXPECT_EQ(news_, 0);
}

TEST_F(MovesApi, an_order_that_cannot_be_meant_is_refused_with_what_is_wrong) {
    const std::vector<std::pair<std::string, json>> mistakes{
        {"vm", nullptr},       {"vm", ""},        {"reason", " "},  {"operator", ""},  {"reason", 7},
        {"networks", "net-1"}, {"networks", {7}}, {"again", "yes"}, {"colour", "red"}, {"account", ""}};
    for (const auto& [key, value] : mistakes) {
        auto order = order_;
        order[key] = value;
        const auto [status, body] = post(order);
        EXPECT_EQ(status, 400) << key << value;
        EXPECT_THAT(body.at("error"), HasSubstr(key)) << value;
    }
    EXPECT_EQ(news_, 0);
}

TEST_F(MovesApi, networks_are_uuids_each_once_and_not_too_many) {
    auto many = json::array();
    for (int i = 100; i < 133; ++i) {
        many.push_back("0c9b1a52-7d0f-4e53-8a43-5a7c5f3e1" + std::to_string(i));
    }
    std::string upper = network;
    upper[1] = 'C';
    const std::vector<std::pair<json, std::string>> mistakes{{{"net-1"}, "'net-1' is none"},
                                                             {{network + "," + other_network}, "is none"},
                                                             {{network, upper}, "twice"},
                                                             {many, "more than 32"}};
    for (const auto& [networks, says] : mistakes) {
        auto order = order_;
        order["networks"] = networks;
        const auto [status, body] = post(order);
        EXPECT_EQ(status, 400) << networks;
        EXPECT_THAT(body.at("error"), HasSubstr(says));
    }
    EXPECT_EQ(desk_.asked.vm, "") << "nothing of it reaches the desk";
    const std::string check = "/api/v1/moves/check?vm=" + uuid + "&account=bob&domain=d-3&network=";
    EXPECT_EQ(get(check + "net-1").first, 400);
    EXPECT_EQ(get(check + network + "&network=" + upper).first, 400);
    many.erase(many.begin());
    auto order = order_;
    order["networks"] = many;
    EXPECT_EQ(post(order).first, 201);
}

TEST_F(MovesApi, what_cannot_be_asked_for_now_is_told_with_why) {
    desk_.declined = Declined{false, "move 2 of the VM is open"};
    EXPECT_EQ(post(order_).first, 409);
    desk_.declined = Declined{true, "there is no such account"};
    EXPECT_EQ(post(order_).first, 404);
    desk_.declined.reset();
    desk_.is_silent = true;
    const auto [status, body] = post(order_);
    EXPECT_EQ(status, 503);
    EXPECT_EQ(body.at("error"), "the journal is silent");
}

TEST_F(MovesApi, a_check_names_every_precondition_and_what_lifts_it) {
    const auto [status, body] =
        get("/api/v1/moves/check?vm=" + uuid + "&account=bob&domain=d-3&network=" + network +
            "&network=" + other_network);
    EXPECT_EQ(status, 200);
    EXPECT_EQ(body.at("standing"), "fails");
    EXPECT_EQ(body.at("preconditions").at(1).at("lifted_by"), "delete it");
    EXPECT_EQ(desk_.asked.target.network_uuids, (std::vector<std::string>{network, other_network}));
    EXPECT_EQ(get("/api/v1/moves/check?vm=other&account=bob&domain=d-3").first, 404);
    EXPECT_EQ(get("/api/v1/moves/check?vm=" + uuid + "&account=bob").first, 400);
}

TEST_F(MovesApi, lists_a_batch) {
    const auto [status, body] = get("/api/v1/moves?batch=b");
    EXPECT_EQ(status, 200);
    EXPECT_EQ(body.at("moves").at(0).at("batch"), "b");
    EXPECT_EQ(get("/api/v1/moves").first, 400);
}

TEST_F(MovesApi, nobody_moves_anything_without_the_token) {
    EXPECT_EQ(post(order_, "guess").first, 401);
    EXPECT_EQ(desk_.asked.vm, "");
}

}  // namespace
}  // namespace controller::api
