package storefact.event;

/**
 * Why a line could not be taken. The codes are stable: they stand in {@code rejected_event}, and
 * people count by them.
 */
public enum Reason {
  LINE_TOO_LONG("the line is longer than the limit", "行过长"),
  NUL_BYTE("the line holds a NUL byte", "含有空字节"),
  NOT_UTF8("the line is not UTF-8", "不是 UTF-8 编码"),
  BROKEN_JSON("the line is not one JSON object", "JSON 格式错误"),
  BROKEN_CSV("the line is not a record of the header's columns", "CSV 格式错误"),
  BAD_HEADER("the file's header does not name the contract's columns", "表头不符合约定"),
  BROKEN_GZIP("the compressed file ends early or is damaged", "压缩文件损坏"),
  UNKNOWN_STREAM("the file's name does not begin with a known stream", "未知数据流"),
  UNKNOWN_FIELD("the contract has no such field", "未知字段"),
  DUPLICATE_FIELD("a field stands twice", "字段重复"),
  MISSING_FIELD("a required field is missing", "缺少必填字段"),
  WRONG_TYPE("a value is not of the field's type", "类型错误"),
  NOT_A_DATE("a date or time does not exist or is not ISO 8601", "日期不存在或格式错误"),
  NEGATIVE_ZERO("a number is minus zero", "负零"),
  TOO_MANY_DECIMALS("a number has more decimal places than the field", "小数位过多"),
  OUT_OF_RANGE("a number, date or text is beyond the field's range", "超出范围"),
  BELOW_MINIMUM("a number is below the field's minimum", "低于最小值"),
  ABOVE_MAXIMUM("a number is above the field's maximum", "高于最大值"),
  NOT_ALLOWED("a text is not one of those that the field may hold", "不在允许取值之内"),
  DATES_APART("the business date lies too far from the time of sale", "营业日与时间相差过大"),
  UNKNOWN_STORE("no such store is known", "未知门店");

  private final String en;
  private final String zh;

  Reason(String en, String zh) {
    this.en = en;
    this.zh = zh;
  }

  /** The reason in words: {@code en} or {@code zh}. */
  public String text(String language) {
    return language.equals("zh") ? zh : en;
  }
}
