#include <cstdint>
#include <map>

#include "exporter/families/each_host.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_host_domains(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for_each_answering_host(snapshot, [&](const inventory::HostRecord& host,
                                          const inventory::HostWitness& witness) {
        std::map<inventory::DomainState, std::uint64_t> domains_in;
        for (const auto& domain : witness.domains) {
            ++domains_in[domain.state];
        }
        for (const auto& [state, domains] : domains_in) {
            writer.count({{"host", host.name}, {"host_id", host.uuid}, {"state", to_word(state)}}, domains);
        }
    });
}

}  // namespace

constinit const Family host_domains{
    Group::host,
    "cloudstack_host_domains",
    "Domains that the host's libvirt shows, by their state, whosoever they are. No series while it is "
    "silent.",
    FamilyType::gauge,
    write_host_domains,
};

}  // namespace exporter::families
