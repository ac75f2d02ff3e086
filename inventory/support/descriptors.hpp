#pragma once

namespace inventory {

/// Lets this process have as many descriptors as it may: a thousand hosts need two thousand, and many systems
/// begin with a soft limit of 1024. For a program that does not use select().
void allow_many_descriptors();

}  // namespace inventory
