#include "wardenctl/move_file.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wardenctl {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(MoveFile, reads_csv_and_yaml_alike) {
    const auto csv = parse_csv(
        "vm,account,domain,networks\n# old ones\ni-2-41-VM, bob, ROOT/south\n"
        "i-2-42-VM,bob,ROOT/south,n-1 n-2\n");
    const auto yaml = parse_yaml(
        "- {vm: i-2-41-VM, account: bob, domain: ROOT/south}\n"
        "- {vm: i-2-42-VM, account: bob, domain: ROOT/south, networks: [n-1, n-2]}\n");
    ASSERT_TRUE(csv);
    ASSERT_TRUE(yaml);
    EXPECT_EQ(*csv, *yaml);
    EXPECT_EQ(csv->at(1).networks.size(), 2U);
    EXPECT_EQ(batch_of(*csv), batch_of(*yaml));
    EXPECT_EQ(batch_of(*csv).size(), 32U);
}

TEST(MoveFile, names_the_line_that_is_wrong) {
    EXPECT_THAT(parse_csv("vm,account,domain\nvm-1,bob\n").error().message, HasSubstr("line 2"));
    EXPECT_THAT(parse_yaml("- {vm: a, account: b, domain: c}\n- {vm: a, acount: b}\n").error().message,
                HasSubstr("line 2"));
    EXPECT_THAT(parse_yaml("vm: a").error().message, HasSubstr("list"));
    EXPECT_FALSE(check_lines({}));
    EXPECT_THAT(check_lines({{"a", "b", "c", {}}, {"a", "b", "c", {}}}).error().message, HasSubstr("twice"));
}

TEST(MoveFile, networks_that_are_no_list_are_refused_with_their_line) {
    const std::string one = "- vm: a\n  account: b\n  domain: c\n  networks: ";
    for (const auto* networks : {"n-1", "", "{n-1: n-2}", "[[n-1]]", "['']"}) {
        const auto lines = parse_yaml(one + networks + "\n");
        ASSERT_FALSE(lines) << networks;
        EXPECT_THAT(lines.error().message, HasSubstr("line 4")) << networks;
    }
    EXPECT_TRUE(parse_yaml(one + "[]\n"));
}

TEST(MoveFile, says_why_it_cannot_be_read_and_what_is_wanted) {
    const auto no_file = read_move_file("/nowhere/moves.csv");
    ASSERT_FALSE(no_file);
    EXPECT_THAT(no_file.error().message, AllOf(HasSubstr("No such file"), HasSubstr("--file")));
    const auto directory = read_move_file(testing::TempDir());
    ASSERT_FALSE(directory);
    EXPECT_THAT(directory.error().message, HasSubstr("not a file"));

    const auto path = testing::TempDir() + "moves-too-large.csv";
    std::ofstream{path} << std::string(1024 * 1024 + 1, '#');
    const auto large = read_move_file(path);
    ASSERT_FALSE(large);
    EXPECT_THAT(large.error().message, HasSubstr("larger than 1048576"));
    std::filesystem::remove(path);
}

TEST(MoveFile, another_target_is_another_batch) {
    EXPECT_NE(batch_of({{"a", "b", "c", {}}}), batch_of({{"a", "b", "d", {}}}));
    EXPECT_NE(batch_of({{"a", "b", "c", {}}}), batch_of({{"a", "b", "c", {"n"}}}));
}

}  // namespace
}  // namespace wardenctl
