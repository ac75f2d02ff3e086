#include "inventory/model/domain_index.hpp"

#include <algorithm>

namespace inventory {
namespace {

bool comes_first(const Sighting& left, const Sighting& right) {
    if (left.host != right.host) {
        return left.host < right.host;
    }
    return is_livelier(left.state, right.state);
}

template <class Book>
void note(Book& book, const std::string& key, const Sighting& sighting) {
    if (!key.empty()) {
        book[key].push_back(sighting);
    }
}

template <class Book>
void append(std::vector<Sighting>& sightings, const Book& book, const std::string& key) {
    const auto found = book.find(key);
    if (found != book.end()) {
        sightings.insert(sightings.end(), found->second.begin(), found->second.end());
    }
}

template <class Book>
std::vector<Sighting> one_per_host(const VmRecord& vm, const Book& by_name, const Book& by_uuid) {
    std::vector<Sighting> found;
    append(found, by_name, vm.instance_name);
    append(found, by_uuid, vm.uuid);
    std::sort(found.begin(), found.end(), comes_first);
    const auto same_host = [](const Sighting& left, const Sighting& right) {
        return left.host == right.host;
    };
    found.erase(std::unique(found.begin(), found.end(), same_host), found.end());
    return found;
}

}  // namespace

DomainIndex::DomainIndex(const Witnesses& witnesses, Time now, Duration freshness) {
    for (const auto& [host, witness] : witnesses) {
        const bool is_evidence = witness->is_evidence(now, freshness);
        if (is_evidence) {
            asked_at_.emplace(host, *witness->asked_at);
            oldest_ = std::min(oldest_.value_or(*witness->asked_at), *witness->asked_at);
        } else if (witness->asked_at) {
            answered_before_.emplace(host, *witness->asked_at);
        }
        for (const auto& domain : witness->domains) {
            const Sighting sighting{host, domain.state, witness->asked_at.value_or(Time{})};
            note(is_evidence ? seen_by_name_ : remembered_by_name_, domain.name, sighting);
            note(is_evidence ? seen_by_uuid_ : remembered_by_uuid_, domain.uuid, sighting);
        }
    }
}

std::vector<Sighting> DomainIndex::sightings(const VmRecord& vm) const {
    return one_per_host(vm, seen_by_name_, seen_by_uuid_);
}

std::optional<Time> DomainIndex::last_answer_of_silent(HostId host) const {
    const auto found = answered_before_.find(host);
    return found == answered_before_.end() ? std::nullopt : std::optional{found->second};
}

bool DomainIndex::was_asked_before(HostId host, Time moment) const {
    const auto found = asked_at_.find(host);
    return found != asked_at_.end() && found->second < moment;
}

std::vector<HostId> DomainIndex::last_seen_alive_on_silent(const VmRecord& vm) const {
    std::vector<HostId> hosts;
    for (const auto& sighting : one_per_host(vm, remembered_by_name_, remembered_by_uuid_)) {
        if (may_be_alive(sighting.state)) {
            hosts.push_back(sighting.host);
        }
    }
    return hosts;
}

}  // namespace inventory
