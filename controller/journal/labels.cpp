#include "controller/journal/labels.hpp"

#include "controller/json/bounded_json.hpp"

namespace controller::journal {

std::string to_json(const Labels& labels) {
    using nlohmann::json;
    return json(labels).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<Labels> labels_of(std::string_view json) {
    constexpr int depth = 2;
    const auto document = parse_bounded_json(json, depth);
    if (!document || !document->is_object()) {
        return std::nullopt;
    }
    Labels labels;
    for (const auto& [name, value] : document->items()) {
        if (!value.is_string()) {
            return std::nullopt;
        }
        labels.emplace(name, value.get<std::string>());
    }
    return labels;
}

}  // namespace controller::journal
