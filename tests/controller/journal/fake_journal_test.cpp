#include "tests/support/fake_journal.hpp"

#include "tests/controller/journal/journal_contract.hpp"

namespace controller::journal {
namespace {

INSTANTIATE_TEST_SUITE_P(Fake, JournalContract,
                         testing::Values(JournalKind{
                             "fake", [] { return std::make_unique<test_support::FakeJournal>(); }}));

}  // namespace
}  // namespace controller::journal
