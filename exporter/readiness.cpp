#include "exporter/readiness.hpp"

#include <algorithm>

#include "exporter/families/each_host.hpp"

namespace exporter {

bool has_heard_all(const inventory::Snapshot& snapshot) {
    if (!snapshot.records) {
        return false;
    }
    const auto was_heard = [&snapshot](const inventory::HostRecord& host) {
        const auto found = snapshot.witnesses.find(host.id);
        return found != snapshot.witnesses.end() && found->second && families::was_asked(*found->second);
    };
    const auto& hosts = snapshot.records->hosts;
    return std::all_of(hosts.begin(), hosts.end(), was_heard);
}

bool awaits_another_look(const inventory::Snapshot& snapshot) {
    return std::any_of(snapshot.judged.begin(), snapshot.judged.end(), [](const inventory::JudgedVm& judged) {
        return judged.verdict.awaits_record || !judged.verdict.awaited.empty();
    });
}

}  // namespace exporter
