#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "inventory/support/error.hpp"

namespace wardenctl {

/// One VM of a bulk move.
struct MoveLine {
    std::string vm;  ///< uuid or instance name
    std::string account;
    std::string domain;  ///< uuid or path
    std::vector<std::string> networks;

    bool operator==(const MoveLine&) const = default;
};

/// A bulk move: what it is known by, and its VMs in their order.
struct MoveFile {
    std::string batch;  ///< out of the lines: the same file, started again, goes on where it was
    std::vector<MoveLine> lines;
};

/// CSV with the header "vm,account,domain,networks" (networks separated by spaces, may be left out), or a
/// YAML list of maps with these keys; told by the name's end. Error: what is wrong, with its line.
inventory::Result<MoveFile> read_move_file(const std::string& path);

inventory::Result<std::vector<MoveLine>> parse_csv(std::string_view text);
inventory::Result<std::vector<MoveLine>> parse_yaml(const std::string& text);
/// Every VM once.
inventory::Status check_lines(const std::vector<MoveLine>& lines);
/// 32 hexadecimal digits.
std::string batch_of(const std::vector<MoveLine>& lines);

}  // namespace wardenctl
