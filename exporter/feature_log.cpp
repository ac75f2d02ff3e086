#include "exporter/feature_log.hpp"

#include "service/log.hpp"

namespace exporter {

std::map<std::string, std::string> missing_features(const inventory::SchemaReport& report) {
    std::map<std::string, std::string> missing;
    for (const auto& feature : report.features) {
        if (!feature.is_available()) {
            missing.emplace(feature.name, feature.missing);
        }
    }
    return missing;
}

void FeatureLog::note(const inventory::Snapshot& snapshot) {
    if (!snapshot.health.schema) {
        return;
    }
    auto missing = missing_features(snapshot.health.schema->value);
    for (const auto& [feature, why] : missing) {
        const auto known = missing_.find(feature);
        if (known == missing_.end() || known->second != why) {
            service::log_warn("not available: its metrics stay away", {{"feature", feature}, {"why", why}});
        }
    }
    for (const auto& [feature, why] : missing_) {
        if (!missing.contains(feature)) {
            service::log_info("available now", {{"feature", feature}});
        }
    }
    missing_ = std::move(missing);
}

}  // namespace exporter
