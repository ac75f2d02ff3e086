#include "service/yaml_document.hpp"

#include <algorithm>
#include <optional>
#include <sstream>
#include <utility>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace service {
namespace {

YamlNode node_at(const YAML::Mark& mark, YamlNode::Kind kind) {
    YamlNode node;
    node.kind = kind;
    node.line = mark.line + 1;
    return node;
}

/// Builds our tree from the parser's events. yaml-cpp's own tree would hide duplicate keys, lose lines, and
/// let an assignment to one node overwrite another.
class TreeBuilder final : public YAML::EventHandler {
public:
    YamlDocument take() { return std::move(document_); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ == 2) {
            note(mark.line + 1, "a second document begins; one file holds one");
        }
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { add(node_at(mark, YamlNode::Kind::null)); }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        note(mark.line + 1, path() + ": aliases are not supported; write the value out");
        add(node_at(mark, YamlNode::Kind::null));
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  const std::string& value) override {
        auto node = node_at(mark, YamlNode::Kind::scalar);
        node.text = value;
        node.quoted = tag == "!";
        add(std::move(node));
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        open_.push_back({.node = node_at(mark, YamlNode::Kind::list)});
    }
    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {
        open_.push_back({.node = node_at(mark, YamlNode::Kind::map)});
    }
    void OnMapEnd() override { close(); }

private:
    struct Key {
        std::string text;
        int line = 0;
    };
    /// A list or map whose end has not come yet.
    struct Open {
        YamlNode node;
        std::optional<Key> key = {};
    };

    void close() {
        YamlNode node = std::move(open_.back().node);
        open_.pop_back();
        add(std::move(node));
    }

    void add(YamlNode node) {
        if (open_.empty()) {
            if (documents_ == 1) {
                document_.root = std::move(node);
            }
            return;
        }
        Open& parent = open_.back();
        if (parent.node.kind == YamlNode::Kind::list) {
            parent.node.items.push_back(std::move(node));
        } else if (!parent.key) {
            begin_entry(parent, node);
        } else {
            end_entry(parent, std::move(node));
        }
    }

    void begin_entry(Open& parent, const YamlNode& key) {
        if (key.kind != YamlNode::Kind::scalar) {
            note(key.line, "a key must be a word");
        }
        parent.key = Key{key.text, key.line};
    }

    void end_entry(Open& parent, YamlNode value) {
        const auto& entries = parent.node.entries;
        const auto earlier = std::find_if(entries.begin(), entries.end(),
                                          [&](const auto& entry) { return entry.key == parent.key->text; });
        if (value.kind == YamlNode::Kind::map) {
            value.line = parent.key->line;  // what a section lacks is reported where the section begins
        }
        if (earlier == entries.end()) {
            parent.node.entries.push_back({parent.key->text, parent.key->line, std::move(value)});
        } else {
            note(parent.key->line,
                 path() + ": given twice, first on line " + std::to_string(earlier->line) + "; remove one");
        }
        parent.key.reset();
    }

    [[nodiscard]] std::string path() const {
        std::string path;
        for (const auto& open : open_) {
            if (open.key) {
                path += (path.empty() ? "" : ".") + open.key->text;
            }
        }
        return path;
    }

    void note(int line, std::string text) { document_.mistakes.push_back({line, std::move(text)}); }

    YamlDocument document_;
    int documents_ = 0;
    std::vector<Open> open_;
};

}  // namespace

inventory::Result<YamlDocument> parse_yaml(const std::string& text) {
    try {
        std::istringstream stream{text};
        YAML::Parser parser{stream};
        TreeBuilder builder;
        parser.HandleNextDocument(builder);
        parser.HandleNextDocument(builder);
        return builder.take();
    } catch (const YAML::Exception& error) {
        return inventory::failure(std::to_string(error.mark.line + 1) + ":" +
                                  std::to_string(error.mark.column + 1) + ": not YAML: " + error.msg);
    }
}

}  // namespace service
