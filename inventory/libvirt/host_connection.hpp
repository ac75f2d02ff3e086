#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "inventory/model/domain.hpp"
#include "inventory/support/error.hpp"

struct _virConnect;  // NOLINT(bugprone-reserved-identifier,readability-identifier-naming): libvirt's own name

namespace inventory::libvirt {

/// Must be called once, before the first connection: starts the thread that answers and sends keepalives and
/// brings events, and stops libvirt from writing to stderr.
Status start_event_loop();

/// A read-only connection to one host's libvirt. Its calls know no deadline: a silent host holds them for
/// minutes, which is why they are made in a process that can be killed.
class HostConnection {
public:
    using Notice = std::function<void()>;

    /// `changed` is called from the event loop's thread when a domain began, ended or changed its state, and
    /// when the connection was lost.
    HostConnection(std::string uri, Notice changed);
    ~HostConnection();
    HostConnection(const HostConnection&) = delete;
    HostConnection& operator=(const HostConnection&) = delete;

    /// Every domain of the host, active or only defined. Connects when there is no live connection.
    Result<std::vector<Domain>> domains();

private:
    class Connection;

    Status connect();

    std::string uri_;
    Notice changed_;
    std::unique_ptr<Connection> connection_;
};

}  // namespace inventory::libvirt
