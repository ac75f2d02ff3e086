#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "controller/page/sessions.hpp"
#include "inventory/support/time.hpp"
#include "service/escape.hpp"

// The parts that all pages are made of. What is called `html` is HTML already; everything else is text, and
// is escaped here.
namespace controller::page {

using service::html_escaped;

struct PageHead {
    std::string title;
    const Visitor* visitor = nullptr;  ///< null: nobody has signed in
    bool can_sign_out = false;
    int refresh_seconds = 0;  ///< 0: it stays as it is, for what is being typed would be lost
};

std::string whole_page(const PageHead& head, const std::string& body_html);

/// "5m ago", with the moment itself for who looks closer.
std::string ago(inventory::Time moment, inventory::Time now);
std::string link(const std::string& target, std::string_view text, std::string_view css_class = {});
/// A coloured word: good, bad, warn or quiet.
std::string badge(std::string_view css_class, std::string_view text);
std::string section(std::string_view id, std::string_view title, const std::string& content_html);
std::string card(const std::string& content_html, std::string_view css_class = {});
/// Rows of a label and HTML.
std::string facts(const std::vector<std::pair<std::string, std::string>>& rows);
std::string paragraph(std::string_view text, std::string_view css_class = {});

/// A form that posts, with the visitor's token in it.
struct FormSpec {
    std::string action;
    std::string button;
    std::string css_class = {};  ///< of the button: primary, danger or none
    std::string fields_html = {};
};
std::string form(const FormSpec& spec, const Visitor& visitor);

/// A labelled line to write in; what is in it must not be empty.
std::string text_input(std::string_view name, std::string_view label, std::string_view value = {});
std::string choice(std::string_view name, std::string_view label,
                   const std::vector<std::pair<std::string, std::string>>& values_and_texts);
std::string hidden(std::string_view name, std::string_view value);

}  // namespace controller::page
