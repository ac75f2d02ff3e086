#pragma once

#include "tests/support/worlds.hpp"

/// Worlds of moves between accounts: in the plain one every guard passes, and a test breaks what it is about.
namespace support {

constexpr inventory::Owner alice{inventory::AccountId{5}, inventory::AccountDomainId{2}};
constexpr inventory::Owner bob{inventory::AccountId{6}, inventory::AccountDomainId{3}};

/// alice's stopped VM, which somebody asked Warden to move to bob.
Case a_move_case();

/// The same a few blows away: of the move's own facts, of the VM's, and of CloudStack's.
Case random_move_case(Dice& dice);

}  // namespace support
