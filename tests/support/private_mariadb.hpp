#pragma once

#include <string>

#include <sys/types.h>

#include "inventory/mariadb/connection.hpp"

namespace test_support {

/// A database server of the test's own: a new data directory, a free port of loopback, gone at the end. Its
/// one account may do everything, over TCP. It is this machine's MariaDB, or the server that
/// tools/setup_database unpacked into the directory that WARDEN_TEST_DATABASE names.
class PrivateMariadb {
public:
    PrivateMariadb();
    ~PrivateMariadb();
    PrivateMariadb(const PrivateMariadb&) = delete;
    PrivateMariadb& operator=(const PrivateMariadb&) = delete;

    [[nodiscard]] inventory::mariadb::Server server() const;

private:
    /// An object at once, so that the destructor cleans up behind a server that could not be started.
    explicit PrivateMariadb(std::string directory);
    void install();
    void start();
    void wait_until_it_answers();

    static constexpr pid_t no_process = -1;

    std::string directory_;
    std::uint16_t port_;
    pid_t process_ = no_process;
};

}  // namespace test_support
