#include "controller/model/precondition.hpp"

#include <algorithm>

namespace controller {

std::string_view to_word(Standing standing) {
    switch (standing) {
        case Standing::holds:
            return "holds";
        case Standing::fails:
            return "fails";
        case Standing::unknown:
            return "unknown";
    }
    return "unknown";
}

Standing worst_of(const std::vector<Precondition>& preconditions) {
    const auto any = [&](Standing standing) {
        return std::ranges::find(preconditions, standing, &Precondition::standing) != preconditions.end();
    };
    if (any(Standing::fails)) {
        return Standing::fails;
    }
    return any(Standing::unknown) || preconditions.empty() ? Standing::unknown : Standing::holds;
}

}  // namespace controller
