#include "service/log.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>

#include "inventory/support/time.hpp"
#include "service/escape.hpp"

namespace service {
namespace {

std::atomic<LogFormat> chosen_format{LogFormat::logfmt};
std::atomic<LogLevel> chosen_level{LogLevel::info};

std::string_view to_word(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::info:
            return "info";
        case LogLevel::warn:
            return "warn";
        case LogLevel::error:
            return "error";
    }
    return "";
}

/// Whether a logfmt value can stand without quotes.
bool is_bare(std::string_view value) {
    return !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
        return c > ' ' && c < 0x7F && c != '=' && c != '"' && c != '\\';
    });
}

void append_logfmt(std::string& line, std::string_view name, std::string_view value) {
    line += line.empty() ? "" : " ";
    line += name;
    line += is_bare(value) ? "=" + std::string{value} : "=\"" + json_escaped(value) + "\"";
}

void append_json(std::string& line, std::string_view name, std::string_view value) {
    line += line.empty() ? "{" : ",";
    line += "\"" + json_escaped(name) + "\":\"" + json_escaped(value) + "\"";
}

/// A line goes out in one call, which stdio makes whole: lines of several threads never mix.
void write(LogLevel level, std::string_view message, std::initializer_list<Field> fields) {
    if (level < chosen_level) {
        return;
    }
    const std::string line = render_line(chosen_format, inventory::to_rfc3339(inventory::system_now()),
                                         to_word(level), message, fields) +
                             "\n";
    (void)std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace

std::optional<LogFormat> parse_log_format(std::string_view word) {
    if (word == "logfmt") {
        return LogFormat::logfmt;
    }
    if (word == "json") {
        return LogFormat::json;
    }
    return std::nullopt;
}

std::optional<LogLevel> parse_log_level(std::string_view word) {
    for (const auto level : {LogLevel::debug, LogLevel::info, LogLevel::warn, LogLevel::error}) {
        if (word == to_word(level)) {
            return level;
        }
    }
    return std::nullopt;
}

void set_log_format(LogFormat format) {
    chosen_format = format;
}

void set_log_level(LogLevel least) {
    chosen_level = least;
}

void log_debug(std::string_view message, std::initializer_list<Field> fields) {
    write(LogLevel::debug, message, fields);
}

void log_info(std::string_view message, std::initializer_list<Field> fields) {
    write(LogLevel::info, message, fields);
}

void log_warn(std::string_view message, std::initializer_list<Field> fields) {
    write(LogLevel::warn, message, fields);
}

void log_error(std::string_view message, std::initializer_list<Field> fields) {
    write(LogLevel::error, message, fields);
}

std::string render_line(LogFormat format, std::string_view time, std::string_view level,
                        std::string_view message, std::initializer_list<Field> fields) {
    const auto append = format == LogFormat::json ? append_json : append_logfmt;
    std::string line;
    append(line, "ts", time);
    append(line, "level", level);
    append(line, "msg", message);
    for (const auto& field : fields) {
        append(line, field.name, field.value);
    }
    return format == LogFormat::json ? line + "}" : line;
}

}  // namespace service
