#include "wardenctl/http_moves.hpp"

#include <utility>

#include "controller/json/bounded_json.hpp"
#include "wardenctl/client.hpp"
#include "wardenctl/layout.hpp"
#include "wardenctl/pages.hpp"

namespace wardenctl {
namespace {

using inventory::failure;
using inventory::Result;

/// A check reads a dozen tables; a loaded database takes its time.
constexpr std::chrono::seconds limit{30};

/// Only one that could not be asked for is worth to be asked for again.
Result<std::string> body_of(const Result<Answer>& answer) {
    if (!answer) {
        return failure(answer.error().message, true);
    }
    return answer->status == 200 || answer->status == 201 ? Result<std::string>(answer->body)
                                                          : failure(error_of(answer->body));
}

std::string query_of(const MoveLine& line) {
    std::string query = "vm=" + url_encoded(line.vm) + "&account=" + url_encoded(line.account) +
                        "&domain=" + url_encoded(line.domain);
    for (const auto& network : line.networks) {
        query += "&network=" + url_encoded(network);
    }
    return query;
}

std::string standing_at(const Json& answer, std::string_view name) {
    for (const auto& precondition : at(answer, "preconditions")) {
        if (text(precondition, "name") == name) {
            return text(precondition, "standing");
        }
    }
    return {};
}

CheckedLine checked_of(const Json& answer) {
    CheckedLine checked{.vm_id = text(answer, "vm_id"),
                        .vm = text(answer, "vm"),
                        .standing = text(answer, "standing"),
                        .sentences = {},
                        .belongs_there = standing_at(answer, "other_account") == "fails",
                        .is_whole = standing_at(answer, "ownership") == "holds"};
    for (const auto& precondition : at(answer, "preconditions")) {
        if (text(precondition, "standing") != "holds") {
            checked.sentences.push_back(text(precondition, "sentence") +
                                        " (lifted by: " + text(precondition, "lifted_by") + ")");
        }
    }
    return checked;
}

KnownMove known_of(const Json& move) {
    const auto& action = at(move, "action_id");
    return {.vm_id = text(move, "vm_id"),
            .action_id = action.is_number_unsigned() ? action.get<std::uint64_t>() : 0,
            .state = text(move, "state"),
            .failure = text(move, "failure", ""),
            .note = text(move, "failure_note", "")};
}

}  // namespace

Result<std::string> HttpMoves::check_text(const MoveLine& line) {
    return body_of(get(controller_, "/api/v1/moves/check?" + query_of(line), token_, limit));
}

Result<CheckedLine> HttpMoves::check(const MoveLine& line) {
    const auto body = check_text(line);
    if (!body) {
        return tl::unexpected(body.error());
    }
    const auto answer = controller::parse_bounded_json(*body, deepest_answer);
    return answer ? Result<CheckedLine>(checked_of(*answer))
                  : failure("the controller's answer holds no check");
}

Result<std::string> HttpMoves::file_text(const MoveLine& line, const std::string& batch, bool again) {
    const Json order{{"vm", line.vm},           {"account", line.account},
                     {"domain", line.domain},   {"networks", line.networks},
                     {"operator", mover_.name}, {"reason", mover_.reason},
                     {"batch", batch},          {"again", again}};
    const auto body = order.dump(-1, ' ', false, Json::error_handler_t::replace);
    return body_of(post(controller_, "/api/v1/moves", {token_, body}, limit));
}

inventory::Status HttpMoves::file(const MoveLine& line, const std::string& batch, bool again) {
    return file_text(line, batch, again).map([](const std::string&) {});
}

Result<std::vector<KnownMove>> HttpMoves::known(const std::string& batch) {
    const auto body = body_of(get(controller_, "/api/v1/moves?batch=" + url_encoded(batch), token_, limit));
    if (!body) {
        return tl::unexpected(body.error());
    }
    const auto answer = controller::parse_bounded_json(*body, deepest_answer);
    if (!answer || !at(*answer, "moves").is_array()) {
        return failure("the controller's answer holds no list of moves");
    }
    std::vector<KnownMove> moves;
    for (const auto& move : at(*answer, "moves")) {
        moves.push_back(known_of(move));
    }
    return moves;
}

}  // namespace wardenctl
