#include <utility>

#include <httplib.h>

#include "controller/alertmanager/silence_source.hpp"
#include "controller/alertmanager/silences_json.hpp"
#include "controller/http/client.hpp"
#include "controller/http/socket_deadline.hpp"
#include "controller/http/url.hpp"

namespace controller::alertmanager {
namespace {

using inventory::failure;
using inventory::Result;

constexpr std::size_t largest_answer = std::size_t{16} * 1024 * 1024;
constexpr int success = 200;

class HttpSilenceSource final : public SilenceSource {
public:
    HttpSilenceSource(http::Url url, AlertmanagerEndpoint endpoint)
        : url_(std::move(url)), endpoint_(std::move(endpoint)) {}

    Result<std::vector<Silence>> read() override {
        auto silences = ask().and_then([](const std::string& body) { return read_silences(body); });
        return silences ? std::move(silences)
                        : failure("Alertmanager at " + url_.authority(), silences.error());
    }

private:
    /// Library errors that are thrown become errors of ours.
    [[nodiscard]] Result<std::string> ask() const {
        try {
            return get();
        } catch (const std::exception& error) {
            return failure(error.what(), true);
        }
    }

    [[nodiscard]] Result<std::string> get() const {
        // Above the client: the client's destructor may still talk to the peer (TLS says goodbye).
        http::SocketDeadline deadline(std::chrono::steady_clock::now() + endpoint_.timeout);
        const auto client = http::make_client(url_, {endpoint_.ca_file, endpoint_.timeout});
        client->set_socket_options([&deadline](int socket) { deadline.guard(socket); });
        std::string body;
        const auto answer = client->Get(url_.path + "/api/v2/silences", headers(),
                                        [&body](const char* data, std::size_t size) {
                                            body.append(data, size);
                                            return body.size() <= largest_answer;
                                        });
        if (!answer) {
            return failure(deadline.is_over()
                               ? "no whole answer within " + inventory::to_words(endpoint_.timeout)
                               : httplib::to_string(answer.error()),
                           true);
        }
        return answer->status == success ? Result<std::string>{std::move(body)}
                                         : failure("it answers " + std::to_string(answer->status) +
                                                   " (is the url right, and does it want a token?)");
    }

    [[nodiscard]] httplib::Headers headers() const {
        httplib::Headers all{
            {"Host", url_.authority()}, {"Accept", "application/json"}, {"Accept-Encoding", "identity"}};
        if (!endpoint_.token.empty()) {
            all.emplace("Authorization", "Bearer " + endpoint_.token.reveal());
        }
        return all;
    }

    const http::Url url_;
    const AlertmanagerEndpoint endpoint_;
};

}  // namespace

Result<std::unique_ptr<SilenceSource>> make_silence_source(AlertmanagerEndpoint endpoint) {
    auto url = http::parse_url(endpoint.url, {.example = "http://127.0.0.1:9093", .default_path = ""});
    if (!url) {
        return failure("Alertmanager", url.error());
    }
    while (url->path.ends_with('/')) {
        url->path.pop_back();
    }
    return std::make_unique<HttpSilenceSource>(*std::move(url), std::move(endpoint));
}

}  // namespace controller::alertmanager
