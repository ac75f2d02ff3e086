#include "controller/model/remedy.hpp"

#include <utility>

#include "controller/model/words.hpp"

namespace controller {
namespace {

constexpr std::array<std::pair<Remedy, std::string_view>, all_remedies.size()> remedy_words{{
    {Remedy::stop_sync, "stop_sync"},
    {Remedy::ha_restart, "ha_restart"},
    {Remedy::reassign_retry, "reassign_retry"},
}};

constexpr std::array<std::pair<Mode, std::string_view>, all_modes.size()> mode_words{{
    {Mode::off, "off"},
    {Mode::observe, "observe"},
    {Mode::approve, "approve"},
    {Mode::automatic, "auto"},
}};

}  // namespace

std::string_view to_word(Remedy remedy) {
    return words::word_of(remedy_words, remedy);
}

std::optional<Remedy> parse_remedy(std::string_view word) {
    return words::value_of(remedy_words, word);
}

std::string_view to_word(Mode mode) {
    return words::word_of(mode_words, mode);
}

std::optional<Mode> parse_mode(std::string_view word) {
    return words::value_of(mode_words, word);
}

}  // namespace controller
