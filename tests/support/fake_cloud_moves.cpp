#include <chrono>
#include <utility>

#include "tests/support/fake_cloud.hpp"

namespace test_support {

using namespace std::chrono_literals;
using controller::cloudstack::Accepted;
using controller::cloudstack::Refused;
using controller::cloudstack::Submission;
using controller::cloudstack::Unknown;
using inventory::Owner;

namespace {

constexpr Owner alice{inventory::AccountId{5}, inventory::AccountDomainId{2}};
constexpr Owner bob{inventory::AccountId{6}, inventory::AccountDomainId{3}};

}  // namespace

void FakeCloud::prepare_move(MoveBehaviour behaviour) {
    const std::lock_guard lock(mutex_);
    vm_.state = inventory::VmState::stopped;
    vm_.power_state = inventory::PowerState::off;
    vm_.last_host = vm_.host ? vm_.host : vm_.last_host;
    vm_.host = std::nullopt;
    move_behaviour_ = behaviour;
    owned_.vm = vm_.id;
    owned_.state = vm_.state;
    owned_.owner = alice;
    owned_.volumes = {{"ROOT", alice}};
    owned_.nics = {{inventory::NetworkId{210}, "alice-net", "Isolated", alice.account, true}};
    destination_.owner = bob;
    destination_.account = "bob";
    destination_.account_state = "enabled";
    destination_.networks = {
        {inventory::NetworkId{220}, "bob-net", "bob-net", "Isolated", bob.account, 1, true, false}};
}

void FakeCloud::set_move_behaviour(MoveBehaviour behaviour) {
    const std::lock_guard lock(mutex_);
    move_behaviour_ = behaviour;
}

void FakeCloud::set_sequence_waiters(std::optional<std::size_t> waiters) {
    const std::lock_guard lock(mutex_);
    waiters_.reset();
    if (waiters) {
        waiters_ = std::map<std::uint64_t, std::size_t>{{220, *waiters}};
    }
}

int FakeCloud::moves_called() const {
    const std::lock_guard lock(mutex_);
    return moves_;
}

int FakeCloud::moves_of_what_is_not_to_be_moved() const {
    const std::lock_guard lock(mutex_);
    return wrong_moves_;
}

void FakeCloud::give_to_bob(bool in_pieces) {
    owned_.owner = bob;
    owned_.volumes = {{"ROOT", bob}};
    owned_.nics.clear();
    if (!in_pieces) {
        owned_.nics = {{inventory::NetworkId{220}, "bob-net", "Isolated", bob.account, true}};
    }
}

void FakeCloud::end_move(bool fails, inventory::Duration took) {
    const auto last = owned_.newest_move ? owned_.newest_move->event : 0;
    owned_.newest_move = inventory::MoveMark{last + 1, fails, clock_() + took};
}

bool FakeCloud::is_alices() const {
    return owned_.owner == alice && owned_.volumes.front().owner == alice && !owned_.nics.empty();
}

void FakeCloud::end_move_that_went_on() {
    if (!move_goes_on_until_ || clock_() < *move_goes_on_until_) {
        return;
    }
    move_goes_on_until_.reset();
    const bool works = is_alices();
    end_move(!works, 0s);
    if (works) {
        give_to_bob(false);
    }
}

void FakeCloud::somebody_fails_to_move_it() {
    const std::lock_guard lock(mutex_);
    end_move(true, 51s);
}

void FakeCloud::somebody_moves_it(bool in_pieces) {
    const std::lock_guard lock(mutex_);
    end_move(in_pieces, 1s);
    give_to_bob(in_pieces);
}

inventory::VmOwnership FakeCloud::ownership() const {
    const std::lock_guard lock(mutex_);
    return owned_;
}

controller::loop::MoveReading FakeCloud::read_move(const std::string& /*uuid*/,
                                                   const controller::MoveTarget& /*target*/) {
    const std::lock_guard lock(mutex_);
    if (read_fails_) {
        return {};
    }
    end_move_that_went_on();
    auto owned = owned_;
    owned.state = vm_.state;
    return {.vm = std::move(owned),
            .destination = destination_,
            .sequence_waiters = waiters_,
            .lock_wait_timeout = 50s};
}

Submission FakeCloud::assign_virtual_machine(const std::string& /*uuid*/,
                                             const controller::MoveTarget& /*target*/,
                                             inventory::Time /*expires_at*/) {
    const std::lock_guard lock(mutex_);
    ++moves_;
    end_move_that_went_on();
    const bool may_be_moved = is_alices() && vm_.state == inventory::VmState::stopped && !move_goes_on_until_;
    wrong_moves_ += may_be_moved ? 0 : 1;
    switch (move_behaviour_) {
        case MoveBehaviour::is_refused:
            return Refused{.error_code = 401, .text = "unable to verify user credentials"};
        case MoveBehaviour::loses_the_request:
            return Unknown{"lost the answer"};
        case MoveBehaviour::waits_for_a_lock:
            end_move(true, 51s);
            return Refused{.error_code = 530,
                           .text = "Lock wait timeout exceeded; try restarting transaction"};
        case MoveBehaviour::leaves_pieces:
            end_move(true, 51s);
            give_to_bob(true);
            return Refused{.error_code = 530,
                           .text = "Lock wait timeout exceeded; try restarting transaction"};
        case MoveBehaviour::loses_the_answer:
            end_move(false, 1s);
            give_to_bob(false);
            return Unknown{"lost the answer"};
        case MoveBehaviour::goes_on:
            move_goes_on_until_ = clock_() + 8min;
            return Unknown{"lost the answer"};
        case MoveBehaviour::only_says_success:
            end_move(false, 1s);
            return Accepted{};
        case MoveBehaviour::works:
            break;
    }
    end_move(false, 1s);
    give_to_bob(false);
    return Accepted{};
}

}  // namespace test_support
