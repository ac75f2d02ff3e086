#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace inventory {

/// UTC, with the resolution of a DATETIME(6). Pure code takes `now` as an argument of this type.
using Time = std::chrono::sys_time<std::chrono::microseconds>;
using Duration = std::chrono::microseconds;

/// Where `now` comes from at the edges of the program; tests give their own.
using Clock = std::function<Time()>;

Time system_now();

/// Seconds since the epoch, as Prometheus writes timestamps.
double to_unix_seconds(Time time);
double to_seconds(Duration duration);

/// "2026-01-02T03:04:05.678Z".
std::string to_rfc3339(Time time);

/// "1.5s", "2m", "1h30m": for sentences, rounded to what a person can use.
std::string to_words(Duration duration);

}  // namespace inventory
