#include "service/web/tls_channel.hpp"

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

#include "service/log.hpp"

namespace service::web {
namespace {

/// For a client that speaks plain HTTP to us: it could make nothing of a TLS alert.
constexpr std::string_view use_https =
    "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "Content-Length: 33\r\n\r\nTLS is spoken here; use https://\n";

std::string reason_of(unsigned long error) {
    std::array<char, 256> text{};
    ERR_error_string_n(error, text.data(), text.size());
    return text.data();
}

struct ReleaseSession {
    void operator()(SSL* session) const { SSL_free(session); }
};

class TlsChannel final : public Channel {
public:
    TlsChannel(const Socket& socket, std::shared_ptr<const TlsContext> context)
        : socket_(socket), context_(std::move(context)), session_(SSL_new(context_->get())) {
        // OpenSSL writes without MSG_NOSIGNAL; the HTTP library has set SIGPIPE to be ignored.
        if (!session_ || SSL_set_fd(session_.get(), socket.get()) != 1) {
            throw std::runtime_error{"OpenSSL gives no TLS session"};
        }
        SSL_set_accept_state(session_.get());
    }

    Moved receive(char* bytes, std::size_t most) override {
        std::size_t count = 0;
        ERR_clear_error();
        const int result = SSL_read_ex(session_.get(), bytes, most, &count);
        return outcome_of(result, count);
    }

    Moved send(const char* bytes, std::size_t size) override {
        std::size_t count = 0;
        ERR_clear_error();
        const int result = SSL_write_ex(session_.get(), bytes, size, &count);
        return outcome_of(result, count);
    }

    void end() override {
        if (!broken_) {
            ERR_clear_error();
            SSL_shutdown(session_.get());
        }
        shutdown(socket_.get(), SHUT_WR);
    }

private:
    Moved outcome_of(int result, std::size_t count) {
        if (result == 1) {
            return {.bytes = count};
        }
        switch (SSL_get_error(session_.get(), result)) {
            case SSL_ERROR_WANT_READ:
                return {.awaited = POLLIN};
            case SSL_ERROR_WANT_WRITE:
                return {.awaited = POLLOUT};
            case SSL_ERROR_ZERO_RETURN:
                return {};
            default:
                break;
        }
        fail(ERR_peek_error());
        return {};
    }

    /// What fails in a handshake is the client's business first, and anybody can make it fail: no more than a
    /// line for whoever looks for it.
    void fail(unsigned long error) {
        broken_ = true;  // OpenSSL forbids SSL_shutdown() after it
        if (error != 0) {
            log_debug("a TLS connection failed", {{"error", reason_of(error)}});
        }
        if (ERR_GET_REASON(error) == SSL_R_HTTP_REQUEST) {
            (void)::send(socket_.get(), use_https.data(), use_https.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        }
        ERR_clear_error();
        take_the_rest();
    }

    /// Closing over unread bytes would reset the connection, and destroy what tells the client why.
    void take_the_rest() {
        shutdown(socket_.get(), SHUT_WR);
        std::array<char, 16UL * 1024> bytes{};
        (void)recv(socket_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
    }

    const Socket& socket_;
    std::shared_ptr<const TlsContext> context_;
    std::unique_ptr<SSL, ReleaseSession> session_;
    bool broken_ = false;
};

}  // namespace

std::unique_ptr<Channel> tls_channel(const Socket& socket, std::shared_ptr<const TlsContext> context) {
    return std::make_unique<TlsChannel>(socket, std::move(context));
}

}  // namespace service::web
