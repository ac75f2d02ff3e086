#include "tests/controller/journal/lease_contract.hpp"
#include "tests/support/fake_journal.hpp"

namespace controller::journal {
namespace {

class FakeSite : public LeaseSite {
public:
    std::unique_ptr<Lease> lease() override { return std::make_unique<test_support::FakeLease>(row_); }
    std::unique_ptr<Journal> journal(std::optional<std::uint64_t> token) override {
        return std::make_unique<test_support::FakeJournal>(journal_, row_, [token] { return token; });
    }
    void pass(inventory::Duration time) override { now_ += time; }

private:
    inventory::Time now_{std::chrono::seconds{1'800'000'000}};
    test_support::FakeLeaseRow row_{[this] { return now_; }};
    test_support::FakeJournal journal_;
};

INSTANTIATE_TEST_SUITE_P(Fake, LeaseContract,
                         testing::Values(LeaseKind{"fake", [] { return std::make_unique<FakeSite>(); }}));

}  // namespace
}  // namespace controller::journal
