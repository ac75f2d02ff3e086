#include "service/signals.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

namespace service {
namespace {

sigset_t awaited_signals() {
    sigset_t set{};
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return set;
}

timespec to_timespec(std::chrono::steady_clock::duration duration) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(duration);
    const std::chrono::nanoseconds rest = duration - seconds;
    return {.tv_sec = seconds.count(), .tv_nsec = rest.count()};
}

}  // namespace

void block_signals() {
    const sigset_t set = awaited_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, nullptr);
}

Signal wait_for_signal(inventory::Duration limit) {
    const sigset_t set = awaited_signals();
    const auto end = std::chrono::steady_clock::now() + limit;
    // A debugger or a stopped process ends the wait early: what is left of it is waited for again.
    do {
        const auto left = std::max(end - std::chrono::steady_clock::now(), decltype(end)::duration::zero());
        const timespec timeout = to_timespec(left);
        const int signal = sigtimedwait(&set, nullptr, &timeout);
        if (signal == SIGHUP) {
            return Signal::reload;
        }
        if (signal > 0) {
            return Signal::stop;
        }
    } while (std::chrono::steady_clock::now() < end);
    return Signal::none;
}

void exit_within(inventory::Duration patience, int code) {
    std::thread([patience, code] {
        std::this_thread::sleep_for(patience);
        std::_Exit(code);
    }).detach();
}

}  // namespace service
