#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace exporter {

/// An empty value is no label at all, as in Prometheus: what is unknown is left out without a branch.
struct Label {
    std::string_view name;
    std::string_view value;
};

using Labels = std::initializer_list<Label>;

enum class FamilyType { gauge, counter };

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
    void start(std::string_view name, std::string_view help, FamilyType type);

    void sample(Labels labels, double value);
    void count(Labels labels, std::uint64_t value);
    void flag(Labels labels, bool value);

    /// Samples since start().
    [[nodiscard]] std::size_t samples() const { return samples_; }

private:
    void begin(Labels labels);
    void write_header();

    std::string& out_;
    std::string_view name_;
    std::string_view help_;
    FamilyType type_ = FamilyType::gauge;
    std::size_t samples_ = 0;
};

}  // namespace exporter
