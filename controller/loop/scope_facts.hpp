#pragma once

#include "controller/model/scope.hpp"
#include "inventory/model/record_index.hpp"

namespace controller::loop {

/// Where this VM belongs, by the records that it was read with. Pure.
ScopeFacts scope_facts(const inventory::VmRecord& vm, const inventory::RecordIndex& records);

}  // namespace controller::loop
