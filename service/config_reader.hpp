#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/support/error.hpp"
#include "inventory/support/secret.hpp"
#include "inventory/support/time.hpp"

namespace service {

struct ConfigState;
struct YamlNode;

/// One mapping of a YAML file, read key by key into typed values. Every mistake (unknown key, duplicate key,
/// wrong type, value out of range, missing secret file) is noted with file, line and path and with what would
/// be right; reading goes on with the fallback, so that one run reports all mistakes. See ConfigFile for how
/// it ends. Getters come in pairs: with a fallback the key is optional, without it its absence is a mistake.
/// A missing section is one mistake (or none, when it is optional): its getters then stay silent.
class ConfigSection {
public:
    ConfigSection section(std::string_view key);
    /// Like section(), but the key may be missing: every getter then gives its fallback.
    ConfigSection optional_section(std::string_view key);
    /// Sections by key, for maps whose keys are the operator's (remedies, URI overrides). May be missing.
    std::map<std::string, ConfigSection> sections(std::string_view key);
    std::map<std::string, std::string> texts(std::string_view key);
    /// The texts of a list, in order. May be missing.
    std::vector<std::string> list(std::string_view key);

    std::string text(std::string_view key);
    std::string text(std::string_view key, std::string_view fallback);
    /// One of the words; the message lists them.
    std::string word(std::string_view key, const std::vector<std::string>& words, std::string_view fallback);
    std::uint64_t number(std::string_view key, std::uint64_t least, std::uint64_t most,
                         std::uint64_t fallback);
    /// 500ms, 10s, 5m, 1h.
    inventory::Duration duration(std::string_view key, inventory::Duration least,
                                 inventory::Duration fallback);
    bool flag(std::string_view key, bool fallback);
    /// The content of the file that the key names, one trailing newline removed. Its text appears in no
    /// message.
    inventory::Secret secret_file(std::string_view key);
    /// Whether the key is there at all.
    [[nodiscard]] bool has(std::string_view key) const;
    /// Notes a mistake of the caller's own at the key's line: "<file>:<line>: <path>: <what is wrong and
    /// right>".
    void mistake(std::string_view key, std::string_view what);

private:
    friend class ConfigFile;
    ConfigSection(std::shared_ptr<ConfigState> file, const YamlNode* map, std::string path);

    const YamlNode* ask(std::string_view key);
    const YamlNode* require(std::string_view key, std::string_view kind);
    ConfigSection open(std::string_view key, const YamlNode* node);
    [[nodiscard]] std::string path_of(std::string_view key) const;
    template <class T>
    T accept(std::string_view key, inventory::Result<T> value, T fallback);

    std::shared_ptr<ConfigState> file_;
    const YamlNode* map_;  ///< null: the section is missing
    std::string path_;
};

/// A YAML configuration file being read.
class ConfigFile {
public:
    /// Errors: no such file, no rights, larger than 1 MiB, not YAML (with line and column), not a mapping.
    static inventory::Result<ConfigFile> open(const std::string& path);
    static inventory::Result<ConfigFile> parse(const std::string& name, const std::string& text);

    ConfigSection root();
    /// The other program's section: it is not read, and its keys are no mistake.
    void ignore(std::string_view key);
    /// After everything was read: notes every key that nobody asked for (with the nearest known key as a
    /// suggestion) and gives all mistakes as one Error, one per line.
    inventory::Status finish();
    /// A 48-bit hash of the file's bytes, exactly representable as a sample, for the config_hash metric.
    [[nodiscard]] double hash() const;

private:
    explicit ConfigFile(std::shared_ptr<ConfigState> state) : state_(std::move(state)) {}

    std::shared_ptr<ConfigState> state_;
};

}  // namespace service
