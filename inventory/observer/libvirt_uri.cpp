#include <array>
#include <cctype>
#include <cstdio>

#include "inventory/observer/observatory.hpp"

namespace inventory::observer {
namespace {

/// What comes from the database must not add to the URI: a parameter of libvirt's can name a command to run.
std::string percent_encoded(const std::string& text) {
    std::string encoded;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (std::isalnum(byte) != 0 || letter == '.' || letter == '-' || letter == '_') {
            encoded += letter;
            continue;
        }
        std::array<char, 4> hex{};
        (void)std::snprintf(hex.data(), hex.size(), "%%%02X", static_cast<unsigned>(byte));
        encoded += hex.data();
    }
    return encoded;
}

bool is_ipv6(const std::string& address) {
    return address.find(':') != std::string::npos &&
           address.find_first_not_of("0123456789abcdefABCDEF:.") == std::string::npos;
}

std::string as_authority(const std::string& address) {
    return is_ipv6(address) ? "[" + address + "]" : percent_encoded(address);
}

const std::string& template_of(const ObservationPlan& plan, const HostRecord& host,
                               const ClusterNames& clusters) {
    if (const auto own = plan.uri_overrides.find(host.name); own != plan.uri_overrides.end()) {
        return own->second;
    }
    const auto cluster = host.cluster ? clusters.find(*host.cluster) : clusters.end();
    const auto own =
        cluster == clusters.end() ? plan.cluster_uris.end() : plan.cluster_uris.find(cluster->second);
    return own == plan.cluster_uris.end() ? plan.libvirt_uri : own->second;
}

}  // namespace

std::string libvirt_uri(const ObservationPlan& plan, const HostRecord& host, const ClusterNames& clusters) {
    const std::array<std::pair<std::string_view, std::string>, 2> values{
        {{"{private_ip}", as_authority(host.private_ip)}, {"{name}", percent_encoded(host.name)}}};
    std::string uri = template_of(plan, host, clusters);
    for (const auto& [mark, value] : values) {
        for (auto at = uri.find(mark); at != std::string::npos; at = uri.find(mark, at + value.size())) {
            uri.replace(at, mark.size(), value);
        }
    }
    return uri;
}

}  // namespace inventory::observer
