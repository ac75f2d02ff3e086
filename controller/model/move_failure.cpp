#include "controller/model/move_failure.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "controller/model/answer_code.hpp"

namespace controller {
namespace {

/// A text that names a cause which passes by itself, in lower case; `rest` has to follow `begin` somewhere.
struct TransientText {
    std::string_view begin;
    std::string_view rest;
    std::string_view cause;
};

/// THE list: the server's own words for 1205 and 1213, and CloudStack's when the sequence gave null (a number
/// that is unboxed in NetworkDaoImpl, the exception of NetworkModelImpl, the log line of SequenceFetcher).
constexpr std::array transient_texts{
    TransientText{"lock wait timeout exceeded", "", "a lock wait timed out (1205)"},
    TransientText{"deadlock found when trying to get lock", "", "a deadlock (1213)"},
    TransientText{"long.longvalue", "", "the MAC sequence gave null"},
    TransientText{"unable to", "mac address", "no MAC address came from the sequence"},
    TransientText{"unable to get a sequence", "", "the MAC sequence gave null"},
};

/// CloudStack's own words when it says nothing: "Failed to move VM ... due to [7]" (#13406).
constexpr std::string_view opaque_text = "failed to move";

std::string lowercased(std::string text) {
    std::ranges::transform(text, text.begin(), [](char byte) {
        return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
    });
    return text;
}

bool names(std::string_view text, const TransientText& cause) {
    const auto begin = text.find(cause.begin);
    return begin != std::string_view::npos && text.find(cause.rest, begin) != std::string_view::npos;
}

MoveFailureClass without_a_cause(const FailedMoveCall& call) {
    if (call.sequence_missing) {
        return {MoveFailure::transient,
                "a network of the move has no row in op_networks, so the MAC "
                "sequence gave null"};
    }
    if (call.lock_wait_timeout && *call.lock_wait_timeout > inventory::Duration::zero() &&
        call.took >= *call.lock_wait_timeout) {
        return {MoveFailure::transient, "it names no cause, but it took " + inventory::to_words(call.took) +
                                            ", as long as a wait for a lock (innodb_lock_wait_timeout " +
                                            inventory::to_words(*call.lock_wait_timeout) + ")"};
    }
    return {MoveFailure::unknown, "nothing tells why it failed; the management server's log does"};
}

}  // namespace

MoveFailureClass classify(const FailedMoveCall& call) {
    const auto text = lowercased(call.text);
    for (const auto& cause : transient_texts) {
        if (names(text, cause)) {
            return {MoveFailure::transient, std::string{cause.cause}};
        }
    }
    if (call.error_code == too_many_requests) {
        return {MoveFailure::transient, "CloudStack turned it away for now (429)"};
    }
    if (call.error_code && is_turned_away(*call.error_code)) {
        return {MoveFailure::permanent, "CloudStack refuses it (" + std::to_string(*call.error_code) + ")"};
    }
    const bool says_nothing = text.empty() || text.find(opaque_text) != std::string::npos;
    if (call.error_code == internal_error && !says_nothing) {
        return {MoveFailure::permanent, "CloudStack names a cause that does not pass by itself (530)"};
    }
    return without_a_cause(call);
}

}  // namespace controller
