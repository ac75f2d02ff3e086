#pragma once

#include <string>
#include <vector>

#include "inventory/support/error.hpp"

namespace service {

/// A YAML value as it was written, with the lines that messages need.
struct YamlNode {
    enum class Kind { null, scalar, list, map };
    struct Entry;

    Kind kind = Kind::null;
    int line = 0;
    std::string text = {};  ///< of a scalar
    bool quoted = false;    ///< a scalar in quotes is a text, whatever it looks like
    std::vector<YamlNode> items = {};
    std::vector<Entry> entries;  ///< no initializer here, where Entry is not complete yet
};

struct YamlNode::Entry {
    std::string key;
    int line = 0;
    YamlNode value;
};

/// What was wrong on one line, without the file's name: "controller.listen: given twice ...".
struct YamlMistake {
    int line = 0;
    std::string text;
};

struct YamlDocument {
    YamlNode root;
    std::vector<YamlMistake> mistakes;
};

/// Error: not YAML, with line and column. Mistakes that leave the rest readable (duplicate keys, aliases) are
/// collected; of two equal keys the first counts.
inventory::Result<YamlDocument> parse_yaml(const std::string& text);

}  // namespace service
