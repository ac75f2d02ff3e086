#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace controller {

/// THE list of what Warden can do about an alert. Each has a file in controller/decision/remedies and one in
/// controller/actions.
enum class Remedy { stop_sync, ha_restart, reassign_retry };

inline constexpr std::array all_remedies{Remedy::stop_sync, Remedy::ha_restart, Remedy::reassign_retry};

std::string_view to_word(Remedy remedy);
std::optional<Remedy> parse_remedy(std::string_view word);

/// off: the alert is journaled and held. observe: decide, explain, journal, do nothing. approve: act once a
/// human has said yes to this very attempt. auto: act.
enum class Mode { off, observe, approve, automatic };

inline constexpr std::array all_modes{Mode::off, Mode::observe, Mode::approve, Mode::automatic};

std::string_view to_word(Mode mode);  ///< "off", "observe", "approve", "auto"
std::optional<Mode> parse_mode(std::string_view word);

}  // namespace controller
