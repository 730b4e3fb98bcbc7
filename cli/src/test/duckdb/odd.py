"""Writes a drop of odd cases, which neither the real data nor the simulated chain has, for agree.py to compare.

Argument: folder that gets the drop. Two stores, some days, and per stream what the contracts allow but nobody does.
"""

import json
import sys
from collections import defaultdict
from datetime import date, timedelta
from itertools import count
from pathlib import Path

events = defaultdict(list)
number = count(1)


def tell(stream, **fields):
    events[stream].append(fields)


def at(day, time):
    return time if "T" in time else f"{day}T{time}Z"


def sale(store, day, receipt, line, goods, quantity, net, time="10:00:00", till="1", **more):
    tell("sales_line", store=store, business_date=day, till=till, receipt=receipt, line=line, sold_at=at(day, time), goods=goods,
         quantity=quantity, net_amount=net, **more)


def back(receipt, day, goods, quantity, net, sold=None, time="15:00:00", store="S1", **more):
    names = ["original_store", "original_business_date", "original_till", "original_receipt", "original_line"]
    tell("return_line", store=store, business_date=day, till="9", receipt=receipt, line=1, returned_at=at(day, time), goods=goods,
         quantity=quantity, net_amount=net, **dict(zip(names, sold or [])), **more)


def use(day, sold, goods, **more):
    tell("service_use", store="S1", business_date=day, use=f"U{next(number)}", used_at=at(day, "12:00:00"), **{"pass": sold}, goods=goods, **more)


def card(day, card, kind, time="10:00:00", **more):
    tell("card_event", business_date=day, event=f"E{next(number):03}", card=card, kind=kind, at=at(day, time), **more)


def points(day, member, kind, points, time="10:00:00", **more):
    tell("points_event", business_date=day, event=f"P{next(number):03}", member=member, kind=kind, at=at(day, time), points=points, **more)


def move(day, goods, kind, quantity, time="09:00:00", store="S1", **more):
    tell("stock_movement", store=store, business_date=day, movement=f"W{next(number):03}", kind=kind, at=at(day, time), goods=goods,
         quantity=quantity, **more)


def again(stream, **other):
    """The last event once more, otherwise."""
    events[stream].append({**events[stream][-1], **other})


def master():
    # Opened within a month, without region and format; closed within one.
    tell("store", store="S1", name="one", kind="branch", opened_on="2024-03-10")
    tell("store", store="S2", name="two", kind="branch", format="kiosk", region="East China", opened_on="2020-01-01", closed_on="2024-04-20")
    tell("goods", goods="bare", name="no place, no cost")
    place = {"department": "odd", "type": "t", "brand": "EB", "valid_from": "2024-01-01"}
    tell("goods", goods="moves", **place, category="a")  # has a cost only later, and another category then
    tell("goods", goods="moves", **{**place, "valid_from": "2024-04-01"}, category="b", unit_cost=3.3333, list_price=9.99, lead_time=2.5)
    tell("goods", goods="plain", **place, category="b", unit_cost=1.255, list_price=4)
    again("goods", brand="EC", unit_cost=1.355, version=2)
    tell("goods", goods="loses place", **place, category="c", unit_cost=0.333, list_price=2)
    tell("goods", goods="loses place", valid_from="2024-05-07", unit_cost=0.5, list_price=2)
    tell("goods", goods="loses cost", **place, category="c", unit_cost=1)
    again("goods", valid_from="2024-05-07", unit_cost=None)
    tell("goods", goods="dear", department="odd", category="m", unit_cost=6.55, list_price=10)
    tell("goods", goods="cheap", department="odd", category="m")
    tell("goods", goods="costs later", department="odd", category="m", valid_from="2024-01-01")
    tell("goods", goods="costs later", department="odd", category="m", valid_from="2024-01-20", unit_cost=5)
    tell("goods", goods="slow", department="odd", category="k", unit_cost=1.11, list_price=3.99)
    tell("goods", goods="slow without a price", department="odd", category="k")
    service = {"department": "odd", "category": "s"}
    tell("goods", goods="uses", **service, type="services", kind="count", uses=3)  # without an end
    tell("goods", goods="days", **service, type="services", kind="time", days=10)
    tell("goods", goods="for ever", **service, type="other", kind="time")
    tell("member", member="M1", card="C1", valid_from="2024-01-01", joined_on="2024-01-01")
    tell("member", member="M1", card="C1b", valid_from="2024-03-01", joined_on="2024-01-01")
    tell("member", member="M2", card="C2", valid_from="2024-01-01")
    tell("member", member="M2", card="C2", valid_from="2024-06-01", community="moved")
    tell("member", member="M4", card="C1", valid_from="2024-06-01")  # the card of another
    tell("sales_target", store="S1", month="2024-04-01", net_amount=100)
    again("sales_target", net_amount=120, version=2)
    for store, month, department, amount in [
        ("S1", "2024-04-01", "odd", 50), ("S1", "2024-05-01", "odd", 60), ("S2", "2024-05-01", "odd", 60.5), ("S1", "2024-07-01", "odd", 60),
        ("S1", "2024-04-01", "none of ours", 60), ("S1", "2024-09-01", "all", 60), ("S2", "2024-08-01", "odd", 0), ("S2", "2024-07-01", "all", 10),
    ]:
        tell("sales_target", store=store, month=month, department=department, net_amount=amount)


