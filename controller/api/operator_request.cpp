#include "controller/api/operator_request.hpp"

#include <algorithm>
#include <charconv>

#include "controller/json/bounded_json.hpp"

namespace controller::api {
namespace {

using inventory::failure;
using inventory::Result;

std::string listed(const std::vector<std::string>& words) {
    std::string all;
    for (const auto& word : words) {
        all += (all.empty() ? "" : ", ") + word;
    }
    return all;
}

std::optional<std::chrono::seconds> unit_of(char letter) {
    switch (letter) {
        case 's':
            return std::chrono::seconds{1};
        case 'm':
            return std::chrono::minutes{1};
        case 'h':
            return std::chrono::hours{1};
        case 'd':
            return std::chrono::days{1};
        default:
            return std::nullopt;
    }
}

/// nullopt for what cannot be meant; a year at most, so that nothing overflows.
std::optional<std::chrono::seconds> parse_span(std::string_view text) {
    constexpr std::chrono::seconds longest{std::chrono::days{366}};
    const auto unit = text.empty() ? std::nullopt : unit_of(text.back());
    std::int64_t count = 0;
    if (!unit) {
        return std::nullopt;
    }
    text.remove_suffix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || end != text.data() + text.size() || count < 1 || count > longest / *unit) {
        return std::nullopt;
    }
    return count * *unit;
}

}  // namespace

Result<OperatorRequest> OperatorRequest::parse(std::string_view body, const std::vector<std::string>& known) {
    constexpr int depth = 2;
    const auto document = parse_bounded_json(body, depth);
    if (!document || !document->is_object()) {
        return failure("the body is no JSON object; it may have " + listed(known));
    }
    std::map<std::string, std::string> texts;
    for (const auto& [key, value] : document->items()) {
        if (std::ranges::find(known, key) == known.end()) {
            return failure("'" + key + "' is not known here; the body may have " + listed(known));
        }
        if (!value.is_string()) {
            return failure("'" + key + "' must be a text");
        }
        texts.emplace(key, value.get<std::string>());
    }
    return OperatorRequest{std::move(texts)};
}

std::string OperatorRequest::text(const std::string& key) const {
    const auto found = texts_.find(key);
    return found == texts_.end() ? std::string{} : found->second;
}

Result<Word> OperatorRequest::word(inventory::Time now) const {
    Word word{text("operator"), text("reason"), now};
    if (const auto complete = check(word); !complete) {
        return failure("'operator' and 'reason'", complete.error());
    }
    return word;
}

Result<inventory::Time> OperatorRequest::until(inventory::Time now) const {
    const auto span = parse_span(text("for"));
    return span ? Result<inventory::Time>{now + *span}
                : failure("'for' must say how long it holds, as in 90s, 30m, 2h or 1d, at most 366d, not '" +
                          text("for") + "'");
}

}  // namespace controller::api
