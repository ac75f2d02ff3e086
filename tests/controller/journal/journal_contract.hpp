#pragma once

#include <functional>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "controller/journal/journal.hpp"

namespace controller::journal {

/// One kind of journal that has to keep the contract.
struct JournalKind {
    std::string name;
    std::function<std::unique_ptr<Journal>()> make;  ///< a new one, empty
};

inline void PrintTo(const JournalKind& kind, std::ostream* out) {
    *out << kind.name;
}

/// What any journal promises; instantiated for the fake and for the real one.
class JournalContract : public testing::TestWithParam<JournalKind> {
protected:
    Action received(const Alert& alert);
    Action decided(const Alert& alert);
    Intent intent(const Action& action, std::uint64_t judged_update_count = 7);
    Action now_of(const Action& action) { return journal_->find(action.id)->value(); }

    std::unique_ptr<Journal> journal_ = GetParam().make();
};

}  // namespace controller::journal
