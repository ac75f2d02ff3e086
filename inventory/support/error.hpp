#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace inventory {

/// Why something could not be done. `message` is one sentence for an operator that names the thing, the place
/// and, where there is one, the remedy; it never holds a secret. `retryable` is decided by the border nearest
/// to the wire: the same call may succeed later without anybody changing anything.
struct Error {
    std::string message;
    bool retryable = false;

    bool operator==(const Error&) const = default;
};

/// A value, or the reason why there is none. Exceptions are kept for broken invariants.
template <class T>
using Result = tl::expected<T, Error>;

using Status = Result<void>;

inline tl::unexpected<Error> failure(std::string message, bool retryable = false) {
    return tl::unexpected<Error>(Error{std::move(message), retryable});
}

/// Adds where it happened while an error crosses a layer: "cannot read the hosts: <message>".
inline tl::unexpected<Error> failure(const std::string& where, const Error& cause) {
    return tl::unexpected<Error>(Error{where + ": " + cause.message, cause.retryable});
}

}  // namespace inventory
