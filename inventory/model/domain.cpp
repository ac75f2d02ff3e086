#include "inventory/model/domain.hpp"

namespace inventory {

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

}  // namespace inventory
