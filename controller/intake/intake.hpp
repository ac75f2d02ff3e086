#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "controller/intake/webhook_payload.hpp"
#include "controller/journal/journal.hpp"

namespace controller::intake {

/// Why an alert leads to nothing.
enum class RejectReason { unknown_alert, no_vm_id, vm_id_not_uuid, no_fingerprint, bad_starts_at };

std::string_view to_word(RejectReason reason);
/// What is wrong, and what would be right.
std::string_view explain(RejectReason reason);

/// An alert that one of our remedies treats.
struct Request {
    Alert alert;
    Remedy remedy;

    bool operator==(const Request&) const = default;
};

/// THE configuration: which alert asks for which remedy.
using RemedyByAlert = std::map<std::string, Remedy>;

/// Pure: believes an alert, or says why not. The remedy comes from the configuration, never from a label.
std::variant<Request, RejectReason> admit(const DeliveredAlert& delivered, const RemedyByAlert& remedies);

/// What became of one alert, for the answer to its sender.
struct AlertOutcome {
    std::string alert_name;
    std::string fingerprint;
    std::string_view outcome;  ///< created, duplicate, resolved, rejected
    std::optional<RejectReason> reason;

    bool operator==(const AlertOutcome&) const = default;
};

/// What others want to know; an empty function is not called.
struct IntakeHooks {
    std::function<void(bool firing)> on_received;
    std::function<void(std::string_view reason)> on_rejected;
    std::function<void(std::uint64_t count)> on_truncated;
    std::function<void()> on_news;  ///< an alert was journaled: judge now rather than at the next tick
};

/// Turns deliveries into journal entries. Safe from any thread.
class Intake {
public:
    Intake(RemedyByAlert remedies, journal::Journal& journal, IntakeHooks hooks);

    /// One outcome per alert, all of them durable. An Error means that the journal failed: the sender has to
    /// deliver again, and what was journaled already will be a duplicate then.
    inventory::Result<std::vector<AlertOutcome>> take_in(const Delivery& delivery, inventory::Time now);

    /// From now on, this is THE configuration.
    void follow(RemedyByAlert remedies);

private:
    inventory::Result<AlertOutcome> take_in(const DeliveredAlert& delivered, inventory::Time now);
    inventory::Result<std::string_view> journal(const Request& request, inventory::Time now);

    [[nodiscard]] std::shared_ptr<const RemedyByAlert> remedies() const;

    mutable std::mutex mutex_;
    std::shared_ptr<const RemedyByAlert> remedies_;  ///< guarded by mutex_
    journal::Journal& journal_;
    const IntakeHooks hooks_;
};

}  // namespace controller::intake
