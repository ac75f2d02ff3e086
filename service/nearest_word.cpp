#include "service/nearest_word.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace service {
namespace {

/// Levenshtein: how many letters have to be put in, taken out or exchanged.
std::size_t distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t exchanged = diagonal + (left[i] == right[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({exchanged, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
    const auto nearest = std::min_element(
        known.begin(), known.end(),
        [&](const auto& left, const auto& right) { return distance(word, left) < distance(word, right); });
    constexpr std::size_t longest_word = 64;  // the comparison is quadratic; no key of ours is longer
    if (nearest == known.end() || word.size() > longest_word ||
        distance(word, *nearest) > std::max<std::size_t>(1, word.size() / 3)) {
        return "";
    }
    return "; did you mean '" + *nearest + "'?";
}

}  // namespace service
