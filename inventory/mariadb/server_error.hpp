#pragma once

#include <string>

#include "inventory/mariadb/connection.hpp"

namespace inventory::mariadb {

/// What the server or the client library said, by its error number.
struct ServerError {
    unsigned number = 0;
    std::string text;
};

/// The session cannot be used any more: closed by the server, killed, or its answer never came.
bool breaks_session(unsigned number);

/// The transaction must not be committed: the server rolled it back (1213), or only the failed statement of
/// it (1205, and a statement that was cut off), which would let a COMMIT persist the earlier half.
bool dooms_transaction(unsigned number);

/// The same statement may succeed later without anybody changing anything.
bool is_retryable(unsigned number);

/// One sentence: the server, its own words, and the remedy where there is one.
Error describe(const Server& server, const ServerError& error);

/// "the database at 127.0.0.1:3306, schema cloud, user warden": never the password.
std::string place_of(const Server& server);

}  // namespace inventory::mariadb
