#include "controller/journal/store.hpp"

#include <random>
#include <thread>

namespace controller::journal {
namespace {

constexpr int most_tries = 8;
constexpr std::size_t most_idle = 4;

}  // namespace

Store::Store(inventory::mariadb::Server server, WriteHook on_write)
    : server_(std::move(server)), on_write_(std::move(on_write)) {}

bool Store::pause_before_retry(int tries, Instant begun) const {
    if (tries >= most_tries || std::chrono::steady_clock::now() - begun >= server_.timeout) {
        return false;
    }
    // Two that deadlocked once would deadlock again if both came back at once.
    thread_local std::minstd_rand dice{std::random_device{}()};
    std::uniform_int_distribution<int> milliseconds{1, 10 * tries};
    std::this_thread::sleep_for(std::chrono::milliseconds{milliseconds(dice)});
    return true;
}

std::unique_ptr<Store::Connection> Store::take() {
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
    }
    return std::make_unique<Connection>(server_, inventory::mariadb::Access::read_write);
}

void Store::give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < most_idle) {
        idle_.push_back(std::move(connection));
    }
}

}  // namespace controller::journal
