#include "exporter/landing_page.hpp"

#include <algorithm>
#include <vector>

#include "exporter/html.hpp"

namespace exporter {
namespace {

using inventory::DriftKind;
using inventory::Snapshot;
using inventory::Time;

/// How many of a kind are listed: the metrics have them all.
constexpr std::size_t most_listed = 8;

std::string age_of(std::optional<Time> moment, Time now) {
    return moment ? inventory::to_words(std::max(now - *moment, inventory::Duration::zero())) + " ago"
                  : "never";
}

std::string mark(bool good, std::string_view words) {
    return std::string{good ? "<span class=\"good\">" : "<span class=\"bad\">"} + html_escaped(words) +
           "</span>";
}

std::string more_than_listed(std::size_t count) {
    return count <= most_listed
               ? ""
               : "<p class=\"quiet\">and " + std::to_string(count - most_listed) + " more</p>\n";
}

std::string links(const std::string& metrics_path) {
    const auto path = html_escaped(metrics_path);
    std::string html =
        "<p>What CloudStack records of its VMs and hosts, what their agents report, and what "
        "libvirt shows.</p>\n<ul>\n<li><a href=\"" +
        path + "\">" + path + "</a>: for Prometheus; by group:";
    for (const auto group : all_groups) {
        html += " <a href=\"" + path + "?collect[]=" + std::string{to_word(group)} + "\">" +
                std::string{to_word(group)} + "</a>";
    }
    return html +=
           "</li>\n<li><a href=\"/-/ready\">/-/ready</a>: whether every witness has been heard once</li>\n"
           "<li><a href=\"/-/healthy\">/-/healthy</a>: whether the process serves</li>\n"
           "<li><code>/debug/vm/{uuid or name}</code>: why the verdict on a VM is as it is</li>\n</ul>\n";
}

std::string reading_words(const inventory::CloudRecords* records, Time now) {
    if (records == nullptr) {
        return "read " + age_of(std::nullopt, now);
    }
    return "read " + age_of(records->read_at, now) + ": " + std::to_string(records->vms.size()) + " VMs, " +
           std::to_string(records->hosts.size()) + " hosts";
}

std::string database_row(const Snapshot& snapshot, Time now) {
    const auto state = snapshot.database_up ? mark(true, "answers") : mark(false, snapshot.database_error);
    return html_row(
        {"CloudStack's database<br><small>" + reading_words(snapshot.records.get(), now) + "</small>",
         state});
}

struct Silence {
    std::string host;
    std::string error;
    std::optional<Time> last_answer;
};

std::vector<Silence> silent_hosts(const Snapshot& snapshot) {
    std::vector<Silence> silent;
    if (!snapshot.records) {
        return silent;
    }
    for (const auto& host : snapshot.records->hosts) {
        const auto found = snapshot.witnesses.find(host.id);
        if (found == snapshot.witnesses.end() || !found->second) {
            silent.push_back({host.name, "not asked yet", {}});
        } else if (!found->second->up) {
            const auto& witness = *found->second;
            silent.push_back(
                {host.name, witness.error.empty() ? "not asked yet" : witness.error, witness.answered_at});
        }
    }
    return silent;
}

std::string libvirt_row(const Snapshot& snapshot, const std::vector<Silence>& silent) {
    const auto hosts = snapshot.records ? snapshot.records->hosts.size() : 0;
    const auto words =
        std::to_string(hosts - silent.size()) + " of " + std::to_string(hosts) + " hosts answer";
    return html_row({"libvirt", mark(silent.empty() && hosts > 0, words)});
}

std::string silence_table(const std::vector<Silence>& silent, Time now) {
    if (silent.empty()) {
        return "";
    }
    std::string html = "<h2>Silent hosts: " + std::to_string(silent.size()) + "</h2>\n<table>\n";
    for (std::size_t i = 0; i < std::min(silent.size(), most_listed); ++i) {
        html += html_row({html_escaped(silent[i].host) + "<br><small>last answer " +
                              age_of(silent[i].last_answer, now) + "</small>",
                          mark(false, silent[i].error)});
    }
    return html += "</table>\n" + more_than_listed(silent.size());
}

std::string drift_table(const Snapshot& snapshot, Time now) {
    if (!snapshot.records) {
        return "";
    }
    std::string rows;
    std::size_t drifted = 0;
    for (std::size_t i = 0; i < std::min(snapshot.judged.size(), snapshot.records->vms.size()); ++i) {
        const auto& vm = snapshot.records->vms[i];
        const auto kind = snapshot.judged[i].verdict.kind;
        if (kind == DriftKind::none || kind == DriftKind::unknown) {
            continue;
        }
        if (++drifted <= most_listed) {
            const auto name = html_escaped(vm.instance_name);
            rows += html_row({"<a href=\"/debug/vm/" + html_escaped(vm.uuid) + "\">" + name + "</a>",
                              mark(false, to_word(kind)) + "<br><small>seen so since " +
                                  age_of(snapshot.judged[i].since, now) + "</small>"});
        }
    }
    if (drifted == 0) {
        return "";
    }
    return "<h2>Drifted VMs: " + std::to_string(drifted) + "</h2>\n<table>\n" + rows + "</table>\n" +
           more_than_listed(drifted);
}

std::string collector_table(const Snapshot& snapshot, Time now) {
    std::string html = "<h2>Readings</h2>\n<table>\n";
    for (const auto& report : snapshot.collectors) {
        html += html_row({html_escaped(report.collector) + "<br><small>last success " +
                              age_of(report.last_success, now) + ", took " +
                              inventory::to_words(report.took) + "</small>",
                          report.success ? mark(true, "good") : mark(false, report.error)});
    }
    return html += "</table>\n";
}

/// HELP texts are our own and hold nothing that HTML would read.
std::string family_table(const Exposition& exposition) {
    std::string html =
        "<details><summary>Families: " + std::to_string(exposition.series()) + " series</summary>\n<table>\n";
    for (const auto& block : exposition.blocks) {
        html += "<tr><td><code>" + std::string{block.family->name} + "</code> <small>" +
                std::string{to_word(block.family->group)} + "</small><br>" + std::string{block.family->help};
        if (block.dropped > 0) {
            html += "<br>" + mark(false, std::to_string(block.dropped) + " series are left out by the limit");
        }
        html += "</td><td class=\"number\">" + std::to_string(block.series) + "</td></tr>\n";
    }
    return html += "</table>\n</details>\n";
}

}  // namespace

std::string landing_page(const Page& page, const std::string& metrics_path, Time now) {
    std::string body = links(metrics_path);
    if (page.snapshot && page.has_looked) {
        const auto silent = silent_hosts(*page.snapshot);
        body += "<h2>Sources</h2>\n<table>\n" + database_row(*page.snapshot, now) +
                libvirt_row(*page.snapshot, silent) + "</table>\n";
        body += drift_table(*page.snapshot, now) + silence_table(silent, now) +
                collector_table(*page.snapshot, now);
    } else {
        body += "<p>CloudStack's database has not been read yet.</p>\n";
    }
    body += family_table(page.exposition);
    body += "<p class=\"quiet\">Version " WARDEN_VERSION "</p>\n";
    return html_page("CloudStack Warden exporter", body);
}

}  // namespace exporter
