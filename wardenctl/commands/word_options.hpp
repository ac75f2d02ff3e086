#pragma once

#include <string>
#include <utility>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): the name is the library's
class App;
}  // namespace CLI

namespace wardenctl {

using Texts = std::vector<std::pair<std::string, std::string>>;

/// Who says something, and why: what every command that tells Warden something has to give.
struct Word {
    std::string owner;
    std::string reason;
    std::string validity;  ///< empty: it holds for ever
};

/// --reason and --owner.
void add_word(CLI::App& command, Word& word);
/// --for; `otherwise` empty: it has to be given.
void add_validity(CLI::App& command, Word& word, const std::string& otherwise);

/// The JSON object that the controller takes.
std::string body_of(const Word& word, Texts texts = {});
/// "/api/v1/<kind>/<name>/<verb>".
std::string path_of(const char* kind, const std::string& name, const char* verb);

/// One action and what is said of it.
struct OnAction {
    std::string id;
    std::string guard;
    Word word;
};
CLI::App& add_on_action(CLI::App& app, const char* name, const char* help, OnAction& given);

}  // namespace wardenctl
