"""The arrows of the house as data: what a folder must not include, and why. They point down only.

A rule holds for every file below `layer`. `forbidden` are the beginnings of what stands between the quotes or the angle
brackets of an include; `allowed` are exceptions to them. To add a rule, add a line.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    layer: str                      # a folder, or the beginning of a file's path
    forbidden: tuple[str, ...]
    reason: str
    allowed: tuple[str, ...] = ()   # includes that the rule does not mean
    except_in: tuple[str, ...] = () # folders or files below the layer that the rule does not bind
    headers_only: bool = False      # binds *.hpp alone


HEAVY = ("httplib", "nlohmann/", "yaml-cpp/", "CLI/", "openssl/", "zlib")
LIBRARIES = (*HEAVY, "prometheus/")
THREADS = ("thread", "mutex", "shared_mutex", "condition_variable", "future", "atomic", "semaphore", "stop_token")
INPUT_OUTPUT = ("fstream", "iostream", "filesystem", "cstdio", "stdio.h", "unistd.h", "sys/", "netinet/", "poll.h", "fcntl.h")

RULES = (
    # The base: values that both programs and every layer share.
    Rule("inventory/support", ("inventory/", "service/", "exporter/", "controller/", "wardenctl/"),
         "support stands at the bottom: everything may include it, so it includes nothing of ours",
         allowed=("inventory/support/",)),
    Rule("inventory/model", ("inventory/", "service/", "exporter/", "controller/", "wardenctl/"),
         "the model is plain values: who reads them from where is not its business",
         allowed=("inventory/support/", "inventory/model/")),
    Rule("inventory/model", THREADS + INPUT_OUTPUT + LIBRARIES,
         "the verdict on a VM is a pure function: no thread, no input or output, no library"),
    Rule("inventory/", ("exporter/", "controller/", "wardenctl/"),
         "what is known about the cloud does not know who asks"),

    # One folder speaks to each C library; everybody else speaks our words.
    Rule("", ("mysql", "mariadb/"), "only inventory/mariadb may include the database's client library: "
         "elsewhere use inventory::mariadb::Connection", allowed=("mariadb/connection",), except_in=("inventory/mariadb/",)),
    Rule("", ("libvirt/",), "only inventory/libvirt may include libvirt: its calls take no deadline and have to be fenced in",
         except_in=("inventory/libvirt/",)),
    Rule("inventory/mariadb", ("inventory/libvirt/",), "the witnesses do not know each other"),
    Rule("inventory/libvirt", ("inventory/mariadb/",), "the witnesses do not know each other"),
    Rule("inventory/observer", ("inventory/mariadb/", "inventory/libvirt/"),
         "the observer asks through its own narrow interfaces (inventory/observer/sources.hpp)"),

    # What any daemon needs.
    Rule("service/", ("exporter/", "controller/", "wardenctl/"), "service is what any daemon needs: it knows neither of ours"),

    # The two programs and the operator's hand.
    Rule("exporter/", ("controller/", "wardenctl/"), "exporter and controller never include each other: they share inventory and service"),
    Rule("controller/", ("exporter/", "wardenctl/"), "exporter and controller never include each other: they share inventory and service"),
    Rule("wardenctl/", ("inventory/mariadb", "inventory/libvirt", "inventory/observer", "exporter/"),
         "wardenctl sees the cloud through the controller's API only, so that both tell the same"),
    Rule("exporter/families", THREADS + INPUT_OUTPUT + LIBRARIES
         + ("inventory/mariadb", "inventory/libvirt", "inventory/observer", "service/"),
         "a family is a pure function of the snapshot"),

    # Gather, decide, act: three places, in that order.
    Rule("controller/model", ("inventory/", "service/", "controller/"), "values stand below deciders and doers, so no cycle can begin",
         allowed=("inventory/model/", "inventory/support/", "controller/model/")),
    Rule("controller/decision", ("inventory/", "service/", "controller/"), "the decision sees values alone: what it needs is gathered into World beforehand",
         allowed=("inventory/model/", "inventory/support/", "controller/model/", "controller/decision/")),
    Rule("controller/decision", THREADS + INPUT_OUTPUT + LIBRARIES,
         "the decision is pure: no clock, no thread, no input or output, no JSON; else it could not be tested or explained"),
    Rule("controller/model", THREADS + INPUT_OUTPUT + LIBRARIES, "the model is plain values"),
    Rule("controller/cloudstack", ("controller/decision/", "controller/journal/", "controller/intake/", "controller/loop/",
                                   "controller/actions/", "controller/api/"),
         "the API client carries out; it neither decides nor remembers"),
    Rule("controller/journal", ("controller/decision/", "controller/cloudstack/", "controller/intake/", "controller/loop/",
                                "controller/actions/", "controller/api/"),
         "the journal remembers; it neither decides nor acts"),
    Rule("controller/http", ("controller/",), "what our HTTP clients share knows none of them", allowed=("controller/http/",)),
    Rule("controller/alertmanager", ("controller/", "inventory/mariadb/", "inventory/observer/"),
         "the silences' reader tells what Alertmanager says; it neither decides nor remembers",
         allowed=("controller/alertmanager/", "controller/http/", "controller/json/", "controller/model/", "controller/loop/silences")),
    Rule("controller/intake", ("controller/decision/", "controller/cloudstack/", "controller/loop/", "controller/actions/",
                               "controller/api/", "inventory/mariadb/", "inventory/observer/"),
         "the intake authenticates, parses, journals and answers: nothing else"),
    Rule("controller/api", ("controller/decision/", "controller/cloudstack/", "controller/actions/", "controller/intake/",
                            "inventory/mariadb/", "inventory/observer/"),
         "the API shows what the journal and the loop know; it decides and does nothing of its own"),
    Rule("controller/page", ("controller/decision/", "controller/cloudstack/", "controller/actions/", "controller/intake/",
                             "controller/loop/", "inventory/mariadb/", "inventory/observer/"),
         "the page shows, and hands an operator's forms to the API: it decides and does nothing of its own"),
    Rule("controller/actions", ("controller/decision/", "controller/intake/", "controller/loop/", "controller/api/"),
         "a doer does not decide: the plan that it is given has been decided twice"),

    # Each heavy library has one kind of place, never a header that everybody then compiles.
    Rule("", HEAVY, "heavy headers belong in sources: in a header they leak into every layer above",
         except_in=("tests/", "controller/json/bounded_json.hpp", "controller/evidence/facts_reader.hpp",
                    "controller/evidence/json_values.hpp", "wardenctl/layout.hpp"),
         headers_only=True),
    Rule("", ("httplib",), "HTTP is spoken by the web server of service, the clients of CloudStack and Alertmanager with what they share, and wardenctl's",
         except_in=("service/", "controller/http/", "controller/cloudstack/", "controller/alertmanager/", "wardenctl/", "tests/", "bench/")),
    Rule("", ("yaml-cpp/",), "configuration is read through service::ConfigFile, which names file and line of every mistake",
         except_in=("service/", "tests/")),
    Rule("", ("tests/", "lab/"), "the product does not know its tests", except_in=("tests/", "bench/")),
)


@dataclass(frozen=True)
class TextRule:
    """A text that must not stand anywhere below a folder, comments and string literals included."""

    layer: str
    pattern: str
    reason: str
    example: str


TEXT_RULES = (
    TextRule("inventory/", r"(?i)\bFOR\s+UPDATE\b|\bLOCK\s+IN\s+SHARE\s+MODE\b|\bFOR\s+SHARE\b",
             "reads of CloudStack's database never lock (safety law 3)", "SELECT 1 FOR UPDATE"),
    TextRule("inventory/", r"(?i)\"\s*(INSERT\s+(INTO|IGNORE)|UPDATE\s+\w+\s+SET|DELETE\s+FROM|REPLACE\s+INTO)\b",
             "nothing is ever written to CloudStack's database (safety law 3)", '"UPDATE vm_instance SET state = 1"'),
    TextRule("inventory/model", r"::now\(|\bsystem_now\b|\btime\(nullptr\)|\bgettimeofday\b", "`now` is an argument", "system_now()"),
    TextRule("controller/decision", r"::now\(|\bsystem_now\b|\btime\(nullptr\)|\bgettimeofday\b", "`now` is an argument", "system_now()"),
    TextRule("controller/model", r"::now\(|\bsystem_now\b|\btime\(nullptr\)|\bgettimeofday\b", "`now` is an argument", "system_now()"),
    TextRule("exporter/families", r"::now\(|\bsystem_now\b|\btime\(nullptr\)|\bgettimeofday\b", "`now` is an argument", "system_now()"),
)
