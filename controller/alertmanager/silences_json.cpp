#include "controller/alertmanager/silences_json.hpp"

#include "controller/json/bounded_json.hpp"
#include "inventory/support/text.hpp"

namespace controller::alertmanager {
namespace {

using inventory::failure;
using inventory::Result;
using nlohmann::json;

// The format itself nests three levels; the rest is room for versions to come.
constexpr int deepest_answer = 8;
constexpr std::size_t longest_text = 500;

const json* member(const json& object, const char* name) {
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found == object.end() ? nullptr : &*found;
}

Result<std::string> text_at(const json& object, const char* name) {
    const auto* found = member(object, name);
    return found != nullptr && found->is_string() ? Result<std::string>{found->get<std::string>()}
                                                  : failure(std::string{name} + " is no text");
}

Result<bool> flag_at(const json& object, const char* name, std::optional<bool> otherwise) {
    const auto* found = member(object, name);
    if (found == nullptr && otherwise) {
        return *otherwise;
    }
    return found != nullptr && found->is_boolean()
               ? Result<bool>{found->get<bool>()}
               : failure(std::string{name} + " is neither true nor false");
}

Result<Matcher> read_matcher(const json& object) {
    const auto label = text_at(object, "name");
    const auto value = text_at(object, "value");
    const auto is_regex = flag_at(object, "isRegex", std::nullopt);
    const auto is_equal = flag_at(object, "isEqual", true);  // absent before Alertmanager 0.22
    for (const auto* error :
         {label ? nullptr : &label.error(), value ? nullptr : &value.error(),
          is_regex ? nullptr : &is_regex.error(), is_equal ? nullptr : &is_equal.error()}) {
        if (error != nullptr) {
            return failure("a matcher's " + error->message);
        }
    }
    return Matcher{.label = *label, .value = *value, .is_equal = *is_equal, .is_regex = *is_regex};
}

Result<std::vector<Matcher>> read_matchers(const json& silence) {
    const auto* list = member(silence, "matchers");
    if (list == nullptr || !list->is_array() || list->empty()) {
        return failure("matchers is no list of matchers");
    }
    std::vector<Matcher> matchers;
    for (const auto& entry : *list) {
        auto matcher = read_matcher(entry);
        if (!matcher) {
            return tl::unexpected(matcher.error());
        }
        matchers.push_back(*std::move(matcher));
    }
    return matchers;
}

/// What a person wrote, for our own sentences.
std::string words_at(const json& silence, const char* name) {
    return inventory::clean_text(text_at(silence, name).value_or("unknown"), longest_text);
}

Result<Silence> read_active(const json& object) {
    return read_matchers(object).map([&object](std::vector<Matcher> matchers) {
        return Silence{.id = words_at(object, "id"),
                       .created_by = words_at(object, "createdBy"),
                       .comment = words_at(object, "comment"),
                       .ends_at = words_at(object, "endsAt"),
                       .matchers = std::move(matchers)};
    });
}

Result<std::vector<Silence>> read_list(const json& list) {
    std::vector<Silence> active;
    for (const auto& entry : list) {
        const auto* status = member(entry, "status");
        const auto state =
            status == nullptr ? Result<std::string>{failure("status is missing")} : text_at(*status, "state");
        if (!state) {
            return tl::unexpected(state.error());
        }
        if (*state != "active") {
            continue;
        }
        auto silence = read_active(entry);
        if (!silence) {
            return tl::unexpected(silence.error());
        }
        active.push_back(*std::move(silence));
    }
    return active;
}

}  // namespace

Result<std::vector<Silence>> read_silences(std::string_view json) {
    const auto document = parse_bounded_json(json, deepest_answer);
    if (!document || !document->is_array()) {
        return failure("the answer is no list of silences");
    }
    auto silences = read_list(*document);
    return silences ? silences : failure("a silence cannot be read", silences.error());
}

}  // namespace controller::alertmanager
