#!/usr/bin/env bash
# What the marts found in a simulated chain beside what was planted in it: one line a figure.
# Argument: the home of a finished ./storefact demo --simulated.
#
# What is allowed is four standard errors of the observations behind a figure, and what is known to
# lie between plant and mart, said at each. The seed of the demo is fixed, so are the figures.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
home=$(cd "$1" && pwd)
failed=0
"$root/storefact" --home "$home" up >/dev/null
trap '"$root/storefact" --home "$home" down >/dev/null' EXIT

line() { printf '%-62s %12s %12s %12s %12s  %s\n' "$@"; }

# statement that gives: figure, what was planted, what the mart says, how far they may be apart
figures() {
  local rows name planted mart allowed difference verdict count=0
  rows=$("$root/storefact" --home "$home" sql --format tsv "$1" | tail -n +2)
  while IFS=$'\t' read -r name planted mart allowed; do
    [ -n "$name" ] || continue
    count=$((count + 1))
    difference=$(awk -v p="$planted" -v m="$mart" 'BEGIN { printf "%.4f", m - p }')
    verdict=$(awk -v d="$difference" -v a="$allowed" 'BEGIN { print (d <= a && -d <= a ? "ok" : "FAILED") }')
    [ "$verdict" = ok ] || failed=1
    line "$name" "$planted" "$mart" "$difference" "$allowed" "$verdict"
  done <<<"$rows"
  if [ "$count" = 0 ]; then
    echo "FAILED: no figure came out of: $1"
    failed=1
  fi
}

# Pieces of a line vary, and do more so for tiles: this many times the variance of Poisson counts.
spread="SELECT category, sum(pow(toFloat64(quantity), 2)) / sum(toFloat64(quantity)) AS spread FROM dw.sales_line INNER JOIN (SELECT goods, category FROM dw.goods) AS of_goods USING (goods) WHERE quantity > 0 GROUP BY category"
elasticities="SELECT category, any(elasticity) AS elasticity FROM truth.category GROUP BY category"
# The event of a day as season_index names it; of two that meet, the first counts.
event="multiIf(spring_festival_days BETWEEN -21 AND -15, 'Spring Festival, 21 to 15 days before', spring_festival_days BETWEEN -14 AND -8, 'Spring Festival, 14 to 8 days before',
  spring_festival_days BETWEEN -7 AND -1, 'Spring Festival, 7 days before', spring_festival_days BETWEEN 0 AND 6, 'Spring Festival, first week',
  lunar_month = 1 AND lunar_day = 15 AND NOT leap_month, 'Lantern Festival', position(festival, 'Qingming') > 0, 'Qingming Festival',
  month * 100 + toDayOfMonth(day) BETWEEN 501 AND 505, 'Labour Day', lunar_month = 5 AND lunar_day BETWEEN 1 AND 5 AND NOT leap_month, 'Dragon Boat Festival and 4 days before',
  month * 100 + toDayOfMonth(day) = 618, '618', month * 100 + toDayOfMonth(day) BETWEEN 701 AND 704, 'Independence Day (US) and 3 days before',
  lunar_month = 8 AND lunar_day BETWEEN 8 AND 15 AND NOT leap_month, 'Mid-Autumn Festival and 7 days before', month * 100 + toDayOfMonth(day) BETWEEN 1001 AND 1007, 'National Day week',
  month * 100 + toDayOfMonth(day) = 1111, 'Singles'' Day', position(festival, 'Thanksgiving') > 0, 'Thanksgiving (US)', position(festival, 'Black Friday') > 0, 'Black Friday',
  month * 100 + toDayOfMonth(day) BETWEEN 1218 AND 1224, 'Christmas, 7 days before', month * 100 + toDayOfMonth(day) = 1225, 'Christmas', 'no event')"
