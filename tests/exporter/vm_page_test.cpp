#include "exporter/vm_page.hpp"

#include <chrono>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "inventory/observer/composer.hpp"
#include "tests/support/builders.hpp"

namespace {

using namespace std::chrono_literals;
using inventory::DomainState;
using support::now;
using support::Scene;
using testing::HasSubstr;
using testing::Not;

exporter::Page page_of(const Scene& scene) {
    inventory::observer::Evidence evidence;
    auto records = scene.records;
    records.vms.push_back(scene.vm);
    evidence.records = std::make_shared<const inventory::CloudRecords>(std::move(records));
    evidence.database_up = true;
    evidence.witnesses = scene.witnesses();
    exporter::Page page;
    page.snapshot = std::make_shared<const inventory::Snapshot>(
        inventory::observer::Composer{scene.limits}.compose(std::move(evidence), now));
    page.records_read_at = page.snapshot->records->read_at;
    return page;
}

service::WebResponse ask(const Scene& scene, const std::string& vm, const std::string& format = "html") {
    service::WebRequest request;
    request.captures = {vm};
    request.query.emplace("format", format);
    return serve_vm(page_of(scene), request, now + 3s);
}

TEST(VmPage, names_the_facts_their_sources_and_ages_and_the_hosts) {
    Scene scene;
    scene.silence(2);
    const auto answer = ask(scene, "i-2-10-VM");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.content_type, "text/html; charset=utf-8");
    EXPECT_THAT(answer.body, HasSubstr("<strong>unknown</strong>"));
    EXPECT_THAT(answer.body,
                HasSubstr("CloudStack records it Running on kvm1 (host 1), but it may be alive on "
                          "kvm2 (host 2)"));
    EXPECT_THAT(answer.body, HasSubstr("vm_instance, 5.0s ago"));
    EXPECT_THAT(answer.body, HasSubstr("of them silent: 1"));
    EXPECT_THAT(answer.body, HasSubstr("silent: no answer within 5s"));
    EXPECT_THAT(answer.body, HasSubstr("no domain of it"));
}

TEST(VmPage, says_the_same_as_json) {
    Scene scene;
    scene.show(3, DomainState::paused);
    const auto answer = ask(scene, scene.vm.uuid, "json");
    EXPECT_EQ(answer.content_type, "application/json");
    const auto all = nlohmann::json::parse(answer.body);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0]["vm"], "i-2-10-VM");
    EXPECT_EQ(all[0]["hypervisor_state"], "paused");
    EXPECT_EQ(all[0]["candidates"].size(), 3U);
    EXPECT_EQ(all[0]["candidates"][0]["host"], "kvm3") << "who shows it comes first";
    EXPECT_EQ(all[0]["candidates"][0]["shows"], "paused");
    EXPECT_EQ(all[0]["candidates"][0]["age_seconds"], 4.0);
    EXPECT_EQ(all[0]["facts"][0]["value"], "Running");
}

TEST(VmPage, does_not_know_what_could_not_be_read) {
    Scene scene;
    scene.records.vm_jobs.reset();
    scene.records.ping_interval.reset();
    const auto all = nlohmann::json::parse(ask(scene, "i-2-10-VM", "json").body);
    int unknown = 0;
    for (const auto& fact : all[0]["facts"]) {
        unknown += fact["value"] == "unknown: it could not be read" ? 1 : 0;
    }
    EXPECT_EQ(unknown, 2);
}

TEST(VmPage, shows_what_the_cloud_says_as_text) {
    Scene scene;
    scene.vm.instance_name = "<img src=x onerror=alert(1)>\xff";
    const auto html = ask(scene, scene.vm.uuid).body;
    EXPECT_THAT(html, Not(HasSubstr("<img")));
    EXPECT_THAT(html, HasSubstr("&lt;img src=x onerror=alert(1)&gt;"));
    EXPECT_FALSE(nlohmann::json::parse(ask(scene, scene.vm.uuid, "json").body).empty());
}

TEST(VmPage, gives_a_hint_about_a_vm_that_there_is_not) {
    const auto answer = ask(Scene{}, "<b>nobody</b>");
    EXPECT_EQ(answer.status, 404);
    EXPECT_THAT(answer.body, HasSubstr("give the uuid or the instance name"));
    EXPECT_THAT(answer.body, HasSubstr("last read 5.0s ago"));
    EXPECT_THAT(answer.body, Not(HasSubstr("nobody")));
    EXPECT_THAT(exporter::serve_vm({}, {}, now).body, HasSubstr("has not been read yet"));
}

}  // namespace
