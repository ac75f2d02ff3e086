#pragma once

#include <functional>
#include <memory>
#include <string>

#include "service/web/acceptor.hpp"
#include "service/web/channel.hpp"

namespace service::web {

class Site;

/// One connection with its one request, from the first byte to the close: bytes that were not read can never
/// be taken for a next request.
class Connection final : public Peer {
public:
    /// Gives the site that is in force, when the peer has said its first word.
    using CurrentSite = std::function<std::shared_ptr<const Site>()>;

    Connection(Socket socket, const CurrentSite& current_site)
        : socket_(std::move(socket)), current_site_(current_site) {}

    [[nodiscard]] int descriptor() const override { return socket_.get(); }
    short proceed(const Socket& stopping) override;

private:
    enum class Head { whole, too_large, unfinished };

    void open();
    Head take_head(short& awaited);
    void serve(Head head, const Socket& stopping);

    Socket socket_;
    const CurrentSite& current_site_;
    std::shared_ptr<const Site> site_;
    std::unique_ptr<Channel> channel_;
    std::string head_;
};

}  // namespace service::web
