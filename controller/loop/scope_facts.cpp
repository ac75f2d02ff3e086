#include "controller/loop/scope_facts.hpp"

namespace controller::loop {
namespace {

template <class Names, class Id>
std::optional<std::string> name_in(const Names& names, const std::optional<Id>& id) {
    if (!id) {
        return std::nullopt;
    }
    const auto found = names.find(*id);
    return found == names.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace

ScopeFacts scope_facts(const inventory::VmRecord& vm, const inventory::RecordIndex& records) {
    const auto& all = records.records();
    const auto* host = records.host(vm.host ? vm.host : vm.last_host);
    ScopeFacts facts;
    facts.zone = name_in(all.zones, std::optional{vm.zone});
    facts.cluster = host == nullptr ? std::nullopt : name_in(all.clusters, host->cluster);
    if (all.vm_tags) {
        facts.opt_out_values.emplace();
        if (const auto tag = all.vm_tags->find(vm.id); tag != all.vm_tags->end()) {
            facts.opt_out_values->push_back(tag->second);
        }
    }
    return facts;
}

}  // namespace controller::loop
