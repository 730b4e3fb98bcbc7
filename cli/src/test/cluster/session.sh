#!/usr/bin/env bash
# A Flink session cluster in two JVMs of its own, an ingest submitted to it, and the warehouse that
# comes of it compared with the lake. Arguments: JDK, a home whose drop folder has files, work folder.
set -euo pipefail
java="$1/bin/java"
source_home=$2
work=$3
home="$work/cluster-home"
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
pids=()

stop() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  "$root/storefact" --home "$home" down >/dev/null 2>&1 || true
}
trap stop EXIT

free_ports() {
  python3 - <<'PYTHON'
import socket
sockets = [socket.socket() for _ in range(2)]
for s in sockets:
    s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in sockets))
PYTHON
}
read -r rpc rest < <(free_ports)

# The cluster has Flink and what Flink needs: our code and the lake's libraries come with the job.
flink=$(tr ':' '\n' <"$root/cli/target/class-path" | grep -vE '/iceberg|/sqlite|/hadoop|/clickhouse|/jooq|/tools/jackson|/target/' | tr '\n' ':')
mkdir -p "$work/flink"
cat >"$work/flink/config.yaml" <<YAML
jobmanager.rpc.address: 127.0.0.1
jobmanager.rpc.port: $rpc
jobmanager.bind-host: 127.0.0.1
jobmanager.memory.process.size: 1024m
taskmanager.bind-host: 127.0.0.1
taskmanager.host: 127.0.0.1
taskmanager.numberOfTaskSlots: 2
taskmanager.cpu.cores: 2
taskmanager.memory.task.heap.size: 768m
taskmanager.memory.managed.size: 16m
taskmanager.memory.network.min: 64m
taskmanager.memory.network.max: 64m
taskmanager.memory.task.off-heap.size: 128m
taskmanager.memory.framework.heap.size: 128m
taskmanager.memory.framework.off-heap.size: 128m
taskmanager.memory.jvm-metaspace.size: 256m
taskmanager.memory.jvm-overhead.min: 192m
taskmanager.memory.jvm-overhead.max: 192m
rest.address: 127.0.0.1
rest.bind-address: 127.0.0.1
rest.port: $rest
io.tmp.dirs: $work/flink
YAML

node() { # heap, class
  "$java" "-Xmx$1" --add-opens=java.base/java.util=ALL-UNNAMED --enable-native-access=ALL-UNNAMED \
    -Djava.io.tmpdir="$work/flink" -cp "$flink" "$2" --configDir "$work/flink" \
    >"$work/flink/${2##*.}.log" 2>&1 &
  pids+=($!)
}
node 512m org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint
node 1200m org.apache.flink.runtime.taskexecutor.TaskManagerRunner

slots() { python3 -c "import json,urllib.request as u; print(json.load(u.urlopen('http://127.0.0.1:$rest/overview', timeout=5))['slots-available'])" 2>/dev/null || echo 0; }
for _ in $(seq 60); do
  [ "$(slots)" = 2 ] && break
  sleep 1
done
if [ "$(slots)" != 2 ]; then
  echo "the Flink cluster offers no slots" >&2
  tail -n 20 "$work"/flink/*.log >&2
  exit 1
fi

mkdir -p "$home/drop"
cp -r "$source_home/drop/headquarters" "$home/drop/"
for store in 31782 367 375; do cp -r "$source_home/drop/store-$store" "$home/drop/"; done
lines=$(cat "$home"/drop/store-*/sales_line-*.ndjson | wc -l)

"$root/storefact" --home "$home" ingest --bounded --cluster "127.0.0.1:$rest" | tee "$work/flink/ingest.log"
grep -q identical "$work/flink/ingest.log"
jobs=$(python3 -c "import json,urllib.request as u; print([j['state'] for j in json.load(u.urlopen('http://127.0.0.1:$rest/jobs/overview'))['jobs']])")
counted=$("$root/storefact" --home "$home" sql --format tsv "SELECT count() FROM dw.sales_line" | tail -n 1)
echo "jobs of the cluster: $jobs; $lines lines dropped, $counted in the warehouse"
[ "$jobs" = "['FINISHED']" ] && [ "$counted" = "$lines" ] && [ "$lines" -gt 1000 ]
