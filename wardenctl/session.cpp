#include "wardenctl/session.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "service/secret_file.hpp"
#include "wardenctl/client.hpp"
#include "wardenctl/pages.hpp"

namespace wardenctl {
namespace {

constexpr std::chrono::seconds limit{10};

using Body = tl::expected<std::string, int>;

Body body_of(const inventory::Result<Answer>& answer) {
    constexpr int success = 200;
    if (!answer) {
        return tl::unexpected(fail(unreachable, answer.error().message));
    }
    if (answer->status != success) {
        return tl::unexpected(fail(refused, error_of(answer->body)));
    }
    return answer->body;
}

int print(const Session& session, const Body& body, Render render) {
    if (!body) {
        return body.error();
    }
    const auto page = session.json ? inventory::Result<std::string>{*body} : render(*body);
    if (!page) {
        return fail(refused, page.error().message);
    }
    (void)std::fputs(page->c_str(), stdout);
    return ok;
}

template <class Ask>
Body with_token(const Session& session, const Ask& ask) {
    const auto token = service::read_secret_file(session.token_file);
    if (!token) {
        return tl::unexpected(
            fail(misused, token.error().message + " (--token-file names the operator's token)"));
    }
    return body_of(ask(*token));
}

}  // namespace

std::string user_name() {
    for (const char* variable : {"SUDO_USER", "USER"}) {
        const char* name = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): one thread, at the start
        if (name != nullptr && *name != '\0') {
            return name;
        }
    }
    return {};
}

int fail(int code, const std::string& sentence) {
    (void)std::fprintf(stderr, "wardenctl: %s\n", sentence.c_str());
    return code;
}

tl::expected<std::string, int> ask(const Session& session, const std::string& target) {
    return with_token(session, [&](const inventory::Secret& token) {
        return get(session.controller, target, token, limit);
    });
}

int show(const Session& session, const std::string& target, Render render) {
    return print(session, ask(session, target), render);
}

int tell(const Session& session, const std::string& target, const std::string& body, Render render) {
    const auto answer = with_token(session, [&](const inventory::Secret& token) {
        return post(session.controller, target, {token, body}, limit);
    });
    return print(session, answer, render);
}

}  // namespace wardenctl
