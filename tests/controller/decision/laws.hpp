#pragma once

#include <string_view>

#include "tests/support/worlds.hpp"

namespace controller::decision {

/// The facts on which acting rests, stated a second time, in plain words and without a single call into the
/// guards: the name of the first that does not hold for the case's remedy in its stage; empty when all do.
std::string_view first_broken_law(const support::Case& c);

}  // namespace controller::decision
