#!/usr/bin/env bash
# Counted identities between truth, lake and star over a whole simulated chain: differences, all 0.
# Argument: the home of a finished ./storefact demo --simulated.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
home=$(cd "$1" && pwd)
identities=()
found=$(mktemp)
trap 'rm -f "$found"' EXIT

# name, statement that counts differences
identity() {
  identities+=("SELECT ${#identities[@]} AS position, '$1' AS identity, toInt64(($2)) AS differences")
}

# name, two selects of the same columns: rows that one has and the other lacks
same() {
  identity "$1" "SELECT (SELECT count() FROM ($2 EXCEPT $3)) + (SELECT count() FROM ($3 EXCEPT $2))"
}

lake() { echo "file('$home/lake/raw/$1/data/**/*.parquet', Parquet)"; }

truth="SELECT store::String AS s, business_date, lines::UInt64 AS n, quantity::Decimal(38, 3) AS q, net_amount::Decimal(38, 2) AS a FROM truth.sales_day"
same "sales per store and day: truth = star" "$truth" \
  "SELECT store::String AS s, business_date, count() AS n, sum(quantity)::Decimal(38, 3) AS q, sum(net_amount)::Decimal(38, 2) AS a FROM dw.sales_line GROUP BY store, business_date"
same "sales per store and day: truth = lake, newest version of each line" "$truth" \
  "SELECT s, day AS business_date, count() AS n, sum(q1)::Decimal(38, 3) AS q, sum(a1)::Decimal(38, 2) AS a FROM (SELECT store::String AS s, business_date AS day, argMax(quantity, version) AS q1, argMax(net_amount, version) AS a1, argMax(voided, version) AS gone FROM $(lake sales_line) GROUP BY store, business_date, till, receipt, line) WHERE NOT gone GROUP BY s, day"
same "rejected lines: file, line and reason as planted" \
  "SELECT file::String AS f, line_number::UInt64 AS l, reason::String AS r FROM truth.fault WHERE kind = 'bad_line'" \
  "SELECT file::String AS f, line_number::UInt64 AS l, reason::String AS r FROM ops.rejected_event"
same "card events that should not have been possible: as planted" \
  "SELECT event::String AS e FROM truth.card_violation" \
  "SELECT event::String AS e FROM dw.card_ledger WHERE fault != ''"
identity "points events that should not have been possible" "SELECT count() FROM dw.points_ledger WHERE fault != ''"
identity "returns that do not fit the sale that they name" "SELECT count() FROM dw.return_exception WHERE fault != 'no original'"
identity "keys that no row has" "SELECT count() FROM dw.unknown_key"
for stream in store category goods member community campaign promotion partner return_line card_event points_event \
  stock_movement service_use consent complaint survey_answer message follow_up promotion_placement sales_target \
  campaign_member campaign_coupon coupon_redemption; do
  identity "$stream: events taken = lake" \
    "SELECT abs(toInt64(ifNull((SELECT sum(accepted) FROM ops.ingested_file FINAL WHERE stream = '$stream'), 0)) - toInt64((SELECT count() FROM $(lake "$stream"))))"
  # A complaint comes again, in a higher version, when it is settled.
  lake_rows="SELECT count() FROM $(lake "$stream")"
  [ "$stream" = complaint ] && lake_rows="SELECT uniqExact(complaint) FROM $(lake "$stream")"
  identity "$stream: lake = star" \
    "SELECT abs(toInt64(($lake_rows)) - toInt64((SELECT count() FROM star.$stream FINAL)))"
done

# All at once: a start of the command each would take longer than the answers.
all=$(printf ' UNION ALL %s' "${identities[@]}")
"$root/storefact" --home "$home" sql --format tsv \
  "SELECT differences, identity FROM (${all# UNION ALL }) ORDER BY position" | tail -n +2 | tee "$found"
[ "$(cut -f 1 "$found" | sort -u)" = 0 ] && [ "$(wc -l <"$found")" = ${#identities[@]} ]
