#pragma once

#include <cstddef>
#include <stdexcept>
#include <vector>

namespace exploration {

/// One sequence of choices, extended by the first option wherever it ends, and then changed depth first until
/// every sequence has been tried.
class Choices {
public:
    std::size_t choose(std::size_t options) {
        if (!repeats()) {
            path_.push_back({.chosen = 0, .options = options});
        }
        if (path_.at(at_).options != options) {
            throw std::logic_error("the same choices do not lead to the same place: a run is not repeatable");
        }
        const auto chosen = path_.at(at_).chosen;
        ++at_;
        return chosen;
    }

    /// Whether the choices made so far repeat the beginning of the sequence before.
    [[nodiscard]] bool repeats() const { return at_ < path_.size(); }

    /// The next sequence; false when there is none.
    bool advance() {
        while (!path_.empty() && path_.back().chosen + 1 == path_.back().options) {
            path_.pop_back();
        }
        if (path_.empty()) {
            return false;
        }
        ++path_.back().chosen;
        at_ = 0;
        return true;
    }

private:
    struct Choice {
        std::size_t chosen;
        std::size_t options;
    };

    std::vector<Choice> path_;
    std::size_t at_ = 0;
};

}  // namespace exploration
