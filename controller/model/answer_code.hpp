#pragma once

namespace controller {

// CloudStack's error codes (reference 6.3): what they say of the work that was asked for.

/// Whatever nobody expected, at any point of the work.
inline constexpr int internal_error = 530;
/// Turned away for now: too much at once.
inline constexpr int too_many_requests = 429;

/// CloudStack turned the command away before it did anything.
constexpr bool is_turned_away(int code) {
    return (code >= 400 && code <= 499) || (code >= 531 && code <= 537);
}

/// CloudStack's own word. What is not (500, or a proxy's 502 and 504) says nothing of the work, not even that
/// it is over.
constexpr bool is_an_answer(int code) {
    return code == internal_error || is_turned_away(code);
}

}  // namespace controller
