#pragma once

#include "controller/model/operators.hpp"

namespace controller::loop {

/// Alertmanager's silences as the loop sees them. Answers at once, from what was read last; safe from any
/// thread.
class Silences {
public:
    virtual ~Silences() = default;

    /// Those that cover an alert with these labels, as far as they are known.
    [[nodiscard]] virtual SilenceFacts covering(const KnownLabels& alert) const = 0;
};

/// Nobody is asked, and nothing is known of silences.
class NoSilences final : public Silences {
public:
    [[nodiscard]] SilenceFacts covering(const KnownLabels& /*alert*/) const override { return {}; }
};

}  // namespace controller::loop
