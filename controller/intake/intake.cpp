#include "controller/intake/intake.hpp"

#include <algorithm>

#include "inventory/support/rfc3339.hpp"
#include "inventory/support/text.hpp"

namespace controller::intake {
namespace {

using inventory::Result;

// Of the journal's column; Alertmanager's own are 16 hexadecimal digits.
constexpr std::size_t longest_fingerprint = 64;
constexpr std::size_t longest_echo = 128;

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

char to_lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

bool is_hexadecimal(char byte) {
    const char lower = to_lower(byte);
    return is_digit(byte) || (lower >= 'a' && lower <= 'f');
}

bool is_uuid(std::string_view text) {
    constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    return std::ranges::equal(text, form, [](char byte, char demanded) {
        return demanded == '-' ? byte == '-' : is_hexadecimal(byte);
    });
}

bool is_fingerprint(std::string_view text) {
    return !text.empty() && text.size() <= longest_fingerprint && std::ranges::all_of(text, is_hexadecimal);
}

/// CloudStack and the exporter write uuids in lower case; the same VM must not get two names.
std::string lowercased(std::string text) {
    std::ranges::transform(text, text.begin(), to_lower);
    return text;
}

template <class... Arguments>
void call(const std::function<void(Arguments...)>& hook,
          const std::type_identity_t<Arguments>&... arguments) {
    if (hook) {
        hook(arguments...);
    }
}

}  // namespace

std::string_view to_word(RejectReason reason) {
    switch (reason) {
        case RejectReason::unknown_alert:
            return "unknown_alert";
        case RejectReason::no_vm_id:
            return "no_vm_id";
        case RejectReason::vm_id_not_uuid:
            return "vm_id_not_uuid";
        case RejectReason::no_fingerprint:
            return "no_fingerprint";
        case RejectReason::bad_starts_at:
            return "bad_starts_at";
    }
    return "";
}

std::string_view explain(RejectReason reason) {
    switch (reason) {
        case RejectReason::unknown_alert:
            return "no remedy is configured for this alert: add its name under controller.alerts, or do not "
                   "send it here";
        case RejectReason::no_vm_id:
            return "the alert has no label vm_id: the rule must keep the label of the series";
        case RejectReason::vm_id_not_uuid:
            return "the label vm_id is no uuid: it must be CloudStack's id of the VM";
        case RejectReason::no_fingerprint:
            return "the fingerprint is not 1 to 64 hexadecimal digits: Alertmanager always sends one";
        case RejectReason::bad_starts_at:
            return "startsAt is no RFC 3339 time from 1970 on";
    }
    return "";
}

std::variant<Request, RejectReason> admit(const DeliveredAlert& delivered, const RemedyByAlert& remedies) {
    const auto remedy = remedies.find(delivered.alert_name);
    if (remedy == remedies.end()) {
        return RejectReason::unknown_alert;
    }
    if (delivered.vm_id.empty()) {
        return RejectReason::no_vm_id;
    }
    if (!is_uuid(delivered.vm_id)) {
        return RejectReason::vm_id_not_uuid;
    }
    if (!is_fingerprint(delivered.fingerprint)) {
        return RejectReason::no_fingerprint;
    }
    const auto starts_at = inventory::parse_rfc3339(delivered.starts_at);
    if (!starts_at) {
        return RejectReason::bad_starts_at;
    }
    auto labels = delivered.labels;
    labels["alertname"] = delivered.alert_name;
    labels["vm_id"] = lowercased(delivered.vm_id);
    return Request{{.firing = delivered.firing,
                    .fingerprint = lowercased(delivered.fingerprint),
                    .starts_at = *starts_at,
                    .labels = std::move(labels)},
                   remedy->second};
}

Intake::Intake(RemedyByAlert remedies, journal::Journal& journal, IntakeHooks hooks)
    : remedies_(std::make_shared<const RemedyByAlert>(std::move(remedies))),
      journal_(journal),
      hooks_(std::move(hooks)) {}

void Intake::follow(RemedyByAlert remedies) {
    auto newest = std::make_shared<const RemedyByAlert>(std::move(remedies));
    const std::lock_guard lock(mutex_);
    remedies_ = std::move(newest);
}

std::shared_ptr<const RemedyByAlert> Intake::remedies() const {
    const std::lock_guard lock(mutex_);
    return remedies_;
}

Result<std::vector<AlertOutcome>> Intake::take_in(const Delivery& delivery, inventory::Time now) {
    if (delivery.truncated > 0) {
        call(hooks_.on_truncated, delivery.truncated);
    }
    std::vector<AlertOutcome> outcomes;
    for (const auto& delivered : delivery.alerts) {
        auto outcome = take_in(delivered, now);
        if (!outcome) {
            return tl::unexpected(outcome.error());
        }
        outcomes.push_back(*std::move(outcome));
    }
    return outcomes;
}

Result<AlertOutcome> Intake::take_in(const DeliveredAlert& delivered, inventory::Time now) {
    call(hooks_.on_received, delivered.firing);
    AlertOutcome outcome{.alert_name = inventory::clean_text(delivered.alert_name, longest_echo),
                         .fingerprint = inventory::clean_text(delivered.fingerprint, longest_echo),
                         .outcome = "rejected",
                         .reason = std::nullopt};
    const auto admitted = admit(delivered, *remedies());
    if (const auto* reason = std::get_if<RejectReason>(&admitted)) {
        call(hooks_.on_rejected, to_word(*reason));
        outcome.reason = *reason;
        return outcome;
    }
    const auto journaled = journal(std::get<Request>(admitted), now);
    if (!journaled) {
        return tl::unexpected(journaled.error());
    }
    outcome.outcome = *journaled;
    call(hooks_.on_news);
    return outcome;
}

Result<std::string_view> Intake::journal(const Request& request, inventory::Time now) {
    if (!request.alert.firing) {
        return journal_.resolve(request.alert, now).map([](std::size_t) -> std::string_view {
            return "resolved";
        });
    }
    return journal_.receive(request.alert, request.remedy, now)
        .map([](journal::Reception reception) -> std::string_view {
            return reception == journal::Reception::created ? "created" : "duplicate";
        });
}

}  // namespace controller::intake
