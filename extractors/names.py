"""Organisations, persons, dates and goods in running text: two small spaCy pipelines, made of rules of our own.

For text without a form: letters, scopes of business, goods lists. Importing spaCy takes half a second, so it is
imported when the first text is read, and nothing that stands beside a label comes here. The pipelines are blank: no
trained model, no download, the same result on every machine.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from extractors.items import split_scope
from extractors.spacy_offline import load_spacy
from extractors.spelling import is_chinese, tidy

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc, Span


class NameKind(StrEnum):
    """What a name is of."""

    ORG = "ORG"
    PERSON = "PERSON"
    DATE = "DATE"
    GOODS = "GOODS"


@dataclass(frozen=True)
class Name:
    """A name in a text, with its place."""

    kind: NameKind
    text: str
    start: int
    """Index of its first character."""
    stop: int


_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_SUFFIXES = (
    "股份有限公司", "有限责任公司", "有限公司", "集团公司", "总公司", "分公司", "公司", "合伙企业（有限合伙）",
    "合伙企业", "事务所", "研究院", "研究所", "经营部", "工作室", "专业合作社", "商标局", "知识产权局", "管理局",
    "审批局", "委员会", "商行", "厂",
)  # fmt: skip
_ORG_RUN = re.compile(rf"[{_HAN}A-Za-z0-9（）()·&＆]{{2,40}}?(?:{'|'.join(_SUFFIXES)})(?:[{_HAN}]{{2,8}}分公司)?")
_BEFORE_ORG = re.compile(
    r".*(?:授权给?|许可给?|委托|兹有?|我公司|我司|本公司|为|由|与|和|及|向|给|在|将|系|是|同意|特|即|以下简称|甲方|乙方|人)(?=.{4})"
)
"""Words that lead up to a name and are none of it, as far as the last of them."""

_SELF = re.compile(r"[本我贵该子母]公司$")
"""How a text calls a company that it names elsewhere."""

_CUES = "法定代表人|负责人|经营者|授权代表|代表人|联系人|签字人|签署人|经办人|姓名|投资人|自然人"
_AFTER_PERSON = "先生|女士|小姐|同志"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾萧肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾"
    "夏付傅方邹熊白孟秦邱侯江尹薛阎闫段雷龙黎史陶贺顾毛郝龚邵万覃武钱戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关"
    "兰焦俞左柳甘祝包宁符阮尚舒柯纪梅童毕凌单季成霍苗谷裴盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁房蒲滕解娄"
)
_PERSON = re.compile(
    rf"(?:{_CUES})(?:姓名)?[：:（(]?\s*(?P<after>[{_HAN}]{{2,4}}?)(?=[，,。；;、）)（(\s]|身份证|签|$|先生|女士)"
    rf"|(?P<before>[{_SURNAMES}][{_HAN}]{{1,2}})(?=(?:{_AFTER_PERSON}))"
)
_DATE = re.compile(
    r"(?:\d{4}|[零〇○一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十廿卅]{1,4}\s*日"
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
)
_TRADE = "零售|批发|销售|制造|生产|加工|进出口|研发|出租|租赁"
_GOODS = re.compile(
    rf"(?:^|(?<=[；;，,、。：:]))(?P<goods>[{_HAN}A-Za-z0-9]{{2,16}}?)(?:的|（[^）]*）)?(?:{_TRADE})(?:（[^）]*）)?(?=[；;，,、。（]|与|和|$)"
    rf"|(?:{_TRADE})[：:]?(?P<more>[{_HAN}A-Za-z0-9]{{2,16}})(?=[；;，,、。（]|$)"
)
_NO_GOODS = frozenset({"货物", "技术", "货物与技术", "互联网", "网上", "自营", "代理", "食品互联网", "国内贸易"})

TERM_PARTS = re.compile(r"[及、/]|\s*&\s*|\s+and\s+")
"""Between the goods that one entry of a rulebook names: 上衣及T恤, Coats & jackets."""

_LEGAL_FORMS = (
    "Inc", "Inc.", "Ltd", "Ltd.", "Limited", "LLC", "L.L.C.", "GmbH", "AG", "Corp", "Corp.", "Corporation", "Company",
    "Co.", "S.A.", "SA", "S.r.l.", "B.V.", "PLC", "Pty", "LLP", "Foundation", "Office",
)  # fmt: skip
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec"
)
_CAPITAL = {"TEXT": {"REGEX": r"^[A-Z0-9][\w&'’.\-]*$"}}
_JOINT = {"TEXT": {"IN": ["&", "of", "-", "(", ")"]}, "OP": "?"}


def find_names(text: str) -> tuple[Name, ...]:
    """Return the names in `text`, in order, none overlapping another; the script of the text chooses the pipeline."""
    doc = blank_pipeline("zh" if is_chinese(text) else "en")(text)
    return tuple(Name(NameKind(span.label_), span.text, span.start_char, span.end_char) for span in doc.ents)


def goods_in_scope(scope: str) -> tuple[str, ...]:
    """Return the goods that a business scope makes or trades in, each once: 服装 of 服装零售 and 服装批发."""
    found = (name.text for item in split_scope(scope) for name in find_names(item.text))
    kinds = (name for name in found if name not in _NO_GOODS)
    return tuple(dict.fromkeys(kinds))


def naming(texts: Iterable[str], terms: Iterable[str]) -> tuple[str, ...]:
    """Return those of `texts` (goods of a certificate, activities of a scope) that name one of `terms`, in order.

    A Chinese term counts wherever its characters stand together, an English one as whole words, case aside.
    """
    matchers = {language: _matcher(language, tuple(terms)) for language in ("zh", "en")}
    return tuple(text for text in texts if _names_a_term(text, matchers))


def _names_a_term(text: str, matchers: dict[str, "PhraseMatcher"]) -> bool:
    language = "zh" if is_chinese(text) else "en"
    return bool(matchers[language](blank_pipeline(language).make_doc(tidy(text))))


@lru_cache(maxsize=64)
def _matcher(language: str, terms: tuple[str, ...]) -> "PhraseMatcher":
    load_spacy()
    from spacy.matcher import PhraseMatcher

    tokenizer = blank_pipeline(language).make_doc
    matcher = PhraseMatcher(blank_pipeline(language).vocab, attr="LOWER")
    own = (term for term in terms if is_chinese(term) == (language == "zh"))
    matcher.add("term", [tokenizer(tidy(part)) for term in own for part in TERM_PARTS.split(term) if part.strip()])
    return matcher


@cache
def blank_pipeline(language: str) -> "Language":
    """Return the pipeline of rules for `zh` or `en`, made once."""
    load_spacy()
    import spacy

    _register()
    pipeline = spacy.blank(language)
    if language == "zh":
        pipeline.add_pipe("dossier_chinese_names")
        return pipeline
    ruler = pipeline.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns(list(_english_patterns()))  # type: ignore[attr-defined]
    pipeline.add_pipe("dossier_english_goods")
    return pipeline


def _english_patterns() -> Iterator[dict[str, object]]:
    forms = {"TEXT": {"IN": list(_LEGAL_FORMS)}}
    for length in range(1, 6):
        words: list[object] = []
        for _ in range(length):
            words += [_CAPITAL, _JOINT]
        for last in ([], [{"TEXT": {"IN": ["Ltd", "Ltd."]}}], [{"TEXT": ","}, {"TEXT": {"IN": ["Ltd", "Ltd."]}}]):
            yield {"label": NameKind.ORG, "pattern": [*words, forms, *last]}
    month = {"TEXT": {"REGEX": f"^(?:{_MONTHS})$"}}
    dot, year = {"TEXT": {"IN": [".", ","]}, "OP": "?"}, {"TEXT": {"REGEX": r"^\d{4}$"}}
    day = {"TEXT": {"REGEX": r"^\d{1,2}(?:st|nd|rd|th)?$"}}
    yield {"label": NameKind.DATE, "pattern": [month, dot, day, dot, year]}
    yield {"label": NameKind.DATE, "pattern": [day, {"LOWER": "of", "OP": "?"}, month, dot, year]}
    yield {"label": NameKind.DATE, "pattern": [{"TEXT": {"REGEX": r"^\d{4}-\d{2}-\d{2}$"}}]}
    title = {"TEXT": {"IN": ["Mr.", "Ms.", "Mrs.", "Dr.", "Mr", "Ms", "Mrs", "Dr"]}}
    given = {"TEXT": {"REGEX": r"^[A-Z][a-z'’\-]+$|^[A-Z]\.$"}}
    yield {"label": NameKind.PERSON, "pattern": [title, {**given, "OP": "{1,3}"}]}


def _register() -> None:
    """Make our components known to spaCy; doing so twice is harmless."""
    from spacy.language import Language

    if not Language.has_factory("dossier_chinese_names"):
        Language.component("dossier_chinese_names", func=_mark_chinese)
        Language.component("dossier_english_goods", func=_mark_english_goods)


def _mark_chinese(doc: "Doc") -> "Doc":
    """Mark names in a Chinese text; each of its characters is a token."""
    from spacy.util import filter_spans

    text = doc.text
    places = [(match.span(), NameKind.DATE) for match in _DATE.finditer(text)]
    places += [(_trimmed(match), NameKind.ORG) for match in _ORG_RUN.finditer(text) if not _SELF.search(match[0])]
    places += [(match.span(match.lastgroup or 0), NameKind.PERSON) for match in _PERSON.finditer(text)]
    places += [(match.span(match.lastgroup or 0), NameKind.GOODS) for match in _GOODS.finditer(text)]
    doc.ents = filter_spans(list(_spans(doc, places)))
    return doc


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    lead = _BEFORE_ORG.match(match[0])
    return match.start() + (lead.end() if lead else 0), match.end()


def _spans(doc: "Doc", places: Iterable[tuple[tuple[int, int], NameKind]]) -> Iterator["Span"]:
    for (start, stop), kind in places:
        span = doc.char_span(start, stop, label=str(kind), alignment_mode="contract")
        if span is not None:
            yield span


_ENGLISH_GOODS = re.compile(r"\b[Cc](?:lass|LASS)\s+\d{1,2}\s*[:—-]\s*(?P<goods>[^.\n]+)")


def _mark_english_goods(doc: "Doc") -> "Doc":
    """Mark each item of `Class 25: clothing; footwear`."""
    from spacy.util import filter_spans

    places = []
    for match in _ENGLISH_GOODS.finditer(doc.text):
        for item in re.finditer(r"[^;,]+", match["goods"]):
            lead = len(item[0]) - len(item[0].lstrip())
            start = match.start("goods") + item.start() + lead
            places.append(((start, start + len(item[0].strip())), NameKind.GOODS))
    doc.ents = filter_spans([*doc.ents, *_spans(doc, places)])
    return doc


def tidy_names(names: Iterable[Name], kind: NameKind) -> tuple[str, ...]:
    """Return the names of one kind in normal form, each once, in order."""
    return tuple(dict.fromkeys(tidy(name.text) for name in names if name.kind is kind))
