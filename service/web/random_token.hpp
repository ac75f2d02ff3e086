#pragma once

#include <string>

namespace service::web {

/// 256 random bits as 64 hexadecimal digits: nobody guesses one. Throws when the system gives no random
/// bytes.
std::string random_token();

}  // namespace service::web
