package storefact.event;

import java.util.Optional;

/**
 * One category of the goods tree with its names in both languages, for the categories that goods
 * name at their three levels. Grain: level and name.
 */
@Stream(value = "category", grain = "level and name", nature = Stream.Nature.MASTER)
public record Category(
    @Key @Label(en = "level", zh = "层级") @About("Level of the tree, 1 to 3") int level,
    @Key @Code @Label(en = "category", zh = "分类") @About("Category as goods name it")
        String category,
    @Label(en = "English name", zh = "英文名称") @About("Name in English") Optional<String> nameEn,
    @Label(en = "Chinese name", zh = "中文名称") @About("Name in Chinese") Optional<String> nameZh,
    @Default("1") @Label(en = "version", zh = "版本") @About("Version; the highest one counts")
        long version)
    implements Event {}
