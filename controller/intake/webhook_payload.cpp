#include "controller/intake/webhook_payload.hpp"

#include "controller/json/bounded_json.hpp"

namespace controller::intake {
namespace {

using inventory::Result;
using inventory::Status;
using nlohmann::json;

// The format itself nests three levels; the rest is room for versions to come.
constexpr int deepest_payload = 8;

Status read_text(const json& object, const char* name, std::string& text) {
    const auto found = object.find(name);
    if (found == object.end()) {
        return {};
    }
    if (!found->is_string()) {
        return inventory::failure(std::string(name) + " is no text");
    }
    text = found->get_ref<const std::string&>();
    return {};
}

Status read_status(const json& object, bool& firing) {
    std::string word;
    if (auto read = read_text(object, "status", word); !read) {
        return read;
    }
    firing = word == "firing";
    if (!firing && word != "resolved") {
        return inventory::failure(R"(status is neither "firing" nor "resolved")");
    }
    return {};
}

Status read_labels(const json& object, DeliveredAlert& alert) {
    const auto labels = object.find("labels");
    if (labels == object.end() || !labels->is_object()) {
        return inventory::failure("labels is no object");
    }
    for (const auto& [name, value] : labels->items()) {
        if (!value.is_string()) {
            return inventory::failure("a label is no text");
        }
        alert.labels.emplace(name, value.get<std::string>());
    }
    alert.alert_name = labels->value("alertname", std::string{});
    alert.vm_id = labels->value("vm_id", std::string{});
    return {};
}

Result<DeliveredAlert> read_alert(const json& object) {
    if (!object.is_object()) {
        return inventory::failure("it is no object");
    }
    DeliveredAlert alert;
    return read_status(object, alert.firing)
        .and_then([&] { return read_labels(object, alert); })
        .and_then([&] { return read_text(object, "fingerprint", alert.fingerprint); })
        .and_then([&] { return read_text(object, "startsAt", alert.starts_at); })
        .map([&] { return std::move(alert); });
}

Result<std::vector<DeliveredAlert>> read_alerts(const json& payload) {
    const auto found = payload.find("alerts");
    if (found == payload.end() || !found->is_array()) {
        return inventory::failure("alerts is no array");
    }
    std::vector<DeliveredAlert> alerts;
    for (const auto& entry : *found) {
        auto alert = read_alert(entry);
        if (!alert) {
            return inventory::failure("alerts[" + std::to_string(alerts.size()) + "]", alert.error());
        }
        alerts.push_back(*std::move(alert));
    }
    return alerts;
}

Status check_version(const json& payload) {
    std::string version;
    if (auto read = read_text(payload, "version", version); !read) {
        return read;
    }
    return version == "4" ? Status{} : inventory::failure("version is not \"4\"");
}

Status read_truncated(const json& payload, std::uint64_t& truncated) {
    const auto found = payload.find("truncatedAlerts");
    if (found == payload.end()) {
        return {};
    }
    if (!found->is_number_unsigned()) {
        return inventory::failure("truncatedAlerts is no whole number");
    }
    truncated = found->get<std::uint64_t>();
    return {};
}

}  // namespace

Result<Delivery> parse_webhook(std::string_view body) {
    const auto payload = parse_bounded_json(body, deepest_payload);
    if (!payload) {
        return tl::unexpected(payload.error());
    }
    if (!payload->is_object()) {
        return inventory::failure("the payload is no object");
    }
    Delivery delivery;
    return check_version(*payload)
        .and_then([&] { return read_truncated(*payload, delivery.truncated); })
        .and_then([&] { return read_alerts(*payload); })
        .map([&](std::vector<DeliveredAlert> alerts) {
            delivery.alerts = std::move(alerts);
            return std::move(delivery);
        });
}

}  // namespace controller::intake
