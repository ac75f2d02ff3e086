#include "controller/page/witnesses.hpp"

#include <algorithm>
#include <map>

namespace controller::page {
namespace {

constexpr std::size_t most_listed = 20;

template <class T>
Shown<T> beginning_of(std::vector<T> all) {
    Shown<T> shown{{}, all.size()};
    all.resize(std::min(all.size(), most_listed));
    shown.items = std::move(all);
    return shown;
}

std::optional<SilentHost> silence_of(const inventory::HostRecord& host,
                                     const inventory::Witnesses& witnesses) {
    const auto found = witnesses.find(host.id);
    if (found == witnesses.end() || !found->second) {
        return SilentHost{host.name, "not asked yet", std::nullopt};
    }
    const auto& witness = *found->second;
    if (witness.up) {
        return std::nullopt;
    }
    return SilentHost{host.name, witness.error.empty() ? "not asked yet" : witness.error,
                      witness.answered_at};
}

/// One that was not judged is as unknown as one that could not be.
std::size_t undecided_in(const inventory::Snapshot& snapshot) {
    const auto vms = snapshot.records->vms.size();
    const auto decided = std::count_if(
        snapshot.judged.begin(), snapshot.judged.end(),
        [](const auto& judged) { return judged.verdict.kind != inventory::DriftKind::unknown; });
    return vms - std::min(vms, static_cast<std::size_t>(decided));
}

bool is_drift(inventory::DriftKind kind) {
    return kind != inventory::DriftKind::none && kind != inventory::DriftKind::unknown;
}

}  // namespace

Witnesses witnesses_of(const inventory::Snapshot& snapshot) {
    Witnesses witnesses;
    witnesses.database_up = snapshot.database_up;
    witnesses.database_error = snapshot.database_error;
    if (!snapshot.records) {
        return witnesses;
    }
    witnesses.records_read_at = snapshot.records->read_at;
    witnesses.vms = snapshot.records->vms.size();
    witnesses.undecided = undecided_in(snapshot);
    witnesses.hosts = snapshot.records->hosts.size();
    std::vector<SilentHost> silent;
    for (const auto& host : snapshot.records->hosts) {
        if (auto silence = silence_of(host, snapshot.witnesses)) {
            silent.push_back(std::move(*silence));
        }
    }
    witnesses.silent = beginning_of(std::move(silent));
    return witnesses;
}

Shown<DriftedVm> drifted_in(const inventory::Snapshot& snapshot) {
    if (!snapshot.records) {
        return {};
    }
    std::map<inventory::HostId, std::string> names;
    for (const auto& host : snapshot.records->hosts) {
        names.emplace(host.id, host.name);
    }
    std::vector<DriftedVm> drifted;
    const auto& vms = snapshot.records->vms;
    for (std::size_t i = 0; i < std::min(snapshot.judged.size(), vms.size()); ++i) {
        const auto& judged = snapshot.judged[i];
        if (!is_drift(judged.verdict.kind)) {
            continue;
        }
        const auto place = vms[i].host ? names.find(*vms[i].host) : names.end();
        drifted.push_back({vms[i].uuid, vms[i].instance_name, std::string{to_word(judged.verdict.kind)},
                           judged.verdict.reason, place == names.end() ? "" : place->second, judged.since});
    }
    std::stable_sort(drifted.begin(), drifted.end(),
                     [](const auto& left, const auto& right) { return left.since > right.since; });
    return beginning_of(std::move(drifted));
}

}  // namespace controller::page
