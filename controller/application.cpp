#include "controller/application.hpp"

#include <algorithm>
#include <utility>

#include "controller/api/api.hpp"
#include "controller/api/status.hpp"
#include "controller/cloudstack/http_api.hpp"
#include "controller/intake/endpoint.hpp"
#include "controller/journal/mariadb_journal.hpp"
#include "controller/journal/mariadb_lease.hpp"
#include "controller/journal/mariadb_operators.hpp"
#include "controller/live_directory.hpp"
#include "controller/live_explainer.hpp"
#include "controller/loop/driver.hpp"
#include "controller/loop/lease_keeper.hpp"
#include "controller/metrics_observer.hpp"
#include "controller/observed_cloud.hpp"
#include "controller/silence_poller.hpp"
#include "inventory/libvirt/worker_client.hpp"
#include "inventory/mariadb/record_source.hpp"
#include "inventory/support/descriptors.hpp"
#include "service/log.hpp"

namespace controller {
namespace {

using inventory::Result;
using inventory::Status;
using inventory::observer::Observatory;

std::unique_ptr<Observatory> make_observatory(const service::CloudConfig& cloud, const std::string& tag_key) {
    inventory::allow_many_descriptors();
    inventory::observer::Sources sources;
    sources.records =
        std::make_unique<inventory::mariadb::RecordSource>(cloud.database, cloud.zones, tag_key);
    sources.fresh_records =
        std::make_unique<inventory::mariadb::RecordSource>(cloud.database, cloud.zones, tag_key);
    sources.domains = [](const std::string& uri) {
        return std::make_unique<inventory::libvirt::WorkerClient>(uri);
    };
    return std::make_unique<Observatory>(cloud.plan, std::move(sources), inventory::system_now);
}

constexpr auto landing_text =
    "warden-controller " WARDEN_VERSION
    "\n\n"
    "/metrics               what it decided and did, for Prometheus\n"
    "/api/v1/actions        every action with its evidence (operator's token; or: wardenctl actions)\n"
    "/api/v1/explain/{vm}   why a VM is held or not (operator's token; or: wardenctl explain VM)\n"
    "/api/v1/pauses         what operators have paused (operator's token; or: wardenctl pauses)\n"
    "/api/v1/status         which controller leads (operator's token)\n"
    "/api/v1/alerts         Alertmanager's webhook\n"
    "/-/healthy  /-/ready\n";

Result<std::unique_ptr<cloudstack::Api>> make_api(const CloudStackConfig& config,
                                                  ControllerMetrics& metrics) {
    return cloudstack::make_http_api({.url = config.url,
                                      .keys = {.api_key = config.api_key, .secret_key = config.secret_key},
                                      .ca_file = config.ca_file,
                                      .timeout = config.timeout},
                                     [&metrics](std::string_view command, std::string_view result) {
                                         metrics.api_request(command, result);
                                     });
}

/// The lease is asked for often, so that no question may take longer than until the next one.
Result<std::unique_ptr<loop::LeaseKeeper>> make_keeper(const ControllerConfig& config) {
    auto server = config.journal;
    server.timeout = std::min(server.timeout, config.lease.renew);
    return journal::open_mariadb_lease(server).map([&](std::unique_ptr<journal::Lease> lease) {
        return std::make_unique<loop::LeaseKeeper>(std::move(lease), loop::new_controller_name(),
                                                   config.lease);
    });
}

/// What has to be opened before anything can be wired, and may fail at it.
struct Opened {
    std::unique_ptr<ControllerMetrics> metrics;
    std::unique_ptr<loop::LeaseKeeper> keeper;
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<journal::Operators> operators;
    std::unique_ptr<cloudstack::Api> api;
    std::unique_ptr<SilencePoller> silences;
};

Status open_journal(Opened& opened, const ControllerConfig& config) {
    const auto on_write = [metrics = opened.metrics.get()](inventory::Duration took) {
        metrics->journal_written(took);
    };
    auto keeper = make_keeper(config);
    if (!keeper) {
        return inventory::failure("cannot open the journal", keeper.error());
    }
    auto journal = journal::open_mariadb_journal(config.journal, on_write,
                                                 [raw = keeper->get()] { return raw->token(); });
    if (!journal) {
        return inventory::failure("cannot open the journal", journal.error());
    }
    auto operators = journal::open_mariadb_operators(config.journal, on_write);
    if (!operators) {
        return inventory::failure("cannot open the journal", operators.error());
    }
    opened.keeper = std::move(*keeper);
    opened.journal = std::move(*journal);
    opened.operators = std::move(*operators);
    return {};
}

Status open_peers(Opened& opened, const ControllerConfig& config) {
    auto api = make_api(config.cloudstack, *opened.metrics);
    if (!api) {
        return tl::unexpected(api.error());
    }
    auto silences = SilencePoller::start(
        config.alertmanager,
        [metrics = opened.metrics.get()](bool successfully) { metrics->alertmanager_read(successfully); });
    if (!silences) {
        return tl::unexpected(silences.error());
    }
    opened.api = std::move(*api);
    opened.silences = std::move(*silences);
    return {};
}

}  // namespace

/// Members in the order in which they need each other; destroyed in reverse, after the server has stopped.
class Application::Parts {
public:
    Parts(ControllerConfig config, Opened opened)
        : config_(std::move(config)),
          metrics_(std::move(opened.metrics)),
          keeper_(std::move(opened.keeper)),
          journal_(std::move(opened.journal)),
          operators_(std::move(opened.operators)),
          api_(std::move(opened.api)),
          silences_(std::move(opened.silences)),
          observatory_(make_observatory(config_.cloud, config_.loop.policy.opt_out.key)),
          cloud_(*observatory_, config_.cloud.database),
          directory_(cloud_),
          observer_(*metrics_),
          fleet_(config_.loop.limits.freshness, config_.loop.judge_interval),
          explainer_(surroundings(), config_.loop),
          driver_(surroundings(), config_.loop),
          intake_(config_.alerts, *journal_, intake_hooks()) {}

