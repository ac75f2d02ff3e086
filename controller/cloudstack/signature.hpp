#pragma once

#include <map>
#include <string>
#include <string_view>

#include "inventory/support/secret.hpp"
#include "inventory/support/time.hpp"

namespace controller::cloudstack {

/// Parameters of one command, in the order in which CloudStack signs them: by name as sent, byte by byte.
using Parameters = std::map<std::string, std::string>;

/// Java's URLEncoder with %20 for a space, as CloudStack encodes before it signs: '*' stays, '~' does not.
std::string url_encode(std::string_view text);

/// The lowercased text that is signed (reference 6.2, steps 1 to 4).
std::string signed_text(const Parameters& parameters);

/// Base64 of the HMAC-SHA1 of signed_text().
std::string sign(const Parameters& parameters, const inventory::Secret& secret_key);

/// "2026-01-02T03:04:05+0000", the form of `expires` that every CloudStack reads.
std::string to_expires(inventory::Time time);

struct Keys {
    inventory::Secret api_key;
    inventory::Secret secret_key;
};

/// The body of a signed POST: `parameters` with everything that a request needs besides them, and a
/// signature that no longer counts from `expires_at` on.
std::string signed_form(Parameters parameters, const Keys& keys, inventory::Time expires_at);

}  // namespace controller::cloudstack
