#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "inventory/model/host.hpp"

namespace inventory {

/// What an operator accepts as proof that a host which does not answer is off, so that no VM can live on it.
/// `host_ha`: CloudStack's host HA has fenced it, and its out-of-band management reads its power as off.
enum class PowerProof { none, host_ha };

std::string_view to_word(PowerProof proof);
std::optional<PowerProof> parse_power_proof(std::string_view word);

/// What is known of the power of one host whose libvirt has not answered in time.
struct PowerFacts {
    const HostRecord* host = nullptr;
    std::optional<Time> last_answer;  ///< of its libvirt, before it fell silent
    bool reader_alive = false;        ///< whoever reads its power is Up with a fresh heartbeat
};

/// Why it is not proven that this host is off; nullopt when it is. Both programs have this one definition.
/// CloudStack's Down is no proof: QEMU may live on (reference 7.5). Nor is Fenced alone: host HA calls a host
/// fenced whose power it could not read. The power must have gone off after libvirt answered last, and must
/// be read still: CloudStack writes down only changes, so an old row is good while its reader lives.
std::optional<std::string> doubt_that_off(const PowerFacts& facts, PowerProof proof, Time now);

}  // namespace inventory
