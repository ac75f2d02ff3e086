# Sourced by ./test and .ci/run: runs checks one after the other and keeps the score.
# A check that ends with the line "N passed, N failed" brings its own figures; any other is one check.

passed=0
failed=0
broken=()
started=$SECONDS
output=$(mktemp)
trap 'rm -f "$output"' EXIT

# check TITLE COMMAND...
check() {
    local title=$1 began=$SECONDS status good=0 bad=0
    shift
    echo "== $title"
    "$@" 2>&1 | tee "$output"
    status=${PIPESTATUS[0]}
    if [[ $(tail -n 1 "$output") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        good=${BASH_REMATCH[1]} bad=${BASH_REMATCH[2]}
        # Nothing run, or a bad end that no figure tells of, is a failure too.
        if ((bad == 0 && (good == 0 || status != 0))); then bad=1; fi
    elif ((status == 0)); then
        good=1
    else
        bad=1
    fi
    passed=$((passed + good)) failed=$((failed + bad))
    if ((bad > 0)); then broken+=("$title"); fi
    echo "-- $title: $good passed, $bad failed, $((SECONDS - began)) s"
    ((bad == 0))
}

# close: the closing lines, and the exit code.
close() {
    echo
    echo "$((SECONDS - started)) s"
    local title
    for title in "${broken[@]}"; do echo "failed: $title"; done
    if ((passed + failed == 0)); then failed=1; fi
    echo "$passed passed, $failed failed"
    if ((failed > 0)); then exit 1; fi
    exit 0
}
