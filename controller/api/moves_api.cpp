#include "controller/api/moves_api.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

#include "controller/api/replies.hpp"
#include "controller/evidence/json_values.hpp"
#include "controller/json/bounded_json.hpp"
#include "inventory/support/text.hpp"
#include "inventory/support/uuid.hpp"

namespace controller::api {
namespace {

using evidence::Json;
using inventory::failure;
using inventory::Result;
using service::WebRequest;
using service::WebResponse;

constexpr std::size_t largest_order = std::size_t{64} * 1024;
constexpr std::size_t longest_word = 255;
constexpr std::size_t longest_batch = 64;

Json json_of(const Precondition& precondition) {
    return {{"name", precondition.name},
            {"claim", precondition.claim},
            {"standing", to_word(precondition.standing)},
            {"sentence", precondition.sentence},
            {"lifted_by", precondition.lifted_by}};
}

Json json_of(const CheckedMove& checked) {
    Json list = Json::array();
    for (const auto& precondition : checked.preconditions) {
        list.push_back(json_of(precondition));
    }
    return {{"vm_id", checked.vm.uuid},
            {"vm", checked.vm.instance_name},
            {"standing", to_word(worst_of(checked.preconditions))},
            {"preconditions", list}};
}

/// One text of the body; empty when it is not there, an error when it is none or too long.
template <class Body>
Result<std::string> text_at(const Body& body, const std::string& key, std::size_t most = longest_word) {
    const auto found = body.find(key);
    if (found == body.end()) {
        return std::string{};
    }
    if (!found->is_string() || found->template get<std::string>().size() > most) {
        return failure("'" + key + "' must be a text of at most " + std::to_string(most) + " bytes");
    }
    return found->template get<std::string>();
}

template <class Body>
inventory::Status read_texts(const Body& body, MoveOrder& order) {
    constexpr std::size_t longest_reason = 2000;
    const std::vector<std::tuple<std::string, std::string*, std::size_t>> members{
        {"vm", &order.vm, longest_word},
        {"account", &order.target.account, longest_word},
        {"domain", &order.target.domain_uuid, longest_word},
        {"operator", &order.requested_by, longest_word},
        {"reason", &order.reason, longest_reason},
        {"batch", &order.batch, longest_batch}};
    for (const auto& [key, member, most] : members) {
        auto text = text_at(body, key, most);
        if (!text) {
            return tl::unexpected(text.error());
        }
        *member = *std::move(text);
        const bool is_blank = member->find_first_not_of(" \t\r\n") == std::string::npos;
        if (is_blank && key != "batch") {
            return failure("'" + key + "' is missing");
        }
    }
    return {};
}

/// Every one is a question to the database and a word in the journal's list, and no VM has more NICs.
inventory::Status add_network(MoveTarget& target, const std::string& text) {
    constexpr std::size_t most = 32;
    auto& networks = target.network_uuids;
    auto uuid = inventory::parse_uuid(text);
    if (!uuid) {
        return failure("'networks' must be a list of uuids: '" + inventory::clean_text(text, longest_batch) +
                       "' is none");
    }
    if (std::ranges::find(networks, *uuid) != networks.end()) {
        return failure("'networks' names " + *uuid + " twice");
    }
    if (networks.size() == most) {
        return failure("'networks' names more than " + std::to_string(most));
    }
    networks.push_back(*std::move(uuid));
    return {};
}

template <class Body>
inventory::Status read_networks(const Body& body, MoveOrder& order) {
    const auto networks = body.find("networks");
    if (networks == body.end()) {
        return {};
    }
    if (!networks->is_array()) {
        return failure("'networks' must be a list of uuids");
    }
    for (const auto& network : *networks) {
        if (!network.is_string()) {
            return failure("'networks' must be a list of uuids");
        }
        if (auto added = add_network(order.target, network.template get<std::string>()); !added) {
            return added;
        }
    }
    return {};
}

template <class Body>
inventory::Status read_again(const Body& body, MoveOrder& order) {
    const auto again = body.find("again");
    if (again == body.end()) {
        return {};
    }
    if (!again->is_boolean()) {
        return failure("'again' must be true or false");
    }
    order.again = again->template get<bool>();
    return {};
}

/// A key that nobody reads is a mistake: what it says would not be done.
template <class Body>
inventory::Status know_all_keys(const Body& body) {
    constexpr std::array<std::string_view, 8> known{"vm",       "account", "domain", "networks",
                                                    "operator", "reason",  "batch",  "again"};
    for (const auto& [key, value] : body.items()) {
        if (std::ranges::find(known, key) == known.end()) {
            return failure("'" + key +
                           "' is not known here; the body may have vm, account, domain, networks, operator, "
                           "reason, batch, again");
        }
    }
    return {};
}

Result<MoveOrder> read_order(const std::string& text) {
    constexpr int depth = 4;
    const auto body = parse_bounded_json(text, depth);
    if (!body || !body->is_object()) {
        return failure("the body is no JSON object");
    }
    MoveOrder order;
    return know_all_keys(*body)
        .and_then([&] { return read_texts(*body, order); })
        .and_then([&] { return read_networks(*body, order); })
        .and_then([&] { return read_again(*body, order); })
        .map([&order] { return std::move(order); });
}

std::string query_text(const WebRequest& request, const std::string& name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string{} : found->second;
}

WebResponse check_move(const WebRequest& request, MoveDesk& desk) {
    MoveOrder order;
    order.vm = query_text(request, "vm");
    order.target.account = query_text(request, "account");
    order.target.domain_uuid = query_text(request, "domain");
    const auto [first, last] = request.query.equal_range("network");
    for (auto network = first; network != last; ++network) {
        if (const auto added = add_network(order.target, network->second); !added) {
            return refusal(400, added.error().message);
        }
    }
    if (order.vm.empty() || order.target.account.empty() || order.target.domain_uuid.empty()) {
        return refusal(400, "a check needs vm, account and domain");
    }
    const auto checked = desk.check(order);
    if (!checked) {
        return unavailable(checked.error());
    }
    return *checked ? reply(200, json_of(**checked))
                    : refusal(404, "CloudStack has no VM with the uuid or instance name '" + order.vm + "'");
}

WebResponse list_moves(const WebRequest& request, MoveDesk& desk) {
    const auto batch = query_text(request, "batch");
    if (batch.empty()) {
        return refusal(400, "say of which batch: /api/v1/moves?batch=...");
    }
    const auto moves = desk.of_batch(batch);
    if (!moves) {
        return unavailable(moves.error());
    }
    Json list = Json::array();
    for (const auto& move : *moves) {
        list.push_back(evidence::json_of(move));
    }
    return reply(200, Json{{"moves", list}});
}

WebResponse file_move(const WebRequest& request, MoveDesk& desk) {
    const auto order = read_order(request.body);
    if (!order) {
        return refusal(400, order.error().message);
    }
    const auto filing = desk.file(*order);
    if (!filing) {
        return unavailable(filing.error());
    }
    if (const auto* refused = std::get_if<Declined>(&*filing)) {
        return refusal(refused->not_found ? 404 : 409, refused->sentence);
    }
    const auto& filed = std::get<journal::FiledMove>(*filing);
    return reply(filed.created ? 201 : 200,
                 Json{{"move", evidence::json_of(filed.move)}, {"created", filed.created}});
}

}  // namespace

void add_move_routes(service::WebServer& server, MoveDesk& desk, const service::BearerToken& operator_token,
                     std::function<void()> on_news) {
    const service::RouteOptions look{.bearer = operator_token, .json_errors = true};
    server.get(
        "/api/v1/moves/check", [&desk](const WebRequest& request) { return check_move(request, desk); },
        look);
    server.get(
        "/api/v1/moves", [&desk](const WebRequest& request) { return list_moves(request, desk); }, look);
    const service::RouteOptions ask{.bearer = operator_token,
                                    .max_body = largest_order,
                                    .content_type = "application/json",
                                    .json_errors = true};
    server.post(
        "/api/v1/moves",
        [&desk, on_news = std::move(on_news)](const WebRequest& request) {
            auto response = file_move(request, desk);
            if (response.status == 201) {
                on_news();
            }
            return response;
        },
        ask);
}

}  // namespace controller::api
