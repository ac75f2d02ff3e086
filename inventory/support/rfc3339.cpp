#include "inventory/support/rfc3339.hpp"

#include <charconv>

namespace inventory {
namespace {

/// Takes fields off the front of a text; once one was wrong it stays failed.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    /// Exactly `digits` digits, from `least` to `most`.
    int number(std::size_t digits, int least, int most) {
        int value = 0;
        const auto field = rest_.substr(0, digits);
        const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
        const bool whole = field.size() == digits && field.front() != '-' && error == std::errc{} &&
                           end == field.data() + field.size();
        failed_ = failed_ || !whole || value < least || value > most;
        rest_.remove_prefix(field.size());
        return value;
    }

    void expect(char byte) { failed_ = !accept(byte) || failed_; }

    bool accept(char byte) {
        const bool there = rest_.starts_with(byte);
        rest_.remove_prefix(there ? 1 : 0);
        return there;
    }

    /// ".123456789": at least one digit; those below a microsecond are dropped.
    Duration fraction() {
        if (!accept('.')) {
            return Duration::zero();
        }
        std::int64_t microseconds = 0;
        std::int64_t unit = 100'000;
        bool any = false;
        while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
            microseconds += unit * (rest_.front() - '0');
            unit /= 10;
            any = true;
            rest_.remove_prefix(1);
        }
        failed_ = failed_ || !any;
        return Duration{microseconds};
    }

    [[nodiscard]] bool is_good() const { return !failed_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool failed_ = false;
};

/// "Z", "+02:00" or "-05:30".
Duration read_offset(Reader& reader) {
    if (reader.accept('Z')) {
        return Duration::zero();
    }
    const bool ahead = reader.accept('+');
    if (!ahead) {
        reader.expect('-');
    }
    const std::chrono::hours hours{reader.number(2, 0, 23)};
    reader.expect(':');
    const std::chrono::minutes minutes{reader.number(2, 0, 59)};
    return ahead ? hours + minutes : -(hours + minutes);
}

}  // namespace

std::optional<Time> parse_rfc3339(std::string_view text) {
    Reader reader(text);
    const std::chrono::year year{reader.number(4, 1970, 9999)};
    reader.expect('-');
    const std::chrono::month month{static_cast<unsigned>(reader.number(2, 1, 12))};
    reader.expect('-');
    const std::chrono::day day{static_cast<unsigned>(reader.number(2, 1, 31))};
    reader.expect('T');
    const std::chrono::hours hours{reader.number(2, 0, 23)};
    reader.expect(':');
    const std::chrono::minutes minutes{reader.number(2, 0, 59)};
    reader.expect(':');
    const std::chrono::seconds seconds{reader.number(2, 0, 59)};
    const auto fraction = reader.fraction();
    const auto offset = read_offset(reader);
    const std::chrono::year_month_day date{year, month, day};
    if (!reader.is_good() || !date.ok()) {
        return std::nullopt;
    }
    return Time{std::chrono::sys_days{date}} + hours + minutes + seconds + fraction - offset;
}

std::string to_rfc3339_exactly(Time time) {
    std::string text = to_rfc3339(time);
    const auto beyond = time - std::chrono::floor<std::chrono::milliseconds>(time);
    if (beyond != Duration::zero()) {
        const auto digits = std::to_string(beyond.count());
        text.insert(text.size() - 1, std::string(3 - digits.size(), '0') + digits);
    }
    return text;
}

}  // namespace inventory
