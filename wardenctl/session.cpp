#include "wardenctl/session.hpp"

#include <chrono>
#include <cstdio>

#include "service/secret_file.hpp"
#include "wardenctl/client.hpp"
#include "wardenctl/pages.hpp"

namespace wardenctl {
namespace {

constexpr std::chrono::seconds limit{10};

int print(const Session& session, const inventory::Result<Answer>& answer, Render render) {
    constexpr int success = 200;
    if (!answer) {
        return fail(unusable, answer.error().message);
    }
    if (answer->status != success) {
        return fail(refused, error_of(answer->body));
    }
    const auto page = session.json ? inventory::Result<std::string>{answer->body} : render(answer->body);
    if (!page) {
        return fail(refused, page.error().message);
    }
    (void)std::fputs(page->c_str(), stdout);
    return ok;
}

template <class Ask>
int with_token(const Session& session, Render render, const Ask& ask) {
    const auto token = service::read_secret_file(session.token_file);
    return token ? print(session, ask(*token), render)
                 : fail(unusable, token.error().message + " (--token-file names the operator's token)");
}

}  // namespace

int fail(int code, const std::string& sentence) {
    (void)std::fprintf(stderr, "wardenctl: %s\n", sentence.c_str());
    return code;
}

int show(const Session& session, const std::string& target, Render render) {
    return with_token(session, render, [&](const inventory::Secret& token) {
        return get(session.controller, target, token, limit);
    });
}

int tell(const Session& session, const std::string& target, const std::string& body, Render render) {
    return with_token(session, render, [&](const inventory::Secret& token) {
        return post(session.controller, target, {token, body}, limit);
    });
}

}  // namespace wardenctl
