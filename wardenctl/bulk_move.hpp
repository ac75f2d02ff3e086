#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "inventory/support/error.hpp"
#include "inventory/support/time.hpp"
#include "wardenctl/move_file.hpp"

namespace wardenctl {

/// What the preflight says of one VM.
struct CheckedLine {
    std::string vm_id;
    std::string vm;
    std::string standing;                ///< holds, fails, unknown
    std::vector<std::string> sentences;  ///< of what does not hold, each with what lifts it
    bool belongs_there = false;          ///< its record names the account of the line
    bool is_whole = false;               ///< its volumes and NICs have the owner that its record names

    [[nodiscard]] bool is_there() const { return belongs_there && is_whole; }

    bool operator==(const CheckedLine&) const = default;
};

/// A move of the batch as the journal has it.
struct KnownMove {
    std::string vm_id;
    std::uint64_t action_id = 0;
    std::string state;  ///< of its action
    std::string failure;
    std::string note;
};

/// The controller, as far as a bulk move needs it. Errors: it cannot be reached, or refuses.
class MovesOffice {
public:
    virtual ~MovesOffice() = default;

    virtual inventory::Result<CheckedLine> check(const MoveLine& line) = 0;
    virtual inventory::Status file(const MoveLine& line, const std::string& batch, bool again) = 0;
    virtual inventory::Result<std::vector<KnownMove>> known(const std::string& batch) = 0;
};

struct BulkSettings {
    std::size_t at_once = 1;
    bool accept_unknown = false;  ///< a precondition that nobody can read does not stop it
    inventory::Duration patience{std::chrono::minutes{15}};  ///< for one move to end
    inventory::Clock now;
    std::function<void(inventory::Duration)> pause;
    std::function<void(const std::string&)> say;  ///< one line of progress
};

struct BulkOutcome {
    std::size_t moved = 0;            ///< by the batch, in this run or before
    std::size_t there = 0;            ///< moved there by somebody else
    std::size_t left = 0;             ///< not begun
    std::vector<std::string> failed;  ///< why it stopped, one sentence per VM
    [[nodiscard]] bool is_done() const { return failed.empty() && left == 0; }
};

/// Moves the VMs of the file: all are checked before any is moved; the first goes alone (the canary), then up
/// to `at_once`; the first unexpected failure stops it once what is under way has ended. The journal knows
/// the batch, so that the same file, started again after a crash or a failure, goes on and does nothing
/// twice. Error: the controller cannot be reached any more.
inventory::Result<BulkOutcome> move_all(const MoveFile& file, MovesOffice& office,
                                        const BulkSettings& settings);

}  // namespace wardenctl
