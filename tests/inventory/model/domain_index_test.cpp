#include "inventory/model/domain_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace inventory {
namespace {

using namespace std::chrono_literals;
using support::host_id;
using support::now;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Index {
    Witnesses witnesses;

    void add(const HostWitness& witness) {
        witnesses[witness.host] = std::make_shared<const HostWitness>(witness);
    }

    [[nodiscard]] DomainIndex build() const { return DomainIndex{witnesses, now, 30s}; }
};

const VmRecord vm = support::a_vm();

TEST(DomainIndex, finds_a_vm_by_name_or_by_uuid_once_per_host) {
    Index index;
    index.add(support::a_witness(host_id(1), {support::domain_of(vm)}));
    index.add(support::a_witness(host_id(2), {{"renamed", vm.uuid, DomainState::paused}}));
    index.add(support::a_witness(host_id(3), {{vm.instance_name, "foreign", DomainState::shutoff}}));
    const Time asked = now - 1s;
    EXPECT_THAT(index.build().sightings(vm), ElementsAre(Sighting{host_id(1), DomainState::running, asked},
                                                         Sighting{host_id(2), DomainState::paused, asked},
                                                         Sighting{host_id(3), DomainState::shutoff, asked}));
}

TEST(DomainIndex, takes_the_livelier_of_two_domains_on_one_host) {
    Index index;
    index.add(support::a_witness(host_id(1), {{vm.instance_name, "foreign", DomainState::shutoff},
                                              {"renamed", vm.uuid, DomainState::crashed}}));
    EXPECT_THAT(index.build().sightings(vm),
                ElementsAre(Sighting{host_id(1), DomainState::crashed, now - 1s}));
}

TEST(DomainIndex, counts_no_answer_that_failed_or_is_old_or_is_from_the_future) {
    for (const auto& [up, asked_at] : {std::pair{false, now - 1s}, {true, now - 31s}, {true, now + 1s}}) {
        auto witness = support::a_witness(host_id(1), {support::domain_of(vm)});
        witness.up = up;
        witness.asked_at = asked_at;
        Index index;
        index.add(witness);
        EXPECT_FALSE(index.build().has_answered(host_id(1)));
        EXPECT_THAT(index.build().sightings(vm), IsEmpty());
        EXPECT_THAT(index.build().last_seen_alive_on_silent(vm), ElementsAre(host_id(1)));
    }
}

TEST(DomainIndex, remembers_no_death) {
    auto witness = support::a_witness(host_id(1), {support::domain_of(vm, DomainState::shutoff)});
    witness.up = false;
    Index index;
    index.add(witness);
    EXPECT_THAT(index.build().last_seen_alive_on_silent(vm), IsEmpty());
}

TEST(DomainIndex, an_empty_uuid_is_not_an_identity) {
    auto nameless = vm;
    nameless.uuid.clear();
    Index index;
    index.add(support::a_witness(host_id(1), {{"other", "", DomainState::running}}));
    EXPECT_THAT(index.build().sightings(nameless), IsEmpty());
}

}  // namespace
}  // namespace inventory
