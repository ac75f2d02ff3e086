#include "controller/cloudstack/answer.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "controller/json/bounded_json.hpp"
#include "inventory/support/text.hpp"

namespace controller::cloudstack {
namespace {

using inventory::Result;
using nlohmann::json;

// The deepest answer that we ask for is a job's result with a VM's NICs and their details.
constexpr int deepest_answer = 16;
constexpr std::size_t longest_text = 500;

/// Codes that may pass without anybody changing anything: throttled, no capacity, resource unavailable.
constexpr std::array passing_codes{429, 533, 534};

std::optional<int> integer(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number_integer()) {
        return std::nullopt;
    }
    const auto value = found->get<std::int64_t>();
    const bool fits = value >= 0 && value <= std::numeric_limits<int>::max();
    return fits ? std::optional{static_cast<int>(value)} : std::nullopt;
}

std::string text_of(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string()
               ? inventory::clean_text(found->get_ref<const std::string&>(), longest_text)
               : std::string{};
}

/// CloudStack's own error: any top-level object with an errorcode, whatever its key and the HTTP status.
std::optional<Refused> find_error(const json& answer) {
    for (const auto& [key, value] : answer.items()) {
        if (!value.is_object()) {
            continue;
        }
        if (const auto code = integer(value, "errorcode")) {
            const bool passing = std::ranges::find(passing_codes, *code) != passing_codes.end();
            return Refused{.error_code = *code, .text = text_of(value, "errortext"), .retryable = passing};
        }
    }
    return std::nullopt;
}

/// Top level of an answer, or why nobody can say what it means.
Result<json> read_object(const HttpAnswer& answer) {
    const auto which = "an answer with HTTP status " + std::to_string(answer.status);
    if (answer.body.find_first_not_of(" \t\r\n") == std::string::npos) {
        return inventory::failure(which + " and an empty body");
    }
    auto parsed = parse_bounded_json(answer.body, deepest_answer);
    if (!parsed) {
        return inventory::failure(which + " that cannot be read", parsed.error());
    }
    if (!parsed->is_object()) {
        return inventory::failure(which + " that is no JSON object");
    }
    return parsed;
}

std::string response_key(std::string_view command) {
    std::string key{command};
    std::ranges::transform(key, key.begin(), [](char byte) {
        return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
    });
    return key + "response";
}

const json* find_object(const json& answer, const std::string& key) {
    const auto found = answer.find(key);
    return found != answer.end() && found->is_object() ? &*found : nullptr;
}

std::optional<JobState> to_job_state(int status) {
    switch (status) {
        case 0:
            return JobState::pending;
        case 1:
            return JobState::succeeded;
        case 2:  // failed
        case 3:  // cancelled: CloudStack's own word for it never leaves the server
            return JobState::failed;
        default:
            return std::nullopt;
    }
}

Result<JobStatus> read_job(const json& job) {
    const auto status = integer(job, "jobstatus");
    const auto state = status ? to_job_state(*status) : std::nullopt;
    if (!state) {
        return inventory::failure("a job without a jobstatus that is known (0 to 3)", true);
    }
    JobStatus read{.state = *state, .result_code = integer(job, "jobresultcode").value_or(0), .text = {}};
    if (const auto* result = find_object(job, "jobresult"); result != nullptr && *state == JobState::failed) {
        read.result_code = integer(*result, "errorcode").value_or(read.result_code);
        read.text = text_of(*result, "errortext");
    }
    return read;
}

}  // namespace

Submission read_submission(std::string_view command, const HttpAnswer& answer) {
    const auto object = read_object(answer);
    if (!object) {
        return Unknown{object.error().message};
    }
    if (auto error = find_error(*object)) {
        return *std::move(error);
    }
    const auto* response = find_object(*object, response_key(command));
    if (answer.status != 200 || response == nullptr) {
        return Unknown{"an answer with HTTP status " + std::to_string(answer.status) +
                       " that neither accepts nor refuses " + std::string(command)};
    }
    if (!response->contains("jobid")) {
        return Accepted{};
    }
    const auto job_id = text_of(*response, "jobid");
    if (job_id.empty()) {
        return Unknown{"an answer that accepts " + std::string(command) + " with a job id that is no text"};
    }
    return Accepted{job_id};
}

Result<JobStatus> read_job_status(const HttpAnswer& answer) {
    const auto object = read_object(answer);
    if (!object) {
        return inventory::failure(object.error().message, true);
    }
    if (const auto error = find_error(*object)) {
        // A server that throttles or fails may answer the next time; a job that is unknown (431) or keys that
        // are refused (401) will not.
        const bool may_pass = error->error_code == 429 || error->error_code >= 500;
        return inventory::failure(
            "CloudStack answered " + std::to_string(error->error_code) + ": " + error->text, may_pass);
    }
    const auto* job = find_object(*object, "queryasyncjobresultresponse");
    if (answer.status != 200 || job == nullptr) {
        return inventory::failure(
            "an answer with HTTP status " + std::to_string(answer.status) + " that shows no job", true);
    }
    return read_job(*job);
}

}  // namespace controller::cloudstack
