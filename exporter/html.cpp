#include "exporter/html.hpp"

namespace exporter {
namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62em; margin: 1.5em auto; padding: 0 1em; }
h1 { font-size: 1.5em; line-height: 1.25; overflow-wrap: anywhere; }
h2 { font-size: 1.15em; margin: 1.6em 0 .4em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3em .8em .3em 0; vertical-align: top; border-bottom: 1px solid #8884; }
td { overflow-wrap: anywhere; }
td.number, th.number { text-align: right; padding-right: 0; font-variant-numeric: tabular-nums; white-space: nowrap;
  overflow-wrap: normal; }
td:first-child { min-width: 6em; }
summary { cursor: pointer; font-size: 1.15em; font-weight: bold; padding: .6em 0; margin-top: 1em; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85em; }
small, .quiet { color: #656d76; }
.good { color: #1a7f37; }
.bad { color: #cf222e; }
@media (prefers-color-scheme: dark) {
  small, .quiet { color: #9aa4af; }
  .good { color: #57c46e; }
  .bad { color: #ff8a80; }
}
code { font-size: .9em; }
@media (max-width: 34em) { body { font-size: 15px; } th, td { padding-right: .5em; } }
)";

}  // namespace

std::string html_page(std::string_view title, std::string_view body) {
    std::string page = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
    page += html_escaped(title);
    page += "</title>\n<style>";
    page += style;
    page += "</style>\n</head>\n<body>\n<h1>";
    page += html_escaped(title);
    page += "</h1>\n";
    page += body;
    return page += "</body>\n</html>\n";
}

std::string html_row(std::initializer_list<std::string_view> cells) {
    std::string row = "<tr>";
    for (const auto cell : cells) {
        row += "<td>";
        row += cell;
        row += "</td>";
    }
    return row += "</tr>\n";
}

}  // namespace exporter
