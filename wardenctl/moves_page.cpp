#include "controller/json/bounded_json.hpp"
#include "wardenctl/layout.hpp"
#include "wardenctl/pages.hpp"

namespace wardenctl {

inventory::Result<std::string> render_check(std::string_view json) {
    const auto document = controller::parse_bounded_json(json, deepest_answer);
    if (!document || !at(*document, "preconditions").is_array()) {
        return inventory::failure("the controller's answer holds no check");
    }
    std::string out =
        line(text(*document, "vm") + "  " + text(*document, "vm_id") + ": " + text(*document, "standing"));
    std::vector<TableRow> rows;
    for (const auto& precondition : at(*document, "preconditions")) {
        const auto standing = text(precondition, "standing");
        const bool holds = standing == "holds";
        rows.push_back({"  " + text(precondition, "name"), standing,
                        holds ? text(precondition, "claim") : text(precondition, "sentence")});
        if (!holds) {
            rows.push_back({"", "", "lifted by: " + text(precondition, "lifted_by")});
        }
    }
    return out + table(rows);
}

std::string standing_of(std::string_view json) {
    const auto document = controller::parse_bounded_json(json, deepest_answer);
    return document ? text(*document, "standing") : "unknown";
}

inventory::Result<std::string> render_filed(std::string_view json) {
    const auto document = controller::parse_bounded_json(json, deepest_answer);
    if (!document || !at(*document, "move").is_object()) {
        return inventory::failure("the controller's answer holds no move");
    }
    const auto& move = at(*document, "move");
    return line("move " + text(move, "id") + " of " + text(move, "vm_id") + " to account " +
                text(at(move, "target"), "account") + ": action " + text(move, "action_id") + ", " +
                text(move, "state")) +
           line("  wardenctl actions " + text(move, "action_id") + "   shows what becomes of it");
}

}  // namespace wardenctl
