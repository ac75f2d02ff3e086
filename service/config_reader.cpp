#include "service/config_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>
#include <vector>

#include "service/config_values.hpp"
#include "service/file_content.hpp"
#include "service/nearest_word.hpp"
#include "service/secret_file.hpp"
#include "service/yaml_document.hpp"

namespace service {
namespace {

/// A section that was opened, and the keys that were asked for in it.
struct OpenedSection {
    std::string path;
    std::set<std::string> asked;
};

const YamlNode::Entry* find_entry(const YamlNode* map, std::string_view key) {
    if (map == nullptr) {
        return nullptr;
    }
    const auto found = std::find_if(map->entries.begin(), map->entries.end(),
                                    [&](const auto& entry) { return entry.key == key; });
    return found == map->entries.end() ? nullptr : &*found;
}

/// FNV-1a, cut to the bits that a double holds exactly.
double hash_of(std::string_view bytes) {
    std::uint64_t hash = 14695981039346656037U;
    for (const char byte : bytes) {
        hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211U;
    }
    return static_cast<double>(hash & 0xFFFF'FFFF'FFFFU);
}

std::string joined(const std::string& path, std::string_view key) {
    return path.empty() ? std::string{key} : path + "." + std::string{key};
}

void add_unknown_keys(const YamlNode& map, const OpenedSection& section, std::vector<YamlMistake>& mistakes) {
    for (const auto& entry : map.entries) {
        if (!section.asked.contains(entry.key)) {
            mistakes.push_back(
                {entry.line, joined(section.path, entry.key) + ": unknown key" +
                                 suggestion(entry.key, {section.asked.begin(), section.asked.end()})});
        }
    }
}

}  // namespace

struct ConfigState {
    std::string name;
    double hash = 0;
    YamlDocument document;
    std::map<const YamlNode*, OpenedSection> opened;