def sales():
    for day in ["2024-03-10", "2024-03-11", "2024-04-01", "2024-04-02", "2024-04-30", "2024-05-02", "2024-06-03"]:
        sale("S1", day, "r1", 1, "bare", 1, 10, payment="cash")
        sale("S1", day, "r1", 2, "moves", 2, 19.98, payment="cash", coupon_discount=1.5, coupon_match_discount=0.5, retail_discount=2)
        sale("S1", day, "r2", 1, "plain", 1.5, 6, card="C1", payment="wechat")
        sale("S1", day, "r3", 1, "never told of", 1, 5, card="nobody")
        sale("S2", day, "r1", 1, "plain", 3, 12, card="C1b", payment="points+stored card+alipay")
        if day < "2024-04-20":
            sale("S2", day, "r2", 1, "plain", 0, 2.5, card="C2")  # an amount only
    # Versions in any order; taken back before and after it was told, and told again.
    sale("S1", "2024-04-01", "v1", 1, "plain", 9, 36, version=3)
    again("sales_line", quantity=1, net_amount=4, version=2)
    sale("S1", "2024-04-01", "v2", 1, "plain", 9, 36, version=2, voided=True)
    again("sales_line", version=1, voided=False)
    sale("S1", "2024-04-02", "v3", 1, "plain", 2, 8, version=2, voided=True)
    again("sales_line", version=3, voided=False)
    sale("S1", "2024-04-02", "z1", 1, "plain", 1, 0)
    sale("S1", "2024-04-02", "z2", 1, "plain", 1, 3, coupon_discount=3, payment="bank card")  # all by coupon
    # Paid by a card without an event, by nothing known, by two other kinds, by a card and cash.
    for receipt, pieces, payment in [("p1", 7, "stored card"), ("p2", 3, None), ("p3", 1, "cash+wechat"), ("p4", 1, "stored card+cash")]:
        sale("S1", "2024-05-06", receipt, 1, "loses place", pieces, 2 * pieces, payment=payment)
    sale("S1", "2024-05-06", "p5", 1, "loses cost", 1, 2, payment="cash", card="C1")
    sale("S1", "2024-05-06", "p6", 1, "loses cost", 1, 2, till="2", payment="cash", card="C1")
    sale("S1", "2024-05-07", "p7", 1, "loses cost", 2, 4, payment="cash", card="C1")
    sale("S1", "2024-05-08", "p8", 1, "loses place", 2.5, 4, card="C1")
    for day in ["2024-07-02", "2024-07-03", "2024-07-04", "2024-07-05", "2024-08-01", "2024-08-02", "2024-08-10"]:
        sale("S1", day, "w1", 1, "loses cost", 1.5, 3)
        sale("S1", day, "w2", 1, "loses cost", 2, 4, card="C1")
        sale("S1", day, "w3", 1, "loses place", 1, 2)


