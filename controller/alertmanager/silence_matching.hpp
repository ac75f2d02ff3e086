#pragma once

#include <cstddef>
#include <memory>
#include <regex>
#include <vector>

#include "controller/model/operators.hpp"

namespace controller::alertmanager {

/// A silence that is ready to be matched. In doubt it covers: a label that is unknown, or a pattern that we
/// do not understand as Alertmanager does, counts as matched, so that Warden holds rather than acts on what a
/// human has silenced.
class SilenceMatcher {
public:
    explicit SilenceMatcher(Silence silence);

    [[nodiscard]] const Silence& silence() const { return silence_; }
    [[nodiscard]] bool covers(const KnownLabels& alert) const;

private:
    [[nodiscard]] bool is_met(std::size_t matcher, const KnownLabels& alert) const;

    Silence silence_;
    std::vector<std::shared_ptr<const std::regex>>
        patterns_;  ///< one per matcher; null: none, or not understood
};

}  // namespace controller::alertmanager
