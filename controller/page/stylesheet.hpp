#pragma once

#include <string_view>

namespace controller::page {

/// The look of every page: one column that fits a telephone, large targets, light or dark as the device is.
extern const std::string_view stylesheet;

}  // namespace controller::page
