#include "controller/application.hpp"

#include <utility>

#include "controller/api/api.hpp"
#include "controller/api/moves_api.hpp"
#include "controller/api/status.hpp"
#include "controller/collaborators.hpp"
#include "controller/intake/endpoint.hpp"
#include "controller/live_directory.hpp"
#include "controller/live_explainer.hpp"
#include "controller/live_move_desk.hpp"
#include "controller/loop/driver.hpp"
#include "controller/loop/lease_keeper.hpp"
#include "controller/metrics_observer.hpp"
#include "controller/observed_cloud.hpp"
#include "controller/page/page.hpp"
#include "controller/reload/current_config.hpp"
#include "service/log.hpp"

namespace controller {

using inventory::Result;
using inventory::Status;
using inventory::observer::Observatory;

/// Members in the order in which they need each other; destroyed in reverse, after the server has stopped.
class Application::Parts {
public:
    Parts(const ControllerConfig& config, Reader reader, Collaborators opened)
        : config_(config, std::move(reader), inventory::system_now),
          metrics_(std::move(opened.metrics)),
          keeper_(std::move(opened.keeper)),
          journal_(std::move(opened.journal)),
          operators_(std::move(opened.operators)),
          moves_(std::move(opened.moves)),
          api_(std::move(opened.api)),
          silences_(std::move(opened.silences)),
          observatory_(make_observatory(config.cloud, config.loop.policy.opt_out.key)),
          cloud_(*observatory_, config.cloud.database),
          directory_(cloud_),
          observer_(*metrics_),
          fleet_(config.loop.limits.freshness, config.loop.judge_interval),
          explainer_(surroundings(), config.loop),
          move_desk_(cloud_, explainer_, *journal_, *moves_, inventory::system_now),
          driver_(surroundings(), config.loop),
          intake_(config.alerts, *journal_, intake_hooks()),
          page_(page_parts()) {}

    inventory::Status start() {
        const auto config = config_.get();
        show_modes(*config);
        add_routes(*config);
        observatory_->start();
        keeper_->start([this] { driver_.wake(); });
        driver_.start();
        return server_.start(config->listen, config->web_config_file);
    }

    Result<std::string> reload() {
        return config_.reload([this](const ControllerConfig& config) { return apply(config); });
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
                .moves = *moves_,
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
                .mode_of = [this](Remedy remedy) { return mode_of(remedy); },
                .on_word = [this] { driver_.wake(); }};
    }

    intake::IntakeHooks intake_hooks() {
        return {.on_received = [this](bool firing) { metrics_->alert_received(firing); },
                .on_rejected = [this](std::string_view reason) { metrics_->alert_rejected(reason); },
                .on_truncated = [this](std::uint64_t count) { metrics_->alerts_truncated(count); },
                .on_news = [this] { driver_.wake(); }};
    }

    page::PageParts page_parts() {
        return {.status = {.latest = [this] { return observatory_->latest(); },
                           .journal = *journal_,
                           .pauses = [this](inventory::Time now) { return pauses_in_force(now); },
                           .leader = [this] { return leader(); },
                           .mode_of = [this](Remedy remedy) { return mode_of(remedy); },
                           .clock = inventory::system_now},
                .explainer = explainer_,
                .deeds = {.approve = at_desk(api::approve_action),
                          .cancel = at_desk(api::cancel_action),
                          .lift = at_desk(api::lift_guard),
                          .acknowledge = at_desk(api::acknowledge_vm),
                          .pause = at_desk(api::begin_pause),
                          .end_pause = at_desk(api::end_pause)},
                .operator_token = [this] { return config_.get()->operator_token; }};
    }

    Result<std::vector<page::PauseLine>> pauses_in_force(inventory::Time now) {
        constexpr std::uint32_t most = 200;
        return operators_->pauses({.in_force_at = now, .limit = most}).map([](const auto& pauses) {
            std::vector<page::PauseLine> lines;
            for (const auto& pause : pauses) {
                const std::string subject = pause.subject.empty() ? "" : " " + pause.subject;
                lines.push_back({pause.id, std::string{to_word(pause.scope)} + subject, pause.word.who,
                                 pause.word.why, pause.until});
            }
            return lines;
        });
    }

    page::Leader leader() {
        const auto known = keeper_->leadership();
        return {known.leads(), known.leads() ? known.controller : known.holder, known.trouble};
    }

