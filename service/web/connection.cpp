#include "service/web/connection.hpp"

#include <cstddef>
#include <exception>

#include "service/log.hpp"
#include "service/web/site.hpp"
#include "service/web/tls_channel.hpp"

namespace service::web {
namespace {

constexpr std::size_t most_head = 16UL * 1024;

}  // namespace

/// The policy is asked for here, on a worker's thread, because files may have to be read for it.
void Connection::open() {
    site_ = current_site_();
    const auto& tls = site_->policy().tls;
    channel_ = tls ? tls_channel(socket_, tls) : plain_channel(socket_);
}

Connection::Head Connection::take_head(short& awaited) {
    while (head_.find("\r\n\r\n") == std::string::npos) {
        const std::size_t size = head_.size();
        if (size == most_head) {
            return Head::too_large;
        }
        head_.resize(most_head);
        const auto moved = channel_->receive(head_.data() + size, most_head - size);
        head_.resize(size + moved.bytes);
        if (moved.bytes == 0) {
            awaited = moved.awaited;
            return Head::unfinished;
        }
    }
    return Head::whole;
}

void Connection::serve(Head head, const Socket& stopping) {
    TimedStream stream{{socket_, *channel_, stopping}, std::move(head_), {}};
    if (head == Head::too_large) {
        Site::refuse_large_head(stream);
    } else {
        site_->answer(stream);
    }
    stream.finish();
}

short Connection::proceed(const Socket& stopping) {
    try {
        if (channel_ == nullptr) {
            open();
        }
        short awaited = 0;
        const Head head = take_head(awaited);
        if (head != Head::unfinished) {
            serve(head, stopping);
        }
        return awaited;
    } catch (const std::exception& error) {
        log_error("a connection failed", {{"error", error.what()}});
        return 0;
    }
}

}  // namespace service::web
