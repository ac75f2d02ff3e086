#include "controller/reload/changes.hpp"

#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

namespace controller::reload {
namespace {

class Differences {
public:
    template <class T>
    void note(std::string_view key, const T& running, const T& wanted) {
        if (!(running == wanted)) {
            keys_.emplace_back(key);
        }
    }
    [[nodiscard]] std::vector<std::string> keys() && { return std::move(keys_); }

private:
    std::vector<std::string> keys_;
};

auto values_of(const inventory::mariadb::Server& server) {
    return std::tuple{server.host,   server.port,   server.user, server.password.reveal(),
                      server.schema, server.timeout};
}

auto libvirt_of(const inventory::observer::ObservationPlan& plan) {
    return std::tie(plan.libvirt_uri, plan.cluster_uris, plan.uri_overrides, plan.libvirt_interval,
                    plan.libvirt_timeout);
}

auto limits_of(const inventory::JudgementLimits& limits) {
    return std::tie(limits.scope, limits.freshness, limits.heartbeat, limits.power_proof,
                    limits.drift.transition);
}

auto values_of(const std::optional<AlertmanagerConfig>& config) {
    const auto& endpoint = config ? config->endpoint : alertmanager::AlertmanagerEndpoint{};
    return std::tuple{config.has_value(),      endpoint.url,
                      endpoint.token.reveal(), endpoint.ca_file,
                      endpoint.timeout,        config ? config->interval : inventory::Duration{}};
}

}  // namespace

std::vector<std::string> changes_that_need_a_restart(const ControllerConfig& running,
                                                     const ControllerConfig& wanted) {
    Differences differences;
    differences.note("controller.listen", running.listen, wanted.listen);
    differences.note("controller.journal", values_of(running.journal), values_of(wanted.journal));
    differences.note("controller.lease", std::tie(running.lease.ttl, running.lease.renew),
                     std::tie(wanted.lease.ttl, wanted.lease.renew));
    differences.note("controller.alertmanager", values_of(running.alertmanager),
                     values_of(wanted.alertmanager));
    differences.note("controller.webhook.max_body", running.webhook_max_body, wanted.webhook_max_body);
    differences.note("controller.judge_interval", running.loop.judge_interval, wanted.loop.judge_interval);
    differences.note("controller.scope.opt_out_tag", running.loop.policy.opt_out.key,
                     wanted.loop.policy.opt_out.key);
    differences.note("cloud.database", values_of(running.cloud.database), values_of(wanted.cloud.database));
    differences.note("cloud.database.interval", running.cloud.plan.database_interval,
                     wanted.cloud.plan.database_interval);
    differences.note("cloud.libvirt", libvirt_of(running.cloud.plan), libvirt_of(wanted.cloud.plan));
    differences.note("cloud.candidates, cloud.freshness or cloud.proof_of_power_off",
                     limits_of(running.cloud.plan.limits), limits_of(wanted.cloud.plan.limits));
    differences.note("cloud.zones", running.cloud.zones, wanted.cloud.zones);
    return std::move(differences).keys();
}

}  // namespace controller::reload
