-- What places and formats are called in English and Chinese. Stores and members carry one name of each, in
-- whichever language the chain writes; a name that is not here stays as the chain writes it. Functions, so that
-- whoever selects a name says one word, and views, charts and SQL by hand say the same.
-- A line for a place: English, Chinese, Chinese in full, code.
CREATE FUNCTION IF NOT EXISTS regionsOfChina {{on cluster}} AS () -> 'East China,华东,华东地区
North China,华北,华北地区
South China,华南,华南地区
Central China,华中,华中地区
Northeast China,东北,东北地区
Northwest China,西北,西北地区
Southwest China,西南,西南地区';

-- Codes are those of ISO 3166-2:CN, but for Hong Kong and Macao those of the map that Superset draws.
CREATE FUNCTION IF NOT EXISTS provincesOfChina {{on cluster}} AS () -> 'Beijing,北京,北京市,CN-BJ
Tianjin,天津,天津市,CN-TJ
Hebei,河北,河北省,CN-HE
Shanxi,山西,山西省,CN-SX
Inner Mongolia,内蒙古,内蒙古自治区,CN-NM
Liaoning,辽宁,辽宁省,CN-LN
Jilin,吉林,吉林省,CN-JL
Heilongjiang,黑龙江,黑龙江省,CN-HL
Shanghai,上海,上海市,CN-SH
Jiangsu,江苏,江苏省,CN-JS
Zhejiang,浙江,浙江省,CN-ZJ
Anhui,安徽,安徽省,CN-AH
Fujian,福建,福建省,CN-FJ
Jiangxi,江西,江西省,CN-JX
Shandong,山东,山东省,CN-SD
Henan,河南,河南省,CN-HA
Hubei,湖北,湖北省,CN-HB
Hunan,湖南,湖南省,CN-HN
Guangdong,广东,广东省,CN-GD
Guangxi,广西,广西壮族自治区,CN-GX
Hainan,海南,海南省,CN-HI
Chongqing,重庆,重庆市,CN-CQ
Sichuan,四川,四川省,CN-SC
Guizhou,贵州,贵州省,CN-GZ
Yunnan,云南,云南省,CN-YN
Tibet,西藏,西藏自治区,CN-XZ
Shaanxi,陕西,陕西省,CN-SN
Gansu,甘肃,甘肃省,CN-GS
Qinghai,青海,青海省,CN-QH
Ningxia,宁夏,宁夏回族自治区,CN-NX
Xinjiang,新疆,新疆维吾尔自治区,CN-XJ
Taiwan,台湾,台湾省,CN-71
Hong Kong,香港,香港特别行政区,CN-91
Macao,澳门,澳门特别行政区,CN-92';

-- Municipalities, capitals of provinces and the largest of the other cities.
CREATE FUNCTION IF NOT EXISTS citiesOfChina {{on cluster}} AS () -> 'Beijing,北京,北京市
Shanghai,上海,上海市
Tianjin,天津,天津市
Chongqing,重庆,重庆市
Guangzhou,广州,广州市
Shenzhen,深圳,深圳市
Chengdu,成都,成都市
Hangzhou,杭州,杭州市
Wuhan,武汉,武汉市
Nanjing,南京,南京市
Xi\'an,西安,西安市
Changsha,长沙,长沙市
Suzhou,苏州,苏州市
Shenyang,沈阳,沈阳市
Qingdao,青岛,青岛市
Zhengzhou,郑州,郑州市
Shijiazhuang,石家庄,石家庄市
Taiyuan,太原,太原市
Hohhot,呼和浩特,呼和浩特市
Changchun,长春,长春市
Harbin,哈尔滨,哈尔滨市
Hefei,合肥,合肥市
Fuzhou,福州,福州市
Nanchang,南昌,南昌市
Jinan,济南,济南市
Nanning,南宁,南宁市
Haikou,海口,海口市
Guiyang,贵阳,贵阳市
Kunming,昆明,昆明市
Lhasa,拉萨,拉萨市
Lanzhou,兰州,兰州市
Xining,西宁,西宁市
Yinchuan,银川,银川市
Urumqi,乌鲁木齐,乌鲁木齐市
Dalian,大连,大连市
Ningbo,宁波,宁波市
Xiamen,厦门,厦门市
Wuxi,无锡,无锡市
Dongguan,东莞,东莞市
Foshan,佛山,佛山市
Zhuhai,珠海,珠海市
Huizhou,惠州,惠州市
Zhongshan,中山,中山市
Wenzhou,温州,温州市
Jiaxing,嘉兴,嘉兴市
Shaoxing,绍兴,绍兴市
Jinhua,金华,金华市
Quanzhou,泉州,泉州市
Changzhou,常州,常州市
Nantong,南通,南通市
Xuzhou,徐州,徐州市
Yangzhou,扬州,扬州市
Yantai,烟台,烟台市
Weifang,潍坊,潍坊市
Linyi,临沂,临沂市
Tangshan,唐山,唐山市
Baoding,保定,保定市
Luoyang,洛阳,洛阳市
Hong Kong,香港,香港特别行政区
Macao,澳门,澳门特别行政区
Taipei,台北,台北市';

CREATE FUNCTION IF NOT EXISTS formatsOfStores {{on cluster}} AS () -> 'hypermarket,大卖场,大型超市
supermarket,超市,综合超市
convenience store,便利店,便利商店
building materials,建材店,建材商店
department store,百货店,百货商店
online,线上,网店';

-- The field of a number, of the place that any of its fields names; otherwise what is given instead. Places are one
-- text, which costs a query next to nothing to read; as tuples they cost more than many a chart.
CREATE FUNCTION IF NOT EXISTS placeAs {{on cluster}} AS (name, places, fields, number, otherwise) -> transform(
    toString(name),
    splitByRegexp('[,\n]', places),
    arrayMap(i -> splitByRegexp('[,\n]', places)[i - i % fields + number], range(length(splitByRegexp('[,\n]', places)))),
    otherwise);

CREATE FUNCTION IF NOT EXISTS regionInEnglish {{on cluster}} AS (name) -> placeAs(name, regionsOfChina(), 3, 1, toString(name));

CREATE FUNCTION IF NOT EXISTS regionInChinese {{on cluster}} AS (name) -> placeAs(name, regionsOfChina(), 3, 2, toString(name));

CREATE FUNCTION IF NOT EXISTS provinceInEnglish {{on cluster}} AS (name) -> placeAs(name, provincesOfChina(), 4, 1, toString(name));

CREATE FUNCTION IF NOT EXISTS provinceInChinese {{on cluster}} AS (name) -> placeAs(name, provincesOfChina(), 4, 2, toString(name));

CREATE FUNCTION IF NOT EXISTS provinceCode {{on cluster}} AS (name) -> placeAs(name, provincesOfChina(), 4, 4, '');

CREATE FUNCTION IF NOT EXISTS cityInEnglish {{on cluster}} AS (name) -> placeAs(name, citiesOfChina(), 3, 1, toString(name));

CREATE FUNCTION IF NOT EXISTS cityInChinese {{on cluster}} AS (name) -> placeAs(name, citiesOfChina(), 3, 2, toString(name));

CREATE FUNCTION IF NOT EXISTS formatInEnglish {{on cluster}} AS (name) -> placeAs(name, formatsOfStores(), 3, 1, toString(name));

CREATE FUNCTION IF NOT EXISTS formatInChinese {{on cluster}} AS (name) -> placeAs(name, formatsOfStores(), 3, 2, toString(name));
