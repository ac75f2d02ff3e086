#include "controller/metrics/controller_metrics.hpp"

#include <algorithm>
#include <array>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace controller {
namespace {

using Counters = prometheus::Family<prometheus::Counter>;
using Gauges = prometheus::Family<prometheus::Gauge>;
using Buckets = prometheus::Histogram::BucketBoundaries;
using Labels = prometheus::Labels;

// A webhook and a journal write take milliseconds, and seconds when the database is in trouble; an action
// takes seconds, and minutes when CloudStack is slow.
const Buckets request_seconds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
const Buckets action_seconds{1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600};

constexpr std::array all_states{
    ActionState::received,  ActionState::held,   ActionState::observed,   ActionState::awaiting_approval,
    ActionState::decided,   ActionState::intent, ActionState::executing,  ActionState::verifying,
    ActionState::succeeded, ActionState::failed, ActionState::unverified, ActionState::cancelled};

std::string text_of(std::string_view word) {
    return std::string(word);
}

Labels of_remedy(Remedy remedy, const char* name, std::string_view value) {
    return {{"remedy", text_of(to_word(remedy))}, {name, text_of(value)}};
}

}  // namespace

struct ControllerMetrics::Families {
    prometheus::Registry registry;

    Counters& counters(const char* name, const char* help) {
        return prometheus::BuildCounter().Name(prefixed(name)).Help(help).Register(registry);
    }
    Gauges& gauges(const char* name, const char* help) {
        return prometheus::BuildGauge().Name(prefixed(name)).Help(help).Register(registry);
    }
    prometheus::Histogram& histogram(const char* name, const char* help, const Buckets& buckets) {
        return prometheus::BuildHistogram()
            .Name(prefixed(name))
            .Help(help)
            .Register(registry)
            .Add({}, buckets);
    }
    static std::string prefixed(const char* name) { return std::string("warden_controller_") + name; }

    Counters& received = counters("alerts_received_total", "Alerts taken in by webhook, by their status.");
    Counters& rejected =
        counters("alerts_rejected_total", "Alerts and webhook requests turned away, by reason.");
    Counters& truncated =
        counters("truncated_alerts_total", "Alerts that Alertmanager left out of its webhook requests.");
    Counters& decisions =
        counters("decisions_total", "Decisions made, by what they said; a held action is judged again.");
    Counters& refusals = counters("guard_refusals_total", "Refusals of each guard over all decisions.");
    Gauges& modes = gauges("remedy_mode", "The mode of each remedy; 1 for the one that is set.");
    Counters& ended = counters("actions_total", "Actions that ended, by outcome.");
    Gauges& actions = gauges("actions", "Actions in the journal, by state.");
    Gauges& between_stages = gauges(
        "actions_between_stages", "Open actions that have made one call and wait for their next, by remedy.");
    Gauges& unresolved = gauges("intents_unresolved", "Attempts written down that have no outcome yet.");
    Gauges& paused = gauges("paused", "Pauses of operators that are in force, by what they cover.");
    Gauges& alertmanager =
        gauges("alertmanager_up",
               "Whether Alertmanager's silences could be read last time; absent when it is "
               "not configured.");
    Counters& requests =
        counters("api_requests_total", "Requests to CloudStack's API, by command and result.");
    Gauges& web_config =
        gauges("web_config_last_reload_successful",
               "Whether the web configuration is in force as it stands in its file now; 1 without a file.");
    Gauges& leader = gauges("leader", "Whether this controller holds the lease and may act.");
    Gauges& token =
        gauges("lease_token", "Fencing token of the lease as last read; it grows at each take-over.");
    Gauges& left = gauges("lease_left_seconds",
                          "How long this controller may still act before it has to renew the lease; absent "
                          "while the lease is not its own.");
    Gauges& config_good =
        gauges("config_last_reload_successful",
               "Whether the configuration could be taken over when it was last read. 0: the "
               "former one is in force.");
    Gauges& config_read_at = gauges("config_last_reload_success_timestamp_seconds",
                                    "When the configuration that is in force was read.");
    Gauges& config_hash = gauges("config_hash", "Hash of the configuration file that is in force.");
    Gauges& build = gauges("build_info", "Version of the program; always 1.");
    prometheus::Histogram& webhook_seconds =
        histogram("webhook_duration_seconds", "Time to answer a webhook request.", request_seconds);
    prometheus::Histogram& journal_seconds = histogram(
        "journal_write_duration_seconds", "Time until a change of the journal was durable.", request_seconds);
    prometheus::Histogram& ended_seconds =
        histogram("action_duration_seconds", "Time from an action's intent to its end.", action_seconds);
};

