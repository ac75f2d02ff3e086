#include "wardenctl/layout.hpp"

#include <algorithm>

#include "inventory/support/text.hpp"
#include "inventory/support/time.hpp"

namespace wardenctl {
namespace {

/// Where to break: at the last space that fits, or in the middle of a word that is too long for any line.
std::size_t end_of_line(std::string_view text, std::size_t width) {
    if (text.size() <= width) {
        return text.size();
    }
    const auto space = text.rfind(' ', width);
    return space == std::string_view::npos || space == 0 ? width : space;
}

}  // namespace

const Json& at(const Json& json, std::string_view key) {
    static const Json absent;
    if (!json.is_object()) {
        return absent;
    }
    const auto found = json.find(std::string{key});
    return found == json.end() ? absent : *found;
}

std::string text(const Json& json, std::string_view key, std::string_view otherwise) {
    const auto& value = at(json, key);
    if (value.is_string()) {
        return value.get<std::string>();
    }
    return value.is_null() ? std::string{otherwise}
                           : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string ago(const Json& moment) {
    const auto& age = at(moment, "age_seconds");
    if (!age.is_number()) {
        return "at an unknown time";
    }
    constexpr double most = 1e9;
    const std::chrono::duration<double> seconds{std::clamp(age.get<double>(), -most, most)};
    return inventory::to_words(std::chrono::duration_cast<inventory::Duration>(seconds)) + " ago";
}

bool holds(const Json& verdict) {
    return at(verdict, "passes") != true && at(verdict, "lifted").is_null();
}

std::string lifted_words(const Json& verdict) {
    const auto& lift = at(verdict, "lifted");
    return "lifted by " + text(lift, "operator") + " until " + text(lift, "until") + ": " +
           text(lift, "reason");
}

std::string line(std::string_view text) {
    return inventory::clean_text(text, columns) + "\n";
}

std::string paragraph(std::string_view lead, std::string_view text, std::size_t most) {
    const auto width = columns - std::min(lead.size(), columns / 2);
    auto rest = inventory::clean_text(text, width * most);
    std::string out;
    for (std::string indent{lead}; !rest.empty() || out.empty(); indent.assign(lead.size(), ' ')) {
        const auto end = end_of_line(rest, width);
        out += line(indent + rest.substr(0, end));
        rest.erase(0, std::min(rest.size(), rest.find_first_not_of(' ', end)));
    }
    return out;
}

std::string padded(std::string_view text, std::size_t width) {
    std::string cell{text};
    cell.resize(std::max(cell.size(), width), ' ');
    return cell;
}

std::string table(const std::vector<TableRow>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    std::string out;
    for (const auto& row : rows) {
        std::string lead;
        for (std::size_t i = 0; i + 1 < row.size(); ++i) {
            lead += padded(row[i], widths[i] + 2);
        }
        out += paragraph(lead, row.empty() ? "" : row.back());
    }
    return out;
}

}  // namespace wardenctl
