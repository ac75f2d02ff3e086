#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "inventory/support/secret.hpp"
#include "service/web/secret_compare.hpp"

namespace controller::page {

/// Who looks at the page, and the token that every form given to him carries: a form that comes back without
/// it was made by somebody else's page.
struct Visitor {
    std::string name;
    std::string form_token;

    bool operator==(const Visitor&) const = default;
};

/// Who has signed in, in memory only: a restart signs everybody out. Only a digest of each session's secret
/// is kept, and the search goes by that digest, so that the time it takes tells nothing of the secret. Their
/// number is bounded: one more ends the oldest. Safe from any thread.
class Sessions {
public:
    using Instant = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::hours lifetime{12};
    static constexpr std::size_t most = 64;

    /// Begins one for an operator whose token was right; gives its secret, for the cookie.
    std::string open(std::string name, const inventory::Secret& token, Instant now);
    /// nullopt: there is no such session, it is over, or the operator's token is another one by now.
    [[nodiscard]] std::optional<Visitor> find(const std::string& secret, const inventory::Secret& token,
                                              Instant now);
    void close(const std::string& secret);

    /// For a user who shows his password with every request: his form token, the same until the restart.
    /// There are as many as the web configuration has users.
    Visitor of_user(const std::string& user);

    [[nodiscard]] std::size_t count() const;

private:
    struct Session {
        Visitor visitor;
        service::web::Digest token;  ///< that opened it
        Instant ends;
    };

    void forget_the_oldest(Instant now);

    mutable std::mutex mutex_;
    std::map<service::web::Digest, Session> sessions_;  ///< by the digest of the secret; guarded by mutex_
    std::map<std::string, Visitor> users_;              ///< guarded by mutex_
};

}  // namespace controller::page
