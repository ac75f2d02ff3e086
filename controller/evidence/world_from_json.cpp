#include "controller/evidence/world_from_json.hpp"

#include <array>
#include <utility>

#include "controller/evidence/facts_reader.hpp"
#include "controller/evidence/fleet_from_json.hpp"
#include "controller/evidence/hosts_from_json.hpp"
#include "controller/evidence/move_from_json.hpp"
#include "controller/evidence/operators_from_json.hpp"
#include "controller/json/bounded_json.hpp"
#include "inventory/support/rfc3339.hpp"

namespace controller::evidence {
namespace {

using inventory::DriftKind;
using inventory::HostId;
using inventory::HypervisorState;
using inventory::ReportStatus;

constexpr std::array all_kinds{DriftKind::none,
                               DriftKind::duplicate_running,
                               DriftKind::running_recorded_stopped,
                               DriftKind::stopped_out_of_band,
                               DriftKind::report_contradicted,
                               DriftKind::wrong_host,
                               DriftKind::stuck_transition,
                               DriftKind::unknown};
constexpr std::array all_shown{
    HypervisorState::running,     HypervisorState::paused, HypervisorState::shutoff, HypervisorState::crashed,
    HypervisorState::pmsuspended, HypervisorState::absent, HypervisorState::unknown};
constexpr std::array all_reports{ReportStatus::fresh,       ReportStatus::missing_countdown,
                                 ReportStatus::interrupted, ReportStatus::missing_unhandled,
                                 ReportStatus::diverged,    ReportStatus::unknowable,
                                 ReportStatus::wrong_host};
constexpr std::array all_outcomes{AttemptOutcome::succeeded, AttemptOutcome::failed, AttemptOutcome::not_sent,
                                  AttemptOutcome::unverified};

inventory::VmRecord row_from(const FactsReader& facts) {
    inventory::VmRecord row;
    row.id = inventory::VmId{facts.number("id")};
    row.uuid = facts.text("uuid");
    row.instance_name = facts.text("instance_name");
    row.type = facts.text("type");
    row.account = facts.text("account");
    row.domain_path = facts.text("domain_path");
    row.state = inventory::parse_vm_state(facts.text("state"));
    row.update_time = facts.moment("state_changed");
    row.update_count = facts.number("update_count");
    row.power_state = inventory::parse_power_state(facts.text("power_state"));
    if (const auto count = facts.maybe_number("report_count")) {
        row.report_count = static_cast<std::uint32_t>(*count);
    }
    row.report_time = facts.moment("reported");
    row.created = facts.moment("created").value_or(inventory::Time{});
    row.host = facts.maybe_id<HostId>("host_id");
    row.last_host = facts.maybe_id<HostId>("last_host_id");
    row.power_host = facts.maybe_id<HostId>("power_host_id");
    row.zone = inventory::ZoneId{facts.number("zone_id")};
    row.ha_enabled = facts.flag("ha_enabled");
    return row;
}

inventory::Verdict verdict_from(const FactsReader& facts) {
    inventory::Verdict verdict;
    verdict.kind = facts.maybe_word("kind", all_kinds).value_or(DriftKind::unknown);
    verdict.shown = facts.maybe_word("shown", all_shown).value_or(HypervisorState::unknown);
    verdict.report = facts.maybe_word("report", all_reports);
    for (const auto id : facts.numbers("alive_on_host_ids")) {
        verdict.alive_on.push_back(HostId{id});
    }
    verdict.reason = facts.text("reason");
    return verdict;
}

/// An attempt whose outcome cannot be read has none: it may still take effect.
Attempt attempt_from(const FactsReader& facts, const std::string& vm_uuid) {
    Attempt attempt;
    attempt.id = facts.number("id");
    attempt.action_id = facts.number("action_id");
    attempt.number = static_cast<std::uint32_t>(facts.number("number"));
    attempt.vm_uuid = vm_uuid;
    attempt.command = facts.maybe_word("command", all_commands).value_or(Command::stop_vm);
    attempt.evidence_id = facts.number("evidence_id");
    attempt.intent_at = facts.time("intent_at");
    attempt.expires_at = facts.time("expires_at");
    attempt.judged_update_count = facts.number("judged_update_count");
    attempt.job_id = facts.maybe_text("job_id");
    attempt.accepted = facts.flag("accepted");
    attempt.outcome = facts.maybe_word("outcome", all_outcomes);
    attempt.ended_at = facts.maybe_time("ended_at");
    attempt.note = facts.text("note");
    return attempt;
}

void add_work(const FactsReader& facts, World& world) {
    const auto vm = world.rows.empty() ? inventory::VmId{} : world.rows.front().id;
    world.jobs = facts.maybe_list("jobs", [vm](const FactsReader& job) {
        return inventory::VmJob{vm, job.text("command"), job.moment("created")};
    });
    world.ha_work = facts.maybe_list("ha_work", [vm](const FactsReader& work) {
        return inventory::HaWork{vm, work.text("type"), work.text("step"), work.moment("created")};
    });
}

Leadership leadership_from(const FactsReader& facts) {
    Leadership known;
    known.controller = facts.text("controller");
    known.holder = facts.maybe_text("holder").value_or("");
    known.token = facts.maybe_number("token").value_or(0);
    known.left = facts.maybe_duration("left_seconds");
    known.taken_at = facts.maybe_time("taken_at");
    known.expires_at = facts.maybe_time("expires");
    known.trouble = facts.maybe_text("trouble").value_or("");
    return known;
}

inventory::VmRequest request_from(const FactsReader& facts) {
    return {facts.text("job_id"), facts.text("command"), facts.number("user_id"), facts.moment("created")};
}

inventory::VmPast past_from(const FactsReader& facts) {
    return {facts.list("requests", request_from), facts.moment("ha_work_done")};
}

std::optional<std::chrono::seconds> seconds_in(const nlohmann::json& world, const char* key) {
    const auto found = world.find(key);
    return found != world.end() && found->is_number_integer()
               ? std::optional{std::chrono::seconds{found->get<std::int64_t>()}}
               : std::nullopt;
}

World world_from(const FactsReader& facts, const nlohmann::json& json, const std::string& vm_uuid) {
    World world;
    world.fresh = facts.flag("fresh");
    world.database_up = facts.flag("database_up");
    world.records_read_at = facts.moment("records_read");
    world.rows = facts.list("rows", row_from);
    world.verdict = facts.maybe_object("verdict", verdict_from);
    world.drift_since = facts.moment("drift_since");
    world.host = facts.maybe_object("host", host_from);
    world.manager = facts.maybe_object("management_server", manager_from);
    world.managers = facts.maybe_list("management_servers", manager_from);
    world.candidates = facts.list("candidates", candidate_from);
    world.ping_interval = seconds_in(json, "ping_interval_seconds");
    add_work(facts, world);
    world.judged_update_count = facts.maybe_number("judged_update_count");
    world.attempts = facts.list(
        "attempts", [&vm_uuid](const FactsReader& attempt) { return attempt_from(attempt, vm_uuid); });
    world.others_under_way = facts.numbers("others_under_way");
    world.operators = facts.maybe_object("operators", operators_from);
    world.scope = facts.maybe_object("scope", scope_from);
    world.leadership = facts.maybe_object("leadership", leadership_from);
    return world;
}

/// Unknown unless every part of it is told.
template <class Read>
auto whole(const char* key, const Read& read, const FactsReader& facts,
           const std::vector<std::string>& lacking) {
    const auto before = lacking.size();
    auto value = facts.maybe_object(key, read);
    if (lacking.size() != before) {
        value.reset();
    }
    return value;
}

}  // namespace

inventory::Result<RecordedWorld> world_from_json(std::string_view evidence, const std::string& vm_uuid) {
    constexpr int depth = 16;
    const auto document = parse_bounded_json(evidence, depth);
    if (!document || !document->is_object() || !document->contains("world")) {
        return inventory::failure("this is no evidence of a decision: it holds no world");
    }
    const auto& json = document->at("world");
    const auto at = json.is_object() && json.contains("at") && json.at("at").is_string()
                        ? inventory::parse_rfc3339(json.at("at").get<std::string>())
                        : std::nullopt;
    if (!at) {
        return inventory::failure("the world of this evidence does not say of which moment it is");
    }
    // Lists of what stands in the way: without them, nothing would.
    for (const auto* key : {"rows", "candidates", "attempts", "others_under_way"}) {
        if (!json.contains(key) || !json.at(key).is_array()) {
            return inventory::failure("the world of this evidence does not tell its " + std::string{key});
        }
    }
    RecordedWorld recorded;
    const FactsReader facts{json, "", *at, recorded.lacking};
    recorded.world = world_from(facts, json, vm_uuid);
    // Half a count of what is the matter around the VM would look like a quiet neighbourhood, half a past
    // like one in which nobody wished the VM stopped, and half a move like one without leftovers.
    recorded.world.fleet = whole("fleet", fleet_from, facts, recorded.lacking);
    recorded.world.past = whole("past", past_from, facts, recorded.lacking);
    recorded.world.move = whole("move", move_world_from, facts, recorded.lacking);
    recorded.world.now = *at;
    return recorded;
}

}  // namespace controller::evidence