    service::WebHandler at_desk(service::WebResponse (*answer)(const service::WebRequest&,
                                                               const api::OperatorDesk&)) {
        return [this, answer](const service::WebRequest& request) { return answer(request, desk()); };
    }

    [[nodiscard]] Mode mode_of(Remedy remedy) const {
        const auto config = config_.get();
        const auto found = config->loop.policy.remedies.find(remedy);
        return found == config->loop.policy.remedies.end() ? Mode::off : found->second.mode;
    }

    service::BearerToken operator_token() {
        return service::BearerToken{[this] { return config_.get()->operator_token; }};
    }

    service::BearerToken webhook_token() {
        return service::BearerToken{[this] { return config_.get()->webhook_token; }};
    }

    void show_modes(const ControllerConfig& config) {
        for (const auto& [remedy, policy] : config.loop.policy.remedies) {
            metrics_->remedy_mode(remedy, policy.mode);
        }
    }

    /// What fails comes first: then nothing has been taken over.
    Status apply(const ControllerConfig& config) {
        auto api = make_api(config.cloudstack, *metrics_);
        if (!api) {
            return tl::unexpected(api.error());
        }
        api_->replace(std::move(*api));
        intake_.follow(config.alerts);
        explainer_.take_over(config.loop);
        driver_.take_over(config.loop);
        show_modes(config);
        return {};
    }

    service::WebResponse answer_reload() {
        constexpr int internal_error = 500;
        const auto read = reload();
        if (!read) {
            return {.status = internal_error,
                    .body = "the configuration stays as it was:\n" + read.error().message + "\n"};
        }
        return {.body = *read + "\n"};
    }

    service::WebResponse show_metrics() {
        metrics_->web_config_read(server_.web_config_is_current());
        metrics_->leadership(keeper_->leadership());
        const auto facts = config_.facts();
        metrics_->config_read(facts.last_read_good, facts.read_at, facts.hash);
        return {.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = metrics_->text()};
    }

    void add_routes(const ControllerConfig& config) {
        intake::register_webhook(
            server_, intake_,
            {.token = webhook_token(),
             .max_body = config.webhook_max_body,
             .on_rejected = [this](std::string_view reason) { metrics_->alert_rejected(reason); },
             .on_answered = [this](inventory::Duration took) { metrics_->webhook_answered(took); }});
        api::add_routes(server_, desk(), operator_token());
        api::add_status_route(
            server_, [this] { return keeper_->leadership(); }, operator_token());
        api::add_move_routes(server_, move_desk_, operator_token(), [this] { driver_.wake(); });
        server_.get("/metrics", [this](const service::WebRequest&) { return show_metrics(); });
        server_.post("/-/reload", [this](const service::WebRequest&) { return answer_reload(); },
                     {.bearer = operator_token()});
        page_.add_routes(server_);
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

    reload::CurrentConfig config_;
    std::unique_ptr<ControllerMetrics> metrics_;
    std::unique_ptr<loop::LeaseKeeper> keeper_;
    std::unique_ptr<journal::Journal> journal_;
    std::unique_ptr<journal::Operators> operators_;
    std::unique_ptr<journal::Moves> moves_;
    std::unique_ptr<cloudstack::ReplaceableApi> api_;
    std::unique_ptr<SilencePoller> silences_;
    std::unique_ptr<Observatory> observatory_;
    ObservedCloud cloud_;
    LiveDirectory directory_;
    MetricsObserver observer_;
    loop::FleetWatch fleet_;
    LiveExplainer explainer_;
    LiveMoveDesk move_desk_;
    loop::LoopDriver driver_;
    intake::Intake intake_;
    page::StatusPage page_;
    service::WebServer server_;
};

Application::Application() = default;
Application::~Application() = default;

Result<std::unique_ptr<Application>> Application::start(const ControllerConfig& config, Reader reader) {
    auto opened = open_collaborators(config);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    std::unique_ptr<Application> application(new Application);
    application->parts_ = std::make_unique<Parts>(config, std::move(reader), std::move(*opened));
    if (const auto started = application->parts_->start(); !started) {
        return tl::unexpected(started.error());
    }
    service::log_info("serving", {{"port", std::to_string(application->port())}});
    return application;
}

Result<std::string> Application::reload() {
    return parts_->reload();
}

std::uint16_t Application::port() const {
    return parts_->port();
}

}  // namespace controller
