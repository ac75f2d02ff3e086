#include "controller/evidence/hosts_from_json.hpp"

#include <array>

namespace controller::evidence {
namespace {

using inventory::DomainState;
using inventory::HostId;

constexpr std::array all_domain_states{DomainState::running, DomainState::paused,      DomainState::shutoff,
                                       DomainState::crashed, DomainState::pmsuspended, DomainState::no_state};

inventory::PowerReading power_from(const FactsReader& facts) {
    inventory::PowerReading power;
    power.state = facts.text("state");
    power.enabled = facts.flag("enabled");
    power.since = facts.moment("since");
    power.reader = facts.maybe_number("reader_msid");
    return power;
}

}  // namespace

inventory::HostRecord host_from(const FactsReader& facts) {
    inventory::HostRecord host;
    host.id = HostId{facts.number("id")};
    host.uuid = facts.text("uuid");
    host.name = facts.text("name");
    host.status = facts.text("status");
    host.resource_state = facts.text("resource_state");
    host.cluster = facts.maybe_id<inventory::ClusterId>("cluster_id");
    host.management_server = facts.maybe_number("management_server");
    host.ha_state = facts.maybe_text("ha_state");
    return host;
}

inventory::ManagementServer manager_from(const FactsReader& facts) {
    return {facts.number("msid"), facts.text("name"), facts.text("state"), facts.moment("heartbeat")};
}

CandidateHost candidate_from(const FactsReader& facts) {
    CandidateHost host;
    host.id = HostId{facts.number("id")};
    host.name = facts.text("name");
    host.status = facts.text("status");
    host.answered = facts.flag("answered");
    host.answer_asked_at = facts.moment("asked");
    host.error = facts.text("error");
    host.domain = facts.maybe_word("domain", all_domain_states);
    if (!host.domain && facts.maybe_text("domain")) {
        host.domain = DomainState::no_state;
    }
    host.ha_state = facts.maybe_text("ha_state");
    host.power = facts.maybe_object("power", power_from);
    host.proven_off = facts.flag("proven_off");
    host.power_doubt = facts.text("power_doubt");
    return host;
}

}  // namespace controller::evidence
