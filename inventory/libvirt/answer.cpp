#include "inventory/libvirt/answer.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace inventory::libvirt {
namespace {

using nlohmann::json;

DomainState state_of(std::string_view word) {
    constexpr std::array states{DomainState::running, DomainState::paused,      DomainState::shutoff,
                                DomainState::crashed, DomainState::pmsuspended, DomainState::no_state};
    for (const auto state : states) {
        if (to_word(state) == word) {
            return state;
        }
    }
    return DomainState::no_state;
}

const std::string* text_of(const json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

Result<Domain> domain_of(const json& value) {
    if (!value.is_object()) {
        return failure("the libvirt worker named a domain that is no object", true);
    }
    const auto* name = text_of(value, "name");
    const auto* uuid = text_of(value, "uuid");
    const auto* state = text_of(value, "state");
    if (name == nullptr || name->empty() || uuid == nullptr || state == nullptr) {
        return failure("the libvirt worker named a domain without name, uuid or state", true);
    }
    return Domain{*name, *uuid, state_of(*state)};
}

Result<std::vector<Domain>> domains_of(const json& answer) {
    const auto list = answer.find("domains");
    if (list == answer.end() || !list->is_array()) {
        return failure("the libvirt worker answered without a list of domains", true);
    }
    std::vector<Domain> domains;
    for (const auto& value : *list) {
        auto domain = domain_of(value);
        if (!domain) {
            return tl::unexpected(std::move(domain.error()));
        }
        domains.push_back(std::move(*domain));
    }
    return domains;
}

}  // namespace

std::string write_answer(const Result<std::vector<Domain>>& answer) {
    json line;
    line["ok"] = answer.has_value();
    if (answer) {
        line["domains"] = json::array();
        for (const auto& domain : *answer) {
            line["domains"].push_back({{"name", domain.name},
                                       {"uuid", domain.uuid},
                                       {"state", std::string{to_word(domain.state)}}});
        }
    } else {
        line["error"] = answer.error().message;
    }
    // A name need not be UTF-8; its replacement matches no VM, so that the domain shows as an orphan.
    return line.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<HostAnswer> parse_answer(std::string_view line) {
    if (line.size() > longest_answer) {
        return failure("the libvirt worker's answer is too long", true);
    }
    const auto answer = json::parse(line, nullptr, false);
    const auto ok = answer.is_object() ? answer.find("ok") : answer.end();
    if (!answer.is_object() || ok == answer.end() || !ok->is_boolean()) {
        return failure("the libvirt worker's answer is not understood", true);
    }
    if (ok->get<bool>()) {
        auto domains = domains_of(answer);
        return domains ? Result<HostAnswer>{std::move(*domains)} : tl::unexpected(std::move(domains.error()));
    }
    const auto* error = text_of(answer, "error");
    if (error == nullptr) {
        return failure("the libvirt worker failed without a reason", true);
    }
    return HostAnswer{failure(*error, true)};
}

}  // namespace inventory::libvirt
