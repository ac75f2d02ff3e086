#include "tests/support/fake_operators.hpp"

#include "tests/controller/journal/operators_contract.hpp"

namespace controller::journal {
namespace {

JournalAndOperators make_fakes() {
    auto journal = std::make_unique<test_support::FakeJournal>();
    auto operators = std::make_unique<test_support::FakeOperators>(*journal);
    return {std::move(journal), std::move(operators)};
}

INSTANTIATE_TEST_SUITE_P(Fake, OperatorsContract, testing::Values(OperatorsKind{"fake", make_fakes}));

}  // namespace
}  // namespace controller::journal
