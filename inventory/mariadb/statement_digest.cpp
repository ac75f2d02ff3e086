#include "inventory/mariadb/statement_digest.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "inventory/mariadb/letters.hpp"
#include "inventory/support/text.hpp"

namespace inventory::mariadb {
namespace {

constexpr std::size_t most_bytes = 300;
constexpr std::string_view cut_mark = "...";

bool is_of_word(char letter) {
    const bool is_letter = lower(letter) >= 'a' && lower(letter) <= 'z';
    const bool is_beyond_ascii = (static_cast<unsigned char>(letter) & 0x80U) != 0;
    return is_letter || is_beyond_ascii || is_digit(letter) || letter == '_' || letter == '$';
}

/// Reads a statement from left to right and writes its digest.
class Digester {
public:
    explicit Digester(std::string_view rest) : rest_(rest) {}

    std::string digest() {
        while (!rest_.empty() && digest_.size() <= most_bytes) {
            take_next();
        }
        return clean_text(digest_, most_bytes);
    }

private:
    void take_next() {
        const char letter = rest_.front();
        if (is_space(letter)) {
            space_is_due_ = !digest_.empty();
            rest_.remove_prefix(1);
        } else if (begins_comment()) {
            skip_comment();
        } else if (letter == '\'' || letter == '"') {
            take_text(letter);
        } else if (letter == '`') {
            write(rest_.substr(0, end_of_name()));
        } else if (is_of_word(letter)) {
            take_word();
        } else {
            write(rest_.substr(0, 1));
            space_is_due_ = letter == ',';
        }
    }

    /// Appends the part and goes on behind it.
    void write(std::string_view part) {
        append(part);
        rest_.remove_prefix(part.size());
    }

    void append(std::string_view part) {
        if (space_is_due_) {
            digest_ += ' ';
            space_is_due_ = false;
        }
        digest_ += part;
    }

    void write_literal() {
        append("?");
        for (const std::string_view list : {"?, ?", "?, ..., ?"}) {
            if (digest_.ends_with(list)) {
                digest_.resize(digest_.size() - list.size());
                digest_ += "?, ...";
                break;
            }
        }
    }

    void give_up() {
        append(cut_mark);
        rest_ = {};
    }

    void take_word() {
        const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_of_word);
        const auto word = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
        if (is_digit(word.front())) {
            write_literal();
            rest_.remove_prefix(word.size());
        } else {
            write(word);
        }
    }

    /// Where the text that begins here ends. A quote inside is doubled, or follows a backslash: but in some
    /// SQL modes a backslash is a letter like any other, and what follows such a quote is text or not:
    /// nullopt.
    [[nodiscard]] std::optional<std::size_t> end_of_text(char quote) const {
        bool is_escaped = false;
        std::size_t at = 1;
        while (at < rest_.size()) {
            const bool is_quote = rest_[at] == quote;
            const bool is_doubled = at + 1 < rest_.size() && rest_[at + 1] == quote;
            if (is_quote && is_escaped) {
                return std::nullopt;
            }
            if (is_quote && !is_doubled) {
                return at + 1;
            }
            is_escaped = rest_[at] == '\\' && !is_escaped;
            at += is_quote ? 2 : 1;
        }
        return rest_.size();
    }

    void take_text(char quote) {
        write_literal();
        if (const auto end = end_of_text(quote)) {
            rest_.remove_prefix(*end);
        } else {
            give_up();
        }
    }

    [[nodiscard]] std::size_t end_of_name() const {
        const auto end = rest_.find('`', 1);
        return end == std::string_view::npos ? rest_.size() : end + 1;
    }

    [[nodiscard]] bool begins_comment() const {
        const bool has_dashes = rest_.starts_with("--") && (rest_.size() == 2 || is_space(rest_[2]));
        return has_dashes || rest_.front() == '#' || rest_.starts_with("/*");
    }

    void skip_comment() {
        const bool is_executed = rest_.starts_with("/*!") || rest_.starts_with("/*M!");
        if (is_executed) {
            give_up();
            return;
        }
        const bool is_block = rest_.starts_with("/*");
        const std::string_view last = is_block ? "*/" : "\n";
        const auto end = rest_.find(last, is_block ? 2 : 1);
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + last.size());
        space_is_due_ = !digest_.empty();
    }

    std::string_view rest_;
    std::string digest_;
    bool space_is_due_ = false;
};

}  // namespace

std::string statement_digest(std::string_view statement) {
    return Digester{statement}.digest();
}

}  // namespace inventory::mariadb