# Visits to be expected of a day but for weekday and festival: members who joined and have not left,
# those addressed by a campaign at its factor, and guests.
load="SELECT day, sum(visits_per_day * if(addressed.visits = 0, 1, addressed.visits)) + any(guests) AS load FROM
  (SELECT arrayJoin(arrayMap(i -> first + i, range(days))) AS day, member, visits_per_day, guests FROM
    (SELECT member, visits_per_day, greatest(joined_on, (SELECT min(day) FROM truth.day)) AS first, toUInt32(least(ifNull(left_on, toDate('2149-01-01')), (SELECT max(day) FROM truth.day)) - first + 1) AS days,
      (SELECT count() FROM truth.member) * (SELECT maxIf(value, name = 'visit_shape') / maxIf(value, name = 'visit_rate_weeks') / 7 * maxIf(value, name = 'founding_share') * maxIf(value, name = 'guests_per_member_visit') FROM truth.parameter) AS guests FROM truth.member)) AS there
  LEFT JOIN (SELECT member, arrayJoin(arrayMap(i -> starts_on + i, range(toUInt32(ends_on - starts_on + 1)))) AS day, any(plan.visits) AS visits FROM dw.campaign_member AS those INNER JOIN truth.campaign AS plan ON plan.campaign = those.campaign GROUP BY member, day) AS addressed USING (member, day)
  GROUP BY day"
days="SELECT day, month, weekday, $event AS item, weekday_factor, festival_factor, load FROM dw.calendar INNER JOIN (SELECT day, weekday AS weekday_factor, festival AS festival_factor FROM truth.day) AS busy USING (day) INNER JOIN ($load) AS loads USING (day)"

line figure planted mart difference allowed ""

echo "sales: exact"
truth="SELECT store::String AS s, business_date, lines::UInt64 AS n, quantity::Decimal(38, 3) AS q, net_amount::Decimal(38, 2) AS a FROM truth.sales_day"
mart="SELECT store::String AS s, business_date, sum(lines)::UInt64 AS n, sum(quantity + returned_quantity)::Decimal(38, 3) AS q, sum(net_sales + returns)::Decimal(38, 2) AS a FROM dw.daily_sales GROUP BY store, business_date HAVING n > 0"
figures "SELECT 'daily_sales: stores and days', (SELECT count() FROM ($truth)), (SELECT count() FROM ($mart)), 0"
figures "SELECT 'daily_sales: those of other lines, quantity or net amount', 0, (SELECT count() FROM ($truth EXCEPT $mart)) + (SELECT count() FROM ($mart EXCEPT $truth)), 0"

# Lost lines on days whose evening has less than a line buys, which is all that stock can tell: who
# wanted more than was there on another day is a part of the last figure. 10 %: the rates come from
# days that did not run out, which were the quieter ones.
echo "lost sales (stock_availability): 4 standard errors and 10 %"
lost="SELECT lost.store AS store, lost.goods AS goods, lost.quantity AS quantity, lost.quantity * price AS worth, closing <= 0 OR closing < usual AS out FROM
  (SELECT store::String AS store, goods, business_date, toFloat64(quantity) AS quantity FROM truth.lost_sale) AS lost
  ASOF INNER JOIN (SELECT store::String AS store, goods, business_date, toFloat64(closing) AS closing FROM dw.stock_day) AS evening ON evening.store = lost.store AND evening.goods = lost.goods AND evening.business_date <= lost.business_date
  LEFT JOIN (SELECT store::String AS store, goods, toStartOfMonth(business_date) AS month, sum(toFloat64(quantity + returned_quantity)) / sum(lines) AS line, if(countIf(quantity + returned_quantity != floor(quantity + returned_quantity)) = 0, floor(line), line) AS usual FROM dw.goods_sales GROUP BY store, goods, month HAVING sum(lines) > 0) AS lines ON lines.store = lost.store AND lines.goods = lost.goods AND lines.month = toStartOfMonth(lost.business_date)
  INNER JOIN (SELECT goods, sum(toFloat64(net_sales)) / sum(toFloat64(quantity)) AS price FROM dw.goods_month GROUP BY goods HAVING sum(quantity) > 0) AS prices ON prices.goods = lost.goods"
