package storefact.importing.mapped;

/**
 * What an import finds in a row that the contracts' own {@link storefact.event.Reason} does not
 * name: reasons to refuse it, and oddities of rows that are taken all the same. The codes are
 * stable: they stand in the report.
 */
public enum Finding {
  BROKEN_ROW(
      "the row has more or fewer values than the header",
      "列数与表头不符",
      "A delimiter stands inside a value without quotes, or a quote is not closed.",
      "值中含有未加引号的分隔符，或引号未闭合。"),
  UNDECODABLE(
      "the row holds characters that the encoding does not know",
      "字符编码不符",
      "The file is in another encoding; set source.encoding, for example GB18030.",
      "文件使用其他编码；请设置 source.encoding，例如 GB18030。"),
  BLANK_ROW("the row is blank", "空行", "Nothing stands in it.", "该行没有内容。"),
  EXCLUDED("left out by the mapping", "按映射排除", "The mapping says so.", "映射文件如此规定。"),
  CUSTOMER_MISSING(
      "the row names no customer",
      "缺少顾客",
      "Taken as the purchase of a non-member, unless lines.customer_missing says otherwise.",
      "按非会员消费处理，除非 lines.customer_missing 另有规定。"),
  PRICE_ZERO(
      "the price is zero",
      "单价为零",
      "A gift, a sample or a correction; taken with amount 0, unless lines.price_zero says otherwise.",
      "赠品、样品或更正；按金额 0 处理，除非 lines.price_zero 另有规定。"),
  PRICE_NEGATIVE(
      "the price is negative",
      "单价为负",
      "No sale has a negative price; adjusted, it is money given back without goods.",
      "销售不会有负单价；调整时记为只退款不退货。"),
  NEGATIVE_QUANTITY(
      "the quantity is negative and nothing else marks a return",
      "数量为负但无退货标记",
      "Taken as a return, unless lines.returns.negative_quantity says otherwise.",
      "按退货处理，除非 lines.returns.negative_quantity 另有规定。"),
  SERVICE_CODE(
      "the code is a service or a charge, not goods",
      "编码是服务或费用而非商品",
      "Postage, fees and corrections stand among the goods; they get a category of their own or are"
          + " left out.",
      "邮费、手续费和更正混在商品中；归入单独的分类或排除。"),
  REPEATED_ROW(
      "the row repeats an earlier one word for word",
      "与前面的行完全相同",
      "Without line numbers it is a second line of the receipt and gets a number of its own; with"
          + " them it is the same line.",
      "没有行号时视为小票上的另一行并另编行号；有行号时视为同一行。"),
  REPEATED_KEY(
      "an earlier row has the same key but says something else",
      "与前面的行主键相同但内容不同",
      "Both cannot hold: the later would silently replace the earlier.",
      "二者不能并存：后者会覆盖前者。"),
  DAMAGED_NUMBER(
      "a spreadsheet has turned a code into a rounded number",
      "电子表格把编码变成了近似数",
      "1.39E+10 no longer tells the code; export the column as text.",
      "1.39E+10 已丢失原编码；请把该列按文本导出。"),
  NOT_TRANSLATED(
      "the mapping does not say what a text means",
      "映射未说明该文本的含义",
      "Add it to the field's translate.",
      "请加入该字段的 translate。"),
  RETURN(
      "a return or a cancelled sale",
      "退货或取消的销售",
      "It becomes a return line with positive quantity and amount.",
      "记为退货行，数量和金额为正。"),
  ORIGINAL_FOUND(
      "the sale of a return was found",
      "找到退货的原销售",
      "Same customer, goods and price, not later than the return, and enough left to return.",
      "同一顾客、商品和单价，不晚于退货时间，且剩余数量足够。"),
  ORIGINAL_UNKNOWN(
      "the sale of a return was not found",
      "未找到退货的原销售",
      "The customer is unknown, or the sale lies before the file, has another price or is spread over"
          + " several lines.",
      "顾客未知，或原销售早于本文件、单价不同、分布在多行。"),
  ORIGINALS_LIMIT(
      "a sale was not kept for its return",
      "该销售未保留供退货匹配",
      "lines.returns.most_originals bounds the memory; raise it to find more.",
      "lines.returns.most_originals 限制内存；调大可找到更多。"),
  ADJUSTMENT(
      "a negative price became money given back without goods",
      "负单价记为只退款不退货",
      "A return line with quantity 0.",
      "退货行，数量为 0。"),
  SEVERAL_VALUES(
      "the same key comes with several values",
      "同一主键有多个取值",
      "One counts (the most frequent, first or last, as the mapping says); the report lists all.",
      "取其一（按映射取最常见、最先或最后者）；报告列出全部。"),
  VALUE_DROPPED(
      "a value could not be read and was left empty",
      "无法识别的值已留空",
      "The mapping says when_bad: empty for this field.",
      "映射规定该字段 when_bad: empty。"),
  ROUNDED(
      "a number was rounded to the field's decimals",
      "数值已四舍五入",
      "The mapping says round: true for this field.",
      "映射规定该字段 round: true。"),
  NO_TIME(
      "the source tells the day but not the time of day",
      "只有日期没有时间",
      "Taken as noon.",
      "按中午 12 点处理。"),
  MASTER_REFUSED(
      "gathered master data could not be taken",
      "汇总的主数据无法接收",
      "The lines are taken; their master data lack.",
      "销售行已接收，但缺少主数据。");

  private final String en;
  private final String zh;
  private final String whyEn;
  private final String whyZh;

  Finding(String en, String zh, String whyEn, String whyZh) {
    this.en = en;
    this.zh = zh;
    this.whyEn = whyEn;
    this.whyZh = whyZh;
  }

  /** What was found, in words: {@code en} or {@code zh}. */
  public String text(String language) {
    return language.equals("zh") ? zh : en;
  }

  /** What it comes from and what was done or can be done: {@code en} or {@code zh}. */
  public String explanation(String language) {
    return language.equals("zh") ? whyZh : whyEn;
  }
}
