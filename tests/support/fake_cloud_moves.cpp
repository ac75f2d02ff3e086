#include <chrono>

#include "tests/support/fake_cloud.hpp"

namespace test_support {

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
    return {.vm = owned_,
            .destination = destination_,
            .sequence_waiters = waiters_,
            .lock_wait_timeout = std::chrono::seconds{50}};
}

Submission FakeCloud::assign_virtual_machine(const std::string& /*uuid*/,
                                             const controller::MoveTarget& /*target*/,
                                             inventory::Time /*expires_at*/) {
    const std::lock_guard lock(mutex_);
    ++moves_;
    if (move_behaviour_ == MoveBehaviour::is_refused) {
        return Refused{.error_code = 401, .text = "unable to verify user credentials"};
    }
    if (move_behaviour_ == MoveBehaviour::loses_the_request) {
        return Unknown{"lost the answer"};
    }
    const auto last = owned_.newest_move ? owned_.newest_move->event : 0;
    const bool fails =
        move_behaviour_ == MoveBehaviour::waits_for_a_lock || move_behaviour_ == MoveBehaviour::leaves_pieces;
    owned_.newest_move =
        inventory::MoveMark{last + 1, fails, clock_() + std::chrono::seconds{fails ? 51 : 1}};
    if (move_behaviour_ != MoveBehaviour::waits_for_a_lock) {
        owned_.owner = bob;
        owned_.volumes = {{"ROOT", bob}};
        owned_.nics = {{inventory::NetworkId{220}, "bob-net", "Isolated", bob.account, true}};
    }
    if (move_behaviour_ == MoveBehaviour::leaves_pieces) {
        owned_.nics.clear();
    }
    if (fails) {
        return Refused{.error_code = 530, .text = "Lock wait timeout exceeded; try restarting transaction"};
    }
    return move_behaviour_ == MoveBehaviour::loses_the_answer ? Submission{Unknown{"lost the answer"}}
                                                              : Submission{Accepted{}};
}

}  // namespace test_support
