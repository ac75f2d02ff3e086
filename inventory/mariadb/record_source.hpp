#pragma once

#include <map>
#include <string>

#include "inventory/mariadb/connection.hpp"
#include "inventory/observer/sources.hpp"

namespace inventory::mariadb {

/// CloudStack's database as a source of records, over one read-only session of its own.
class RecordSource final : public observer::RecordSource {
public:
    explicit RecordSource(Server server);

    Result<observer::Reading> read(Time now) override;
    Result<observer::Reading> read_vm(const std::string& uuid, Time now) override;

private:
    Duration budget_;
    Connection connection_;
    std::map<std::string, Time> last_success_;
};

}  // namespace inventory::mariadb
