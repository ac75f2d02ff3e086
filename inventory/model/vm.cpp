#include "inventory/model/vm.hpp"

#include <array>
#include <utility>

namespace inventory {
namespace {

constexpr std::array<std::pair<VmState, std::string_view>, 12> vm_words{{
    {VmState::starting, "Starting"},
    {VmState::running, "Running"},
    {VmState::stopping, "Stopping"},
    {VmState::stopped, "Stopped"},
    {VmState::destroyed, "Destroyed"},
    {VmState::expunging, "Expunging"},
    {VmState::migrating, "Migrating"},
    {VmState::error, "Error"},
    {VmState::unknown, "Unknown"},
    {VmState::shutdown, "Shutdown"},
    {VmState::restoring, "Restoring"},
    {VmState::unrecognized, "Unrecognized"},
}};

constexpr std::array<std::pair<PowerState, std::string_view>, 5> power_words{{
    {PowerState::unknown, "PowerUnknown"},
    {PowerState::on, "PowerOn"},
    {PowerState::off, "PowerOff"},
    {PowerState::report_missing, "PowerReportMissing"},
    {PowerState::unrecognized, "PowerUnrecognized"},
}};

template <class Table, class State>
std::string_view word_of(const Table& table, State state) {
    for (const auto& [value, word] : table) {
        if (value == state) {
            return word;
        }
    }
    return "Unrecognized";
}

template <class Table, class State>
State state_of(const Table& table, std::string_view wanted, State otherwise) {
    for (const auto& [value, word] : table) {
        if (word == wanted) {
            return value;
        }
    }
    return otherwise;
}

}  // namespace

std::string_view to_word(VmState state) {
    return word_of(vm_words, state);
}

std::string_view to_word(PowerState state) {
    return word_of(power_words, state);
}

VmState parse_vm_state(std::string_view word) {
    return state_of(vm_words, word, VmState::unrecognized);
}

PowerState parse_power_state(std::string_view word) {
    return state_of(power_words, word, PowerState::unrecognized);
}

bool is_transition(VmState state) {
    return state == VmState::starting || state == VmState::stopping || state == VmState::migrating;
}

}  // namespace inventory
