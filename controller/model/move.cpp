#include "controller/model/move.hpp"

#include <array>
#include <charconv>
#include <utility>

#include "controller/model/words.hpp"

namespace controller {
namespace {

constexpr std::string_view fingerprint_prefix = "move-";

constexpr std::array<std::pair<MoveFailure, std::string_view>, 4> failure_words{{
    {MoveFailure::transient, "transient"},
    {MoveFailure::permanent, "permanent"},
    {MoveFailure::partial, "partial"},
    {MoveFailure::unknown, "unknown"},
}};

}  // namespace

std::string_view to_word(MoveFailure failure) {
    return words::word_of(failure_words, failure);
}

std::optional<MoveFailure> parse_move_failure(std::string_view word) {
    return words::value_of(failure_words, word);
}

std::string fingerprint_of_move(std::uint64_t move_id) {
    return std::string{fingerprint_prefix} + std::to_string(move_id);
}

std::optional<std::uint64_t> move_of_fingerprint(std::string_view fingerprint) {
    if (!fingerprint.starts_with(fingerprint_prefix)) {
        return std::nullopt;
    }
    fingerprint.remove_prefix(fingerprint_prefix.size());
    std::uint64_t id = 0;
    const auto [end, error] =
        std::from_chars(fingerprint.data(), fingerprint.data() + fingerprint.size(), id);
    return error == std::errc{} && end == fingerprint.data() + fingerprint.size() ? std::optional{id}
                                                                                  : std::nullopt;
}

}  // namespace controller
