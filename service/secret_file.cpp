#include "service/secret_file.hpp"

#include <string_view>
#include <utility>

#include "service/file_content.hpp"
#include "service/log.hpp"

namespace service {

inventory::Result<inventory::Secret> read_secret_file(const std::string& path) {
    constexpr std::size_t most = 4096;
    auto content = read_file(path, most);
    if (!content) {
        return tl::unexpected(content.error());
    }
    std::string text = std::move(content->bytes);
    for (const char c : {'\n', '\r'}) {
        if (!text.empty() && text.back() == c) {
            text.pop_back();
        }
    }
    if (text.empty()) {
        return inventory::failure(path + " is empty; write the secret into it, alone on one line");
    }
    if (text.find_first_of(std::string_view{"\n\r\0", 3}) != std::string::npos) {
        return inventory::failure(path + " holds more than one line; it must hold the secret alone");
    }
    if (content->world_readable) {
        log_warn("a secret can be read by everybody on this machine; run chmod o-r on its file",
                 {{"file", path}});
    }
    return inventory::Secret{std::move(text)};
}

}  // namespace service
