#pragma once

#include <map>
#include <string>
#include <vector>

#include "inventory/mariadb/connection.hpp"
#include "inventory/observer/sources.hpp"

namespace inventory::mariadb {

/// CloudStack's database as a source of records, over one read-only session of its own.
class RecordSource final : public observer::RecordSource {
public:
    /// `zones`: the names of those whose VMs and hosts are read; none: all. `tag_key`: of the resource tag
    /// that is read; empty: none is.
    explicit RecordSource(Server server, std::vector<std::string> zones = {}, std::string tag_key = {});

    Result<observer::Reading> read(Time now) override;
    Result<observer::Reading> read_vm(const std::string& uuid, Time now) override;

private:
    Duration budget_;
    std::vector<std::string> zones_;
    std::string tag_key_;
    Connection connection_;
    std::map<std::string, Time> last_success_;
};

}  // namespace inventory::mariadb
