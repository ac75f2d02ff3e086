#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/support/error.hpp"
#include "inventory/support/time.hpp"

namespace controller {

/// What a pause covers: everything, or what its subject names.
enum class PauseScope { all, remedy, zone, cluster, host, account, vm };

inline constexpr std::array all_pause_scopes{PauseScope::all,     PauseScope::remedy, PauseScope::zone,
                                             PauseScope::cluster, PauseScope::host,   PauseScope::account,
                                             PauseScope::vm};

std::string_view to_word(PauseScope scope);
std::optional<PauseScope> parse_pause_scope(std::string_view word);

/// Who said it, why, and when.
struct Word {
    std::string who;
    std::string why;
    inventory::Time at;

    bool operator==(const Word&) const = default;
};

/// Nothing that a human says to Warden is anonymous, unexplained or for ever. Error: who or why is empty or
/// too long, or `until` is not after it was said, or more than a year after it.
inventory::Status check(const Word& word, std::optional<inventory::Time> until = std::nullopt);

/// Hands off, until then or until somebody ends it.
struct Pause {
    std::uint64_t id = 0;
    PauseScope scope = PauseScope::all;
    /// The remedy's word; a zone's, cluster's or host's name; an account's name, alone (in any domain) or
    /// after the path of its domain ("/sales/alice"); a VM's uuid. Empty for `all`.
    std::string subject;
    Word word;
    inventory::Time until;
    std::optional<Word> ended;  ///< before its time

    bool operator==(const Pause&) const = default;

    /// One that begins in the future is in force: clocks may differ, and a pause holds in doubt.
    [[nodiscard]] bool is_in_force(inventory::Time now) const { return !ended && now < until; }
};

/// A human's yes to one attempt: the action's attempt with this number, and no other. That attempt spends it.
struct Approval {
    std::uint64_t id = 0;
    std::uint64_t action_id = 0;
    std::uint32_t attempt_number = 0;
    Word word;
    inventory::Time expires_at;

    bool operator==(const Approval&) const = default;
};

/// THE list of guards that a human may lift for one action: those that keep Warden from disturbing people, or
/// from doing the same again and again. What stands between a remedy and a VM that may be alive, or that
/// CloudStack is at work on, is lifted by nobody (design, laws 1, 2, 5 and 6): identity, still_true, grace,
/// witnesses, cloudstack_idle, host_up, unchanged, concurrency, unresolved and whatever is not in the list.
/// What `storm` does not know still holds by `concurrency`. `mode` is lifted by an approval where the
/// configuration says `approve`, and else by the configuration.
inline constexpr std::array<std::string_view, 4> liftable_guards{"pause", "window", "attempts", "storm"};

bool may_be_lifted(std::string_view guard);

/// A human's word that one guard, named, need not hold this action.
struct Lift {
    std::uint64_t id = 0;
    std::uint64_t action_id = 0;
    std::string guard;
    Word word;
    inventory::Time until;

    bool operator==(const Lift&) const = default;
};

/// A human has seen that Warden acts on this VM again and again, and wants it to go on.
struct Acknowledgement {
    std::uint64_t id = 0;
    std::string vm_uuid;
    Word word;

    bool operator==(const Acknowledgement&) const = default;
};

/// One condition of a silence on a label; a label that is absent is the empty text.
struct Matcher {
    std::string label;
    std::string value;
    bool is_equal = true;  ///< = and =~; otherwise != and !~
    bool is_regex = false;

    bool operator==(const Matcher&) const = default;
};

/// A silence of Alertmanager: it covers an alert that all of its matchers match.
struct Silence {
    std::string id;
    std::string created_by;
    std::string comment;
    std::string ends_at;  ///< as Alertmanager writes it, for people
    std::vector<Matcher> matchers;

    bool operator==(const Silence&) const = default;
};

/// The labels of an alert by name.
using Labels = std::map<std::string, std::string>;

/// What is known of the labels of an alert.
struct KnownLabels {
    Labels labels;
    bool complete = false;  ///< false: a label that is not in the list may be there all the same

    bool operator==(const KnownLabels&) const = default;
};

/// What is known of Alertmanager's silences.
struct SilenceFacts {
    bool configured = false;  ///< false: nobody asks Alertmanager, and nothing is known of silences
    std::optional<inventory::Time> read_at;  ///< when they were last asked for with success
    std::string error;                       ///< why they could not be read since
    std::vector<Silence> covering;           ///< active ones that match the alert, as far as is known of it

    bool operator==(const SilenceFacts&) const = default;
};

/// Where a VM is and whose it is, by the names that a pause may give. What is unknown is nullopt.
struct Whereabouts {
    std::optional<std::string> zone;
    std::optional<std::string> cluster;
    std::vector<std::string>
        hosts;  ///< where it is recorded, was last, and was last reported; empty: unknown
    std::optional<std::string> account;
    std::optional<std::string> domain_path;

    bool operator==(const Whereabouts&) const = default;
};

/// What operators have said that bears on one action.
struct OperatorFacts {
    std::vector<Pause> pauses;  ///< every one in force, whatever it covers
    std::vector<Approval> approvals;
    std::vector<Lift> lifts;
    std::optional<Acknowledgement> acknowledgement;  ///< the newest on its VM
    Whereabouts whereabouts;
    SilenceFacts silences;

    bool operator==(const OperatorFacts&) const = default;
};

}  // namespace controller
