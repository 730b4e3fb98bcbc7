package storefact.dashboard;

import java.util.Arrays;
import java.util.List;

/**
 * The provinces of China with the codes of the map that Superset draws: ISO 3166-2:CN, but for Hong
 * Kong and Macao the codes of its map.
 */
enum Province {
  BEIJING("CN-BJ", "Beijing", "北京", "市"),
  TIANJIN("CN-TJ", "Tianjin", "天津", "市"),
  HEBEI("CN-HE", "Hebei", "河北", "省"),
  SHANXI("CN-SX", "Shanxi", "山西", "省"),
  INNER_MONGOLIA("CN-NM", "Inner Mongolia", "内蒙古", "自治区"),
  LIAONING("CN-LN", "Liaoning", "辽宁", "省"),
  JILIN("CN-JL", "Jilin", "吉林", "省"),
  HEILONGJIANG("CN-HL", "Heilongjiang", "黑龙江", "省"),
  SHANGHAI("CN-SH", "Shanghai", "上海", "市"),
  JIANGSU("CN-JS", "Jiangsu", "江苏", "省"),
  ZHEJIANG("CN-ZJ", "Zhejiang", "浙江", "省"),
  ANHUI("CN-AH", "Anhui", "安徽", "省"),
  FUJIAN("CN-FJ", "Fujian", "福建", "省"),
  JIANGXI("CN-JX", "Jiangxi", "江西", "省"),
  SHANDONG("CN-SD", "Shandong", "山东", "省"),
  HENAN("CN-HA", "Henan", "河南", "省"),
  HUBEI("CN-HB", "Hubei", "湖北", "省"),
  HUNAN("CN-HN", "Hunan", "湖南", "省"),
  GUANGDONG("CN-GD", "Guangdong", "广东", "省"),
  GUANGXI("CN-GX", "Guangxi", "广西", "壮族自治区"),
  HAINAN("CN-HI", "Hainan", "海南", "省"),
  CHONGQING("CN-CQ", "Chongqing", "重庆", "市"),
  SICHUAN("CN-SC", "Sichuan", "四川", "省"),
  GUIZHOU("CN-GZ", "Guizhou", "贵州", "省"),
  YUNNAN("CN-YN", "Yunnan", "云南", "省"),
  TIBET("CN-XZ", "Tibet", "西藏", "自治区"),
  SHAANXI("CN-SN", "Shaanxi", "陕西", "省"),
  GANSU("CN-GS", "Gansu", "甘肃", "省"),
  QINGHAI("CN-QH", "Qinghai", "青海", "省"),
  NINGXIA("CN-NX", "Ningxia", "宁夏", "回族自治区"),
  XINJIANG("CN-XJ", "Xinjiang", "新疆", "维吾尔自治区"),
  TAIWAN("CN-71", "Taiwan", "台湾", "省"),
  HONG_KONG("CN-91", "Hong Kong", "香港", "特别行政区"),
  MACAO("CN-92", "Macao", "澳门", "特别行政区");

  private final String code;
  private final String english;
  private final String chinese;
  private final String kind;

  Province(String code, String english, String chinese, String kind) {
    this.code = code;
    this.english = english;
    this.chinese = chinese;
    this.kind = kind;
  }

  String english() {
    return english;
  }

  String chinese() {
    return chinese;
  }

  /** How a chain's data may call it: Zhejiang, 浙江, 浙江省. */
  List<String> spellings() {
    return List.of(english, chinese, chinese + kind);
  }

  /** Its code by an expression that yields its name, empty for what is no province of China. */
  static String code(String name) {
    List<String> names = Arrays.stream(values()).flatMap(p -> p.spellings().stream()).toList();
    List<String> codes =
        Arrays.stream(values()).flatMap(p -> p.spellings().stream().map(s -> p.code)).toList();
    return "transform(toString(%s), [%s], [%s], '')"
        .formatted(name, Dataset.quoted(names), Dataset.quoted(codes));
  }
}
