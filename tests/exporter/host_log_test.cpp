#include "exporter/host_log.hpp"

#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// kvm1 to kvm3, of which kvm2 answers or does not.
inventory::Snapshot a_snapshot(bool answers) {
    support::Scene scene;
    if (!answers) {
        scene.silence(2);
    }
    inventory::Snapshot snapshot;
    snapshot.records = std::make_shared<const inventory::CloudRecords>(scene.records);
    snapshot.witnesses = scene.witnesses();
    return snapshot;
}

TEST(HostLog, has_one_line_for_a_silence_and_one_for_its_end) {
    exporter::HostLog log;
    const auto lines_of = [&log](const inventory::Snapshot& snapshot) {
        testing::internal::CaptureStderr();
        log.note(snapshot);
        return testing::internal::GetCapturedStderr();
    };
    EXPECT_EQ(lines_of(a_snapshot(true)), "");
    EXPECT_THAT(lines_of(a_snapshot(false)),
                AllOf(HasSubstr("host=kvm2"), HasSubstr("no answer within 5s"), Not(HasSubstr("kvm1"))));
    EXPECT_EQ(lines_of(a_snapshot(false)), "");
    EXPECT_THAT(lines_of(a_snapshot(true)), AllOf(HasSubstr("answers again"), HasSubstr("host=kvm2")));
    EXPECT_EQ(lines_of(a_snapshot(true)), "");
}

}  // namespace
