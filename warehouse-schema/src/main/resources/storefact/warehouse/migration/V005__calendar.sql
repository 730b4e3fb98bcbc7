-- The calendar from 1900 to 2100 with the lunar calendar, solar terms, festivals and public holidays, which
-- SQL cannot compute: CalendarLoader fills it after the migrations.
DROP VIEW IF EXISTS dw.calendar {{on cluster}} SYNC;

DROP TABLE IF EXISTS star.calendar {{on cluster}} SYNC;

-- on every node
CREATE TABLE IF NOT EXISTS star.calendar {{on cluster}}
(
    day Date32 COMMENT 'Calendar day | day | 日期',
    year UInt16 COMMENT 'Year | year | 年',
    quarter UInt8 COMMENT 'Quarter of the year, 1 to 4 | quarter | 季度',
    month UInt8 COMMENT 'Month of the year, 1 to 12 | month | 月',
    month_start Date32 COMMENT 'First day of the month | month start | 月初',
    iso_year UInt16 COMMENT 'Year of the ISO 8601 week | ISO year | ISO 年',
    iso_week UInt8 COMMENT 'Week of the year by ISO 8601, 1 to 53 | ISO week | ISO 周',
    week_start Date32 COMMENT 'Monday of the week | week start | 周一',
    weekday UInt8 COMMENT 'Day of the week, 1 = Monday to 7 = Sunday | weekday | 星期',
    weekend Bool COMMENT 'True on Saturday and Sunday | weekend | 周末',
    day_of_year UInt16 COMMENT 'Day of the year, 1 to 366 | day of year | 年内日序',
    lunar_year UInt16 COMMENT 'Lunar year, by the Gregorian year in which it begins | lunar year | 农历年',
    lunar_month UInt8 COMMENT 'Lunar month, 1 to 12; a leap month has the number of the month before it | lunar month | 农历月',
    lunar_day UInt8 COMMENT 'Day of the lunar month, 1 to 30 | lunar day | 农历日',
    leap_month Bool COMMENT 'True in a leap month | leap month | 闰月',
    lunar_month_days UInt8 COMMENT 'Length of the lunar month, 29 or 30 [days] | days in lunar month | 农历月天数',
    lunar_year_leap_month UInt8 COMMENT 'Number of the leap month of the lunar year, 0 without one | leap month of the year | 当年闰月',
    lunar_text LowCardinality(String) COMMENT 'Lunar month and day in Chinese | lunar date | 农历日期',
    lunar_year_text LowCardinality(String) COMMENT 'Name of the lunar year in the cycle of 60 | year name | 干支年',
    zodiac LowCardinality(String) COMMENT 'Animal of the lunar year | zodiac animal | 生肖（英文）',
    zodiac_zh LowCardinality(String) COMMENT 'Animal of the lunar year in Chinese | zodiac animal (zh) | 生肖',
    solar_term LowCardinality(String) COMMENT 'Solar term that begins on the day, empty on others | solar term | 节气（英文）',
    solar_term_zh LowCardinality(String) COMMENT 'Solar term that begins on the day in Chinese, empty on others | solar term (zh) | 节气',
    spring_festival_days Int16 COMMENT 'Days to the nearest Spring Festival: negative before it, 0 on it, positive after it; halfway the next one counts [days] | days from Spring Festival | 距春节天数',
    festival LowCardinality(String) COMMENT 'Festivals of the day by rule, joined by +, empty without one | festival | 节日（英文）',
    festival_zh LowCardinality(String) COMMENT 'Festivals of the day by rule in Chinese, joined by +, empty without one | festival (zh) | 节日',
    public_holiday LowCardinality(String) COMMENT 'Public holiday of mainland China that gives the day off, empty without one or where not announced | public holiday | 法定节假日（英文）',
    public_holiday_zh LowCardinality(String) COMMENT 'Public holiday of mainland China in Chinese, empty without one or where not announced | public holiday (zh) | 法定节假日',
    make_up_workday Bool COMMENT 'True on a Saturday or Sunday that is worked in exchange for a public holiday | make-up workday | 调休上班',
    day_off Bool COMMENT 'True on public holidays and on weekends that are no make-up workdays | day off | 休息日',
    holidays_announced Bool COMMENT 'True where the public holidays of the year are known; else day off tells weekends only | holidays announced | 节假日已公布',
    content LowCardinality(String) COMMENT 'Hash of the rules and the holiday file that made the row | content | 内容哈希',
    loaded_at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC') COMMENT 'When the row was loaded, UTC; the newest load counts | loaded at | 载入时间'
)
ENGINE = {{engine ReplacingMergeTree(loaded_at)}}
ORDER BY day
COMMENT 'One row per calendar day from 1900 to 2100. Several loads may stand here; read dw.calendar';