groups="AS rows_of INNER JOIN (SELECT store::String AS store, format FROM dw.store) AS of_store USING (store) INNER JOIN (SELECT goods, department FROM dw.goods) AS of_goods USING (goods) ARRAY JOIN arrayDistinct(['all', format, department]) AS part"
figures "SELECT concat('lost quantity, ', part), round(planted), round(mart), round(allowed) FROM
  (SELECT part, sum(quantity) AS planted, planted * 0.1 + 4 * sqrt(sum(quantity * quantity)) AS allowed FROM ($lost) $groups WHERE out GROUP BY part HAVING 4 * sqrt(sum(quantity * quantity)) <= 0.4 * planted) AS truth
  INNER JOIN (SELECT part, sum(lost_quantity) AS mart FROM (SELECT store::String AS store, goods, lost_quantity FROM dw.stock_availability) $groups GROUP BY part) AS marts USING (part) ORDER BY planted DESC"
figures "SELECT concat('lost sales in yuan, ', part), round(planted), round(mart), round(allowed) FROM
  (SELECT part, sum(worth) AS planted, planted * 0.1 + 4 * sqrt(sum(worth * worth)) AS allowed FROM ($lost) $groups WHERE out GROUP BY part HAVING part = 'all') AS truth
  INNER JOIN (SELECT part, sum(lost_sales) AS mart FROM (SELECT store::String AS store, goods, lost_sales FROM dw.stock_availability) $groups GROUP BY part) AS marts USING (part)"
figures "SELECT 'share of all lost quantity on such days (not below 0.5)', 1, round(sumIf(quantity, out) / sum(quantity), 4), 0.5 FROM ($lost)"

# Planted: the lift of the promotion × (1 - discount) ^ elasticity of the category, over the goods'
# baselines. 5 %: goods on promotion run out more often.
echo "promotions: 4 standard errors and 5 %"
effects="SELECT promotion, category, any(display) != '' AS displayed, sum(toFloat64(quantity)) AS q, sum(baseline_quantity) AS b FROM dw.promotion_effect INNER JOIN (SELECT goods, category FROM dw.goods) AS of_goods USING (goods) WHERE baseline_quantity IS NOT NULL GROUP BY promotion, category"
expected="FROM ($effects) AS effects INNER JOIN truth.promotion AS plan ON plan.promotion = effects.promotion INNER JOIN ($elasticities) AS e ON e.category = effects.category INNER JOIN ($spread) AS s ON s.category = effects.category"
planted="sum(b * lift * pow(1 - discount, elasticity)) / sum(b)"
error="sqrt(sum(spread * q) / pow(sum(q), 2) + sum(spread * b) / pow(sum(b), 2))"
figures "SELECT concat('promotion_performance: ', k, if(d > 0, concat(' ', toString(round(100 * d)), ' % off'), ''), ', planted lift ', toString(l)), round(planted, 4), round(mart, 4), round(planted * (0.05 + 4 * error), 4) FROM
  (SELECT kind::String AS k, discount AS d, lift AS l, $planted AS planted, $error AS error $expected GROUP BY k, d, l) AS truth
  INNER JOIN (SELECT plan.kind::String AS k, plan.discount AS d, plan.lift AS l, sum(toFloat64(measured_quantity)) / sum(baseline_quantity) AS mart FROM dw.promotion_performance AS found INNER JOIN truth.promotion AS plan ON plan.promotion = found.promotion WHERE department = 'all' GROUP BY k, d, l) AS marts USING (k, d, l) ORDER BY k, d, l"
figures "SELECT if(displayed, 'placement_lift: places in the store', 'placement_lift: mailer'), round($planted, 4), round(if(displayed, (SELECT display_lift FROM dw.placement_lift WHERE department = 'all'), (SELECT mailer_lift FROM dw.placement_lift WHERE department = 'all')), 4), round($planted * (0.05 + 4 * $error), 4) $expected GROUP BY displayed"

