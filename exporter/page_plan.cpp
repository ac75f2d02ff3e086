#include "exporter/page_plan.hpp"

#include <algorithm>
#include <string>

#include "exporter/families/families.hpp"
#include "service/nearest_word.hpp"

namespace exporter {
namespace {

std::vector<std::string> known_words() {
    std::vector<std::string> words;
    words.reserve(all_groups.size() + families::all().size());
    for (const auto group : all_groups) {
        words.emplace_back(to_word(group));
    }
    for (const auto* family : families::all()) {
        words.emplace_back(family->name);
    }
    return words;
}

bool means(std::string_view word, const Family& family) {
    return word == family.name || word == to_word(family.group);
}

void disable(service::ConfigSection& section, PagePlan& plan) {
    for (const auto& word : section.list("disable")) {
        const auto named = std::erase_if(plan.families, [&](const auto* one) { return means(word, *one); });
        const auto words = known_words();
        if (named == 0 && std::find(words.begin(), words.end(), word) == words.end()) {
            section.mistake("disable", "'" + word + "' is neither a group (" + group_words() +
                                           ") nor a family" + service::suggestion(word, words));
        }
    }
}

Shard read_shard(service::ConfigSection& exporter) {
    const auto shard = parse_shard(exporter.text("shard", "1/1"));
    if (!shard) {
        exporter.mistake("shard", shard.error().message);
        return {};
    }
    return *shard;
}

SeriesLimit read_limit(service::ConfigSection section) {
    constexpr std::uint64_t least = 1'000;
    constexpr std::uint64_t most = 100'000'000;
    SeriesLimit limit;
    limit.family = section.number("family", least, most, limit.family);
    limit.total = section.number("total", least, most, limit.total);
    return limit;
}

}  // namespace

PagePlan read_page_plan(service::ConfigSection& exporter) {
    auto plan = families::whole_page();
    plan.shard = read_shard(exporter);
    plan.limit = read_limit(exporter.optional_section("series_limit"));
    auto families = exporter.optional_section("families");
    disable(families, plan);
    return plan;
}

bool shows(const PagePlan& plan, Group group) {
    return std::any_of(plan.families.begin(), plan.families.end(),
                       [group](const auto* family) { return family->group == group; });
}

}  // namespace exporter
