#pragma once

#include <functional>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "controller/journal/journal.hpp"
#include "controller/journal/operators.hpp"

namespace controller::journal {

/// A journal and the operators' words beside it, in the same schema.
struct JournalAndOperators {
    std::unique_ptr<Journal> journal;
    std::unique_ptr<Operators> operators;
};

/// One kind that has to keep the contract.
struct OperatorsKind {
    std::string name;
    std::function<JournalAndOperators()> make;  ///< new ones, empty
};

inline void PrintTo(const OperatorsKind& kind, std::ostream* out) {
    *out << kind.name;
}

/// What any journal of operators' words promises; instantiated for the fake and for the real one.
class OperatorsContract : public testing::TestWithParam<OperatorsKind> {
protected:
    Action received(const std::string& fingerprint = "0123456789abcdef");
    Action now_of(const Action& action) { return both_.journal->find(action.id)->value(); }
    /// Lets the action begin an attempt, and end it without effect.
    Action spend_attempt(const Action& action);
    inventory::Result<Attempt> begin_attempt(const Action& action);
    OperatorsWord word_on(const Action& action, inventory::Time now);

    JournalAndOperators both_ = GetParam().make();
    Operators& operators_ = *both_.operators;
};

}  // namespace controller::journal
