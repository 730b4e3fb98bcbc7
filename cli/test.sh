#!/usr/bin/env bash
# Every test of every room, fast ones first. Called by ./storefact test, which finds the JDK.
#   ./storefact test            all stages
#   ./storefact test fast       build, checks and fast tests only
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
logs="$work/logs" # of the checks of this lane
results="$work/results"
shots="$root/target/screenshots" # they stay, to be looked at
mkdir "$logs"
export JAVA_HOME="${STOREFACT_JAVA:?run ./storefact test}"
export STOREFACT_HOME="$work/home"
cd "$root" || exit 1

cleanup() {
  [ -z "${beside:-}" ] || ! kill -- "-$beside" 2>/dev/null || wait "$beside"
  ./storefact down >/dev/null 2>&1
  for home in simulated odd; do
    ! [ -d "$work/$home" ] || ./storefact --home "$work/$home" down >/dev/null 2>&1
  done
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

stage() { printf '\n== %s (%d s since the start)\n' "$1" "$SECONDS"; }

result() { # name, exit code, log, seconds
  if [ "$2" = 0 ]; then
    echo passed >>"$results"
    printf 'ok      %s (%d s)\n' "$1" "$4"
  else
    echo failed >>"$results"
    printf 'FAILED  %s (%d s)\n' "$1" "$4"
    tail -n 40 "$3" | sed 's/^/        /'
    # Said again at the very end: who reads that much of a long output sees why.
    { printf '%s\n' "$1"; tail -n 8 "$3" | cut -c 1-300 | sed 's/^/        /'; } >>"$work/failures"
  fi
}

check() { # name, command…: a command that has to end well
  local name=$1 log="$logs/check" started=$SECONDS
  shift
  "$@" >"$log" 2>&1
  result "$name" $? "$log" $((SECONDS - started))
}

count() { grep -c "^$1" "$results" || true; }

# Two lanes side by side: most of what waits for a browser, for Superset or for a JVM to start leaves a core idle.
lane_beside() { # name, command…: what it says is shown by lane_joined
  local name=$1
  shift
  set -m # a group of its own: in the background of this one, interrupts would be ignored
  (
    logs="$work/logs-beside"
    mkdir "$logs"
    "$@"
  ) >"$work/beside.log" 2>&1 &
  beside=$!
  set +m
  printf 'beside: %s\n' "$name"
}

lane_joined() {
  local last=$SECONDS
  while kill -0 "$beside" 2>/dev/null; do
    sleep 1
    if ((SECONDS - last >= 20)); then
      last=$SECONDS
      printf '  %4d s: beside, after: %s\n' "$SECONDS" "$(tail -n 1 "$work/beside.log" | cut -c 1-100)"
    fi
  done
  wait "$beside" || result "what ran beside broke off" 1 "$work/beside.log" 0
  beside=
  cat "$work/beside.log"
}

surefire() { # name, arguments: Maven's tests with a line of life every twenty seconds
  local name=$1 log="$logs/maven" pid code last=$SECONDS started=$SECONDS
  shift
  # Rooms that do not build on each other are tested side by side.
  mvn -B -fae -T 2 "$@" >"$log" 2>&1 &
  pid=$!
  while kill -0 $pid 2>/dev/null; do
    sleep 1
    if ((SECONDS - last >= 20)); then
      last=$SECONDS
      printf '  %4d s: %s\n' "$SECONDS" \
        "$(grep -aE '^(\[INFO\] )?(Running|Building) |kill |Downloaded' "$log" | tail -n 1 | sed -E 's/^\[INFO\] //; s#Downloaded from [^ ]+ .*/#fetched #' | cut -c 1-100)"
    fi
  done
  wait $pid
  code=$?
  grep -aE '^\[(INFO|WARNING|ERROR)\] +Tests run:.*Time elapsed' "$log" | sed -E 's/\[[0-9;]*m//g'
  grep -aE '^\[(INFO|WARNING|ERROR)\] +Tests run: [0-9]+, Failures: [0-9]+, Errors: [0-9]+, Skipped: [0-9]+$' "$log"
  if [ $code != 0 ]; then
    grep -aE '^\[ERROR\]' "$log" | head -n 60
  fi
  result "$name" $code "$log" $((SECONDS - started))
}

install_browser() {
  if command -v chromium >/dev/null && fc-list 2>/dev/null | grep -qi 'noto.*cjk'; then
    return 0
  fi
  if [ "$(id -u)" != 0 ]; then
    echo "chromium or CJK fonts are missing; install them: apt-get install chromium fonts-noto-cjk" >&2
    return 1
  fi
  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium fonts-noto-cjk
}

duckdb="$HOME/.cache/storefact/python/duckdb-2.0.0"
install_duckdb() {
  [ -x "$duckdb/bin/python" ] && "$duckdb/bin/python" -c 'import duckdb' && return 0
  python3 -m venv "$duckdb" && "$duckdb/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.0
}

beside_duckdb() { # name, home, source, statements
  check "$1" "$duckdb/bin/python" cli/src/test/duckdb/agree.py "${@:2}"
  cat "$logs/check"
}

# Commands of the docs: lines in sh blocks, in the order of the pages. Those that run until they
# are stopped say so in a comment and are stopped after a while. What they write into the working
# folder stays out of the checkout: they run in a folder of links to it.
run_docs() {
  local page line code started log="$logs/docs" folder="$work/docs-run"
  mkdir "$folder"
  ln -s "$root"/* "$folder"
  for page in README.md docs/*.md; do
    while IFS= read -r line; do
      started=$SECONDS
      case "$line" in
        "./storefact demo"* | "./storefact test"* | "./storefact bench"* | "./storefact dashboards"*) continue ;; # run elsewhere
        *"# until Ctrl-C"*)
          timeout --preserve-status -s INT 30 env -C "$folder" bash -c "$line" >"$log" 2>&1
          [ $? = 130 ]
          ;;
        *) timeout 300 env -C "$folder" bash -c "$line" >"$log" 2>&1 ;;
      esac
      code=$?
      result "$page: $line" $code "$log" $((SECONDS - started))
    done < <(awk '/^```sh/{on=1;next} /^```/{on=0} on&&NF' "$page")
  done
}

# MiB that Superset, its worker and the engine of a home held at their peaks; nothing where one of them does not run.
resident() {
  local pid child statuses=()
  for pid in $(sed -n 's/^pid=//p' "$1/dashboards/run.properties" "$1/engine/run.properties"); do
    for child in "$pid" $(pgrep -P "$pid"); do
      statuses+=("/proc/$child/status")
    done
  done
  awk '/^VmHWM:/ { sum += $2; count++ } END { if (count > 2) printf "%d", sum / 1024 }' "${statuses[@]}" </dev/null
}

# Dashboards of the simulated chain, all but how long its charts take.
dashboards() {
  local started seconds memory
  timeout -s INT 30 ./storefact --home "$work/simulated" dashboards up >"$work/interrupted.log" 2>&1
  started=$SECONDS
  check "dashboards up after one that was interrupted" ./storefact --home "$work/simulated" dashboards up
  seconds=$((SECONDS - started))
  check "up within ten minutes: $seconds s" test "$seconds" -lt 600
  check "status tells where they are" bash -c './storefact --home "$1" status | grep "^dashboards: http"' - "$work/simulated"
  check "dashboards up again" ./storefact --home "$work/simulated" dashboards up
  cp "$logs/check" "$logs/again"
  check "dashboards up again changed nothing" grep '^nothing changed' "$logs/again"
  check "browser driver of the dashboards" npm ci --silent --prefix dashboards/test
  check "every chart in a browser, English and Chinese, for an executive, a regional and a customer manager" \
    node dashboards/test/dashboards.mjs "$work/simulated" "$shots" executive manager_north_china customer_manager_cm1_1
  grep -aE 'charts in|^overview complete' "$logs/check"
  memory=$(resident "$work/simulated")
  check "memory of Superset and the engine below 2 GiB: ${memory:-unknown} MiB" test "${memory:-9999}" -lt 2048
  check "access, and the overview beside SQL" python3 dashboards/test/access.py "$work/simulated"
  grep -a 'attempts' "$logs/check"
  check "edits made in the browser come back as a small diff" python3 dashboards/test/export.py "$work/simulated"
}

stage "build, formatter, checker, fast tests"
surefire "build and fast tests" verify
touch cli/target/built

if [ "${1:-}" != fast ]; then
  rm -rf "$shots"
  stage "the main job on real data: demo, twice"
  check "demo" ./storefact demo
  cp "$logs/check" "$work/demo.log"
  grep -aE 'memory at|bytes a sales line|done in' "$work/demo.log"
  check "facts of the Complete Journey" bash -c '[ "$(./storefact sql --format tsv "SELECT count(), uniqExact(receipt), uniqExact(card), uniqExact(store), sum(net_amount), countIf(quantity = 0) FROM dw.sales_line" | tail -n 1)" = "$(printf "1469307\t155848\t2469\t457\t4596039.58\t8869")" ]'
  memory=$(sed -n 's/^memory at its peak: \([0-9,]*\) MiB.*/\1/p' "$work/demo.log" | tr -d ,)
  check "memory of the demo below 4 GiB: ${memory:-unknown} MiB" test "${memory:-9999}" -lt 4096
  check "demo again" ./storefact demo
  cp "$logs/check" "$work/demo-again.log"
  check "demo again built no partition" grep ' marts, 0 partitions changed' "$work/demo-again.log"
  check "demo again took no file" grep 'nothing new in the drop folder' "$work/demo-again.log"

  check "up, for all further commands on this home" ./storefact up

  # Five of 53 weeks, whole March among them, are enough to compare; all of them would take six minutes.
  check "displays and mailers: 20.9 million rows dropped" ./storefact import complete-journey --promotions
  find "$STOREFACT_HOME/drop/headquarters" -name 'promotion_placement-*' ! -name '*-week-1[0-4].*' -delete
  check "displays and mailers: ingest of five weeks" ./storefact ingest --bounded
  check "displays and mailers: build" ./storefact build

  stage "the marts beside DuckDB over the source"
  check "duckdb" install_duckdb
  beside_duckdb "the same numbers" "$STOREFACT_HOME" \
    "$HOME"/.cache/storefact/complete-journey/*.whl etl/src/test/duckdb

  stage "the page in a browser"
  check "browser" install_browser
  check "browser driver" npm ci --silent --prefix etl/src/test/browser
  check "overview at 1440 and 390 pixels, English and Chinese" \
    node etl/src/test/browser/overview.mjs "$STOREFACT_HOME/reports/overview.html" "$shots" 4596039.58
  check "docs" ./storefact docs --out "$work/docs"
  check "docs site at 1440 and 390 pixels, English and Chinese, by keyboard, every page" \
    node etl/src/test/browser/docs.mjs "$work/docs/index.html" "$shots"

  stage "a simulated chain whose truth is known"
  check "demo --simulated" ./storefact --home "$work/simulated" demo --simulated
  grep -aE 'lines/s|lake .* star|memory at|bytes a sales line|done in' "$logs/check" | tail -n 6
  check "up, for all further commands on it" ./storefact --home "$work/simulated" up
  check "truth = lake = star" bash cli/src/test/simulated/identities.sh "$work/simulated"
  beside_duckdb "the marts beside DuckDB over the drop" "$work/simulated" \
    "$work/simulated/simulated/drop" etl/src/test/duckdb/simulated
  check "a drop of odd cases" python3 cli/src/test/duckdb/odd.py "$work/odd-drop"
  check "odd cases: up" ./storefact --home "$work/odd" up
  check "odd cases: ingest" ./storefact --home "$work/odd" ingest --bounded --files "$work/odd-drop"
  check "odd cases: build" ./storefact --home "$work/odd" build
  beside_duckdb "the marts beside DuckDB over odd cases" "$work/odd" \
    "$work/odd-drop" etl/src/test/duckdb/simulated
  check "odd cases: down" ./storefact --home "$work/odd" down
  check "marts = what was planted" bash cli/src/test/simulated/truth.sh "$work/simulated"
  cat "$logs/check"

  stage "dashboards: every reader their own; beside them forecast, ingest on a cluster, commands of the docs"
  lane_beside "dashboards in a browser, access, edits" dashboards
  check "forecast as good as seasonal naive and AutoETS, about four minutes" bash cli/src/test/forecast/mark.sh "$STOREFACT_HOME" "$work/three-years"
  grep -aE '^(store|department|category|goods) .* often|^level|^all series|^sample' "$logs/check"
  check "ingest --cluster, a Flink cluster of its own" bash cli/src/test/cluster/session.sh "$JAVA_HOME" "$STOREFACT_HOME" "$work"
  run_docs
  lane_joined

  stage "every chart within its time"
  check "dashboards bench" ./storefact --home "$work/simulated" dashboards bench --times 3
  grep -a '^all: ' "$logs/check"
  check "dashboards down" ./storefact --home "$work/simulated" dashboards down
  check "down" ./storefact --home "$work/simulated" down

  stage "slow tests: importer, engine, crashes, fuzzed lines"
  surefire "slow tests" verify -Dspotless.check.skip -Dtest.groups=slow -Dtest.excluded= -Dtest.forks=2
fi

[ "${1:-}" = fast ] || printf '\nscreenshots: %s\n' "$shots"
! [ -f "$work/failures" ] || { printf '\nwhat failed:\n'; cat "$work/failures"; }
printf '\n%d s in all\nstages: %d passed, %d failed\n' "$SECONDS" "$(count passed)" "$(count failed)"
[ "$(count failed)" = 0 ]
