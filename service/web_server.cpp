#include "service/web_server.hpp"

#include <chrono>
#include <mutex>
#include <utility>

#include "service/web/acceptor.hpp"
#include "service/web/connection.hpp"
#include "service/web/policy_keeper.hpp"
#include "service/web/route.hpp"
#include "service/web/site.hpp"
#include "service/web/socket.hpp"

namespace service {

class WebServer::State {
public:
    void add(std::string method, const std::string& pattern, WebHandler handler, RouteOptions options) {
        routes_.push_back({std::move(method), std::regex{pattern}, std::move(handler), std::move(options)});
    }
    inventory::Status start(const ListenAddress& address, const std::string& web_config_file);
    void stop() { acceptor_.reset(); }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] web::PolicyKeeper& policies() const { return *policies_; }

private:
    std::shared_ptr<const web::Site> current_site();

    std::vector<web::Route> routes_;
    std::unique_ptr<web::PolicyKeeper> policies_;
    std::mutex mutex_;
    std::shared_ptr<const web::Site> site_;  ///< guarded by mutex_
    web::Connection::CurrentSite current_site_ = [this] { return current_site(); };
    std::uint16_t port_ = 0;
    std::unique_ptr<web::Acceptor> acceptor_;
};

std::shared_ptr<const web::Site> WebServer::State::current_site() {
    auto policy = policies_->current(std::chrono::steady_clock::now());
    const std::lock_guard lock{mutex_};
    if (!site_ || &site_->policy() != policy.get()) {
        site_ = std::make_shared<web::Site>(routes_, std::move(policy));
    }
    return site_;
}

inventory::Status WebServer::State::start(const ListenAddress& address, const std::string& web_config_file) {
    auto policies = web::PolicyKeeper::open(web_config_file);
    if (!policies) {
        return tl::unexpected(policies.error());
    }
    auto listening = web::listen_on(address);
    if (!listening) {
        return tl::unexpected(listening.error());
    }
    policies_ = std::move(*policies);
    port_ = web::port_of(*listening);
    acceptor_ = std::make_unique<web::Acceptor>(std::move(*listening), web::Acceptor::Limits{},
                                                [this](web::Socket socket) -> std::unique_ptr<web::Peer> {
                                                    return std::make_unique<web::Connection>(
                                                        std::move(socket), current_site_);
                                                });
    return {};
}

WebServer::WebServer() : state_(std::make_unique<State>()) {}
WebServer::~WebServer() = default;

void WebServer::get(const std::string& pattern, WebHandler handler, RouteOptions options) {
    state_->add("GET", pattern, std::move(handler), std::move(options));
}

void WebServer::post(const std::string& pattern, WebHandler handler, RouteOptions options) {
    state_->add("POST", pattern, std::move(handler), std::move(options));
}

inventory::Status WebServer::start(const ListenAddress& address, const std::string& web_config_file) {
    return state_->start(address, web_config_file);
}

std::uint16_t WebServer::port() const {
    return state_->port();
}

bool WebServer::authenticates() const {
    return state_->policies().current(std::chrono::steady_clock::now())->authenticates();
}

bool WebServer::web_config_is_current() const {
    return state_->policies().is_current();
}

void WebServer::stop() {
    state_->stop();
}

inventory::Status check_web_config(const std::string& web_config_file) {
    if (web_config_file.empty()) {
        return {};
    }
    const auto loaded = web::load_web_policy(web_config_file);
    return loaded ? inventory::Status{} : tl::unexpected(loaded.error());
}

}  // namespace service
