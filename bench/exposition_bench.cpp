// What a large cloud costs: judging it, rendering a page, compressing it, answering a scrape, and memory; and
// prometheus-cpp's serializer on the very same samples, their values already built, in the same run. Usage:
// exposition_bench [VMS]

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
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
#include "inventory/observer/composer.hpp"

namespace {

constexpr std::uint64_t vms_per_host = 100;
constexpr int rounds = 5;
const inventory::Time now{std::chrono::seconds{1'767'323'045}};

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

inventory::observer::Evidence make_evidence(std::uint64_t vms) {
    inventory::CloudRecords records;
    records.read_at = now;
    records.zones[inventory::ZoneId{1}] = "north";
    records.ping_interval = std::chrono::seconds{60};
    records.vm_jobs.emplace();
    records.ha_work.emplace();
    inventory::observer::Evidence evidence;
    evidence.database_up = true;
    std::shared_ptr<inventory::HostWitness> witness;
    for (std::uint64_t id = 0; id < vms; ++id) {
        if (id % vms_per_host == 0) {
            records.hosts.push_back(make_host(id / vms_per_host));
            records.clusters[*records.hosts.back().cluster] = "cluster-" + std::to_string(id);
            witness = std::make_shared<inventory::HostWitness>();
            witness->host = records.hosts.back().id;
            witness->up = true;
            witness->asked_at = now;
            evidence.witnesses[witness->host] = witness;
        }
        records.vms.push_back(make_vm(id));
        const auto& vm = records.vms.back();
        witness->domains.push_back({vm.instance_name, vm.uuid, inventory::DomainState::running});
    }
    evidence.records = std::make_shared<const inventory::CloudRecords>(std::move(records));
    return evidence;
}

/// Every VM dead: no host has a domain.
inventory::observer::Evidence nothing_seen(inventory::observer::Evidence evidence) {
    for (auto& [host, witness] : evidence.witnesses) {
        auto empty = *witness;
        empty.domains.clear();
        witness = std::make_shared<const inventory::HostWitness>(std::move(empty));
    }
    return evidence;
}

/// Every host silent since its last answer, or since ever.
inventory::observer::Evidence silenced(inventory::observer::Evidence evidence) {
    for (auto& [host, witness] : evidence.witnesses) {
        auto silent = *witness;
        silent.up = false;
        silent.error = "no answer within 5s";
        witness = std::make_shared<const inventory::HostWitness>(std::move(silent));
    }
    return evidence;
}

double resident_megabytes() {
    std::ifstream statm("/proc/self/statm");
    double total = 0;
    double resident = 0;
    statm >> total >> resident;
    return resident * 4096 / 1e6;
}

double reason_megabytes(const inventory::Snapshot& snapshot) {
    double bytes = 0;
    for (const auto& judged : snapshot.judged) {
        bytes += static_cast<double>(judged.verdict.reason.capacity());
    }
    return bytes / 1e6;
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

std::vector<exporter::GzipPart> compress(const exporter::Exposition& page) {
    std::vector<exporter::GzipPart> parts;
    for (const auto& block : page.blocks) {
        parts.push_back(exporter::gzip_part(page.text_of(block)));
    }
    return parts;
}

/// Of the processor, so that what else runs on the machine counts little.
double milliseconds(const std::function<void()>& work) {
    const auto began = std::clock();
    work();
    return 1e3 * static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
}

double median(const std::function<double()>& measure) {
    std::array<double, rounds> took{};
    std::generate(took.begin(), took.end(), measure);
    std::sort(took.begin(), took.end());
    return took[rounds / 2];
}

double median_milliseconds(const std::function<void()>& work) {
    return median([&work] { return milliseconds(work); });
}

/// Judging every VM, with every host of the zone a candidate for each. `before`: what was composed once, just
/// before.
double composed_in_zone(const inventory::observer::Evidence& before,
                        const inventory::observer::Evidence& evidence) {
    inventory::JudgementLimits limits;
    limits.scope = inventory::CandidateScope::zone;
    return median([&] {
        inventory::observer::Composer composer{limits};
        (void)composer.compose(before, now);
        return milliseconds([&] { (void)composer.compose(evidence, now + std::chrono::seconds{1}); });
    });
}

void report_memory(std::string_view what) {
    std::cout << std::left << std::setw(44) << what << std::right << std::fixed << std::setprecision(0)
              << std::setw(9) << resident_megabytes() << " MB resident\n";
}

void report(std::string_view what, double milliseconds, double reference) {
    std::cout << std::left << std::setw(44) << what << std::right << std::fixed << std::setprecision(1)
              << std::setw(9) << milliseconds << " ms" << std::setprecision(2) << std::setw(8)
              << milliseconds / reference << " x render\n";
}

/// Candidates in the whole zone, when something happens to all of them.
void report_zone(const inventory::observer::Evidence& alive, double render) {
    const auto dead = nothing_seen(alive);
    const auto never_heard = silenced(dead);
    report("- zone: all as it was", composed_in_zone(alive, alive), render);
    report("- zone: every host falls silent", composed_in_zone(alive, silenced(alive)), render);
    report("- zone: no host was ever heard", composed_in_zone(never_heard, never_heard), render);
    report("- zone: every VM dies", composed_in_zone(alive, dead), render);
}

}  // namespace

int main(int count, char** arguments) {
    const auto vms = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 100'000;
    const auto evidence = make_evidence(vms);
    report_memory("records and answers of libvirt");
    inventory::observer::Composer composer{{}};
    inventory::Snapshot snapshot;
    const auto compose = median_milliseconds([&] { snapshot = composer.compose(evidence, now); });
    report_memory("with one snapshot");
    std::cout << "of it the sentences of the verdicts: " << std::fixed << std::setprecision(1)
              << reason_megabytes(snapshot) << " MB\n";
    exporter::Exposition page;
    std::vector<exporter::GzipPart> packed;
    std::string sink;
    const auto plan = exporter::families::whole_page();
    const auto render =
        median_milliseconds([&] { page = exporter::render(plan, snapshot, page.text.size()); });
    report_memory("with one page");
    const auto gzip = median_milliseconds([&] { packed = compress(page); });
    std::vector<const exporter::GzipPart*> parts;
    std::size_t packed_size = 0;
    for (const auto& part : packed) {
        parts.push_back(&part);
        packed_size += part.bytes.size();
    }
    const auto plain_scrape = median_milliseconds([&] { sink = page.text + "self 1\n"; });
    const auto gzip_scrape = median_milliseconds([&] { sink = exporter::gzip_member(parts, "self 1\n"); });
    const auto families = parse(page.text);
    const auto theirs = median_milliseconds([&] { sink = prometheus::TextSerializer().Serialize(families); });
    std::cout << vms << " VMs: " << page.series() << " series, " << page.text.size() / 1'000'000
              << " MB, compressed " << static_cast<double>(packed_size) / 1e6 << " MB; medians of " << rounds
              << "\n";
    report("compose a snapshot: judge every VM", compose, render);
    report_zone(evidence, render);
    report("render", render, render);
    report("compress, once per page", gzip, render);
    report("answer a scrape", plain_scrape, render);
    report("answer a scrape, compressed", gzip_scrape, render);
    report("prometheus-cpp TextSerializer, values built", theirs, render);
    return 0;
}
