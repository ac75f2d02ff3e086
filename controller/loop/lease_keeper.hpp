#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "controller/journal/lease.hpp"
#include "controller/model/leadership.hpp"

namespace controller::loop {

/// Time since the machine started, also while it slept: nobody can set this clock.
using SteadyClock = std::function<inventory::Duration()>;
inventory::Duration since_boot();

struct LeaseSettings {
    inventory::Duration ttl{std::chrono::seconds{15}};   ///< a leader that is silent for longer is replaced
    inventory::Duration renew{std::chrono::seconds{5}};  ///< at most a third of ttl

    /// Kept off the end of our own lease: for what passes between a last look at it and what is sent, and for
    /// steady clocks that do not run equally fast.
    [[nodiscard]] inventory::Duration margin() const { return ttl / 5; }
};

/// Whether this clock may judge how old a request of another controller is: one that is further from the
/// database's must not lead (loop/attempt.cpp settles attempts by the time of their expiry).
inline constexpr inventory::Duration clock_tolerance{std::chrono::seconds{5}};

/// A name that no other process ever has: "<host name>/<random>".
std::string new_controller_name();

/// Keeps this controller's claim on the lease: takes it when it is free or has expired, renews it in time,
/// and says what is known of it. Our own hold is judged by a steady clock from before each request was sent,
/// so that it ends before the database's own reckoning lets another controller in, however late an answer
/// comes. Everything but tend() may be called from any thread.
class LeaseKeeper {
public:
    struct Clocks {
        SteadyClock steady = since_boot;
        inventory::Clock wall = inventory::system_now;
    };

    LeaseKeeper(std::unique_ptr<journal::Lease> lease, std::string name, LeaseSettings settings,
                Clocks clocks);
    LeaseKeeper(std::unique_ptr<journal::Lease> lease, std::string name, LeaseSettings settings)
        : LeaseKeeper(std::move(lease), std::move(name), settings, Clocks{}) {}
    ~LeaseKeeper();
    LeaseKeeper(const LeaseKeeper&) = delete;
    LeaseKeeper& operator=(const LeaseKeeper&) = delete;

    /// Tends the lease on a thread of its own. `on_lead` is called from there at each take-over.
    void start(std::function<void()> on_lead);
    /// Ends the thread, and gives the lease up when it is ours. Call it when nothing acts any more.
    void stop();

    /// One round: reads the lease, renews it when it is ours, takes it when it may be taken. Returns how long
    /// the next round may wait. From one thread.
    inventory::Duration tend();

    [[nodiscard]] Leadership leadership() const;
    /// For the journal's fence: the token of our newest hold, until another is known to have taken over. It
    /// outlasts `leadership().left`: what was begun may still be written down as long as nobody else leads.
    [[nodiscard]] std::optional<std::uint64_t> token() const;

private:
    struct Hold {
        std::uint64_t token;
        inventory::Duration until;  ///< by the steady clock
    };

    void run();
    inventory::Status tend_once();
    [[nodiscard]] inventory::Status check_clock(inventory::Time before, const journal::LeaseRow& row) const;
    inventory::Status renew(const Hold& held);
    inventory::Status take(const journal::LeaseRow& seen);
    void note(const journal::LeaseRow& row);
    void hold(std::uint64_t token, inventory::Duration asked);
    void lose(const std::string& to);
    void note_trouble(const inventory::Status& done);
    [[nodiscard]] inventory::Duration pause_after(const inventory::Status& done) const;

    const std::unique_ptr<journal::Lease> lease_;
    const std::string name_;
    const LeaseSettings settings_;
    const Clocks clocks_;
    std::function<void()> on_lead_;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;                  ///< guarded by mutex_, like all below
    std::optional<journal::LeaseRow> seen_;  ///< as last read
    std::optional<Hold> hold_;
    std::string trouble_;

    std::thread thread_;
};

}  // namespace controller::loop
