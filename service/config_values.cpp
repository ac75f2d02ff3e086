#include "service/config_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

#include "service/escape.hpp"
#include "service/nearest_word.hpp"

namespace service {
namespace {

using Unit = std::pair<std::string_view, inventory::Duration>;
constexpr std::array<Unit, 4> units{{{"h", std::chrono::hours{1}},
                                     {"m", std::chrono::minutes{1}},
                                     {"s", std::chrono::seconds{1}},
                                     {"ms", std::chrono::milliseconds{1}}}};

/// Decimal digits without a sign or a leading zero, which YAML would read as octal.
std::optional<std::uint64_t> parse_digits(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole && (text == "0" || text.front() != '0') ? std::optional{value} : std::nullopt;
}

std::optional<inventory::Duration> parse_duration(std::string_view text) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto unit = std::find_if(units.begin(), units.end(), [&](const Unit& candidate) {
        return candidate.first == text.substr(digits);
    });
    constexpr std::uint64_t most = 1'000'000'000;  // far beyond any use, and far from overflow
    const auto count = parse_digits(text.substr(0, digits));
    if (unit == units.end() || !count || *count > most) {
        return std::nullopt;
    }
    return unit->second * static_cast<std::int64_t>(*count);
}

/// As it would stand in the file: "90s", "500ms".
std::string written(inventory::Duration duration) {
    for (const auto& [name, length] : units) {
        if (duration % length == inventory::Duration::zero()) {
            return std::to_string(duration / length) + std::string{name};
        }
    }
    return std::to_string(duration.count()) + "us";
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

}  // namespace

std::string description_of(const YamlNode& node) {
    constexpr std::size_t longest_shown = 60;
    switch (node.kind) {
        case YamlNode::Kind::null:
            return "nothing";
        case YamlNode::Kind::list:
            return "a list";
        case YamlNode::Kind::map:
            return "a section";
        case YamlNode::Kind::scalar:
            break;
    }
    return (node.quoted ? "the text '" : "'") + json_escaped(node.text.substr(0, longest_shown)) + "'";
}

inventory::Result<std::string> text_of(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::scalar) {
        return inventory::failure("must be a text, not " + description_of(node));
    }
    return node.text;
}

inventory::Result<std::vector<std::string>> list_of(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::list) {
        return inventory::failure("must be a list of texts, not " + description_of(node));
    }
    std::vector<std::string> texts;
    for (const auto& item : node.items) {
        auto text = text_of(item);
        if (!text) {
            return inventory::failure("must hold texts alone, not " + description_of(item));
        }
        texts.push_back(std::move(*text));
    }
    return texts;
}

inventory::Result<std::string> word_of(const YamlNode& node, const std::vector<std::string>& words) {
    if (node.kind == YamlNode::Kind::scalar &&
        std::find(words.begin(), words.end(), node.text) != words.end()) {
        return node.text;
    }
    return inventory::failure("must be one of " + joined(words) + ", not " + description_of(node) +
                              suggestion(node.text, words));
}

inventory::Result<std::uint64_t> number_of(const YamlNode& node, std::uint64_t least, std::uint64_t most) {
    const auto value = node.quoted ? std::nullopt : parse_digits(node.text);
    if (!value || *value < least || *value > most) {
        return inventory::failure("must be a whole number from " + std::to_string(least) + " to " +
                                  std::to_string(most) + ", not " + description_of(node));
    }
    return *value;
}

inventory::Result<inventory::Duration> duration_of(const YamlNode& node, inventory::Duration least) {
    const auto value = parse_duration(node.text);
    if (!value) {
        return inventory::failure("must be a duration such as 500ms, 10s, 5m or 1h, not " +
                                  description_of(node));
    }
    if (*value < least) {
        return inventory::failure("must be at least " + written(least) + ", not " + description_of(node));
    }
    return *value;
}

inventory::Result<bool> flag_of(const YamlNode& node) {
    if (!node.quoted && (node.text == "true" || node.text == "false")) {
        return node.text == "true";
    }
    return inventory::failure("must be true or false, not " + description_of(node));
}

}  // namespace service
