-- Who sees which members. A customer manager sees the members that name one of their codes, as they are; readers of
-- the whole chain see all, masked; nobody else sees any. cfg.reader_region still says who reads the whole chain.
-- on every node
CREATE TABLE IF NOT EXISTS cfg.reader_manager {{on cluster}}
(
    reader String COMMENT 'ClickHouse user',
    manager String COMMENT 'Customer manager as members name them, whose members the reader may see'
)
ENGINE = {{engine MergeTree}}
ORDER BY (reader, manager)
COMMENT 'One row per reader and customer manager: who sees which members unmasked; a reader without a row sees none';

-- The first condition is a superset, found by the key: members who ever named the manager. What a member says now decides.
CREATE VIEW IF NOT EXISTS cfg.readable_member {{on cluster}}
(
    member String COMMENT 'Member that a customer manager of the caller looks after'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS WITH managers AS (SELECT manager FROM cfg.reader_manager WHERE reader = currentUser() AND manager != '')
SELECT member
FROM
(
    SELECT member, manager
    FROM star.member FINAL
    WHERE member IN (SELECT member FROM star.member WHERE manager IN managers) AND member != ''
    ORDER BY member, valid_from DESC
    LIMIT 1 BY member
)
WHERE manager IN managers
COMMENT 'One row per member whom the caller looks after; none for readers of the whole chain';

-- Rows are chosen below LIMIT BY, past which no condition on what is told of a member is moved; what is masked is an
-- expression, so a condition on it sees what the caller sees. The day of birth is masked as a whole: its year stands beside it.
-- When a birthday is celebrated: rules of LunarBirthday.
CREATE VIEW IF NOT EXISTS dw.reader_member {{on cluster}}
(
    member String COMMENT 'Member | member | 会员',
    name String COMMENT 'Name; its first character where masked | name | 姓名',
    kind LowCardinality(String) COMMENT 'Person, or decoration company that buys for its customers | kind of member | 会员类别',
    sex LowCardinality(String) COMMENT 'Sex | sex | 性别',
    age_band LowCardinality(String) COMMENT 'Age band in years | age band | 年龄段',
    phone String COMMENT 'Telephone number; its first three and last four digits where masked | phone | 电话',
    email String COMMENT 'E-mail address; its first letter and domain where masked | e-mail | 邮箱',
    birthday Nullable(Date32) COMMENT 'Day of birth in the solar calendar; null where masked or unknown | birthday | 生日',
    birth_year Nullable(UInt16) COMMENT 'Year of birth | year of birth | 出生年份',
    lunar_birthday Bool COMMENT 'True where the birthday is celebrated by the lunar calendar | lunar birthday | 农历生日',
    next_birthday Nullable(Date32) COMMENT 'Day on which the birthday is celebrated next, today included; null where masked or unknown | next birthday | 下次生日',
    province LowCardinality(String) COMMENT 'Province or state | province | 省份',
    city LowCardinality(String) COMMENT 'City | city | 城市',
    district LowCardinality(String) COMMENT 'District of the city | district | 区县',
    community LowCardinality(String) COMMENT 'Community that the member lives in | community | 小区',
    community_name String COMMENT 'Name of the community | name of community | 小区英文名称',
    community_name_zh String COMMENT 'Name of the community in Chinese | Chinese name of community | 小区名称',
    address String COMMENT 'Street and number; empty where masked | address | 地址',
    joining_store LowCardinality(String) COMMENT 'Store where the member joined | joining store | 入会门店',
    joined_on Nullable(Date) COMMENT 'Day of joining | joined on | 入会日期',
    manager LowCardinality(String) COMMENT 'Customer manager who looks after the member | customer manager | 客户经理'
)
DEFINER = view_owner SQL SECURITY DEFINER
AS WITH
    celebrations AS
    (
        SELECT lunar_month, leap, lunar_day, toNullable(min(day)) AS next_day
        FROM
        (
            SELECT day, lunar_month,
                arrayJoin(if(leap_month, [true], if(lunar_year_leap_month = lunar_month, [false], [false, true]))) AS leap,
                arrayJoin(if(lunar_day = 29 AND lunar_month_days = 29, [29, 30], [lunar_day])) AS lunar_day
            FROM star.calendar FINAL
            WHERE day BETWEEN today() AND today() + 400
        )
        GROUP BY lunar_month, leap, lunar_day
    ),
    addYears(m.birthday, toYear(today()) - toYear(m.birthday)) AS birthday_this_year
SELECT
    m.member AS member,
    if(m.followed, m.name, if(m.name = '', '', concat(substringUTF8(m.name, 1, 1), '*'))) AS name,
    m.kind AS kind,
    m.sex AS sex,
    m.age_band AS age_band,
    multiIf(
        m.followed OR m.phone = '', m.phone,
        lengthUTF8(m.phone) < 11, '****',
        concat(substringUTF8(m.phone, 1, 3), '****', substringUTF8(m.phone, -4))) AS phone,
    multiIf(
        m.followed OR m.email = '', m.email,
        position(m.email, '@') < 2, '***',
        concat(substringUTF8(m.email, 1, 1), '***', substring(m.email, position(m.email, '@')))) AS email,
    if(m.followed, m.birthday, NULL) AS birthday,
    toYear(m.birthday) AS birth_year,
    m.lunar_birthday AS lunar_birthday,
    multiIf(
        NOT m.followed OR m.birthday IS NULL, NULL,
        m.lunar_birthday, c.next_day,
        birthday_this_year >= today(), birthday_this_year,
        addYears(m.birthday, toYear(today()) - toYear(m.birthday) + 1)) AS next_birthday,
    m.province AS province,
    m.city AS city,
    m.district AS district,
    m.community AS community,
    h.name AS community_name,
    h.name_zh AS community_name_zh,
    if(m.followed, m.address, '') AS address,
    m.joining_store AS joining_store,
    m.joined_on AS joined_on,
    m.manager AS manager
FROM
(
    SELECT member, name, kind, sex, age_band, phone, email, birthday, lunar_birthday, province, city, district,
        community, address, joining_store, joined_on, manager,
        member IN (SELECT member FROM cfg.readable_member) AS followed
    FROM star.member FINAL
    WHERE (SELECT count() FROM cfg.chain_reader) > 0 OR member IN (SELECT member FROM cfg.readable_member)
    ORDER BY member, valid_from DESC
    LIMIT 1 BY member
) AS m
LEFT JOIN (SELECT day, lunar_month, leap_month, lunar_day FROM star.calendar FINAL) AS b ON b.day = m.birthday
LEFT JOIN celebrations AS c
    ON c.lunar_month = b.lunar_month AND c.leap = b.leap_month AND c.lunar_day = b.lunar_day
LEFT JOIN (SELECT community, name, name_zh FROM star.community FINAL) AS h ON h.community = m.community
COMMENT 'One row per member whom whoever asks may see: as they are for customer managers who look after them, all and masked for readers of the whole chain';
