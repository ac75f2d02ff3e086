#pragma once

#include <functional>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "controller/journal/journal.hpp"
#include "controller/journal/lease.hpp"

namespace controller::journal {

/// One database as several controllers see it.
class LeaseSite {
public:
    virtual ~LeaseSite() = default;

    virtual std::unique_ptr<Lease> lease() = 0;
    /// The journal of a controller that believes to hold this token.
    virtual std::unique_ptr<Journal> journal(std::optional<std::uint64_t> token) = 0;
    /// Lets the database's clock pass so far.
    virtual void pass(inventory::Duration time) = 0;
};

/// One kind of lease that has to keep the contract.
struct LeaseKind {
    std::string name;
    std::function<std::unique_ptr<LeaseSite>()> make;  ///< a new one, never taken
};

inline void PrintTo(const LeaseKind& kind, std::ostream* out) {
    *out << kind.name;
}

/// What any lease promises, with the journal that it fences; instantiated for the fake and for the real one.
class LeaseContract : public testing::TestWithParam<LeaseKind> {
protected:
    /// Taken by this controller; its token.
    std::uint64_t taken_by(Lease& lease, const std::string& holder, inventory::Duration ttl);

    std::unique_ptr<LeaseSite> site_ = GetParam().make();
    std::unique_ptr<Lease> a_ = site_->lease();
    std::unique_ptr<Lease> b_ = site_->lease();
};

}  // namespace controller::journal
