#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace inventory {

/// A password, token or key. It cannot be formatted, logged or serialized by accident: the only way to its
/// text is `reveal()`, called where the text goes onto the wire and nowhere else.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}

    [[nodiscard]] const std::string& reveal() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }

private:
    std::string text_;
};

inline std::ostream& operator<<(std::ostream& out, const Secret&) {
    return out << "<secret>";
}

}  // namespace inventory