    void note(int line, const std::string& path, std::string_view what) {
        document.mistakes.push_back({line, (path.empty() ? "" : path + ": ") + std::string{what}});
    }
};

ConfigSection::ConfigSection(std::shared_ptr<ConfigState> file, const YamlNode* map, std::string path)
    : file_(std::move(file)), map_(map), path_(std::move(path)) {
    if (map_ != nullptr) {
        file_->opened[map_].path = path_;
    }
}

std::string ConfigSection::path_of(std::string_view key) const {
    return joined(path_, key);
}

/// The key's value; null when it is missing. From now on the key is known.
const YamlNode* ConfigSection::ask(std::string_view key) {
    if (map_ == nullptr) {
        return nullptr;
    }
    file_->opened[map_].asked.emplace(key);
    const auto* entry = find_entry(map_, key);
    return entry == nullptr ? nullptr : &entry->value;
}

const YamlNode* ConfigSection::require(std::string_view key, std::string_view kind) {
    const auto* node = ask(key);
    if (node == nullptr && map_ != nullptr) {
        mistake(key, "is missing; give it " + std::string{kind});
    }
    return node;
}

ConfigSection ConfigSection::open(std::string_view key, const YamlNode* node) {
    if (node != nullptr && node->kind != YamlNode::Kind::map) {
        mistake(key, "must be a section with keys of its own, not " + description_of(*node));
        node = nullptr;
    }
    return {file_, node, path_of(key)};
}

template <class T>
T ConfigSection::accept(std::string_view key, inventory::Result<T> value, T fallback) {
    if (!value) {
        mistake(key, value.error().message);
        return fallback;
    }
    return std::move(*value);
}

ConfigSection ConfigSection::section(std::string_view key) {
    return open(key, require(key, "a section with keys of its own"));
}

ConfigSection ConfigSection::optional_section(std::string_view key) {
    return open(key, ask(key));
}

std::map<std::string, ConfigSection> ConfigSection::sections(std::string_view key) {
    std::map<std::string, ConfigSection> sections;
    ConfigSection parent = optional_section(key);
    if (parent.map_ != nullptr) {
        for (const auto& entry : parent.map_->entries) {
            sections.emplace(entry.key, parent.section(entry.key));
        }
    }
    return sections;
}

std::map<std::string, std::string> ConfigSection::texts(std::string_view key) {
    std::map<std::string, std::string> texts;
    ConfigSection parent = optional_section(key);
    if (parent.map_ != nullptr) {
        for (const auto& entry : parent.map_->entries) {
            texts.emplace(entry.key, parent.text(entry.key));
        }
    }
    return texts;
}

std::vector<std::string> ConfigSection::list(std::string_view key) {
    const auto* node = ask(key);
    return node == nullptr ? std::vector<std::string>{}
                           : accept(key, list_of(*node), std::vector<std::string>{});
}

std::string ConfigSection::text(std::string_view key) {
    const auto* node = require(key, "a text");
    return node == nullptr ? std::string{} : accept(key, text_of(*node), std::string{});
}

std::string ConfigSection::text(std::string_view key, std::string_view fallback) {
    const auto* node = ask(key);
    return node == nullptr ? std::string{fallback} : accept(key, text_of(*node), std::string{fallback});
}

std::string ConfigSection::word(std::string_view key, const std::vector<std::string>& words,
                                std::string_view fallback) {
    const auto* node = ask(key);
    return node == nullptr ? std::string{fallback}
                           : accept(key, word_of(*node, words), std::string{fallback});
}

std::uint64_t ConfigSection::number(std::string_view key, std::uint64_t least, std::uint64_t most,
                                    std::uint64_t fallback) {
    const auto* node = ask(key);
    return node == nullptr ? fallback : accept(key, number_of(*node, least, most), fallback);
}

inventory::Duration ConfigSection::duration(std::string_view key, inventory::Duration least,
                                            inventory::Duration fallback) {
    const auto* node = ask(key);
    return node == nullptr ? fallback : accept(key, duration_of(*node, least), fallback);
}

bool ConfigSection::flag(std::string_view key, bool fallback) {
    const auto* node = ask(key);
    return node == nullptr ? fallback : accept(key, flag_of(*node), fallback);
}

inventory::Secret ConfigSection::secret_file(std::string_view key) {
    const auto* node = require(key, "the path of a file that holds the secret");
    if (node == nullptr) {
        return {};
    }
    const auto path = text_of(*node);
    return accept(key, path.and_then(read_secret_file), inventory::Secret{});
}

bool ConfigSection::has(std::string_view key) const {
    return find_entry(map_, key) != nullptr;
}

void ConfigSection::mistake(std::string_view key, std::string_view what) {
    const auto* entry = find_entry(map_, key);
    const int section_line = map_ == nullptr ? 1 : map_->line;
    file_->note(entry == nullptr ? section_line : entry->line, path_of(key), what);
}

inventory::Result<ConfigFile> ConfigFile::open(const std::string& path) {
    constexpr std::size_t most = 1024UL * 1024UL;
    const auto content = read_file(path, most);
    if (!content) {
        return tl::unexpected(content.error());
    }
    return parse(path, content->bytes);
}

inventory::Result<ConfigFile> ConfigFile::parse(const std::string& name, const std::string& text) {
    auto document = parse_yaml(text);
    if (!document) {
        return inventory::failure(name + ":" + document.error().message);
    }
    if (document->root.kind != YamlNode::Kind::map) {
        return inventory::failure(name + ": must hold sections such as 'cloud:', not " +
                                  description_of(document->root));
    }
    return ConfigFile{
        std::make_shared<ConfigState>(ConfigState{name, hash_of(text), std::move(*document), {}})};
}

ConfigSection ConfigFile::root() {
    return {state_, &state_->document.root, ""};
}

void ConfigFile::ignore(std::string_view key) {
    (void)root().ask(key);
}

inventory::Status ConfigFile::finish() {
    auto mistakes = state_->document.mistakes;
    for (const auto& [map, section] : state_->opened) {
        add_unknown_keys(*map, section, mistakes);
    }
    if (mistakes.empty()) {
        return {};
    }
    std::stable_sort(mistakes.begin(), mistakes.end(),
                     [](const auto& left, const auto& right) { return left.line < right.line; });
    std::string message;
    for (const auto& mistake : mistakes) {
        message += (message.empty() ? "" : "\n") + state_->name + ":" + std::to_string(mistake.line) + ": " +
                   mistake.text;
    }
    return inventory::failure(message);
}

double ConfigFile::hash() const {
    return state_->hash;
}

}  // namespace service
