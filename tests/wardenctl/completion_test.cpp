#include "wardenctl/completion.hpp"

#include <array>
#include <cstdio>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wardenctl {
namespace {

using testing::HasSubstr;

const Grammar grammar{{{"pause", "Don't touch", {"--reason", "--for"}}, {"pauses", "List", {"--all"}}},
                      {"--json", "--url"}};

/// What bash offers after these words; the last one is being typed.
std::string offered(const std::string& words) {
    const std::string script =
        completion_script("bash", grammar) + "COMP_WORDS=(wardenctl " + words +
        ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_wardenctl\necho \"${COMPREPLY[*]}\"";
    const auto closed = [](FILE* pipe) { (void)pclose(pipe); };
    const std::unique_ptr<FILE, decltype(closed)> pipe{popen(("bash -c '" + script + "'").c_str(), "r"),
                                                       closed};
    std::array<char, 512> line{};
    return std::fgets(line.data(), line.size(), pipe.get()) == nullptr ? "" : line.data();
}

TEST(Completion, offers_commands_then_their_options) {
    EXPECT_EQ(offered("pa"), "pause pauses\n");
    EXPECT_EQ(offered("pause --r"), "--reason\n");
    EXPECT_EQ(offered("--json pauses --"), "--all --json --url\n");
    EXPECT_EQ(offered("pause zon"), "\n") << "what is named is not for us to guess";
}

TEST(Completion, speaks_to_other_shells) {
    EXPECT_THAT(completion_script("zsh", grammar), HasSubstr("bashcompinit"));
    const auto fish = completion_script("fish", grammar);
    EXPECT_THAT(fish, HasSubstr("-a pause -d 'Don\\'t touch'"));
    EXPECT_THAT(fish, HasSubstr("-n '__fish_seen_subcommand_from pauses' -l all"));
}

}  // namespace
}  // namespace wardenctl
