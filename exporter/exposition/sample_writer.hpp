#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "exporter/exposition/label.hpp"
#include "exporter/exposition/shard.hpp"

namespace exporter {

enum class FamilyType { gauge, counter };

/// Which samples of a family are written.
struct Admission {
    Shard shard = {};  ///< those of other shards are passed over in silence
    std::size_t limit = std::numeric_limits<std::size_t>::max();  ///< those beyond it are counted as dropped
};

/// Appends samples in the Prometheus text format 0.0.4. Values are exact: the shortest digits that read back
/// as the same number. Label values may hold anything; what is not UTF-8 becomes U+FFFD, since one bad byte
/// would make Prometheus refuse the whole page. Made for speed: a page of a large cloud has a million
/// samples.
class SampleWriter {
public:
    /// `out` receives the text and must outlive the writer.
    explicit SampleWriter(std::string& out) : out_(out) {}

    /// The samples that follow are of this family. HELP and TYPE are written with the first of them, so that
    /// a family about which nothing is known leaves no trace. The views must live until the next start().
    void start(std::string_view name, std::string_view help, FamilyType type,
               const Admission& admission = {});

    void sample(Labels labels, double value);
    void count(Labels labels, std::uint64_t value);
    void flag(Labels labels, bool value);

    /// Samples written since start(), and those that the limit kept out.
    [[nodiscard]] std::size_t samples() const { return samples_; }
    [[nodiscard]] std::size_t dropped() const { return dropped_; }

private:
    bool admits(Labels labels);
    bool begin(Labels labels);
    void write_header();

    std::string& out_;
    std::string_view name_;
    std::string_view help_;
    FamilyType type_ = FamilyType::gauge;
    Admission admission_;
    std::size_t samples_ = 0;
    std::size_t dropped_ = 0;
};

}  // namespace exporter
