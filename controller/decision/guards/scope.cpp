#include <algorithm>
#include <cctype>
#include <string>

#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {
namespace {

bool is_same_word(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char one, char other) {
        return std::tolower(static_cast<unsigned char>(one)) ==
               std::tolower(static_cast<unsigned char>(other));
    });
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string list_of(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

/// `names` of a config list; empty: everything is in scope, also what is unknown.
void object_to_name(Objections& objections, const std::string& what, const std::optional<std::string>& name,
                    const std::vector<std::string>& names) {
    objections.fact(what, name.value_or("unknown"));
    if (names.empty()) {
        return;
    }
    if (!name) {
        objections.object("the VM's " + what + " is unknown, and only " + list_of(names) + " is in scope");
    } else if (!contains(names, *name)) {
        objections.object("the VM's " + what + " " + *name + " is not in scope, which is " + list_of(names));
    }
}

/// "/research/alice"; CloudStack's paths end with a slash.
std::string full_name(const inventory::VmRecord& vm) {
    return vm.domain_path + (vm.domain_path.ends_with('/') ? "" : "/") + vm.account;
}

void object_to_account(Objections& objections, const World& world, const std::vector<std::string>& accounts) {
    const auto* vm = world.vm();
    const bool known = vm != nullptr && !vm->account.empty() && !vm->domain_path.empty();
    objections.fact("account", known ? full_name(*vm) : "unknown");
    if (accounts.empty()) {
        return;
    }
    if (!known) {
        objections.object("the VM's account is unknown, and only " + list_of(accounts) + " is in scope");
    } else if (!contains(accounts, vm->account) && !contains(accounts, full_name(*vm))) {
        objections.object("the VM's account " + full_name(*vm) + " is not in scope, which is " +
                          list_of(accounts));
    }
}

void object_to_tag(Objections& objections, const ScopeFacts& scope, const OptOutTag& opt_out) {
    if (opt_out.key.empty()) {
        return;
    }
    if (!scope.opt_out_values) {
        objections.object("the VM's tags are unknown, so it may have been opted out");
        return;
    }
    for (const auto& value : *scope.opt_out_values) {
        objections.fact("tag", opt_out.key + "=" + value);
        if (!opt_out.value || is_same_word(value, *opt_out.value)) {
            objections.object("the VM carries the tag " + opt_out.key + "=" + value +
                              ", by which its owner keeps Warden away");
        }
    }
}

}  // namespace

/// Warden keeps to the part of the cloud that it was given, and away from a VM whose owner said so.
Answer scope(const Action& action, const World& world, const Policy& policy) {
    const auto found = policy.remedies.find(action.remedy);
    const auto& allowed =
        found != policy.remedies.end() && found->second.scope ? *found->second.scope : policy.scope;
    Objections objections;
    if (!world.scope) {
        objections.object("it is unknown where the VM belongs");
    } else {
        object_to_name(objections, "zone", world.scope->zone, allowed.zones);
        object_to_name(objections, "cluster", world.scope->cluster, allowed.clusters);
        object_to_account(objections, world, allowed.accounts);
        object_to_tag(objections, *world.scope, policy.opt_out);
    }
    return objections.refusal(
        "an operator widens `controller.scope`, the VM's owner removes its tag, or, where something is "
        "unknown, CloudStack's database can be read with the rights of config/grants.sql");
}

}  // namespace controller::decision::guards
