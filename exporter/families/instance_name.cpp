#include "exporter/families/instance_name.hpp"

#include <algorithm>
#include <cstddef>

namespace exporter::families {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Takes "<digits>-" from the front; false when it does not stand there.
bool take_number(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const auto digits = static_cast<std::size_t>(end - text.begin());
    if (digits == 0 || end == text.end() || *end != '-') {
        return false;
    }
    text.remove_prefix(digits + 1);
    return true;
}

}  // namespace

bool is_cloudstack_name(std::string_view domain_name) {
    constexpr std::string_view system_vm_letters = "rvsb";
    if (domain_name.size() < 2 || domain_name[1] != '-') {
        return false;
    }
    const char letter = domain_name[0];
    auto rest = domain_name.substr(2);
    const bool has_numbers =
        letter == 'i' ? take_number(rest) && take_number(rest)
                      : system_vm_letters.find(letter) != std::string_view::npos && take_number(rest);
    return has_numbers && !rest.empty();
}

}  // namespace exporter::families
