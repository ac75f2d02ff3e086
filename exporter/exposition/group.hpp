#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace exporter {

/// What a family is about: the word for `collect[]` and for exporter.families.disable.
enum class Group { vm, host, cloudstack, mac, innodb, reassignment, exporter };

inline constexpr std::array all_groups{Group::vm,     Group::host,         Group::cloudstack, Group::mac,
                                       Group::innodb, Group::reassignment, Group::exporter};

std::string_view to_word(Group group);
std::optional<Group> parse_group(std::string_view word);

/// "vm, host, ...": for sentences about a word that is none.
std::string group_words();

}  // namespace exporter