# The standard error is the mart's own, of categories with one below 0.25; the last figure tells that
# it is as large as the deviations are. 0.1: displays, mailers and gifts on days of comparison make
# baselines 2 % too high.
echo "price elasticities (price_elasticity): 4 standard errors and 0.1"
found="SELECT category, markdowns, found, error, elasticity FROM (SELECT category::String AS category, markdowns, elasticity AS found, assumeNotNull(standard_error) AS error FROM dw.price_elasticity WHERE level = 'category' AND standard_error < 0.25) AS fits INNER JOIN ($elasticities) AS e USING (category)"
figures "SELECT concat('elasticity of ', category), elasticity, round(found, 4), round(4 * error + 0.1, 4) FROM ($found) ORDER BY error"
figures "SELECT 'elasticity, mean by precision', round(sum(elasticity / pow(error, 2)) / sum(1 / pow(error, 2)), 4), round(sum(found / pow(error, 2)) / sum(1 / pow(error, 2)), 4), round(0.1 + 4 / sqrt(sum(1 / pow(error, 2))), 4) FROM ($found)"
figures "SELECT 'deviations in standard errors, root of mean square', 1, round(sqrt(avg(pow((found - elasticity) / error, 2))), 4), round(4 / sqrt(2 * count()), 4) FROM ($found)"

# Receipts are worth very different sums, those of building materials most of all: so the departments
# of the other stores, their indices weighted by sales. Planted: visits by the day, by its weekday and the mean of its
# month's days without event. 3 %: follow-ups, birthdays. Events of a single day say too little.
echo "how busy days are (season_index): 4 standard errors and 3 %"
others="SELECT store FROM dw.store WHERE format != 'building materials'"
receipts="SELECT business_date AS day, toFloat64(net_sales) AS worth FROM dw.receipt_sales WHERE kind = 'sale' AND store IN ($others)"
index="SELECT kind::String AS kind, position, item::String AS item, sum(index * toFloat64(sales)) / sum(toFloat64(sales)) AS index FROM dw.season_index WHERE area = 'all' AND level = 'department'
  AND department NOT IN (SELECT department FROM dw.goods_month INNER JOIN (SELECT goods, department FROM dw.goods) AS of_goods USING (goods) GROUP BY department HAVING countIf(store NOT IN ($others)) > 0) GROUP BY kind, position, item"
figures "SELECT item, round(planted, 4), round(index, 4), round(planted * (0.03 + 4 * error), 4) FROM ($index) AS marts
  INNER JOIN (SELECT weekday AS position, any(weekday_factor) AS planted, sqrt(sum(worth * worth)) / sum(worth) AS error FROM ($days) AS d INNER JOIN ($receipts) AS r USING (day) GROUP BY weekday) AS truth USING (position) WHERE kind = 'weekday' ORDER BY position"
figures "SELECT item, round(planted, 4), round(index, 4), round(planted * (0.03 + 4 * error), 4) FROM ($index) AS marts
  INNER JOIN (SELECT item::String AS item, sum(weekday_factor * festival_factor * load) / sum(weekday_factor * usual) AS planted FROM ($days) AS d INNER JOIN (SELECT month, avg(load) AS usual FROM ($days) WHERE item = 'no event' GROUP BY month) AS quiet USING (month) GROUP BY item) AS truth USING (item)
  INNER JOIN (SELECT item::String AS item, sqrt(sum(worth * worth)) / sum(worth) AS error FROM ($days) AS d INNER JOIN ($receipts) AS r USING (day) GROUP BY item) AS errors USING (item) WHERE kind = 'event' AND item != 'no event' AND 4 * error < 0.25 ORDER BY position"

