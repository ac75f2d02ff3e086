#pragma once

#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <iterator>
#include <random>
#include <string>

namespace support {

/// A number from the environment, to run a property longer or to run one failing world again.
inline std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): tests set no environment
    return text == nullptr ? otherwise : std::stoull(text);
}

/// How many random worlds a property is tried on.
inline std::uint64_t property_runs(std::uint64_t otherwise) {
    return number_from_environment("WARDEN_PROPERTY_RUNS", otherwise);
}

/// The seed of the first world; each further world has the next. WARDEN_PROPERTY_SEED repeats a failure.
inline std::uint64_t first_seed() {
    return number_from_environment("WARDEN_PROPERTY_SEED", std::random_device{}());
}

/// Chance with a seed: the same seed gives the same world.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}

    /// 0 .. sides - 1
    std::uint64_t roll(std::uint64_t sides) { return engine_() % sides; }
    bool one_in(std::uint64_t sides) { return roll(sides) == 0; }

    template <class T>
    T one_of(std::initializer_list<T> values) {
        return *std::next(values.begin(), static_cast<std::ptrdiff_t>(roll(values.size())));
    }

    template <class Container>
    auto any(const Container& values) -> typename Container::value_type {
        return *std::next(std::begin(values), static_cast<std::ptrdiff_t>(roll(std::size(values))));
    }

private:
    std::mt19937_64 engine_;
};

}  // namespace support
