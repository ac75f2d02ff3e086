#pragma once

#include <condition_variable>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "inventory/support/secret.hpp"
#include "service/web/secret_compare.hpp"

struct crypt_data;

namespace service::web {

/// The cost of a bcrypt hash such as $2y$10$...; 0 when it is none.
int bcrypt_cost(const std::string& hash);

/// Compares passwords with their bcrypt hashes. One comparison takes 70 ms at cost 10, on purpose; therefore
/// the last right password of each user is remembered (as a digest), only one comparison runs at a time, and
/// only a few callers may wait for it: a flood of wrong passwords takes neither the threads nor the memory,
/// nor more than one core.
class PasswordCheck {
public:
    explicit PasswordCheck(std::map<std::string, inventory::Secret> hashes);
    ~PasswordCheck();
    PasswordCheck(const PasswordCheck&) = delete;
    PasswordCheck& operator=(const PasswordCheck&) = delete;

    enum class Verdict { right, wrong, too_busy };
    Verdict check(const std::string& user, const std::string& password);

private:
    [[nodiscard]] bool is_remembered(const std::string& user, const Digest& digest) const;
    bool compare(const std::string& user, const std::string& password);

    std::map<std::string, inventory::Secret> hashes_;
    std::string nobodys_hash_;  ///< compared for a user who does not exist, so that the time tells nothing
    std::string salt_;          ///< of the digests
    std::unique_ptr<crypt_data> scratch_;  ///< of the one comparison
    std::mutex mutex_;
    std::condition_variable free_;
    bool comparing_ = false;                    ///< guarded by mutex_
    std::size_t waiting_ = 0;                   ///< guarded by mutex_
    std::map<std::string, Digest> remembered_;  ///< guarded by mutex_; of users in hashes_ alone
};

}  // namespace service::web
