#include "service/web/channel.hpp"

#include <cerrno>

#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>

namespace service::web {
namespace {

Channel::Moved outcome_of(ssize_t count, short awaited_when_idle) {
    if (count > 0) {
        return {.bytes = static_cast<std::size_t>(count)};
    }
    const bool idle = count < 0 && (errno == EAGAIN || errno == EINTR);
    return {.awaited = idle ? awaited_when_idle : static_cast<short>(0)};
}

class PlainChannel final : public Channel {
public:
    explicit PlainChannel(const Socket& socket) : socket_(socket) {}

    Moved receive(char* bytes, std::size_t most) override {
        return outcome_of(recv(socket_.get(), bytes, most, MSG_DONTWAIT), POLLIN);
    }
    Moved send(const char* bytes, std::size_t size) override {
        return outcome_of(::send(socket_.get(), bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL), POLLOUT);
    }
    void end() override { shutdown(socket_.get(), SHUT_WR); }

private:
    const Socket& socket_;
};

}  // namespace

std::unique_ptr<Channel> plain_channel(const Socket& socket) {
    return std::make_unique<PlainChannel>(socket);
}

}  // namespace service::web
