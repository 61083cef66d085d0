"""Names for letters: companies in two languages, and marks. None of them exists."""

from random import Random

_PLACES = {
    "深圳市": "Shenzhen", "广州": "Guangzhou", "杭州": "Hangzhou", "义乌市": "Yiwu", "厦门": "Xiamen", "宁波": "Ningbo",
    "苏州": "Suzhou", "青岛": "Qingdao", "温州市": "Wenzhou", "佛山市": "Foshan",
}  # fmt: skip
_WORDS = (
    "青岚", "星屿", "云栈", "远帆", "听潮", "望川", "银杏", "晴澜", "飞鸢", "石榴湾", "临溪", "丰叶", "虚舟", "棉朵",
    "鹿鸣", "砚池", "松果", "拾光", "半夏里", "北巷",
)  # fmt: skip
_TRADES = ("贸易", "电子商务", "进出口", "服饰", "科技", "家居用品", "供应链管理", "箱包", "日用品")
_ENDINGS = ("有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司", "（集团）有限公司")
_SYLLABLES = ("Ve", "Lo", "Qua", "Ro", "Ti", "Do", "Wel", "Ka", "Sta", "Nor", "Mi", "Zen", "Ri", "Bo", "Phi", "Tra")
_ENGLISH_TRADES = (
    "Trading",
    "Technology",
    "E-commerce",
    "Apparel",
    "Import & Export",
    "Industrial",
    "Home Goods",
    "Supply Chain",
)
_ENGLISH_ENDINGS = ("Co., Ltd.", "Co., Ltd.", "Limited", "LLC", "Inc.", "GmbH", "B.V.", "Ltd")


def two_companies(language: str, chance: Random) -> tuple[str, str]:
    """Return two companies that differ."""
    one = company(language, chance)
    while (other := company(language, chance)) == one:
        pass
    return one, other


def company(language: str, chance: Random) -> str:
    """Return a company's name."""
    if language == "zh":
        return (
            f"{chance.choice(tuple(_PLACES))}{chance.choice(_WORDS)}{chance.choice(_TRADES)}{chance.choice(_ENDINGS)}"
        )
    ending = chance.choice(_ENGLISH_ENDINGS)
    if ending == "Co., Ltd.":
        return f"{chance.choice(tuple(_PLACES.values()))} {_word(chance)} {chance.choice(_ENGLISH_TRADES)} {ending}"
    trade = f" {chance.choice(_ENGLISH_TRADES)}" if chance.random() < 0.6 else ""
    return f"{_word(chance)}{trade} {ending}"


def mark(language: str, chance: Random) -> str:
    """Return a mark: mostly a Latin word, in Chinese letters now and then Chinese characters."""
    if language == "zh" and chance.random() < 0.25:
        return chance.choice(_WORDS)
    return _word(chance).upper()


def _word(chance: Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 3))).capitalize()