# A category's factor of a window (month × event, mean over its days, by its mean over the year)
# beside that of the goods without season of the same formats: that takes out how busy the days
# were. Planted: weight × price × season × promotions of the goods. 5 %: list prices change, empty
# shelves. One line a category: its worst window.
echo "seasons of categories (season_index): 4 standard errors and 5 %"
formats="SELECT category, arraySort(groupUniqArray(format::String)) AS formats FROM dw.goods_month INNER JOIN (SELECT store, format FROM dw.store) AS of_store USING (store) INNER JOIN (SELECT goods, category::String AS category FROM dw.goods WHERE kind = 'physical') AS of_goods USING (goods) GROUP BY category"
flat="category IN (SELECT category::String FROM truth.category GROUP BY category HAVING groupUniqArray(season::String) = ['flat'])"
windows="SELECT day, item, weekday_factor * festival_factor * load AS busy, arrayJoin(arrayFilter(w -> w != '', [formatDateTime(day, '%Y-%m'), if(startsWith(item, 'Spring Festival') AND item LIKE '%before', 'before Spring Festival', ''), if(startsWith(item, 'Mid-Autumn') OR startsWith(item, 'Dragon Boat'), item, ''), 'year'])) AS part FROM ($days)"
planted="SELECT c.category::String AS category, s.day AS day, sum(weight * toFloat64(list_price) * demand * ifNull(p.factor, 1)) AS planted FROM truth.goods AS g INNER JOIN truth.category AS c ON c.type = g.type INNER JOIN truth.season AS s ON s.season = c.season
  LEFT JOIN (SELECT placed.goods AS goods, arrayJoin(arrayMap(i -> starts_on + i, range(toUInt32(ends_on - starts_on + 1)))) AS day, toNullable(any(lift * pow(1 - discount, elasticity + 1))) AS factor FROM (SELECT DISTINCT goods, promotion FROM dw.promotion_placement) AS placed INNER JOIN truth.promotion AS plan ON plan.promotion = placed.promotion INNER JOIN (SELECT goods, elasticity FROM truth.goods AS og INNER JOIN truth.category AS oc ON oc.type = og.type) AS e ON e.goods = placed.goods GROUP BY goods, day) AS p ON p.goods = g.goods AND p.day = s.day
  GROUP BY category, day"
modelled="SELECT months.category AS category, d.day AS day, months.index * events.index AS modelled FROM ($days) AS d INNER JOIN (SELECT category::String AS category, position AS month, index FROM dw.season_index WHERE area = 'all' AND level = 'category' AND kind = 'month') AS months ON months.month = d.month INNER JOIN (SELECT category::String AS category, item, index FROM dw.season_index WHERE area = 'all' AND level = 'category' AND kind = 'event') AS events ON events.category = months.category AND events.item = d.item"
sold="SELECT category, part, sum(worth) AS sales, sum(worth * worth) AS squares FROM (SELECT store, till, receipt, business_date AS day, category::String AS category, sum(toFloat64(net_amount)) AS worth FROM dw.sales_line INNER JOIN (SELECT goods, category FROM dw.goods) AS of_goods USING (goods) GROUP BY store, till, receipt, day, category) AS r INNER JOIN ($windows) AS w USING (day) GROUP BY category, part"
# of a category and window: planted, modelled, sales, squares
parts="SELECT category, part, sum(busy * planted) / sum(busy) AS p, sum(modelled) / sum(busy) AS m, any(sales) AS n, any(squares) AS nn FROM ($windows) AS w INNER JOIN ($planted) AS p USING (day) INNER JOIN ($modelled) AS m USING (category, day) INNER JOIN ($sold) AS s USING (category, part) GROUP BY category, part"
years="SELECT category, part, own.p / year.p AS p, own.m / year.m AS m, n, nn, formats FROM ($parts) AS own INNER JOIN (SELECT category, p, m FROM ($parts) WHERE part = 'year') AS year USING (category) INNER JOIN ($formats) AS f USING (category) WHERE part != 'year'"
figures "SELECT concat(category, ', ', argMax(part, off)), round(argMax(planted, off), 4), round(argMax(mart, off), 4), round(argMax(allowed, off), 4) FROM
  (SELECT category, part, own.p / ref.p AS planted, own.m / ref.m AS mart, planted * (0.05 + 4 * sqrt(own.nn / pow(own.n, 2) + ref.nn / pow(ref.n, 2))) AS allowed, abs(mart - planted) / allowed AS off FROM ($years) AS own
    INNER JOIN (SELECT formats, part, sum(y.p * y.n) / sum(y.n) AS p, sum(y.m * y.n) / sum(y.n) AS m, sum(y.n) AS n, sum(y.nn) AS nn FROM ($years) AS y WHERE $flat GROUP BY formats, part) AS ref USING (formats, part) WHERE NOT ($flat) AND allowed < 0.3 * planted)
  GROUP BY category ORDER BY category"

