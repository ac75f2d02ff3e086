#include "controller/evidence/facts_reader.hpp"

#include <cmath>

#include "inventory/support/rfc3339.hpp"

namespace controller::evidence {

using inventory::Duration;
using inventory::Time;
using Kind = nlohmann::json::value_t;

FactsReader::FactsReader(const nlohmann::json& object, std::string path, Time now,
                         std::vector<std::string>& lacking)
    : object_(object), path_(std::move(path)), now_(now), lacking_(lacking) {}

void FactsReader::note(const char* key) const {
    lacking_.push_back(path_.empty() ? key : path_ + "." + key);
}

FactsReader FactsReader::inside(const nlohmann::json& object, const char* key) const {
    return {object, path_.empty() ? key : path_ + "." + key, now_, lacking_};
}

const nlohmann::json* FactsReader::find(const char* key, Kind kind) const {
    if (!object_.is_object() || !object_.contains(key)) {
        note(key);
        return nullptr;
    }
    const auto& value = object_.at(key);
    if (value.is_null()) {
        return nullptr;
    }
    const bool is_kind = kind == Kind::number_unsigned ? value.is_number_unsigned()
                         : kind == Kind::number_float  ? value.is_number()
                                                       : value.type() == kind;
    if (!is_kind) {
        note(key);
        return nullptr;
    }
    return &value;
}

std::optional<std::string> FactsReader::maybe_text(const char* key) const {
    const auto* value = find(key, Kind::string);
    return value == nullptr ? std::nullopt : std::optional{value->get<std::string>()};
}

std::optional<std::uint64_t> FactsReader::maybe_number(const char* key) const {
    const auto* value = find(key, Kind::number_unsigned);
    return value == nullptr ? std::nullopt : std::optional{value->get<std::uint64_t>()};
}

std::string FactsReader::text(const char* key) const {
    return maybe_text(key).value_or("");
}

std::uint64_t FactsReader::number(const char* key) const {
    return maybe_number(key).value_or(0);
}

bool FactsReader::flag(const char* key) const {
    const auto* value = find(key, Kind::boolean);
    return value != nullptr && value->get<bool>();
}

std::vector<std::string> FactsReader::texts(const char* key) const {
    return maybe_texts(key).value_or(std::vector<std::string>{});
}

std::optional<std::vector<std::string>> FactsReader::maybe_texts(const char* key) const {
    const auto* list = find(key, Kind::array);
    if (list == nullptr) {
        return std::nullopt;
    }
    std::vector<std::string> values;
    for (const auto& item : *list) {
        if (item.is_string()) {
            values.push_back(item.get<std::string>());
        } else {
            note(key);
        }
    }
    return values;
}

std::vector<std::uint64_t> FactsReader::numbers(const char* key) const {
    const auto* list = find(key, Kind::array);
    if (list == nullptr) {
        return {};
    }
    std::vector<std::uint64_t> values;
    for (const auto& item : *list) {
        if (item.is_number_unsigned()) {
            values.push_back(item.get<std::uint64_t>());
        } else {
            note(key);
        }
    }
    return values;
}

std::optional<Duration> FactsReader::maybe_duration(const char* key) const {
    constexpr double microseconds = 1e6;
    constexpr double longest = 1e11;  // some thousand years: nothing overflows
    const auto* seconds = find(key, Kind::number_float);
    if (seconds == nullptr || std::abs(seconds->get<double>()) > longest) {
        return std::nullopt;
    }
    return Duration{std::llround(seconds->get<double>() * microseconds)};
}

std::optional<Time> FactsReader::moment(const char* key) const {
    const auto age =
        maybe_object(key, [](const FactsReader& moment) { return moment.maybe_duration("age_seconds"); });
    return age && *age ? std::optional{now_ - **age} : std::nullopt;
}

std::optional<Time> FactsReader::maybe_time(const char* key) const {
    const auto written = maybe_text(key);
    const auto read = written ? inventory::parse_rfc3339(*written) : std::nullopt;
    if (written && !read) {
        note(key);
    }
    return read;
}

Time FactsReader::time(const char* key) const {
    return maybe_time(key).value_or(Time{});
}

}  // namespace controller::evidence
