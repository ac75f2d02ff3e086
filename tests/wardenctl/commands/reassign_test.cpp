#include <CLI/CLI.hpp>
#include <gtest/gtest.h>

#include "wardenctl/commands/commands.hpp"

namespace wardenctl::commands {
namespace {

bool is_understood(const std::string& words) {
    CLI::App app;
    Chosen chosen;
    reassign(app, chosen);
    try {
        app.parse("reassign " + words);
        return true;
    } catch (const CLI::ParseError&) {
        return false;
    }
}

TEST(Reassign, takes_one_vm_or_a_file_of_them) {
    EXPECT_TRUE(is_understood("--vm v --account a --domain d --network n --no-check"));
    EXPECT_TRUE(is_understood("--file moves.csv --at-once 5 --check --accept-unknown"));
}

TEST(Reassign, passes_nothing_over_beside_a_file) {
    for (const auto* beside : {"--vm v", "--account a", "--domain d", "--network n", "--no-check"}) {
        EXPECT_FALSE(is_understood(std::string{"--file moves.csv "} + beside)) << beside;
    }
}

}  // namespace
}  // namespace wardenctl::commands
