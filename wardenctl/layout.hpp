#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

// Small parts that the pages share. For .cpp files only.
namespace wardenctl {

inline constexpr int deepest_answer = 20;  ///< levels of JSON that an answer of the controller may have
inline constexpr std::size_t columns = 100;
inline constexpr std::size_t most_lines = 4;

using Json = nlohmann::json;
using TableRow = std::vector<std::string>;

/// Missing keys and nulls are absent, whatever the value around them is.
const Json& at(const Json& json, std::string_view key);
std::string text(const Json& json, std::string_view key, std::string_view otherwise = "unknown");
/// "1m35s ago" out of {"at", "age_seconds"}.
std::string ago(const Json& moment);

/// Whether a guard's verdict holds the action: it refuses, and nobody has lifted that.
bool holds(const Json& verdict);
/// Who lifted a verdict, until when and why.
std::string lifted_words(const Json& verdict);

/// One line of at most `columns`, its end cut off with "..." and without control characters.
std::string line(std::string_view text);
/// `lead`, then the text; what does not fit into `columns` goes on below, indented to where the text began.
/// Nothing is cut off but what would take more than `most` lines.
std::string paragraph(std::string_view lead, std::string_view text, std::size_t most = most_lines);
std::string padded(std::string_view text, std::size_t width);
/// Columns aligned to their widest cell; the last one may go on below.
std::string table(const std::vector<TableRow>& rows);

}  // namespace wardenctl
