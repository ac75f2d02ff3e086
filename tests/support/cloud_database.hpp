#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "inventory/mariadb/connection.hpp"

namespace test_support {

/// CloudStack's schema, as the lab has it and empty, on a private database server that all tests of the
/// program share. Each object is a schema of its own.
class CloudDatabase {
public:
    CloudDatabase();

    /// The account that may do everything.
    [[nodiscard]] const inventory::mariadb::Server& administrator() const { return administrator_; }

    /// A new account for a reader with these grants, each "SELECT ON vm_instance" of this schema or
    /// "PROCESS ON *.*"; by default SELECT on the whole schema and PROCESS.
    [[nodiscard]] inventory::mariadb::Server reader();
    [[nodiscard]] inventory::mariadb::Server reader(std::initializer_list<std::string_view> grants);

    /// Runs one statement as the administrator; throws with the server's words when it fails.
    void run(const std::string& statement);

private:
    inventory::mariadb::Server administrator_;
    inventory::mariadb::Connection connection_;
};

}  // namespace test_support
