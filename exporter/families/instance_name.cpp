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

/// How many numbers stand between the letter and the rest: i-<account>-<id>-VM, v-<id>-VM; 0 for a letter
/// that CloudStack does not use.
int numbers_after(char letter) {
    constexpr std::string_view system_vm_letters = "rvsb";
    if (letter == 'i') {
        return 2;
    }
    return system_vm_letters.find(letter) == std::string_view::npos ? 0 : 1;
}

}  // namespace

bool is_cloudstack_name(std::string_view domain_name) {
    if (domain_name.size() < 2 || domain_name[1] != '-') {
        return false;
    }
    const int numbers = numbers_after(domain_name[0]);
    auto rest = domain_name.substr(2);
    for (int taken = 0; taken < numbers; ++taken) {
        if (!take_number(rest)) {
            return false;
        }
    }
    return numbers > 0 && !rest.empty();
}

}  // namespace exporter::families
