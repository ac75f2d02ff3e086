#include "wardenctl/move_file.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>

#include <openssl/evp.h>

#include "service/file_content.hpp"
#include "service/yaml_document.hpp"

namespace wardenctl {
namespace {

using inventory::failure;
using inventory::Result;

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(separator, begin), text.size());
        auto word = text.substr(begin, end - begin);
        while (!word.empty() && (word.front() == ' ' || word.front() == '\t')) {
            word.remove_prefix(1);
        }
        while (!word.empty() && (word.back() == ' ' || word.back() == '\t' || word.back() == '\r')) {
            word.remove_suffix(1);
        }
        words.emplace_back(word);
        begin = end + 1;
    }
    return words;
}

std::vector<std::string> networks_of(std::string_view text) {
    auto words = split(text, ' ');
    std::erase(words, "");
    return words;
}

Result<MoveLine> line_of(const std::vector<std::string>& cells, std::size_t number) {
    const auto where = "line " + std::to_string(number) + ": ";
    if (cells.size() < 3 || cells.size() > 4) {
        return failure(where + "write vm,account,domain and, if need be, networks");
    }
    if (cells[0].empty() || cells[1].empty() || cells[2].empty()) {
        return failure(where + "vm, account and domain must not be empty");
    }
    return MoveLine{cells[0], cells[1], cells[2],
                    cells.size() == 4 ? networks_of(cells[3]) : std::vector<std::string>{}};
}

/// A text, or nothing and what would be right.
Result<std::string> text_of(const service::YamlNode::Entry& entry) {
    if (entry.value.kind != service::YamlNode::Kind::scalar) {
        return failure("line " + std::to_string(entry.line) + ": " + entry.key + " must be a text");
    }
    return entry.value.text;
}

/// A network that is dropped or misread would leave it to CloudStack to pick another one.
Result<std::vector<std::string>> networks_of(const service::YamlNode::Entry& entry) {
    const auto wrong = [](int line) {
        return failure("line " + std::to_string(line) +
                       ": networks must be a list of uuids, as in [UUID, UUID]; leave it out for none");
    };
    if (entry.value.kind != service::YamlNode::Kind::list) {
        return wrong(entry.line);
    }
    std::vector<std::string> networks;
    for (const auto& item : entry.value.items) {
        if (item.kind != service::YamlNode::Kind::scalar || item.text.empty()) {
            return wrong(item.line);
        }
        networks.push_back(item.text);
    }
    return networks;
}

/// Where the word under this key belongs; nullptr: there is no such key.
std::string* word_under(std::string_view key, MoveLine& line) {
    if (key == "vm") {
        return &line.vm;
    }
    if (key == "account") {
        return &line.account;
    }
    return key == "domain" ? &line.domain : nullptr;
}

inventory::Status take_entry(const service::YamlNode::Entry& entry, MoveLine& line) {
    if (entry.key == "networks") {
        return networks_of(entry).map(
            [&line](std::vector<std::string> networks) { line.networks = std::move(networks); });
    }
    auto* const word = word_under(entry.key, line);
    if (word == nullptr) {
        return failure("line " + std::to_string(entry.line) + ": '" + entry.key +
                       "' is not known: write vm, account, domain, networks");
    }
    return text_of(entry).map([word](const std::string& text) { *word = text; });
}

Result<MoveLine> line_of(const service::YamlNode& node) {
    MoveLine line;
    for (const auto& entry : node.entries) {
        if (auto taken = take_entry(entry, line); !taken) {
            return tl::unexpected(taken.error());
        }
    }
    return line.vm.empty() || line.account.empty() || line.domain.empty()
               ? failure("line " + std::to_string(node.line) + ": write a map with vm, account and domain")
               : Result<MoveLine>(line);
}

}  // namespace

Result<std::vector<MoveLine>> parse_csv(std::string_view text) {
    std::vector<MoveLine> lines;
    std::size_t number = 0;
    for (const auto& row : split(text, '\n')) {
        ++number;
        if (row.empty() || row.starts_with('#') || row.starts_with("vm,")) {
            continue;
        }
        auto line = line_of(split(row, ','), number);
        if (!line) {
            return tl::unexpected(line.error());
        }
        lines.push_back(*std::move(line));
    }
    return lines;
}

Result<std::vector<MoveLine>> parse_yaml(const std::string& text) {
    const auto document = service::parse_yaml(text);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (!document->mistakes.empty()) {
        const auto& first = document->mistakes.front();
        return failure("line " + std::to_string(first.line) + ": " + first.text);
    }
    if (document->root.kind != service::YamlNode::Kind::list) {
        return failure("write a list of VMs, each a map with vm, account and domain");
    }
    std::vector<MoveLine> lines;
    for (const auto& node : document->root.items) {
        auto line = line_of(node);
        if (!line) {
            return tl::unexpected(line.error());
        }
        lines.push_back(*std::move(line));
    }
    return lines;
}

inventory::Status check_lines(const std::vector<MoveLine>& lines) {
    if (lines.empty()) {
        return failure("it names no VM");
    }
    std::set<std::string> seen;
    for (const auto& line : lines) {
        if (!seen.insert(line.vm).second) {
            return failure("it names the VM " + line.vm + " twice");
        }
    }
    return {};
}

std::string batch_of(const std::vector<MoveLine>& lines) {
    std::string text;
    for (const auto& line : lines) {
        text += line.vm + '\x1f' + line.account + '\x1f' + line.domain;
        for (const auto& network : line.networks) {
            text += '\x1f' + network;
        }
        text += '\n';
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    constexpr std::size_t bytes = 16;
    std::string id;
    for (std::size_t i = 0; i < bytes; ++i) {
        std::array<char, 3> hex{};
        (void)std::snprintf(hex.data(), hex.size(), "%02x", static_cast<unsigned>(digest.at(i)));
        id += hex.data();
    }
    return id;
}

Result<MoveFile> read_move_file(const std::string& path) {
    constexpr std::size_t largest = std::size_t{1024} * 1024;
    const auto file = service::read_file(path, largest);
    if (!file) {
        return failure(file.error().message + "; --file names a CSV or a YAML list of VMs");
    }
    const bool is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
    auto lines = is_yaml ? parse_yaml(file->bytes) : parse_csv(file->bytes);
    if (!lines) {
        return failure(path, lines.error());
    }
    if (auto checked = check_lines(*lines); !checked) {
        return failure(path, checked.error());
    }
    return MoveFile{batch_of(*lines), *std::move(lines)};
}

}  // namespace wardenctl
