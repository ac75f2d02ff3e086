#include "exporter/families/instance_name.hpp"

#include <gtest/gtest.h>

namespace {

using exporter::families::is_cloudstack_name;

TEST(InstanceName, of_each_kind_of_vm_is_known) {
    for (const auto* name : {"i-2-43-VM", "i-10-1234567-prod", "r-4-VM", "v-1-VM", "s-2-VM", "b-7-VM"}) {
        EXPECT_TRUE(is_cloudstack_name(name)) << name;
    }
}

TEST(InstanceName, of_anything_else_is_not) {
    for (const auto* name : {"", "i", "i-", "i-2-VM", "i-2-43", "i-2-43-", "i--43-VM", "i-x-43-VM", "r-VM",
                             "r-4", "win-2019", "x-4-VM", "I-2-43-VM", "i_2-43-VM"}) {
        EXPECT_FALSE(is_cloudstack_name(name)) << name;
    }
}

}  // namespace
