#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace controller::page {

/// The fields of a form by their names.
using Form = std::map<std::string, std::string>;

/// Reads application/x-www-form-urlencoded. nullopt for what no form of ours sends: a field twice, more than
/// a few fields, a code that is none.
std::optional<Form> parse_form(std::string_view body);

/// Empty when the form has no such field.
std::string field(const Form& form, const std::string& name);

/// The value of a cookie in a Cookie header; nullopt when it is not there, or there twice.
std::optional<std::string> cookie(std::string_view header, std::string_view name);

}  // namespace controller::page
