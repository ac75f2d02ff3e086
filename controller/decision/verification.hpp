#pragma once

#include <string>

namespace controller::decision {

/// Whether the world, read again after the call, agrees that a remedy has come true. "The API said success"
/// is not an outcome (design, law 7).
struct Verification {
    bool agrees = false;
    std::string sentence;  ///< what was found, or what is still missing

    bool operator==(const Verification&) const = default;
};

}  // namespace controller::decision
