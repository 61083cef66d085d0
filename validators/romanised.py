"""Whether a name in Latin letters may be a Chinese one in other letters: pinyin, and words that companies translate.

`Shenzhen Shixing Trading Co., Ltd.` for 深圳市试星贸易有限公司. Registers of other countries write owners so. It is a
hint and never proof: nobody registers English names of mainland companies, and pinyin has no tones.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from validators.equality import canonical_name, canonical_words

_WORDS: dict[str, tuple[str, ...]] = {
    "有限责任公司": ("co ltd", "ltd", "limited liability company", "llc"),
    "股份有限公司": ("co ltd", "corp", "inc", "joint stock co ltd"),
    "有限公司": ("co ltd", "ltd", "llc", "inc"),
    "公司": ("co", "corp", "company"),
    "集团": ("group", "grp", "holding"),
    "控股": ("holding", "holdings"),
    "国际": ("international", "intl"),
    "进出口": ("import export", "import and export", "imp exp", "imp and exp"),
    "跨境": ("cross border", "crossborder"),
    "电子商务": ("e commerce", "ecommerce", "electronic commerce", "electronic business"),
    "贸易": ("trading", "trade"),
    "商贸": ("trading", "trade", "commerce", "commercial"),
    "科技": ("technology", "tech", "technologies"),
    "技术": ("technology", "tech"),
    "电子": ("electronic", "electronics"),
    "电器": ("electric", "electrical", "appliance", "appliances"),
    "服饰": ("apparel", "garment", "garments", "clothing", "fashion"),
    "服装": ("garment", "garments", "apparel", "clothing"),
    "鞋业": ("shoes", "footwear"),
    "箱包": ("luggage", "bags", "cases and bags"),
    "玩具": ("toys", "toy"),
    "家居": ("home", "household", "home furnishing"),
    "家具": ("furniture",),
    "用品": ("products", "supplies", "articles"),
    "实业": ("industrial", "industry", "enterprise"),
    "工业": ("industrial", "industry"),
    "工贸": ("industry and trade", "industrial and trading"),
    "品牌管理": ("brand management",),
    "管理": ("management",),
    "网络": ("network", "networks"),
    "信息": ("information",),
    "文化": ("culture", "cultural"),
    "传媒": ("media",),
    "供应链": ("supply chain",),
    "商行": ("firm", "trading firm"),
    "工厂": ("factory",),
    "厂": ("factory",),
    "广东": ("guangdong", "canton"),
    "香港": ("hong kong", "hongkong", "hk"),
    "澳门": ("macau", "macao"),
    "陕西": ("shaanxi", "shanxi"),
    "内蒙古": ("inner mongolia", "neimenggu"),
    "西藏": ("tibet", "xizang"),
    "厦门": ("xiamen", "amoy"),
    "青岛": ("qingdao", "tsingtao"),
    "北京": ("beijing", "peking"),
    "中国": ("china", "zhongguo"),
    "市": ("city", ""),
    "省": ("province", ""),
    "县": ("county", ""),
    "区": ("district", ""),
}
"""Parts of Chinese company names → what stands for them in English ones; the longest part is taken first."""

_PARTS = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_SHORTENED = {"limited": "ltd", "company": "co", "corporation": "corp", "incorporated": "inc"}
_TRIES = 512
"""Spellings of one name that are tried at most."""


def may_be_romanised(chinese: str, latin: str) -> bool:
    """Whether a name in Latin letters sounds, and where words are translated reads, like a Chinese one."""
    found = re.findall(r"[^\W\d_]+|\d+", canonical_words(latin).replace("&", " and "))
    wanted = "".join(_SHORTENED.get(word, word) for word in found)
    return bool(wanted) and wanted in _spellings(chinese)


@lru_cache(maxsize=512)
def _spellings(chinese: str) -> frozenset[str]:
    """Return the ways to write a Chinese name in Latin letters, without spaces."""
    spellings = {""}
    for part in _parts(re.sub(r"[()·]", "", canonical_name(chinese))):
        ways = {word.replace(" ", "") for word in _WORDS.get(part, ())} | _pinyin(part)
        spellings = {before + way for before in spellings for way in ways}
        if len(spellings) > _TRIES:
            spellings = set(sorted(spellings)[:_TRIES])
    return frozenset(spellings | {_given_name_first(chinese)})


def _parts(name: str) -> Iterator[str]:
    start = 0
    for match in _PARTS.finditer(name):
        if match.start() > start:
            yield name[start : match.start()]
        yield match[0]
        start = match.end()
    if start < len(name):
        yield name[start:]


def _pinyin(text: str) -> set[str]:
    # Imported on use: its dictionary takes a while, and most dossiers are Chinese throughout.
    from pypinyin import lazy_pinyin

    plain = "".join(lazy_pinyin(text)).casefold()
    return {plain, plain.replace("ü", "u"), plain.replace("ü", "v")}


def _given_name_first(chinese: str) -> str:
    """Return a person's name as the West orders it: 林试之 is Shizhi Lin."""
    from pypinyin import lazy_pinyin

    sounds = lazy_pinyin(canonical_name(chinese))
    return "".join([*sounds[1:], *sounds[:1]]).casefold()
