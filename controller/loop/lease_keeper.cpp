#include "controller/loop/lease_keeper.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <random>
#include <utility>

#include <unistd.h>

#include "service/log.hpp"

namespace controller::loop {

using inventory::Duration;
using inventory::Status;
using inventory::Time;
using journal::LeaseRow;

Duration since_boot() {
    timespec now{};
    (void)clock_gettime(CLOCK_BOOTTIME, &now);  // cannot fail on Linux since 2.6.39
    return std::chrono::seconds{now.tv_sec} +
           std::chrono::duration_cast<Duration>(std::chrono::nanoseconds{now.tv_nsec});
}

std::string new_controller_name() {
    constexpr std::size_t longest_host_name = 64;
    std::array<char, longest_host_name + 1> host{};
    if (gethostname(host.data(), longest_host_name) != 0) {
        host = {'?'};
    }
    std::array<char, 9> suffix{};
    (void)std::snprintf(suffix.data(), suffix.size(), "%08x", std::random_device{}());
    return std::string(host.data()) + "/" + suffix.data();
}

LeaseKeeper::LeaseKeeper(std::unique_ptr<journal::Lease> lease, std::string name, LeaseSettings settings,
                         Clocks clocks)
    : lease_(std::move(lease)), name_(std::move(name)), settings_(settings), clocks_(std::move(clocks)) {}

LeaseKeeper::~LeaseKeeper() {
    stop();
}

void LeaseKeeper::start(std::function<void()> on_lead) {
    on_lead_ = std::move(on_lead);
    thread_ = std::thread([this] { run(); });
}

void LeaseKeeper::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (!thread_.joinable()) {
        return;
    }
    thread_.join();
    std::optional<Hold> ours;
    {
        const std::lock_guard lock(mutex_);
        ours = std::exchange(hold_, std::nullopt);
    }
    if (!ours) {
        return;
    }
    if (const auto given_up = lease_->give_up(name_, ours->token); given_up) {
        service::log_info("the lease is given up", {{"token", std::to_string(ours->token)}});
    } else {
        service::log_warn("the lease was not given up; another controller leads when it has expired",
                          {{"error", given_up.error().message}});
    }
}

void LeaseKeeper::run() {
    while (true) {
        const auto pause = tend();
        std::unique_lock lock(mutex_);
        if (changed_.wait_for(lock, pause, [this] { return stopping_; })) {
            return;
        }
    }
}

Duration LeaseKeeper::tend() {
    const auto done = tend_once();
    note_trouble(done);
    return pause_after(done);
}

Status LeaseKeeper::tend_once() {
    const auto before = clocks_.wall();
    const auto row = lease_->read();
    if (!row) {
        return tl::unexpected(row.error());
    }
    note(*row);
    if (auto clock = check_clock(before, *row); !clock) {
        return clock;
    }
    std::optional<Hold> held;
    {
        const std::lock_guard lock(mutex_);
        held = hold_;
    }
    if (held) {
        return renew(*held);
    }
    return row->has_expired() || row->holder == name_ ? take(*row) : Status{};
}

Status LeaseKeeper::check_clock(Time before, const LeaseRow& row) const {
    const auto now = clocks_.wall();
    if (row.read_at >= before - clock_tolerance && row.read_at <= now + clock_tolerance) {
        return {};
    }
    const auto apart = std::chrono::abs(row.read_at - now);
    return inventory::failure(
        "this controller's clock is " + inventory::to_words(apart) +
        " away from the clock of the journal's database, so it neither takes nor renews "
        "the lease: let both follow the same NTP servers");
}

Status LeaseKeeper::renew(const Hold& held) {
    const auto asked = clocks_.steady();
    const auto renewed = lease_->renew(name_, held.token, settings_.ttl);
    if (!renewed) {
        return tl::unexpected(renewed.error());
    }
    if (*renewed) {
        hold(held.token, asked);
    } else {
        lose("another controller was faster");
    }
    return {};
}

Status LeaseKeeper::take(const LeaseRow& seen) {
    const auto asked = clocks_.steady();
    const auto taken = lease_->take(seen, name_, settings_.ttl);
    if (!taken || !*taken) {
        return taken.map([](bool) {});
    }
    hold(seen.token + 1, asked);
    service::log_info("leads from now on", {{"controller", name_},
                                            {"token", std::to_string(seen.token + 1)},
                                            {"after", seen.holder.empty() ? "nobody" : seen.holder}});
    if (on_lead_) {
        on_lead_();
    }
    return {};
}

/// What the row says ends a hold that it contradicts.
void LeaseKeeper::note(const LeaseRow& row) {
    bool lost = false;
    {
        const std::lock_guard lock(mutex_);
        seen_ = row;
        lost = hold_ && (row.token != hold_->token || row.holder != name_);
    }
    if (lost) {
        lose(row.holder);
    }
}

/// Ours since the question was asked; what was read before the answer is brought up to date.
void LeaseKeeper::hold(std::uint64_t token, Duration asked) {
    const std::lock_guard lock(mutex_);
    hold_ = Hold{.token = token, .until = asked + settings_.ttl - settings_.margin()};
    if (seen_->token != token) {
        seen_->taken_at = seen_->read_at;
    }
    seen_->holder = name_;
    seen_->token = token;
    seen_->expires_at = seen_->read_at + settings_.ttl;
}

void LeaseKeeper::lose(const std::string& to) {
    std::optional<Hold> lost;
    {
        const std::lock_guard lock(mutex_);
        lost = std::exchange(hold_, std::nullopt);
    }
    if (lost) {
        service::log_warn("leads no longer: another controller has taken the lease over",
                          {{"controller", name_}, {"token", std::to_string(lost->token)}, {"leader", to}});
    }
}

/// Told once when it begins and once when it ends.
void LeaseKeeper::note_trouble(const Status& done) {
    const auto now = done ? std::string{} : done.error().message;
    std::string before;
    {
        const std::lock_guard lock(mutex_);
        before = std::exchange(trouble_, now);
    }
    if (before.empty() && !now.empty()) {
        service::log_warn("the lease cannot be tended", {{"controller", name_}, {"error", now}});
    } else if (!before.empty() && now.empty()) {
        service::log_info("the lease is tended again", {{"controller", name_}});
    }
}

/// A follower looks again when the lease that it saw expires; what failed is tried again soon.
Duration LeaseKeeper::pause_after(const Status& done) const {
    constexpr int tries_per_renewal = 4;
    if (!done) {
        return settings_.renew / tries_per_renewal;
    }
    const std::lock_guard lock(mutex_);
    if (hold_ || !seen_) {
        return settings_.renew;
    }
    const Duration least{std::chrono::milliseconds{10}};
    return std::clamp(seen_->expires_at - seen_->read_at, least, std::max(least, settings_.renew));
}

Leadership LeaseKeeper::leadership() const {
    const auto now = clocks_.steady();
    const std::lock_guard lock(mutex_);
    Leadership known{.controller = name_, .trouble = trouble_};
    if (seen_) {
        known.holder = seen_->holder;
        known.token = seen_->token;
        known.taken_at = seen_->taken_at;
        known.expires_at = seen_->expires_at;
    }
    if (hold_) {
        known.token = hold_->token;
        known.left = hold_->until - now;
    }
    return known;
}

std::optional<std::uint64_t> LeaseKeeper::token() const {
    const std::lock_guard lock(mutex_);
    return hold_ ? std::optional{hold_->token} : std::nullopt;
}

}  // namespace controller::loop