# Goods that only a rule sells: on so many receipts of their format, less those that found no stock.
echo "receipts with goods (goods_pair): 4 standard errors"
figures "SELECT concat('receipts with ', goods), round(planted), round(mart), round(4 * sqrt(planted)) FROM
  (SELECT goods, share * receipts - ifNull(lines, 0) AS planted FROM (SELECT format::String AS format, antecedent AS goods, antecedent_share AS share FROM truth.basket_rule UNION ALL SELECT format::String, consequent, consequent_share FROM truth.basket_rule) AS rules
    INNER JOIN (SELECT format::String AS format, count() AS receipts FROM dw.receipt_sales INNER JOIN (SELECT store, format FROM dw.store) AS of_store USING (store) WHERE kind = 'sale' AND toStartOfMonth(business_date) IN (SELECT month FROM dw.goods_pair) GROUP BY format) AS all_receipts USING (format)
    LEFT JOIN (SELECT goods, toNullable(count()) AS lines FROM truth.lost_sale WHERE toStartOfMonth(business_date) IN (SELECT month FROM dw.goods_pair) GROUP BY goods) AS lost USING (goods)) AS truth
  INNER JOIN (SELECT other AS goods, sum(receipts) AS mart FROM dw.goods_pair AS pair WHERE pair.goods = '' GROUP BY other) AS marts USING (goods) ORDER BY goods"

# No goods stand in for others in this chain: pairs beyond the level of 1 % are chance. What a rule
# sells knows nothing of others of its type, but takes its price out of what a receipt is to be worth.
# 10 %: who has a line of a rule already is not made to buy a first one.
echo "substitutes (goods_substitute): 4 standard errors and 10 %"
figures "SELECT 'pairs called substitutes', 0, countIf(substitutes), round(0.01 * count() + 4 * sqrt(0.01 * count())) FROM dw.goods_substitute"
rules="SELECT format::String AS format, arrayJoin([antecedent, consequent]) AS ruled FROM truth.basket_rule"
figures "SELECT concat('lift of ', ruled, ' and others of its type'), round(any(1 - price / worth), 4) AS planted, round(sum(receipts_together) / sum(expected), 4), round(0.1 + 4 / sqrt(sum(expected)), 4) FROM dw.goods_substitute AS s
  INNER JOIN (SELECT ruled, format, toFloat64(list_price) AS price FROM ($rules) AS r INNER JOIN truth.goods AS g ON g.goods = r.ruled) AS priced ON ruled = s.goods OR ruled = s.other
  INNER JOIN (SELECT format::String AS format, avg(toFloat64(net_sales)) AS worth FROM dw.receipt_sales INNER JOIN (SELECT store, format FROM dw.store) AS of_store USING (store) WHERE kind = 'sale' GROUP BY format) AS receipts ON receipts.format = priced.format
  GROUP BY ruled HAVING 4 / sqrt(sum(expected)) < 0.3 ORDER BY ruled"
exit $failed
