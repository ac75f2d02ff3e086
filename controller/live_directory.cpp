#include "controller/live_directory.hpp"

#include <algorithm>
#include <set>

#include "controller/model/remedy.hpp"

namespace controller {
namespace {

using inventory::failure;
using inventory::Result;

constexpr std::size_t most_names = 20;

/// The name when it is one of these, else an error that lists some of them.
Result<std::string> one_of(const std::set<std::string>& names, const std::string& given,
                           const std::string& what) {
    if (names.contains(given)) {
        return given;
    }
    std::string known;
    std::size_t count = 0;
    for (auto name = names.begin(); name != names.end() && count < most_names; ++name, ++count) {
        known += (known.empty() ? "" : ", ") + *name;
    }
    return failure("there is no " + what + " '" + given + "'; known are " + (known.empty() ? "none" : known) +
                   (names.size() > most_names ? " and more" : ""));
}

template <class Id>
std::set<std::string> names_in(const std::map<Id, std::string>& by_id) {
    std::set<std::string> names;
    for (const auto& [id, name] : by_id) {
        names.insert(name);
    }
    return names;
}

std::set<std::string> host_names(const inventory::CloudRecords& records) {
    std::set<std::string> names;
    for (const auto& host : records.hosts) {
        names.insert(host.name);
    }
    return names;
}

/// Accounts that have a VM: alone, and after the path of their domain.
std::set<std::string> account_names(const inventory::CloudRecords& records) {
    std::set<std::string> names;
    for (const auto& vm : records.vms) {
        names.insert(vm.account);
        names.insert(vm.domain_path + (vm.domain_path.ends_with('/') ? "" : "/") + vm.account);
    }
    return names;
}

std::set<std::string> known_remedies() {
    std::set<std::string> words;
    for (const auto remedy : all_remedies) {
        words.emplace(to_word(remedy));
    }
    return words;
}

Result<std::string> uuid_of(const inventory::CloudRecords& records, const std::string& given) {
    const auto found = std::ranges::find_if(records.vms, [&given](const inventory::VmRecord& vm) {
        return vm.uuid == given || vm.instance_name == given;
    });
    return found == records.vms.end()
               ? failure("CloudStack has no VM with the uuid or instance name '" + given + "'")
               : Result<std::string>{found->uuid};
}

}  // namespace

Result<std::string> LiveDirectory::subject_of(PauseScope scope, const std::string& given) {
    if (scope == PauseScope::all) {
        return given;
    }
    if (scope == PauseScope::remedy) {
        return one_of(known_remedies(), given, "remedy");
    }
    const auto snapshot = cloud_.latest();
    if (!snapshot->records) {
        return failure("nothing is known of the cloud yet: its database has not been read since the start",
                       true);
    }
    const auto& records = *snapshot->records;
    if (scope == PauseScope::zone) {
        return one_of(names_in(records.zones), given, "zone");
    }
    if (scope == PauseScope::cluster) {
        return one_of(names_in(records.clusters), given, "cluster");
    }
    if (scope == PauseScope::host) {
        return one_of(host_names(records), given, "host");
    }
    return scope == PauseScope::account ? one_of(account_names(records), given, "account")
                                        : uuid_of(records, given);
}

}  // namespace controller
