"""What others say of each day: date, source, value; tab-separated on standard output."""

import datetime

import celestial_calendar
import chinese_calendar
import sxtwl
from cnlunar.solar24 import getTheYearAllSolarTermsList

TERMS = (
    "小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 "
    "小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至"
).split()


def say(day, source, *value):
    print(day, source, " ".join(str(v) for v in value), sep="\t")


day = datetime.date(1900, 1, 1)
while day <= datetime.date(2100, 12, 31):
    if datetime.date(1901, 2, 19) <= day <= datetime.date(2100, 2, 8):
        lunar = celestial_calendar.gregorian_to_lunar(
            celestial_calendar.LunarAlgorithm.ALGO1, day
        )
        say(day, "hko", lunar.year, lunar.month, int(lunar.is_leap), lunar.day)
    lunar = celestial_calendar.gregorian_to_lunar(
        celestial_calendar.LunarAlgorithm.ALGO2, day
    )
    say(day, "vsop", lunar.year, lunar.month, int(lunar.is_leap), lunar.day)
    lunar = sxtwl.fromSolar(day.year, day.month, day.day)
    say(
        day,
        "sxtwl",
        lunar.getLunarYear(),
        lunar.getLunarMonth(),
        int(lunar.isLunarLeap()),
        lunar.getLunarDay(),
    )
    if 2004 <= day.year <= 2026:
        say(day, "off", int(chinese_calendar.is_holiday(day)))
    day += datetime.timedelta(days=1)

for year in range(1901, 2101):
    for number, of_month in enumerate(getTheYearAllSolarTermsList(year)):
        say(datetime.date(year, number // 2 + 1, of_month), "term", TERMS[number])
