#include "wardenctl/completion.hpp"

namespace wardenctl {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string line;
    for (const auto& word : words) {
        line += (line.empty() ? "" : " ") + word;
    }
    return line;
}

std::string bash_script(const Grammar& grammar) {
    std::string names;
    std::string cases;
    for (const auto& command : grammar.commands) {
        names += (names.empty() ? "" : " ") + command.name;
        cases += "        " + command.name + ") words=\"" + joined(command.options) + "\" ;;\n";
    }
    return "_wardenctl() {\n"
           "    local current=${COMP_WORDS[COMP_CWORD]} command= word words\n"
           "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
           "        if [[ \" " +
           names +
           " \" == *\" $word \"* ]]; then command=$word; break; fi\n"
           "    done\n"
           "    case $command in\n" +
           cases + "        *) words=\"" + names +
           "\" ;;\n"
           "    esac\n"
           "    [[ $current != -* && -n $command ]] && return\n"
           "    COMPREPLY=($(compgen -W \"$words " +
           joined(grammar.options) +
           "\" -- \"$current\"))\n"
           "}\n"
           "complete -o default -F _wardenctl wardenctl\n";
}

/// Single quotes end where they begin: our own texts hold none but in examples.
std::string quoted(const std::string& text) {
    std::string safe = "'";
    for (const char c : text) {
        safe += c == '\'' ? std::string{"\\'"} : std::string(1, c);
    }
    return safe + "'";
}

std::string fish_options(const std::vector<std::string>& options, const std::string& condition) {
    std::string lines;
    for (const auto& option : options) {
        lines += "complete -c wardenctl " + condition + "-l " + option.substr(2) + "\n";
    }
    return lines;
}

std::string fish_script(const Grammar& grammar) {
    std::string script = fish_options(grammar.options, "");
    for (const auto& command : grammar.commands) {
        script += "complete -c wardenctl -f -n __fish_use_subcommand -a " + command.name + " -d " +
                  quoted(command.summary) + "\n";
        script += fish_options(command.options, "-n '__fish_seen_subcommand_from " + command.name + "' ");
    }
    return script;
}

}  // namespace

std::string completion_script(std::string_view shell, const Grammar& grammar) {
    if (shell == "fish") {
        return fish_script(grammar);
    }
    const std::string before = shell == "zsh" ? "autoload -Uz bashcompinit && bashcompinit\n" : "";
    return before + bash_script(grammar);
}

}  // namespace wardenctl
