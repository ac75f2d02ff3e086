#include "controller/page/html.hpp"

#include <algorithm>

namespace controller::page {
namespace {

std::string attribute(std::string_view name, std::string_view value) {
    if (value.empty()) {
        return {};
    }
    return " " + std::string{name} + "=\"" + html_escaped(value) + "\"";
}

std::string banner(const PageHead& head) {
    std::string html = R"(<header><a class="home" href="/">CloudStack <b>Warden</b></a>)";
    if (head.visitor != nullptr) {
        html += "<span class=\"who\">" + html_escaped(head.visitor->name) + "</span>";
        if (head.can_sign_out) {
            html += form({.action = "/logout", .button = "Sign out", .css_class = "small"}, *head.visitor);
        }
    }
    return html + "</header>\n";
}

}  // namespace

std::string whole_page(const PageHead& head, const std::string& body_html) {
    std::string html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
    html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    html += "<meta name=\"color-scheme\" content=\"light dark\">\n";
    if (head.refresh_seconds > 0) {
        html += R"(<meta http-equiv="refresh" content=")" + std::to_string(head.refresh_seconds) + "\">\n";
    }
    html += "<title>" + html_escaped(head.title) + "</title>\n";
    html += "<link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n";
    return html + banner(head) + "<main>\n" + body_html + "</main>\n</body>\n</html>\n";
}

std::string ago(inventory::Time moment, inventory::Time now) {
    const auto exactly = inventory::to_rfc3339(moment);
    const auto age = std::max(now - moment, inventory::Duration::zero());
    return "<time datetime=\"" + exactly + "\" title=\"" + exactly + "\">" + inventory::to_words(age) +
           " ago</time>";
}

std::string link(const std::string& target, std::string_view text, std::string_view css_class) {
    return "<a" + attribute("class", css_class) + attribute("href", target) + ">" + html_escaped(text) +
           "</a>";
}

std::string badge(std::string_view css_class, std::string_view text) {
    return "<span class=\"badge " + html_escaped(css_class) + "\">" + html_escaped(text) + "</span>";
}

std::string section(std::string_view id, std::string_view title, const std::string& content_html) {
    return "<section" + attribute("id", id) + ">\n<h2>" + html_escaped(title) + "</h2>\n" + content_html +
           "</section>\n";
}

std::string card(const std::string& content_html, std::string_view css_class) {
    const std::string classes = css_class.empty() ? "card" : "card " + std::string{css_class};
    return "<article" + attribute("class", classes) + ">" + content_html + "</article>\n";
}

std::string facts(const std::vector<std::pair<std::string, std::string>>& rows) {
    std::string html = "<dl>";
    for (const auto& [label, value_html] : rows) {
        html += "<dt>" + html_escaped(label) + "</dt><dd>" + value_html + "</dd>\n";
    }
    return html + "</dl>\n";
}

std::string paragraph(std::string_view text, std::string_view css_class) {
    return "<p" + attribute("class", css_class) + ">" + html_escaped(text) + "</p>\n";
}

std::string form(const FormSpec& spec, const Visitor& visitor) {
    return "<form method=\"post\"" + attribute("action", spec.action) + ">" +
           hidden("form_token", visitor.form_token) + spec.fields_html + "<button" +
           attribute("class", spec.css_class) + ">" + html_escaped(spec.button) + "</button></form>";
}

std::string text_input(std::string_view name, std::string_view label, std::string_view value) {
    return "<label>" + html_escaped(label) + "<input" + attribute("name", name) + attribute("value", value) +
           " required maxlength=\"200\" autocomplete=\"off\"></label>\n";
}

std::string choice(std::string_view name, std::string_view label,
                   const std::vector<std::pair<std::string, std::string>>& values_and_texts) {
    std::string html = "<label>" + html_escaped(label) + "<select" + attribute("name", name) + ">";
    for (const auto& [value, text] : values_and_texts) {
        html += "<option" + attribute("value", value) + ">" + html_escaped(text) + "</option>";
    }
    return html + "</select></label>\n";
}

std::string hidden(std::string_view name, std::string_view value) {
    return "<input type=\"hidden\"" + attribute("name", name) + " value=\"" + html_escaped(value) + "\">";
}

}  // namespace controller::page
