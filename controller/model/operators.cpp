#include "controller/model/operators.hpp"

#include <algorithm>
#include <utility>

#include "controller/model/words.hpp"

namespace controller {
namespace {

constexpr std::array<std::pair<PauseScope, std::string_view>, all_pause_scopes.size()> scope_words{{
    {PauseScope::all, "all"},
    {PauseScope::remedy, "remedy"},
    {PauseScope::zone, "zone"},
    {PauseScope::cluster, "cluster"},
    {PauseScope::host, "host"},
    {PauseScope::account, "account"},
    {PauseScope::vm, "vm"},
}};

constexpr std::size_t longest_name = 255;
constexpr std::size_t longest_reason = 2000;
constexpr std::chrono::days longest_validity{366};

inventory::Status check_text(std::string_view name, const std::string& text, std::size_t most) {
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
        return inventory::failure(std::string{name} + " must be given");
    }
    if (text.size() > most) {
        return inventory::failure(std::string{name} + " is longer than " + std::to_string(most) + " bytes");
    }
    return {};
}

}  // namespace

std::string_view to_word(PauseScope scope) {
    return words::word_of(scope_words, scope);
}

std::optional<PauseScope> parse_pause_scope(std::string_view word) {
    return words::value_of(scope_words, word);
}

bool may_be_lifted(std::string_view guard) {
    return std::find(liftable_guards.begin(), liftable_guards.end(), guard) != liftable_guards.end();
}

inventory::Status check(const Word& word, std::optional<inventory::Time> until) {
    if (auto named = check_text("the operator's name", word.who, longest_name); !named) {
        return named;
    }
    if (auto explained = check_text("the reason", word.why, longest_reason); !explained) {
        return explained;
    }
    if (until && (*until <= word.at || *until > word.at + longest_validity)) {
        return inventory::failure("it must end after it begins, and within a year");
    }
    return {};
}

}  // namespace controller
