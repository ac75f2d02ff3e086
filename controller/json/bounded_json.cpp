#include "controller/json/bounded_json.hpp"

#include <string>

namespace controller {

inventory::Result<nlohmann::json> parse_bounded_json(std::string_view text, int depth) {
    using Event = nlohmann::json::parse_event_t;
    bool too_deep = false;
    const auto keep_shallow = [&](int level, Event event, const nlohmann::json&) {
        if ((event == Event::object_start || event == Event::array_start) && level >= depth) {
            too_deep = true;
        }
        return !too_deep;
    };
    auto json = nlohmann::json::parse(text, keep_shallow, /*allow_exceptions=*/false);
    if (too_deep) {
        return inventory::failure("JSON nested deeper than " + std::to_string(depth) + " levels");
    }
    if (json.is_discarded()) {
        return inventory::failure("not JSON");
    }
    return json;
}

}  // namespace controller
