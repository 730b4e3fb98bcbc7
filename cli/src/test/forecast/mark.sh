#!/usr/bin/env bash
# The forecast beside seasonal naive and AutoETS, on the Complete Journey and on three years of a simulated chain with
# lunar festivals: fails where it is not as good as it should be.
# Arguments: the home of a finished ./storefact demo; a folder for the simulated chain's home, made where it is missing.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
journey=$(cd "$1" && pwd)
chain=$2
if [ ! -e "$chain/ingested" ]; then
  "$root/storefact" --home "$chain" simulate --start 2023-01-01 --days 1096 --stores 8 --members 4000 --format CSV
  "$root/storefact" --home "$chain" ingest --bounded --files "$chain/simulated/drop"
  touch "$chain/ingested"
fi
"$root/storefact" --home "$journey" bench forecast --origins 5 --sample 15
# AutoETS takes minutes for series of three years: it is asked for fewer of them.
"$root/storefact" --home "$chain" bench forecast --origins 13 --sample 0
"$root/storefact" --home "$chain" bench forecast --origins 3 --sample 8
