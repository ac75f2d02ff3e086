#include "controller/evidence/json_values.hpp"
#include "controller/evidence/operators_json.hpp"
#include "controller/evidence/world_json_fleet.hpp"
#include "inventory/support/rfc3339.hpp"

namespace controller::evidence {
namespace {

template <class Tag>
Json json_or_null(const std::optional<inventory::Id<Tag>>& id) {
    return id ? Json(id->value) : Json();
}

Json json_of(const inventory::VmRecord& row, inventory::Time now) {
    return {{"id", row.id.value},
            {"uuid", row.uuid},
            {"instance_name", row.instance_name},
            {"type", row.type},
            {"account", row.account},
            {"domain_path", row.domain_path},
            {"state", inventory::to_word(row.state)},
            {"state_changed", moment(row.update_time, now)},
            {"update_count", row.update_count},
            {"power_state", inventory::to_word(row.power_state)},
            {"report_count", evidence::json_or_null(row.report_count)},
            {"reported", moment(row.report_time, now)},
            {"created", moment(row.created, now)},
            {"host_id", json_or_null(row.host)},
            {"last_host_id", json_or_null(row.last_host)},
            {"power_host_id", json_or_null(row.power_host)},
            {"zone_id", row.zone.value},
            {"ha_enabled", row.ha_enabled}};
}

Json json_of(const inventory::Verdict& verdict) {
    Json alive_on = Json::array();
    for (const auto host : verdict.alive_on) {
        alive_on.push_back(host.value);
    }
    return {{"kind", inventory::to_word(verdict.kind)},
            {"shown", inventory::to_word(verdict.shown)},
            {"report", verdict.report ? Json(inventory::to_word(*verdict.report)) : Json()},
            {"alive_on_host_ids", alive_on},
            {"reason", verdict.reason}};
}

Json json_of(const inventory::HostRecord& host) {
    return {{"id", host.id.value},
            {"uuid", host.uuid},
            {"name", host.name},
            {"status", host.status},
            {"resource_state", host.resource_state},
            {"cluster_id", json_or_null(host.cluster)},
            {"management_server", evidence::json_or_null(host.management_server)},
            {"ha_state", evidence::json_or_null(host.ha_state)}};
}

Json json_of(const inventory::ManagementServer& server, inventory::Time now) {
    return {{"msid", server.msid},
            {"name", server.name},
            {"state", server.state},
            {"heartbeat", moment(server.last_update, now)}};
}

Json json_of(const inventory::PowerReading& power, inventory::Time now) {
    return {{"state", power.state},
            {"enabled", power.enabled},
            {"since", moment(power.since, now)},
            {"reader_msid", evidence::json_or_null(power.reader)}};
}

Json json_of(const CandidateHost& host, inventory::Time now) {
    return {{"id", host.id.value},
            {"name", host.name},
            {"status", host.status},
            {"answered", host.answered},
            {"asked", moment(host.answer_asked_at, now)},
            {"error", host.error},
            {"domain", host.domain ? Json(inventory::to_word(*host.domain)) : Json()},
            {"ha_state", evidence::json_or_null(host.ha_state)},
            {"power", host.power ? json_of(*host.power, now) : Json()},
            {"proven_off", host.proven_off},
            {"power_doubt", host.power_doubt}};
}

Json json_of(const inventory::VmRequest& request, inventory::Time now) {
    return {{"job_id", request.job_id},
            {"command", request.command},
            {"user_id", request.user},
            {"created", moment(request.created, now)}};
}

Json json_of(const inventory::VmJob& job, inventory::Time now) {
    return {{"command", job.command}, {"created", moment(job.created, now)}};
}

Json json_of(const inventory::HaWork& work, inventory::Time now) {
    return {{"type", work.type}, {"step", work.step}, {"created", moment(work.created, now)}};
}

Json json_of(const Attempt& attempt, inventory::Time) {
    return evidence::json_of(attempt);
}

template <class T>
Json list_of(const std::vector<T>& values, inventory::Time now) {
    Json list = Json::array();
    for (const auto& value : values) {
        list.push_back(json_of(value, now));
    }
    return list;
}

Json json_of(const inventory::VmPast& past, inventory::Time now) {
    return {{"requests", list_of(past.requests, now)}, {"ha_work_done", moment(past.ha_work_done, now)}};
}

}  // namespace

Json json_of(const World& world) {
    const auto now = world.now;
    return {{"at", inventory::to_rfc3339_exactly(now)},
            {"fresh", world.fresh},
            {"database_up", world.database_up},
            {"records_read", moment(world.records_read_at, now)},
            {"rows", list_of(world.rows, now)},
            {"verdict", world.verdict ? json_of(*world.verdict) : Json()},
            {"drift_since", moment(world.drift_since, now)},
            {"host", world.host ? json_of(*world.host) : Json()},
            {"management_server", world.manager ? json_of(*world.manager, now) : Json()},
            {"management_servers", world.managers ? list_of(*world.managers, now) : Json()},
            {"candidates", list_of(world.candidates, now)},
            {"ping_interval_seconds", world.ping_interval ? Json(world.ping_interval->count()) : Json()},
            {"jobs", world.jobs ? list_of(*world.jobs, now) : Json()},
            {"ha_work", world.ha_work ? list_of(*world.ha_work, now) : Json()},
            {"past", world.past ? json_of(*world.past, now) : Json()},
            {"judged_update_count", json_or_null(world.judged_update_count)},
            {"attempts", list_of(world.attempts, now)},
            {"others_under_way", world.others_under_way},
            {"fleet", json_of(world.fleet, now)},
            {"scope", json_of(world.scope)},
            {"operators", world.operators ? json_of(*world.operators, now) : Json()},
            {"leadership", world.leadership ? json_of(*world.leadership) : Json()},
            {"move", world.move ? evidence::json_of(*world.move) : Json()}};
}

}  // namespace controller::evidence
