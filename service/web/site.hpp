#pragma once

#include <exception>
#include <memory>
#include <vector>

#include "service/web/route.hpp"
#include "service/web/timed_stream.hpp"
#include "service/web/web_policy.hpp"

namespace service::web {

/// The routes as one policy serves them: HTTP from the first byte of a head to the last of its answer.
class Site {
public:
    /// The routes outlive the site.
    Site(const std::vector<Route>& routes, std::shared_ptr<const WebPolicy> policy);
    ~Site();
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    [[nodiscard]] const WebPolicy& policy() const { return *policy_; }
    /// Answers the request whose head the stream gives out first.
    void answer(TimedStream& stream) const;
    /// For a head that the library, which has no limit of its own, never gets to see.
    static void refuse_large_head(TimedStream& stream);

private:
    class Protocol;

    std::shared_ptr<const WebPolicy> policy_;
    std::unique_ptr<Protocol> protocol_;
};

}  // namespace service::web
