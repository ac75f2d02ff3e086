// How long one page of a large cloud takes: rendering, compressing, completing for a scrape; and
// prometheus-cpp's serializer on the very same samples, their values already built, in the same run. Usage:
// exposition_bench [VMS]

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iomanip>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include "exporter/exposition/exposition.hpp"
#include "exporter/exposition/gzip.hpp"
#include "exporter/families/families.hpp"

namespace {

constexpr std::uint64_t vms_per_host = 100;
constexpr int rounds = 5;

inventory::VmRecord make_vm(std::uint64_t id) {
    inventory::VmRecord vm;
    vm.id = inventory::VmId{id};
    const auto number = std::to_string(100'000'000'000 + id);
    vm.uuid = "7f1c3a52-88d0-4e5b-9c41-" + number;
    vm.instance_name = "i-" + std::to_string(id % 977) + "-" + std::to_string(id) + "-VM";
    vm.type = "User";
    vm.account = "account-" + std::to_string(id % 977);
    vm.domain_path = "/customers/";
    vm.state = inventory::VmState::running;
    vm.power_state = inventory::PowerState::on;
    vm.report_count = 3;
    vm.report_time = inventory::Time{std::chrono::microseconds{1'767'323'045'000'000 - id * 977}};
    vm.host = inventory::HostId{id / vms_per_host};
    vm.zone = inventory::ZoneId{1};
    return vm;
}

inventory::HostRecord make_host(std::uint64_t id) {
    inventory::HostRecord host;
    host.id = inventory::HostId{id};
    host.uuid = "host-" + std::to_string(id);
    host.name = "kvm" + std::to_string(id) + ".example.org";
    host.status = "Up";
    host.resource_state = "Enabled";
    host.cluster = inventory::ClusterId{id / 16};
    host.zone = inventory::ZoneId{1};
    return host;
}

inventory::Snapshot make_snapshot(std::uint64_t vms) {
    inventory::CloudRecords records;
    records.read_at = inventory::Time{std::chrono::seconds{1'767'323'045}};
    records.zones[inventory::ZoneId{1}] = "north";
    inventory::Snapshot snapshot;
    snapshot.database_up = true;
    inventory::JudgedVm judged;
    judged.verdict.kind = inventory::DriftKind::none;
    judged.verdict.shown = inventory::HypervisorState::running;
    judged.verdict.report = inventory::ReportStatus::fresh;
    for (std::uint64_t id = 0; id < vms; ++id) {
        if (id % vms_per_host == 0) {
            records.hosts.push_back(make_host(id / vms_per_host));
            records.clusters[*records.hosts.back().cluster] = "cluster-" + std::to_string(id);
        }
        records.vms.push_back(make_vm(id));
        snapshot.judged.push_back(judged);
    }
    snapshot.records = std::make_shared<const inventory::CloudRecords>(std::move(records));
    return snapshot;
}

/// One line of our own page as prometheus-cpp's value. No label of this page holds an escape.
prometheus::ClientMetric parse_sample(std::string_view line) {
    prometheus::ClientMetric metric;
    metric.gauge.value = std::strtod(line.data() + line.rfind(' '), nullptr);
    auto position = line.find('{');
    while (position != std::string_view::npos && line[position] != '}') {
        const auto equals = line.find('=', position);
        const auto quote = line.find('"', equals + 2);
        metric.label.push_back({std::string(line.substr(position + 1, equals - position - 1)),
                                std::string(line.substr(equals + 2, quote - equals - 2))});
        position = quote + 1;
    }
    return metric;
}

std::vector<prometheus::MetricFamily> parse(const std::string& page) {
    std::vector<prometheus::MetricFamily> families;
    for (std::size_t begin = 0; begin < page.size();) {
        const auto end = page.find('\n', begin);
        const std::string line = page.substr(begin, end - begin);
        begin = end + 1;
        if (line.starts_with("# HELP ")) {
            const auto space = line.find(' ', 7);
            families.push_back(
                {line.substr(7, space - 7), line.substr(space + 1), prometheus::MetricType::Gauge, {}});
        } else if (line[0] != '#') {
            families.back().metric.push_back(parse_sample(line));
        }
    }
    return families;
}

double median_milliseconds(const std::function<void()>& work) {
    std::array<double, rounds> took{};
    for (auto& round : took) {
        const auto began = std::chrono::steady_clock::now();
        work();
        round = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
    }
    std::sort(took.begin(), took.end());
    return took[rounds / 2];
}

void report(std::string_view what, double milliseconds, double reference) {
    std::cout << std::left << std::setw(44) << what << std::right << std::fixed << std::setprecision(1)
              << std::setw(9) << milliseconds << " ms" << std::setprecision(2) << std::setw(8)
              << milliseconds / reference << " x render\n";
}

}  // namespace

int main(int count, char** arguments) {
    const auto vms = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 100'000;
    const auto snapshot = make_snapshot(vms);
    exporter::Exposition page;
    exporter::GzipPart packed;
    std::string sink;
    const auto render = median_milliseconds(
        [&] { page = exporter::render(exporter::families::whole_page(), snapshot, page.text.size()); });
    const auto gzip = median_milliseconds([&] { packed = exporter::gzip_part(page.text); });
    const auto plain_scrape = median_milliseconds([&] { sink = page.text + "self 1\n"; });
    const auto gzip_scrape =
        median_milliseconds([&] { sink = exporter::gzip_member({&packed}, "self 1\n"); });
    const auto families = parse(page.text);
    const auto theirs = median_milliseconds([&] { sink = prometheus::TextSerializer().Serialize(families); });
    std::cout << vms << " VMs: " << page.series() << " series, " << page.text.size() / 1'000'000
              << " MB, compressed " << static_cast<double>(packed.bytes.size()) / 1e6 << " MB; medians of "
              << rounds << "\n";
    report("render", render, render);
    report("compress, once per page", gzip, render);
    report("answer a scrape", plain_scrape, render);
    report("answer a scrape, compressed", gzip_scrape, render);
    report("prometheus-cpp TextSerializer, values built", theirs, render);
    return 0;
}