def returns():
    back("b1", "2024-04-03", "moves", 1, 9.99, ["S1", "2024-03-10", "1", "r1", 2], reason="late")
    back("b2", "2024-04-04", "moves", 2, 19.98, ["S1", "2024-03-10", "1", "r1", 2])  # more than was sold
    back("b3", "2024-04-04", "plain", 1, 4, ["S1", "2024-03-10", "1", "none", 1], reason="late", card="C1")
    back("b4", "2024-04-04", "never told of", 1, 5)
    back("b5", "2024-04-01", "plain", 0.5, 2, ["S1", "2024-04-01", "1", "r2", 1], time="01:00:00", card="C1b")  # before the sale
    back("b6", "2024-04-05", "plain", 1, 4, ["S2", "2024-04-02", "1", "r1", 1])
    back("b7", "2024-04-06", "plain", 1, 4, ["S1", "2024-04-01", "1", "v2", 1])  # of a line taken back
    back("b8", "2024-04-07", "plain", 1, 4, version=2, voided=True)
    again("return_line", version=1, voided=False)
    back("b9", "2024-04-08", "plain", 1, 4)
    again("return_line", quantity=2, net_amount=8, version=2, card="nobody")
    back("b10", "2024-05-01", "days", 1, 20, ["S1", "2024-04-12", "1", "s3", 1])
    back("b11", "2024-06-30", "bare", 0, 10, ["S1", "2024-06-03", "1", "r1", 1])  # money without goods
    back("b12", "2024-05-05", "plain", 1, 4, ["S1", "2024-05-02", "1", "r2", 2])
    back("b13", "2024-06-24", "uses", 0, 7, ["S1", "2024-06-23", "1", "s7", 1])
    back("b14", "2024-05-09", "loses cost", 1, 2, ["S1", "2024-05-06", "1", "p5", 1], reason="late", card="C1")
    back("b15", "2024-05-09", "loses cost", 1, 2, ["S1", "2024-05-06", "1", "p5", 1], store="S2")
    back("b16", "2024-05-31", "loses place", 7, 14, ["S1", "2024-05-06", "1", "p1", 1])
    back("b17", "2024-04-19", "plain", 1, 2, store="S2", card="C1")
    back("b18", "2024-06-15", "moves", 1, 9, ["S1", "2024-06-03", "1", "r1", 2], reason="x")


def services():
    sold = [
        ("2024-03-11", "s1", "uses", 2, 30, "C1"), ("2024-04-02", "s2", "days", 1, 20, "C1b"), ("2024-04-12", "s3", "days", 1, 20, "C1"),
        ("2024-05-22", "s4", "days", 1, 20, "C1"), ("2024-06-22", "s5", "days", 1, 20, "C2"), ("2024-06-22", "s6", "uses", 1, 15, "C2"),
        ("2024-06-23", "s7", "uses", 0.5, 7, "C2"), ("2024-07-08", "s8", "days", 1, 20, "C2"), ("2024-07-10", "s9", "days", 1, 20, None),
        ("2024-07-12", "s10", "days", 1, 20, None), ("2024-08-17", "s11", "days", 1, 20, "C2"),
    ]
    for day, receipt, goods, passes, net, shown in sold:
        sale("S1", day, receipt, 1, goods, passes, net, card=shown)
    sale("S1", "2024-03-11", "s1", 2, "uses", 1, 15, card="C1")
    sale("S1", "2024-06-22", "s5", 2, "for ever", 1, 20, card="C2")
    use("2024-03-12", "S1-2024-03-11-s1-1", "uses", uses=4, member="M1")
    use("2024-03-13", "S1-2024-03-11-s1-1", "uses", uses=3, member="M1")  # one too many
    use("2024-03-12", "S1-2024-03-11-s1-2", "uses")
    use("2024-04-15", "no such pass", "days")
    use("2024-04-13", "S1-2024-04-02-s2-1", "days", member="M1")  # after its end
    use("2024-06-25", "S1-2024-06-22-s6-1", "uses", uses=3)
    use("2024-06-26", "S1-2024-06-22-s6-1", "uses")
    again("service_use", version=2, voided=True)
    use("2024-06-26", "S1-2024-06-22-s5-2", "for ever", uses=2)
    use("2024-03-01", "S1-2024-05-22-s4-1", "days", member="M4")  # before it was sold


