#pragma once

#include <string>

#include "inventory/support/secret.hpp"
#include "wardenctl/bulk_move.hpp"

namespace wardenctl {

/// Who asks for moves, and why: kept in the journal.
struct Mover {
    std::string name;
    std::string reason;
};

/// The controller's API as a moves office.
class HttpMoves : public MovesOffice {
public:
    HttpMoves(std::string controller, inventory::Secret token, Mover mover)
        : controller_(std::move(controller)), token_(std::move(token)), mover_(std::move(mover)) {}

    inventory::Result<CheckedLine> check(const MoveLine& line) override;
    inventory::Status file(const MoveLine& line, const std::string& batch, bool again) override;
    inventory::Result<std::vector<KnownMove>> known(const std::string& batch) override;

    /// The controller's answer to a check as it is.
    inventory::Result<std::string> check_text(const MoveLine& line);
    /// The same for a single move without a batch.
    inventory::Result<std::string> file_text(const MoveLine& line, const std::string& batch, bool again);

private:
    std::string controller_;
    inventory::Secret token_;
    Mover mover_;
};

}  // namespace wardenctl
