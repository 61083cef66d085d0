"""In which language a paper is written: by script, and for Latin letters by the small words that every text has.

Own lists of function words (articles, prepositions, conjunctions) that one language has and its neighbours do not, or
rarely. They are compared without accents, which OCR loses. A paper that is in Chinese or English as well is none in a
foreign language: registers print labels in several.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from pipeline.model import Message, TextLine

_TABLE = """
es | Spanish    | 西班牙语 | de la el los las del por para con una que en se su como fecha
fr | French     | 法语     | de la le les des du et une pour dans par sur au aux est cette
de | German     | 德语     | der die das und von für mit ist dem den des eine nicht auf wird
it | Italian    | 意大利语 | di il della per con che del nel una sono gli alla dei delle
pt | Portuguese | 葡萄牙语 | de do da dos das para com uma que em não os ao pela pelo
nl | Dutch      | 荷兰语   | de het een van en voor met op zijn niet aan bij door wordt
tr | Turkish    | 土耳其语 | ve bir bu için ile olarak olan tarafından göre veya tarihi sayılı ürünler adına tüm
vi | Vietnamese | 越南语   | và của các được cho trong không theo này với ngày người
"""
_ENGLISH_WORDS = "the of and to in for is by with this that on at from be are has which under or as"
_ROWS = [[cell.strip() for cell in row.split("|")] for row in _TABLE.strip().splitlines()]


def _folded(text: str) -> str:
    """Return a text in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ı", "i").replace("đ", "d"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


_WORDS: Mapping[str, frozenset[str]] = {code: frozenset(_folded(words).split()) for code, _, _, words in _ROWS}
_SCRIPTS = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "THAI": "th",
    "ARABIC": "ar",
    "CYRILLIC": "ru",
}
LANGUAGES: Mapping[str, Message] = {
    **{code: Message(en=en, zh=zh) for code, en, zh, _ in _ROWS},
    "ja": Message(en="Japanese", zh="日语"),
    "ko": Message(en="Korean", zh="韩语"),
    "th": Message(en="Thai", zh="泰语"),
    "ar": Message(en="Arabic script", zh="阿拉伯文"),
    "ru": Message(en="Cyrillic script", zh="西里尔文"),
}
"""ISO 639-1 code → name. A script stands for the language that is most often written in it."""

_CERTAIN = 0.8
"""Confidence of a line from which it is looked at."""
_FEWEST_LETTERS = 40
"""Of a script of its own."""
_FEWEST_WORDS = 6
"""Function words, of at least `_DIFFERENT_WORDS` kinds."""
_DIFFERENT_WORDS = 3
_AHEAD = 1.5
"""Times the function words of English that those of a foreign language must stand there."""
_ENOUGH_CHINESE = 0.2
"""Share of the letters from which a paper is in Chinese as well."""
_KANA = 0.1
"""Share of Japanese text, at least, that is kana; the rest are characters that Chinese has too."""
_TRANSLATION = re.compile(
    r"翻译件|翻译文本|中文翻译|英文翻译|译文|译本|译者声明"
    r"|(?:certified|sworn|official|english|chinese)\s+translation|translat(?:ed|ion)\s+(?:from|of|into)",
    re.IGNORECASE,
)


def foreign_language(lines: Iterable[TextLine]) -> str | None:
    """Return the language that a paper is written in; None if it is in Chinese or English as well, or none is sure."""
    text = " ".join(line.text for line in lines if line.confidence >= _CERTAIN)
    scripts = Counter(_script(letter) for letter in text if letter.isalpha())
    letters = sum(scripts.values())
    kana = scripts["ja"]
    if kana >= _KANA * (kana + scripts["zh"]) and kana + scripts["zh"] >= max(_FEWEST_LETTERS, letters / 2):
        return "ja"
    if scripts["zh"] >= _ENOUGH_CHINESE * letters:
        return None
    own = max(("ko", "th", "ar", "ru"), key=lambda code: scripts[code])
    if scripts[own] >= max(_FEWEST_LETTERS, letters / 2):
        return own
    return _by_words(text)


def calls_itself_a_translation(lines: Iterable[TextLine]) -> bool:
    """Whether a paper says that it is the translation of another."""
    return any(_TRANSLATION.search(line.text) for line in lines)


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "").split(" ", 1)[0]
    return "zh" if name == "CJK" else _SCRIPTS.get(name, "latin" if name == "LATIN" else "")


def _by_words(text: str) -> str | None:
    words = Counter(re.findall(r"[^\W\d_]+", _folded(text)))
    english = sum(words[word] for word in _ENGLISH_WORDS.split())
    found = {code: sum(words[word] for word in own) for code, own in _WORDS.items()}
    best = max(found, key=lambda code: found[code])
    kinds = sum(words[word] > 0 for word in _WORDS[best])
    if found[best] < max(_FEWEST_WORDS, _AHEAD * english) or kinds < _DIFFERENT_WORDS:
        return None
    return best