    inventory::Status start() {
        for (const auto& [remedy, policy] : config_.loop.policy.remedies) {
            metrics_->remedy_mode(remedy, policy.mode);
        }
        add_routes();
        observatory_->start();
        keeper_->start([this] { driver_.wake(); });
        driver_.start();
        return server_.start(config_.listen, config_.web_config_file);
    }

    ~Parts() {
        server_.stop();
        driver_.stop();
        keeper_->stop();
    }
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    [[nodiscard]] std::uint16_t port() const { return server_.port(); }

private:
    loop::Surroundings surroundings() {
        return {.cloud = cloud_,
                .journal = *journal_,
                .operators = *operators_,
                .silences = silences_->silences(),
                .api = *api_,
                .observer = observer_,
                .fleet = fleet_,
                .clock = inventory::system_now,
                .pause = {},
                .leadership = [this] { return keeper_->leadership(); }};
    }

    api::OperatorDesk desk() {
        return {.journal = *journal_,
                .operators = *operators_,
                .explainer = explainer_,
                .directory = directory_,
                .clock = inventory::system_now,
                .mode_of = [this](Remedy remedy) { return config_.loop.policy.remedies.at(remedy).mode; },
                .on_word = [this] { driver_.wake(); }};
    }

    intake::IntakeHooks intake_hooks() {
        return {.on_received = [this](bool firing) { metrics_->alert_received(firing); },
                .on_rejected = [this](std::string_view reason) { metrics_->alert_rejected(reason); },
                .on_truncated = [this](std::uint64_t count) { metrics_->alerts_truncated(count); },
                .on_news = [this] { driver_.wake(); }};
    }

    void add_routes() {
        intake::register_webhook(
            server_, intake_,
            {.token = config_.webhook_token,
             .max_body = config_.webhook_max_body,
             .on_rejected = [this](std::string_view reason) { metrics_->alert_rejected(reason); },
             .on_answered = [this](inventory::Duration took) { metrics_->webhook_answered(took); }});
        api::add_routes(server_, desk(), config_.operator_token);
        api::add_status_route(
            server_, [this] { return keeper_->leadership(); }, config_.operator_token);
        server_.get("/metrics", [this](const service::WebRequest&) {
            metrics_->web_config_read(server_.web_config_is_current());
            metrics_->leadership(keeper_->leadership());
            return service::WebResponse{.content_type = "text/plain; version=0.0.4; charset=utf-8",
                                        .body = metrics_->text()};
        });
        server_.get("/",
                    [](const service::WebRequest&) { return service::WebResponse{.body = landing_text}; });
        server_.get("/-/healthy", [](const service::WebRequest&) {
            return service::WebResponse{.body = "warden-controller is alive\n"};
        });
        server_.get("/-/ready", [this](const service::WebRequest&) { return readiness(); });
    }

    /// Ready to judge: the cloud has been read once, and the journal answers. Whether it leads or follows
    /// does not matter: both take alerts in.
    service::WebResponse readiness() {
        if (!observatory_->latest()->records) {
            return {.status = 503, .body = "not ready: CloudStack's database has not been read yet\n"};
        }
        if (const auto counts = journal_->count_by_state(); !counts) {
            return {.status = 503, .body = "not ready: the journal cannot be read\n"};
        }
        return {.body = "ready; " + api::in_words(keeper_->leadership()) + "\n"};
    }

    ControllerConfig config_;
    std::unique_ptr<ControllerMetrics> metrics_;
    std::unique_ptr<loop::LeaseKeeper> keeper_;
    std::unique_ptr<journal::Journal> journal_;
    std::unique_ptr<journal::Operators> operators_;
    std::unique_ptr<cloudstack::Api> api_;
    std::unique_ptr<SilencePoller> silences_;
    std::unique_ptr<Observatory> observatory_;
    ObservedCloud cloud_;
    LiveDirectory directory_;
    MetricsObserver observer_;
    loop::FleetWatch fleet_;
    LiveExplainer explainer_;
    loop::LoopDriver driver_;
    intake::Intake intake_;
    service::WebServer server_;
};

Application::Application() = default;
Application::~Application() = default;

Result<std::unique_ptr<Application>> Application::start(ControllerConfig config) {
    Opened opened;
    opened.metrics = std::make_unique<ControllerMetrics>(WARDEN_VERSION);
    const auto ready = open_journal(opened, config).and_then([&] { return open_peers(opened, config); });
    if (!ready) {
        return tl::unexpected(ready.error());
    }
    std::unique_ptr<Application> application(new Application);
    application->parts_ = std::make_unique<Parts>(std::move(config), std::move(opened));
    if (const auto started = application->parts_->start(); !started) {
        return tl::unexpected(started.error());
    }
    service::log_info("serving", {{"port", std::to_string(application->port())}});
    return application;
}

std::uint16_t Application::port() const {
    return parts_->port();
}

}  // namespace controller
