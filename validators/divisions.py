"""Provinces by the first two digits of a division code, and by the beginning of an address (GB/T 2260).

Division codes are those of first registration: a licence keeps the code of a division that was abolished since, so
only the province is read from them. Places below the province come from python-stdnum's table of all divisions since
1980 (`stdnum/cn/loc.dat`).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from validators.equality import simplified


@dataclass(frozen=True)
class Province:
    """A province, municipality, autonomous or special administrative region."""

    code: str
    """First two digits of its division codes."""
    zh: str
    """Name without the kind of region: 广东, not 广东省."""
    en: str


NATIONAL_REGISTRAR = "10"
"""Division 100000: registered with the national registrar, whatever the province."""

_NAMES = """
11 北京 Beijing; 12 天津 Tianjin; 13 河北 Hebei; 14 山西 Shanxi; 15 内蒙古 Inner Mongolia;
21 辽宁 Liaoning; 22 吉林 Jilin; 23 黑龙江 Heilongjiang; 31 上海 Shanghai; 32 江苏 Jiangsu;
33 浙江 Zhejiang; 34 安徽 Anhui; 35 福建 Fujian; 36 江西 Jiangxi; 37 山东 Shandong;
41 河南 Henan; 42 湖北 Hubei; 43 湖南 Hunan; 44 广东 Guangdong; 45 广西 Guangxi;
46 海南 Hainan; 50 重庆 Chongqing; 51 四川 Sichuan; 52 贵州 Guizhou; 53 云南 Yunnan;
54 西藏 Tibet; 61 陕西 Shaanxi; 62 甘肃 Gansu; 63 青海 Qinghai; 64 宁夏 Ningxia;
65 新疆 Xinjiang; 71 台湾 Taiwan; 81 香港 Hong Kong; 82 澳门 Macau
"""
PROVINCES: Mapping[str, Province] = MappingProxyType(
    {code: Province(code, zh, en) for code, zh, en in (row.strip().split(" ", maxsplit=2) for row in _NAMES.split(";"))}
)
"""Division prefix → province."""

# The Production and Construction Corps registers under a prefix of its own but sits in Xinjiang.
_PREFIXES = {**PROVINCES, "66": PROVINCES["65"]}

_PROVINCE_ENDINGS = ("省", "市", "自治区", "特别行政区", "回族自治区", "壮族自治区", "维吾尔自治区")
_FREE_TRADE_ZONE = re.compile(r"^中国\((\w+?)\)自由贸易")
_STREET = re.compile(r"[路街道巷里弄]|大道|大街|[东西南北中]路")
_PLACE = re.compile(r"^ +\d{4} county=\"(.*)\"$")
_NAME_IN_YEARS = re.compile(r"(\[[^\]]*\])?([^,\[]+)")
_ENDED = re.compile(r"-\d{4}\]")


def province_of_division(division: str) -> Province | None:
    """Return the province of a division code, None for the national registrar's and for a prefix that no one has."""
    return _PREFIXES.get(division[:2])


def province_of_address(address: str) -> Province | None:
    """Return the province in which an address lies, by its beginning; None if that names none for sure.

    Many addresses begin with the city. A place name that occurs in several provinces (鼓楼区) tells nothing, nor does
    one that goes on as a street (上海路 12 号).
    """
    text = "".join(simplified(unicodedata.normalize("NFKC", address)).split())
    zone = _FREE_TRADE_ZONE.match(text)
    text = zone[1] if zone else text.removeprefix("中国")
    places = _places()
    for length in range(min(len(text), _longest_name()), 1, -1):
        code = places.get(text[:length])
        if code is not None:
            return None if _STREET.match(text[length:]) else PROVINCES[code]
    return None


@cache
def _longest_name() -> int:
    return max(map(len, _places()))


@cache
def _places() -> Mapping[str, str]:
    """Return place name → province code, without the names that several provinces share.

    A name that is in use today stands for where it is today: Haikou was Guangdong's until 1988.
    """
    today: dict[str, set[str]] = {}
    once: dict[str, set[str]] = {}
    code = ""
    table = resources.files("stdnum.cn").joinpath("loc.dat").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line[:2] in PROVINCES:
            code = line[:2]
        elif place := _PLACE.match(line):
            for years, name in _NAME_IN_YEARS.findall(place[1]):
                (once if _ENDED.search(years) else today).setdefault(name, set()).add(code)
    for province in PROVINCES.values():
        for ending in ("", *_PROVINCE_ENDINGS):
            today[province.zh + ending] = {province.code}
    named = once | today
    return MappingProxyType({name: min(codes) for name, codes in named.items() if len(name) > 1 and len(codes) == 1})