CREATE VIEW IF NOT EXISTS dw.calendar {{on cluster}}
(
    day Date32 COMMENT 'Calendar day | day | 日期',
    year UInt16 COMMENT 'Year | year | 年',
    quarter UInt8 COMMENT 'Quarter of the year, 1 to 4 | quarter | 季度',
    month UInt8 COMMENT 'Month of the year, 1 to 12 | month | 月',
    month_start Date32 COMMENT 'First day of the month | month start | 月初',
    iso_year UInt16 COMMENT 'Year of the ISO 8601 week | ISO year | ISO 年',
    iso_week UInt8 COMMENT 'Week of the year by ISO 8601, 1 to 53 | ISO week | ISO 周',
    week_start Date32 COMMENT 'Monday of the week | week start | 周一',
    weekday UInt8 COMMENT 'Day of the week, 1 = Monday to 7 = Sunday | weekday | 星期',
    weekend Bool COMMENT 'True on Saturday and Sunday | weekend | 周末',
    day_of_year UInt16 COMMENT 'Day of the year, 1 to 366 | day of year | 年内日序',
    lunar_year UInt16 COMMENT 'Lunar year, by the Gregorian year in which it begins | lunar year | 农历年',
    lunar_month UInt8 COMMENT 'Lunar month, 1 to 12; a leap month has the number of the month before it | lunar month | 农历月',
    lunar_day UInt8 COMMENT 'Day of the lunar month, 1 to 30 | lunar day | 农历日',
    leap_month Bool COMMENT 'True in a leap month | leap month | 闰月',
    lunar_month_days UInt8 COMMENT 'Length of the lunar month, 29 or 30 [days] | days in lunar month | 农历月天数',
    lunar_year_leap_month UInt8 COMMENT 'Number of the leap month of the lunar year, 0 without one | leap month of the year | 当年闰月',
    lunar_text LowCardinality(String) COMMENT 'Lunar month and day in Chinese | lunar date | 农历日期',
    lunar_year_text LowCardinality(String) COMMENT 'Name of the lunar year in the cycle of 60 | year name | 干支年',
    zodiac LowCardinality(String) COMMENT 'Animal of the lunar year | zodiac animal | 生肖（英文）',
    zodiac_zh LowCardinality(String) COMMENT 'Animal of the lunar year in Chinese | zodiac animal (zh) | 生肖',
    solar_term LowCardinality(String) COMMENT 'Solar term that begins on the day, empty on others | solar term | 节气（英文）',
    solar_term_zh LowCardinality(String) COMMENT 'Solar term that begins on the day in Chinese, empty on others | solar term (zh) | 节气',
    spring_festival_days Int16 COMMENT 'Days to the nearest Spring Festival: negative before it, 0 on it, positive after it; halfway the next one counts [days] | days from Spring Festival | 距春节天数',
    festival LowCardinality(String) COMMENT 'Festivals of the day by rule, joined by +, empty without one | festival | 节日（英文）',
    festival_zh LowCardinality(String) COMMENT 'Festivals of the day by rule in Chinese, joined by +, empty without one | festival (zh) | 节日',
    public_holiday LowCardinality(String) COMMENT 'Public holiday of mainland China that gives the day off, empty without one or where not announced | public holiday | 法定节假日（英文）',
    public_holiday_zh LowCardinality(String) COMMENT 'Public holiday of mainland China in Chinese, empty without one or where not announced | public holiday (zh) | 法定节假日',
    make_up_workday Bool COMMENT 'True on a Saturday or Sunday that is worked in exchange for a public holiday | make-up workday | 调休上班',
    day_off Bool COMMENT 'True on public holidays and on weekends that are no make-up workdays | day off | 休息日',
    holidays_announced Bool COMMENT 'True where the public holidays of the year are known; else day off tells weekends only | holidays announced | 节假日已公布'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT day, year, quarter, month, month_start, iso_year, iso_week, week_start, weekday, weekend, day_of_year, lunar_year, lunar_month, lunar_day, leap_month, lunar_month_days, lunar_year_leap_month, lunar_text, lunar_year_text, zodiac, zodiac_zh, solar_term, solar_term_zh, spring_festival_days, festival, festival_zh, public_holiday, public_holiday_zh, make_up_workday, day_off, holidays_announced
FROM star.calendar FINAL
COMMENT 'One row per calendar day from 1900 to 2100';

-- on every node
CREATE TABLE IF NOT EXISTS star.time_of_day {{on cluster}}
(
    hour UInt8 COMMENT 'Hour of the day, 0 to 23 | hour | 小时',
    hour_text LowCardinality(String) COMMENT 'First and last minute of the hour | hour (text) | 时段',
    band_order UInt8 COMMENT 'Number of the band from midnight, 1 to 7, to sort by | band number | 时段序号',
    band LowCardinality(String) COMMENT 'Band of hours | band | 时段名称（英文）',
    band_zh LowCardinality(String) COMMENT 'Band of hours in Chinese | band (zh) | 时段名称',
    band_hours LowCardinality(String) COMMENT 'First and last minute of the band | band hours | 时段范围'
)
ENGINE = {{engine ReplacingMergeTree}}
ORDER BY hour
COMMENT 'One row per hour of the day with its band. Read dw.time_of_day';

INSERT INTO star.time_of_day
SELECT
    number AS hour,
    leftPad(toString(hour), 2, '0') || ':00-' || leftPad(toString(hour), 2, '0') || ':59',
    multiIf(hour < 5, 1, hour < 8, 2, hour < 11, 3, hour < 13, 4, hour < 17, 5, hour < 20, 6, 7) AS band_order,
    ['after midnight', 'early morning', 'morning', 'noon', 'afternoon', 'evening', 'night'][band_order],
    ['凌晨', '早晨', '上午', '中午', '下午', '傍晚', '晚上'][band_order],
    ['00:00-04:59', '05:00-07:59', '08:00-10:59', '11:00-12:59', '13:00-16:59', '17:00-19:59', '20:00-23:59'][band_order]
FROM numbers(24);

CREATE VIEW IF NOT EXISTS dw.time_of_day {{on cluster}}
(
    hour UInt8 COMMENT 'Hour of the day, 0 to 23 | hour | 小时',
    hour_text LowCardinality(String) COMMENT 'First and last minute of the hour | hour (text) | 时段',
    band_order UInt8 COMMENT 'Number of the band from midnight, 1 to 7, to sort by | band number | 时段序号',
    band LowCardinality(String) COMMENT 'Band of hours | band | 时段名称（英文）',
    band_zh LowCardinality(String) COMMENT 'Band of hours in Chinese | band (zh) | 时段名称',
    band_hours LowCardinality(String) COMMENT 'First and last minute of the band | band hours | 时段范围'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS SELECT hour, hour_text, band_order, band, band_zh, band_hours
FROM star.time_of_day FINAL
COMMENT 'One row per hour of the day with its band';
