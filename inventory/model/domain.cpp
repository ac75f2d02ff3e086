#include "inventory/model/domain.hpp"

namespace inventory {
namespace {

/// The more a state says that QEMU is at work, the higher.
int liveliness(DomainState state) {
    switch (state) {
        case DomainState::running:
            return 5;
        case DomainState::paused:
            return 4;
        case DomainState::crashed:
            return 3;
        case DomainState::pmsuspended:
            return 2;
        case DomainState::no_state:
            return 1;
        case DomainState::shutoff:
            return 0;
    }
    return 1;
}

}  // namespace

std::string_view to_word(DomainState state) {
    switch (state) {
        case DomainState::running:
            return "running";
        case DomainState::paused:
            return "paused";
        case DomainState::shutoff:
            return "shutoff";
        case DomainState::crashed:
            return "crashed";
        case DomainState::pmsuspended:
            return "pmsuspended";
        case DomainState::no_state:
            return "nostate";
    }
    return "nostate";
}

bool may_be_alive(DomainState state) {
    return state != DomainState::shutoff;
}

bool is_livelier(DomainState left, DomainState right) {
    return liveliness(left) > liveliness(right);
}

}  // namespace inventory
