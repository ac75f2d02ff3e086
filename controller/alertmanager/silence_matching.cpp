#include "controller/alertmanager/silence_matching.hpp"

#include <algorithm>
#include <string_view>

namespace controller::alertmanager {
namespace {

constexpr std::size_t longest_pattern = 512;
constexpr std::size_t longest_value = 1024;

bool is_plain_ascii(std::string_view text) {
    constexpr char first_printable = ' ';
    constexpr char last_printable = '~';
    return std::ranges::all_of(text,
                               [](char byte) { return byte >= first_printable && byte <= last_printable; });
}

/// Escapes that mean the same to Alertmanager's RE2 and to ECMAScript: classes, and punctuation taken
/// literally.
bool is_common_escape(char escaped) {
    constexpr std::string_view classes = "dDsSwW";
    const bool is_word = (escaped >= '0' && escaped <= '9') || (escaped >= 'a' && escaped <= 'z') ||
                         (escaped >= 'A' && escaped <= 'Z') || escaped == '_';
    return !is_word || classes.find(escaped) != std::string_view::npos;
}

/// Whether RE2 and ECMAScript read the pattern alike. Counted repeats are left out for what they may cost,
/// groups with flags, named classes and exotic escapes for what they may mean.
bool is_common_syntax(std::string_view pattern) {
    if (pattern.size() > longest_pattern || !is_plain_ascii(pattern) ||
        pattern.find('{') != std::string_view::npos || pattern.find("[:") != std::string_view::npos ||
        pattern.find("[]") != std::string_view::npos || pattern.find("[^]") != std::string_view::npos) {
        return false;
    }
    for (std::size_t i = 0; i + 1 < pattern.size(); ++i) {
        if (pattern[i] == '\\' && !is_common_escape(pattern[++i])) {
            return false;
        }
        if (pattern.substr(i, 2) == "(?" && pattern.substr(i, 3) != "(?:") {
            return false;
        }
    }
    return true;
}

std::shared_ptr<const std::regex> compile(const Matcher& matcher) {
    if (!matcher.is_regex || !is_common_syntax(matcher.value)) {
        return nullptr;
    }
    try {
        // Breadth first: its time is bounded by the sizes of pattern and text, and so is its stack.
        return std::make_shared<const std::regex>(
            matcher.value, std::regex::ECMAScript | std::regex_constants::__polynomial);
    } catch (const std::regex_error&) {
        return nullptr;
    }
}

/// Whether the whole text is of the pattern, as RE2 says with ^(?:...)$. nullopt: we cannot tell.
std::optional<bool> is_match(const std::string& text, const std::regex* pattern) {
    if (pattern == nullptr || text.size() > longest_value || !is_plain_ascii(text)) {
        return std::nullopt;
    }
    try {
        return std::regex_match(text, *pattern);
    } catch (const std::regex_error&) {
        return std::nullopt;
    }
}

}  // namespace

SilenceMatcher::SilenceMatcher(Silence silence) : silence_(std::move(silence)) {
    std::ranges::transform(silence_.matchers, std::back_inserter(patterns_), compile);
}

bool SilenceMatcher::covers(const KnownLabels& alert) const {
    for (std::size_t i = 0; i < silence_.matchers.size(); ++i) {
        if (!is_met(i, alert)) {
            return false;
        }
    }
    return true;
}

bool SilenceMatcher::is_met(std::size_t matcher, const KnownLabels& alert) const {
    const auto& wanted = silence_.matchers.at(matcher);
    const auto found = alert.labels.find(wanted.label);
    if (found == alert.labels.end() && !alert.complete) {
        return true;
    }
    const std::string value = found == alert.labels.end() ? std::string{} : found->second;
    const auto matches =
        wanted.is_regex ? is_match(value, patterns_.at(matcher).get()) : std::optional{value == wanted.value};
    return !matches || *matches == wanted.is_equal;
}

}  // namespace controller::alertmanager