def cards():
    card("2024-03-10", "V1", "deposit", amount=50, member="M1", store="S1")  # before it was issued
    card("2024-03-11", "V1", "issue", amount=10, bonus=5, store="S1")
    card("2024-03-12", "V1", "spend", amount=70, store="S1")
    card("2024-03-12", "V1", "spend", amount=1.11, store="S1")  # at the same moment
    card("2024-03-13", "V1", "deposit", amount=100)
    card("2024-03-14", "V1", "report_loss")
    card("2024-03-14", "V1", "deposit", time="11:00:00", amount=5, store="S1")
    card("2024-03-15", "V1", "replace", amount=60, store="S1")  # by none
    card("2024-03-16", "V2", "issue", valid_until="2024-03-31", amount=40, store="S2")
    card("2024-04-01", "V2", "spend", amount=4, store="S2", receipt="r1")  # expired, and extended at that moment
    card("2024-04-01", "V2", "extend", valid_until="2024-12-31")
    card("2024-04-02", "V2", "spend", amount=5, store="S2", receipt="r1")
    card("2024-04-03", "V2", "replace", amount=31, new_card="V3")
    card("2024-04-04", "V3", "withdraw", amount=1)
    card("2024-04-05", "V2", "spend", amount=1, store="S2")
    card("2024-04-06", "V3", "freeze")
    card("2024-04-06", "V3", "cancel", time="12:00:00", amount=30, store="S2")
    card("2024-05-01", "V4", "issue", valid_until="2024-05-31", amount=20, member="M2")
    card("2024-05-02", "V4", "spend", amount=3, store="S1", receipt="r2")
    again("card_event", version=2, voided=True)
    card("2024-05-03", "V5", "issue")  # nothing is paid on it
    card("2024-05-03", "V5", "deposit", time="11:00:00", bonus=8, store="S1")
    card("2024-05-06", "V6", "issue", amount=10, bonus=2, store="S1", valid_until="2024-05-20")
    card("2024-05-06", "V6", "spend", time="11:00:00", amount=3, store="S1", receipt="p4")  # more than the receipt
    card("2024-05-06", "V6", "spend", time="12:00:00", amount=1, store="S1", receipt="nowhere")
    card("2024-06-01", "V6", "extend", valid_until="2024-05-31")
    card("2024-06-02", "V6", "spend", amount=2, store="S1")
    card("2024-06-03", "V6", "unfreeze")
    card("2024-06-04", "V7", "freeze")
    card("2024-06-05", "V7", "issue", amount=1)
    card("2024-06-07", "V7", "deposit", time="2024-06-07T00:30:00Z", amount=4, store="S1")
    card("2024-06-06", "V7", "spend", time="2024-06-07T01:00:00Z", amount=1, store="S1")  # later, of the day before
    card("2024-06-30", "V7", "cancel", amount=4)
    card("2024-07-01", "V7", "issue", amount=2.5)
    card("2024-07-31", "V7", "spend", amount=0.5)
    card("2024-07-02", "V8", "issue", amount=33)
    card("2024-05-31", "V9", "issue", amount=12)


def all_points():
    points("2024-03-10", "M1", "earn", 100, store="S1", receipt="r2", expires_on="2024-04-30")
    points("2024-03-11", "M1", "earn", 50, store="S1", receipt="r2")  # never lapse
    points("2024-03-12", "M1", "adjust", 20, expires_on="2024-03-31")
    points("2024-03-12", "M1", "adjust", 7)
    points("2024-04-01", "M1", "redeem_cash", 30, cash=0.8, store="S2", receipt="r1")
    points("2024-04-02", "M1", "expire", 50)  # too early
    points("2024-04-30", "M1", "expire", 30, time="23:00:00")
    points("2024-05-01", "M1", "adjust", -10, store="S1")
    points("2024-05-02", "M1", "redeem_gift", 500, store="S1", gift="mug")  # more than there are
    points("2024-05-03", "M1", "expire", 10)
    points("2024-05-04", "M2", "earn", 1000)
    again("points_event", version=2, voided=True)
    points("2024-05-05", "M2", "earn", 10.5, expires_on="2024-05-05")
    points("2024-05-05", "M2", "expire", 10.5)  # on the day and at the moment of earning
    points("2024-06-05", "M3", "redeem_gift", 5)
    points("2024-08-01", "M2", "earn", 10, expires_on="2024-08-10")
    points("2024-08-10", "M2", "expire", 4)
    points("2024-08-12", "M2", "redeem_cash", 2, store="S1", receipt="q")  # worth nothing
    points("2024-01-10", "M5", "earn", 100, expires_on="2024-02-29")
    points("2024-01-20", "M5", "earn", 60, expires_on="2024-01-31")  # lapses before what is older
    points("2024-01-31", "M5", "expire", 60, time="15:00:00")
    points("2024-02-20", "M5", "redeem_gift", 30)
    points("2024-02-29", "M5", "expire", 70)
    points("2024-03-01", "M5", "adjust", -5)
    points("2024-03-02", "M5", "earn", 20, expires_on="2024-03-31")
    points("2024-03-31", "M5", "expire", 15)
    points("2024-04-01", "M5", "adjust", 0)
    points("2024-05-01", "M5", "earn", 0.01)


