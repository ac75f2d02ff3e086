#include "inventory/support/uuid.hpp"

#include <gtest/gtest.h>

namespace inventory {
namespace {

TEST(Uuid, has_one_spelling) {
    EXPECT_EQ(parse_uuid("6D5F0d6e-8a4e-4c8e-9c34-3d6c1b1f0a01"), "6d5f0d6e-8a4e-4c8e-9c34-3d6c1b1f0a01");
}

TEST(Uuid, is_nothing_else) {
    for (const auto* text :
         {"", "net-1", "6d5f0d6e-8a4e-4c8e-9c34-3d6c1b1f0a0", "6d5f0d6e-8a4e-4c8e-9c34-3d6c1b1f0a012",
          "6d5f0d6e-8a4e-4c8e-9c34-3d6c1b1f0a0g", "6d5f0d6e_8a4e-4c8e-9c34-3d6c1b1f0a01",
          "6d5f0d6e-8a4e-4c8e-9c34,3d6c1b1f0a01"}) {
        EXPECT_FALSE(parse_uuid(text)) << text;
    }
}

}  // namespace
}  // namespace inventory
