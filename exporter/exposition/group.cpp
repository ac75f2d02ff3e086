#include "exporter/exposition/group.hpp"

namespace exporter {

std::string_view to_word(Group group) {
    switch (group) {
        case Group::vm:
            return "vm";
        case Group::host:
            return "host";
        case Group::cloudstack:
            return "cloudstack";
        case Group::mac:
            return "mac";
        case Group::innodb:
            return "innodb";
        case Group::reassignment:
            return "reassignment";
        case Group::exporter:
            return "exporter";
    }
    return "";
}

std::optional<Group> parse_group(std::string_view word) {
    for (const auto group : all_groups) {
        if (to_word(group) == word) {
            return group;
        }
    }
    return std::nullopt;
}

std::string group_words() {
    std::string words;
    for (const auto group : all_groups) {
        words += words.empty() ? "" : ", ";
        words += to_word(group);
    }
    return words;
}

}  // namespace exporter