ControllerMetrics::ControllerMetrics(const std::string& version) : families_(std::make_unique<Families>()) {
    families_->build.Add({{"version", version}}).Set(1);
    // Series that exist from the start can be alerted on when they first move.
    families_->received.Add({{"status", "firing"}});
    families_->received.Add({{"status", "resolved"}});
    families_->truncated.Add({});
}

ControllerMetrics::~ControllerMetrics() = default;

void ControllerMetrics::alert_received(bool firing) {
    families_->received.Add({{"status", firing ? "firing" : "resolved"}}).Increment();
}

void ControllerMetrics::alert_rejected(std::string_view reason) {
    families_->rejected.Add({{"reason", text_of(reason)}}).Increment();
}

void ControllerMetrics::alerts_truncated(std::uint64_t count) {
    families_->truncated.Add({}).Increment(static_cast<double>(count));
}

void ControllerMetrics::webhook_answered(inventory::Duration took) {
    families_->webhook_seconds.Observe(inventory::to_seconds(took));
}

void ControllerMetrics::decision_made(Remedy remedy, std::string_view decision) {
    families_->decisions.Add(of_remedy(remedy, "decision", decision)).Increment();
}

void ControllerMetrics::guard_refused(Remedy remedy, std::string_view guard) {
    families_->refusals.Add(of_remedy(remedy, "guard", guard)).Increment();
}

void ControllerMetrics::remedy_mode(Remedy remedy, Mode mode) {
    for (const Mode each : all_modes) {
        families_->modes.Add(of_remedy(remedy, "mode", to_word(each))).Set(each == mode ? 1 : 0);
    }
}

void ControllerMetrics::action_ended(Remedy remedy, std::string_view outcome, inventory::Duration took) {
    families_->ended.Add(of_remedy(remedy, "outcome", outcome)).Increment();
    families_->ended_seconds.Observe(inventory::to_seconds(took));
}

void ControllerMetrics::actions_by_state(const std::map<ActionState, std::uint64_t>& counts) {
    for (const ActionState state : all_states) {
        const auto found = counts.find(state);
        families_->actions.Add({{"state", text_of(to_word(state))}})
            .Set(found == counts.end() ? 0 : static_cast<double>(found->second));
    }
}

void ControllerMetrics::actions_between_stages(const std::map<Remedy, std::uint64_t>& counts) {
    for (const auto& [remedy, count] : counts) {
        families_->between_stages.Add({{"remedy", text_of(to_word(remedy))}}).Set(static_cast<double>(count));
    }
}

void ControllerMetrics::intents_unresolved(std::uint64_t count) {
    families_->unresolved.Add({}).Set(static_cast<double>(count));
}

void ControllerMetrics::pauses_by_scope(const std::map<PauseScope, std::uint64_t>& counts) {
    for (const PauseScope scope : all_pause_scopes) {
        const auto found = counts.find(scope);
        families_->paused.Add({{"scope", text_of(to_word(scope))}})
            .Set(found == counts.end() ? 0 : static_cast<double>(found->second));
    }
}

void ControllerMetrics::alertmanager_read(bool successfully) {
    families_->alertmanager.Add({}).Set(successfully ? 1 : 0);
}

void ControllerMetrics::journal_written(inventory::Duration took) {
    families_->journal_seconds.Observe(inventory::to_seconds(took));
}

void ControllerMetrics::leadership(const Leadership& known) {
    families_->leader.Add({}).Set(known.leads() ? 1 : 0);
    if (known.token != 0) {
        families_->token.Add({}).Set(static_cast<double>(known.token));
    }
    auto& left = families_->left.Add({});
    if (known.left) {
        left.Set(std::max(0.0, inventory::to_seconds(*known.left)));
    } else {
        families_->left.Remove(&left);
    }
}

void ControllerMetrics::web_config_read(bool successfully) {
    families_->web_config.Add({}).Set(successfully ? 1 : 0);
}

void ControllerMetrics::config_read(bool successfully, inventory::Time in_force_since, double hash) {
    families_->config_good.Add({}).Set(successfully ? 1 : 0);
    families_->config_read_at.Add({}).Set(inventory::to_unix_seconds(in_force_since));
    families_->config_hash.Add({}).Set(hash);
}

void ControllerMetrics::api_request(std::string_view command, std::string_view result) {
    families_->requests.Add({{"command", text_of(command)}, {"result", text_of(result)}}).Increment();
}

std::string ControllerMetrics::text() const {
    return prometheus::TextSerializer().prometheus::Serializer::Serialize(families_->registry.Collect());
}

}  // namespace controller
