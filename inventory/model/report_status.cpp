#include "inventory/model/report_status.hpp"

namespace inventory {
namespace {

/// From here on CloudStack stops counting equal reports, and stops refreshing their time (reference 1.3).
constexpr std::uint32_t settled_count = 3;
/// A report time further ahead than this was written in another time zone: its age means nothing
/// (reference 1.7).
constexpr Duration future_tolerance = std::chrono::seconds{60};

class Report {
public:
    Report(const VmRecord& vm, const ReportFacts& facts, Time now)
        : vm_(vm), facts_(facts), age_(now - vm.report_base()) {}

    /// R1 to R3, R6 and R7, for a VM that some host has to report.
    [[nodiscard]] ReportStatus due() const {
        if (is_unknowable()) {
            return ReportStatus::unknowable;
        }
        if (is_missing()) {
            return older_than(2) ? ReportStatus::missing_unhandled : ReportStatus::fresh;
        }
        if (vm_.state != VmState::migrating && count() == 0 && older_than(1.5)) {
            return unless_job(ReportStatus::missing_countdown);
        }
        if (vm_.state == VmState::running && count() > 0 && count() < settled_count && older_than(3)) {
            return ReportStatus::interrupted;
        }
        if (vm_.state == VmState::running && vm_.power_host && vm_.power_host != vm_.host) {
            return unless_job(ReportStatus::wrong_host);
        }
        return ReportStatus::fresh;  // R5, or too young for any rule
    }

    /// R4: recorded Stopped while some host reports it running.
    [[nodiscard]] bool is_diverged() const {
        const bool reporter_up = facts_.reporter != nullptr && facts_.reporter->is_up();
        const bool young = age_known() && facts_.ping_interval && !older_than(3);
        return vm_.power_state == PowerState::on && (count() >= settled_count || (young && reporter_up));
    }

private:
    [[nodiscard]] std::uint32_t count() const { return vm_.report_count.value_or(0); }
    [[nodiscard]] bool age_known() const { return age_ >= -future_tolerance; }

    [[nodiscard]] bool older_than(double ping_intervals) const {
        return facts_.ping_interval && to_seconds(age_) > ping_intervals * to_seconds(*facts_.ping_interval);
    }

    /// R5: as good as its last ping, however long ago its time was written.
    [[nodiscard]] bool is_settled() const {
        return vm_.state == VmState::running && vm_.power_state == PowerState::on && count() >= settled_count;
    }

    [[nodiscard]] bool is_missing() const {
        return vm_.power_state == PowerState::report_missing && vm_.state != VmState::migrating;
    }

    /// R6, and whatever else leaves nothing to judge by.
    [[nodiscard]] bool is_unknowable() const {
        const bool host_speaks =
            facts_.host != nullptr && facts_.host->is_up() && facts_.manager_alive == true;
        const bool power_known = vm_.power_state != PowerState::unrecognized;
        const bool age_counts = facts_.ping_interval && age_known();
        return !host_speaks || !power_known || !(age_counts || is_settled());
    }

    [[nodiscard]] ReportStatus unless_job(ReportStatus status) const {
        if (!facts_.job_in_progress) {
            return ReportStatus::unknowable;
        }
        return *facts_.job_in_progress ? ReportStatus::fresh : status;
    }

    const VmRecord& vm_;
    const ReportFacts& facts_;
    Duration age_;
};

}  // namespace

std::string_view to_word(ReportStatus status) {
    switch (status) {
        case ReportStatus::fresh:
            return "fresh";
        case ReportStatus::missing_countdown:
            return "missing_countdown";
        case ReportStatus::interrupted:
            return "interrupted";
        case ReportStatus::missing_unhandled:
            return "missing_unhandled";
        case ReportStatus::diverged:
            return "diverged";
        case ReportStatus::unknowable:
            return "unknowable";
        case ReportStatus::wrong_host:
            return "wrong_host";
    }
    return "unknowable";
}

std::optional<ReportStatus> report_status(const VmRecord& vm, const ReportFacts& facts, Time now) {
    const Report report{vm, facts, now};
    switch (vm.state) {
        case VmState::running:
        case VmState::starting:
        case VmState::stopping:
        case VmState::migrating:
            return report.due();
        case VmState::stopped:
            return report.is_diverged() ? std::optional{ReportStatus::diverged} : std::nullopt;
        case VmState::unknown:
        case VmState::unrecognized:
            return ReportStatus::unknowable;
        case VmState::destroyed:
        case VmState::expunging:
        case VmState::error:
        case VmState::shutdown:
        case VmState::restoring:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace inventory
