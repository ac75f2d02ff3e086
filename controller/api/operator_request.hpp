#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "controller/model/operators.hpp"
#include "inventory/support/error.hpp"

namespace controller::api {

/// The body of an operator's request: one JSON object of texts, and nothing that the route does not know.
class OperatorRequest {
public:
    /// Error: not such an object, or a key that is none of `known`.
    static inventory::Result<OperatorRequest> parse(std::string_view body,
                                                    const std::vector<std::string>& known);

    [[nodiscard]] std::string text(const std::string& key) const;  ///< empty: not given
    /// `operator` and `reason`, both of which have to be given.
    [[nodiscard]] inventory::Result<Word> word(inventory::Time now) const;
    /// `for`, as in "90s", "30m", "2h" or "1d", from now on; it has to be given.
    [[nodiscard]] inventory::Result<inventory::Time> until(inventory::Time now) const;

private:
    explicit OperatorRequest(std::map<std::string, std::string> texts) : texts_(std::move(texts)) {}

    std::map<std::string, std::string> texts_;
};

}  // namespace controller::api
