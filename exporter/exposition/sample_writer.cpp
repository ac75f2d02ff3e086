#include "exporter/exposition/sample_writer.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "exporter/exposition/escape.hpp"

namespace exporter {
namespace {

template <class... Arguments>
void append_chars(std::string& out, Arguments... arguments) {
    std::array<char, 64> digits;  // NOLINT(cppcoreguidelines-pro-type-member-init): to_chars fills it
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), arguments...).ptr;
    out.append(digits.data(), end);
}

/// Sizes between these read better without an exponent, and their digits fit the buffer.
bool reads_plainly(double value) {
    const double size = std::abs(value);
    return size == 0 || (size >= 1e-6 && size < 1e17);
}

void append_number(std::string& out, double value) {
    if (std::isnan(value)) {
        out += "NaN";
    } else if (std::isinf(value)) {
        out += value > 0 ? "+Inf" : "-Inf";
    } else if (reads_plainly(value)) {
        append_chars(out, value, std::chars_format::fixed);
    } else {
        append_chars(out, value);
    }
}

std::string_view to_word(FamilyType type) {
    switch (type) {
        case FamilyType::gauge:
            return "gauge";
        case FamilyType::counter:
            return "counter";
    }
    return "untyped";
}

}  // namespace

void SampleWriter::start(std::string_view name, std::string_view help, FamilyType type,
                         const Admission& admission) {
    name_ = name;
    help_ = help;
    type_ = type;
    admission_ = admission;
    samples_ = 0;
    dropped_ = 0;
}

void SampleWriter::sample(Labels labels, double value) {
    if (begin(labels)) {
        append_number(out_, value);
        out_ += '\n';
    }
}

void SampleWriter::count(Labels labels, std::uint64_t value) {
    if (begin(labels)) {
        append_chars(out_, value);
        out_ += '\n';
    }
}

void SampleWriter::flag(Labels labels, bool value) {
    if (begin(labels)) {
        out_ += value ? "1\n" : "0\n";
    }
}

bool SampleWriter::admits(Labels labels) {
    if (!admission_.shard.holds(labels)) {
        return false;
    }
    if (samples_ >= admission_.limit) {
        ++dropped_;
        return false;
    }
    return true;
}

/// False when the sample is not to be written.
bool SampleWriter::begin(Labels labels) {
    if (!admits(labels)) {
        return false;
    }
    if (samples_++ == 0) {
        write_header();
    }
    out_ += name_;
    char separator = '{';
    for (const auto& label : labels) {
        if (label.value.empty()) {
            continue;
        }
        out_ += separator;
        out_ += label.name;
        out_ += "=\"";
        append_label_value(out_, label.value);
        out_ += '"';
        separator = ',';
    }
    out_ += separator == ',' ? "} " : " ";
    return true;
}

void SampleWriter::write_header() {
    out_ += "# HELP ";
    out_ += name_;
    out_ += ' ';
    append_help(out_, help_);
    out_ += "\n# TYPE ";
    out_ += name_;
    out_ += ' ';
    out_ += to_word(type_);
    out_ += '\n';
}

}  // namespace exporter
