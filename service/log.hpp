#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace service {

enum class LogFormat { logfmt, json };
enum class LogLevel { debug, info, warn, error };

std::optional<LogFormat> parse_log_format(std::string_view word);
std::optional<LogLevel> parse_log_level(std::string_view word);

/// One named value of a log line. Values are escaped: a newline in a label cannot forge a line.
struct Field {
    std::string_view name;
    std::string value;
};

/// One line per event on stderr: ts, level, msg, then the fields. Safe from any thread.
/// Set up once in main before the first thread; the default is logfmt, from level info on.
void set_log_format(LogFormat format);
void set_log_level(LogLevel least);

void log_debug(std::string_view message, std::initializer_list<Field> fields = {});
void log_info(std::string_view message, std::initializer_list<Field> fields = {});
void log_warn(std::string_view message, std::initializer_list<Field> fields = {});
void log_error(std::string_view message, std::initializer_list<Field> fields = {});

/// The line that would be written, for tests. `time` is RFC 3339.
std::string render_line(LogFormat format, std::string_view time, std::string_view level,
                        std::string_view message, std::initializer_list<Field> fields);

}  // namespace service
