#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "inventory/support/id.hpp"
#include "inventory/support/time.hpp"

// Evidence read back. For .cpp files only: the library is heavy.
namespace controller::evidence {

/// One JSON object of evidence, read key by key. What is not there, or is of another kind than this version
/// writes, is noted by its path and read as unknown (or as the value that holds): evidence of an older
/// version lacks what is known now, and that must never look like good news. Null is unknown without a note:
/// so it was written.
class FactsReader {
public:
    /// `now`: the moment that ages are counted from. `lacking` outlives the reader.
    FactsReader(const nlohmann::json& object, std::string path, inventory::Time now,
                std::vector<std::string>& lacking);

    [[nodiscard]] std::string text(const char* key) const;
    [[nodiscard]] std::uint64_t number(const char* key) const;
    [[nodiscard]] bool flag(const char* key) const;
    [[nodiscard]] std::optional<std::string> maybe_text(const char* key) const;
    [[nodiscard]] std::optional<std::uint64_t> maybe_number(const char* key) const;
    [[nodiscard]] std::vector<std::string> texts(const char* key) const;
    [[nodiscard]] std::optional<std::vector<std::string>> maybe_texts(const char* key) const;
    [[nodiscard]] std::vector<std::uint64_t> numbers(const char* key) const;
    /// {"at", "age_seconds"}, by its age: that is exact.
    [[nodiscard]] std::optional<inventory::Time> moment(const char* key) const;
    /// Seconds, with decimals.
    [[nodiscard]] std::optional<inventory::Duration> maybe_duration(const char* key) const;
    /// RFC 3339.
    [[nodiscard]] std::optional<inventory::Time> maybe_time(const char* key) const;
    [[nodiscard]] inventory::Time time(const char* key) const;

    template <class Id>
    [[nodiscard]] std::optional<Id> maybe_id(const char* key) const {
        const auto value = maybe_number(key);
        return value ? std::optional{Id{*value}} : std::nullopt;
    }

    /// Which of `all` has this word; noted and nullopt when none has it.
    template <class List>
    [[nodiscard]] auto maybe_word(const char* key, const List& all) const
        -> std::optional<typename List::value_type> {
        const auto word = maybe_text(key);
        for (const auto value : all) {
            if (word && to_word(value) == *word) {
                return value;
            }
        }
        if (word) {
            note(key);
        }
        return std::nullopt;
    }

    /// nullopt when it is null or not there.
    template <class Read>
    [[nodiscard]] auto maybe_object(const char* key, const Read& read) const
        -> std::optional<decltype(read(std::declval<const FactsReader&>()))> {
        const auto* object = find(key, nlohmann::json::value_t::object);
        return object == nullptr ? std::nullopt : std::optional{read(inside(*object, key))};
    }

    template <class Read>
    [[nodiscard]] auto maybe_list(const char* key, const Read& read) const
        -> std::optional<std::vector<decltype(read(std::declval<const FactsReader&>()))>> {
        const auto* list = find(key, nlohmann::json::value_t::array);
        if (list == nullptr) {
            return std::nullopt;
        }
        std::vector<decltype(read(std::declval<const FactsReader&>()))> values;
        for (const auto& item : *list) {
            values.push_back(read(inside(item, key)));
        }
        return values;
    }

    template <class Read>
    [[nodiscard]] auto list(const char* key, const Read& read) const {
        auto values = maybe_list(key, read);
        if (!values) {
            note(key);
        }
        return std::move(values).value_or(typename decltype(values)::value_type{});
    }

    void note(const char* key) const;

private:
    /// nullptr when it is null, or noted as lacking.
    [[nodiscard]] const nlohmann::json* find(const char* key, nlohmann::json::value_t kind) const;
    [[nodiscard]] FactsReader inside(const nlohmann::json& object, const char* key) const;

    const nlohmann::json& object_;
    std::string path_;
    inventory::Time now_;
    std::vector<std::string>& lacking_;
};

}  // namespace controller::evidence
