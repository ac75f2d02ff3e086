#include "controller/cloudstack/http_api.hpp"

#include <utility>

#include <httplib.h>

#include "controller/cloudstack/answer.hpp"
#include "controller/http/client.hpp"
#include "controller/http/socket_deadline.hpp"
#include "controller/http/url.hpp"

namespace controller::cloudstack {
namespace {

using inventory::Result;

constexpr std::size_t largest_answer = std::size_t{4} * 1024 * 1024;

/// Why a request has no answer, and whether CloudStack may have taken it all the same.
struct NoAnswer {
    bool may_have_arrived = true;
    std::string reason;
};

using Exchange = tl::expected<HttpAnswer, NoAnswer>;

/// Errors that come before the first byte of the request: no connection, or no TLS session that we trust.
bool is_before_sending(httplib::Error error) {
    using enum httplib::Error;
    return error == Connection || error == ConnectionTimeout || error == BindIPAddress ||
           error == SSLConnection || error == SSLLoadingCerts || error == SSLServerVerification;
}

class HttpApi final : public Api {
public:
    HttpApi(http::Url url, Endpoint endpoint, RequestHook on_request)
        : url_(std::move(url)), endpoint_(std::move(endpoint)), on_request_(std::move(on_request)) {}

    Submission stop_virtual_machine(const std::string& vm_uuid, bool forced,
                                    inventory::Time expires_at) override {
        return submit(
            {{"command", "stopVirtualMachine"}, {"id", vm_uuid}, {"forced", forced ? "true" : "false"}},
            expires_at);
    }

    Submission start_virtual_machine(const std::string& vm_uuid, inventory::Time expires_at) override {
        return submit({{"command", "startVirtualMachine"}, {"id", vm_uuid}}, expires_at);
    }

    Submission assign_virtual_machine(const std::string& vm_uuid, const MoveTarget& target,
                                      inventory::Time expires_at) override {
        Parameters parameters{{"command", "assignVirtualMachine"},
                              {"virtualmachineid", vm_uuid},
                              {"account", target.account},
                              {"domainid", target.domain_uuid}};
        std::string networks;
        for (const auto& uuid : target.network_uuids) {
            networks += (networks.empty() ? "" : ",") + uuid;
        }
        if (!networks.empty()) {
            parameters.emplace("networkids", networks);
        }
        return submit(std::move(parameters), expires_at, endpoint_.move_timeout);
    }

    Result<JobStatus> job_status(const std::string& job_id, inventory::Time expires_at) override {
        const std::string command = "queryAsyncJobResult";
        const auto answer =
            exchange({{"command", command}, {"jobid", job_id}}, expires_at, endpoint_.timeout);
        auto status = answer ? read_job_status(*answer)
                             : Result<JobStatus>(inventory::failure(answer.error().reason, true));
        count(command, status ? "ok" : "error");
        return status ? status : inventory::failure("cannot follow job " + job_id, status.error());
    }

private:
    Submission submit(Parameters parameters, inventory::Time expires_at) {
        return submit(std::move(parameters), expires_at, endpoint_.timeout);
    }

    Submission submit(Parameters parameters, inventory::Time expires_at, inventory::Duration timeout) {
        const auto command = parameters.at("command");
        auto submission = to_submission(command, exchange(std::move(parameters), expires_at, timeout));
        static constexpr std::array<std::string_view, 4> words{"accepted", "refused", "not_sent", "unknown"};
        static_assert(std::variant_size_v<Submission> == words.size());
        count(command, words.at(submission.index()));
        return submission;
    }

    static Submission to_submission(const std::string& command, const Exchange& answer) {
        if (answer) {
            return read_submission(command, *answer);
        }
        if (answer.error().may_have_arrived) {
            return Unknown{answer.error().reason};
        }
        return NotSent{answer.error().reason};
    }

    /// One signed POST. A library error counts as "may have arrived" unless it is known to come before.
    Exchange exchange(Parameters parameters, inventory::Time expires_at, inventory::Duration timeout) const {
        try {
            return post(signed_form(std::move(parameters), endpoint_.keys, expires_at), timeout);
        } catch (const std::exception& error) {
            return lost(true, error.what());
        }
    }

    Exchange post(std::string form, inventory::Duration timeout) const {
        // Above the client: the client's destructor may still talk to the peer (TLS says goodbye).
        http::SocketDeadline deadline(std::chrono::steady_clock::now() + timeout);
        const auto client = http::make_client(url_, {endpoint_.ca_file, timeout});
        client->set_connection_timeout(endpoint_.timeout);
        client->set_socket_options([&deadline](int socket) { deadline.guard(socket); });

        HttpAnswer answer;
        httplib::Request request;
        request.method = "POST";
        request.path = url_.path;
        request.headers = {{"Host", url_.authority()},
                           {"Accept", "application/json"},
                           {"Accept-Encoding", "identity"},
                           {"Content-Type", "application/x-www-form-urlencoded"}};
        request.body = std::move(form);
        request.content_receiver = [&answer](const char* data, std::size_t size, std::uint64_t,
                                             std::uint64_t) {
            answer.body.append(data, size);
            return answer.body.size() <= largest_answer;
        };
        const auto result = client->send(request);
        if (result) {
            answer.status = result->status;
            return answer;
        }
        const std::string why = deadline.is_over() ? "no whole answer within " + inventory::to_words(timeout)
                                                   : httplib::to_string(result.error());
        return lost(!is_before_sending(result.error()), why);
    }

    tl::unexpected<NoAnswer> lost(bool may_have_arrived, const std::string& why) const {
        const std::string what = may_have_arrived ? "lost the answer of " : "cannot reach ";
        return tl::unexpected<NoAnswer>({may_have_arrived, what + (url_.secure ? "https://" : "http://") +
                                                               url_.authority() + ": " + why});
    }

    void count(std::string_view command, std::string_view result) const {
        if (on_request_) {
            on_request_(command, result);
        }
    }

    const http::Url url_;
    const Endpoint endpoint_;
    const RequestHook on_request_;
};

}  // namespace

Result<std::unique_ptr<Api>> make_http_api(Endpoint endpoint, RequestHook on_request) {
    auto url = http::parse_url(endpoint.url, {.example = "https://cloud.example.org:8443/client/api",
                                              .default_path = "/client/api"});
    if (!url) {
        return inventory::failure("CloudStack's API", url.error());
    }
    return std::make_unique<HttpApi>(*std::move(url), std::move(endpoint), std::move(on_request));
}

}  // namespace controller::cloudstack