def stock():
    # Sold before it came; two counts a day, two at a moment, one taken back, one of goods that nobody told of.
    move("2024-03-20", "plain", "receipt", 10, unit_cost=1.2)
    move("2024-04-01", "plain", "count", 7, time="10:00:00")  # at the moment of a sale
    move("2024-04-02", "plain", "count", 5)
    move("2024-04-02", "plain", "count", 6, time="20:00:00")
    move("2024-04-02", "plain", "count", 6.5, time="20:00:00")
    move("2024-04-05", "plain", "issue", 1)
    move("2024-04-06", "plain", "transfer_out", 1, other_store="S2")
    move("2024-04-06", "plain", "transfer_in", 1, store="S2", other_store="S1")
    move("2024-05-10", "plain", "count", 0)
    again("stock_movement", version=2, voided=True)
    move("2024-05-31", "moves", "count", 4)
    move("2024-04-30", "never told of", "receipt", 2.5)
    move("2024-05-20", "bare", "spoilage", 3)
    # Thirty, sixty and ninety days before the last day, and a day beside.
    for day, goods, quantity in [
        ("2024-07-18", "plain", 20), ("2024-07-19", "plain", 4), ("2024-07-18", "moves", 5), ("2024-06-18", "moves", 5), ("2024-08-17", "bare", 5),
        ("2024-07-01", "loses cost", 30), ("2024-05-19", "plain", 6),
    ]:
        move(day, goods, "receipt", quantity)
    # Counted after midnight, with sales of the next day before it and of the same day after it.
    move("2024-05-05", "loses place", "receipt", 12)
    move("2024-05-06", "loses place", "count", 2, time="2024-05-07T02:00:00Z")
    sale("S1", "2024-05-07", "q1", 1, "loses place", 1, 2, time="01:00:00")
    sale("S1", "2024-05-06", "q2", 1, "loses place", 1, 2, time="2024-05-07T03:00:00Z")
    move("2024-05-08", "loses place", "count", 3, time="10:00:00")
    move("2024-05-08", "loses place", "receipt", 1, time="10:00:00")
    move("2024-05-05", "loses cost", "count", 5)
    move("2024-05-07", "loses cost", "transfer_out", 1)
    move("2024-05-20", "loses cost", "count", 1)


def markdowns():
    # Discounts in hundredths of a list price of 10, by day. 5 points mark a day down, and a move of 5 does not end a markdown; nor do
    # three days without a sale, of which one has a return. 5.5 points end it.
    off = {"02-01": 50, "02-02": 50, "02-03": 50, "02-07": 100, "02-08": 155, "02-09": 155, "02-10": 155, "02-11": 49, "02-20": 250,
           "02-21": 250, "02-25": 250, "03-01": 200, "03-02": 200, "03-06": 200}
    for n in range(70):
        day = (date(2024, 1, 2) + timedelta(n)).isoformat()
        discount = off.get(day[5:], 0)
        if day[5:] not in ("02-04", "02-05", "02-06"):
            pieces = 2 + n % 3 + discount // 40
            sale("S2", day, "m1", 1, "dear", pieces, round(pieces * (10 - discount / 100), 2), retail_discount=round(pieces * discount / 100, 2))
        # On fewer than half of the days, and on three in a row below its price.
        if n % 4 == 0 or 40 < n < 44:
            sale("S2", day, "m2", 1, "cheap", 1, 3 if n % 4 == 0 else 2, retail_discount=0 if n % 4 == 0 else 1)
        # Of its days before, nobody can tell what it earned on some.
        sale("S2", day, "m3", 1, "costs later", 2, 16 if 29 < n < 33 else 20, retail_discount=4 if 29 < n < 33 else 0)
        sale("S2", day, "m3", 2, "bare", 1, 10)
    back("m4", "2024-02-05", "dear", 1, 9.5, ["S2", "2024-02-03", "1", "m1", 1], store="S2")
    back("m5", "2024-02-09", "dear", 1, 8.45, ["S2", "2024-02-08", "1", "m1", 1], store="S2")
    # Stock for longer than planned.
    for goods in ("slow", "slow without a price"):
        move("2024-07-02", goods, "receipt", 72)
        for day, pieces in [("2024-07-03", 11), ("2024-07-04", 1)]:
            sale("S1", day, goods, 1, goods, pieces, round(3.99 * pieces, 2))


def main():
    for part in (master, sales, returns, services, cards, all_points, stock, markdowns):
        part()
    folder = Path(sys.argv[1]) / "odd"
    folder.mkdir(parents=True)
    for stream, rows in events.items():
        with open(folder / f"{stream}-odd.ndjson", "w") as file:
            for row in rows:
                file.write(json.dumps({name: value for name, value in row.items() if value is not None}) + "\n")


if __name__ == "__main__":
    main()
