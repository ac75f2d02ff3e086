#include "service/web/password_check.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>
#include <utility>

#include <crypt.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

namespace service::web {
namespace {

constexpr std::size_t most_waiting = 4;
constexpr std::chrono::seconds longest_wait{2};

std::string random_salt() {
    std::array<unsigned char, 32> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::runtime_error("the system gives no random bytes");
    }
    return {bytes.begin(), bytes.end()};
}

/// A hash that belongs to no password, as dear as the dearest of the others.
std::string nobodys_hash(const std::map<std::string, inventory::Secret>& hashes) {
    int cost = 10;
    for (const auto& [user, hash] : hashes) {
        cost = std::max(cost, bcrypt_cost(hash.reveal()));
    }
    constexpr std::size_t salt_and_sum = 53;
    return "$2b$" + std::to_string(cost) + "$" + std::string(salt_and_sum, '.');
}

}  // namespace

int bcrypt_cost(const std::string& hash) {
    constexpr auto alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    constexpr std::size_t prefix = 7;  // $2y$10$
    constexpr std::size_t whole = 60;
    const auto is_digit = [&](std::size_t at) { return hash[at] >= '0' && hash[at] <= '9'; };
    const bool is_bcrypt = hash.size() == whole && hash.starts_with("$2") &&
                           (hash[2] == 'a' || hash[2] == 'b' || hash[2] == 'y') && hash[3] == '$' &&
                           is_digit(4) && is_digit(5) && hash[6] == '$' &&
                           hash.find_first_not_of(alphabet, prefix) == std::string::npos;
    return is_bcrypt ? (hash[4] - '0') * 10 + (hash[5] - '0') : 0;
}

PasswordCheck::PasswordCheck(std::map<std::string, inventory::Secret> hashes)
    : hashes_(std::move(hashes)),
      nobodys_hash_(nobodys_hash(hashes_)),
      salt_(random_salt()),
      scratch_(std::make_unique<crypt_data>()) {}

PasswordCheck::~PasswordCheck() = default;

bool PasswordCheck::is_remembered(const std::string& user, const Digest& digest) const {
    const auto found = remembered_.find(user);
    return found != remembered_.end() && is_same(found->second, digest);
}

bool PasswordCheck::compare(const std::string& user, const std::string& password) {
    const auto found = hashes_.find(user);
    const std::string& hash = found == hashes_.end() ? nobodys_hash_ : found->second.reveal();
    const char* computed = crypt_r(password.c_str(), hash.c_str(), scratch_.get());
    const bool same = computed != nullptr && is_same_secret(computed, hash);
    OPENSSL_cleanse(scratch_.get(), sizeof *scratch_);
    return same && found != hashes_.end();
}

PasswordCheck::Verdict PasswordCheck::check(const std::string& user, const std::string& password) {
    const Digest digest = digest_of(salt_ + password);
    std::unique_lock lock{mutex_};
    if (is_remembered(user, digest)) {
        return Verdict::right;
    }
    if (comparing_ && waiting_ >= most_waiting) {
        return Verdict::too_busy;
    }
    ++waiting_;
    const bool in_time = free_.wait_for(lock, longest_wait, [this] { return !comparing_; });
    --waiting_;
    if (!in_time) {
        return Verdict::too_busy;
    }
    if (is_remembered(user, digest)) {  // the one before compared the same
        return Verdict::right;
    }
    comparing_ = true;
    lock.unlock();
    const bool right = compare(user, password);
    lock.lock();
    comparing_ = false;
    if (right) {
        remembered_[user] = digest;
    }
    free_.notify_all();
    return right ? Verdict::right : Verdict::wrong;
}

}  // namespace service::web
