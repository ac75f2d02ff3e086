#include "controller/page/sessions.hpp"

#include <algorithm>
#include <utility>

#include "service/web/random_token.hpp"

namespace controller::page {

using service::web::digest_of;
using service::web::is_same;
using service::web::random_token;

std::string Sessions::open(std::string name, const inventory::Secret& token, Instant now) {
    std::string secret = random_token();
    const std::lock_guard lock{mutex_};
    forget_the_oldest(now);
    sessions_.insert_or_assign(
        digest_of(secret),
        Session{{std::move(name), random_token()}, digest_of(token.reveal()), now + lifetime});
    return secret;
}

/// Makes room for one more. All live equally long, so the oldest is the one that ends first.
void Sessions::forget_the_oldest(Instant now) {
    std::erase_if(sessions_, [now](const auto& entry) { return entry.second.ends <= now; });
    while (sessions_.size() >= most) {
        sessions_.erase(std::min_element(
            sessions_.begin(), sessions_.end(),
            [](const auto& left, const auto& right) { return left.second.ends < right.second.ends; }));
    }
}

std::optional<Visitor> Sessions::find(const std::string& secret, const inventory::Secret& token,
                                      Instant now) {
    const std::lock_guard lock{mutex_};
    const auto found = sessions_.find(digest_of(secret));
    if (found == sessions_.end()) {
        return std::nullopt;
    }
    if (found->second.ends <= now || !is_same(found->second.token, digest_of(token.reveal()))) {
        sessions_.erase(found);
        return std::nullopt;
    }
    return found->second.visitor;
}

void Sessions::close(const std::string& secret) {
    const std::lock_guard lock{mutex_};
    sessions_.erase(digest_of(secret));
}

Visitor Sessions::of_user(const std::string& user) {
    const std::lock_guard lock{mutex_};
    const auto found = users_.find(user);
    return found != users_.end() ? found->second
                                 : users_.emplace(user, Visitor{user, random_token()}).first->second;
}

std::size_t Sessions::count() const {
    const std::lock_guard lock{mutex_};
    return sessions_.size();
}

}  // namespace controller::page
