#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "inventory/model/domain.hpp"
#include "inventory/support/error.hpp"

/// The language between the worker, which alone talks to libvirt, and its client: one line of JSON per
/// answer, and unasked, at most once between two answers, the line of the notice.
namespace inventory::libvirt {

/// The only request.
inline constexpr std::string_view list_request = "list\n";

/// The first line of a worker: it has started, and what takes time from now on is its host.
inline constexpr std::string_view ready_notice = "ready";

/// The domains may have changed since they were listed.
inline constexpr std::string_view change_notice = "changed";

/// A line longer than this is no answer: a host with 10,000 domains needs 1 MB.
inline constexpr std::size_t longest_answer = 16UL * 1024 * 1024;

/// {"ok":true,"domains":[{"name":..,"uuid":..,"state":..}]} or {"ok":false,"error":..}, without a newline.
std::string write_answer(const Result<std::vector<Domain>>& answer);

/// What the worker heard from its host: the domains, or why it could not have them.
using HostAnswer = Result<std::vector<Domain>>;

/// The reverse. The outer error says that this is no answer, and the worker of no further use. A
/// single domain that cannot be understood spoils the whole answer: a list that lacks a domain would be taken
/// as proof that it is gone. A state word that is not known is `no_state`, which counts as alive.
Result<HostAnswer> parse_answer(std::string_view line);

}  // namespace inventory::libvirt
