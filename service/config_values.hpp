#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "inventory/support/error.hpp"
#include "inventory/support/time.hpp"
#include "service/yaml_document.hpp"

namespace service {

// How a YAML value becomes a typed one. YAML's own readings are not used: they take 010 for 8 and `no` for
// false. The errors say what would be right: "must be a whole number from 1 to 10, not 'ten'".

inventory::Result<std::string> text_of(const YamlNode& node);
inventory::Result<std::vector<std::string>> list_of(const YamlNode& node);
inventory::Result<std::string> word_of(const YamlNode& node, const std::vector<std::string>& words);
inventory::Result<std::uint64_t> number_of(const YamlNode& node, std::uint64_t least, std::uint64_t most);
inventory::Result<inventory::Duration> duration_of(const YamlNode& node, inventory::Duration least);
inventory::Result<bool> flag_of(const YamlNode& node);

/// "a list", "'ten'": what stands there, for the end of a message.
std::string description_of(const YamlNode& node);

}  // namespace service
