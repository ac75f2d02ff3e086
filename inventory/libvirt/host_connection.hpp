#pragma once

#include <memory>
#include <string>
#include <vector>

#include "inventory/model/domain.hpp"
#include "inventory/support/error.hpp"

struct _virConnect;  // NOLINT(bugprone-reserved-identifier,readability-identifier-naming): libvirt's own name

namespace inventory::libvirt {

/// Must be called once, before the first connection: starts the thread that answers and sends keepalives, and
/// stops libvirt from writing to stderr.
Status start_event_loop();

/// A read-only connection to one host's libvirt. Its calls know no deadline: a silent host holds them for
/// minutes, which is why they are made in a process that can be killed.
class HostConnection {
public:
    explicit HostConnection(std::string uri) : uri_(std::move(uri)) {}

    /// Every domain of the host, active or only defined. Connects when there is no live connection.
    Result<std::vector<Domain>> domains();

private:
    struct Closer {
        void operator()(_virConnect* connection) const;
    };

    Status connect();

    std::string uri_;
    std::unique_ptr<_virConnect, Closer> connection_;
};

}  // namespace inventory::libvirt
