#include "exporter/landing_page.hpp"

#include <string_view>

namespace exporter {
namespace {

constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>CloudStack Warden exporter</title>
<style>
body { font: 16px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: .2em 1em .2em 0; vertical-align: top; border-bottom: 1px solid #ddd; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
</style>
</head>
<body>
<h1>CloudStack Warden exporter</h1>
<p>What CloudStack records of its VMs and hosts, what their agents report, and what libvirt shows.</p>
<ul>
<li><a href="/metrics">/metrics</a>: for Prometheus</li>
<li><a href="/-/ready">/-/ready</a>: whether every witness has been heard once</li>
<li><a href="/-/healthy">/-/healthy</a>: whether the process serves</li>
</ul>
)";

std::string freshness(const Page& page, inventory::Time now) {
    if (!page.records_read_at) {
        return "<p>CloudStack's database has not been read yet.</p>\n";
    }
    return "<p>CloudStack's database was read " + inventory::to_words(now - *page.records_read_at) +
           " ago; the page has " + std::to_string(page.exposition.series()) + " series.</p>\n";
}

/// HELP texts are our own and hold nothing that HTML would read.
std::string row(const FamilyBlock& block) {
    std::string text = "<tr><td><code>";
    text += block.family->name;
    text += "</code><br>";
    text += block.family->help;
    text += "</td><td class=\"number\">";
    text += std::to_string(block.series);
    text += "</td></tr>\n";
    return text;
}

}  // namespace

std::string landing_page(const Page& page, inventory::Time now) {
    std::string text(head);
    text += freshness(page, now);
    text += "<table>\n<tr><th>Family</th><th>Series</th></tr>\n";
    for (const auto& block : page.exposition.blocks) {
        text += row(block);
    }
    text += "</table>\n<p>Version " WARDEN_VERSION "</p>\n</body>\n</html>\n";
    return text;
}

}  // namespace exporter
