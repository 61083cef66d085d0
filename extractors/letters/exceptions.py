"""What a letter takes away again: `worldwide, except Russia`, 除速卖通以外的电商平台, `not exclusive`.

A grant that is read without its exception claims more than the letter gives. Where an exception stands the value keeps
its words, so that a person judges it; what is taken away is no value at all.
"""

import re

_AFTER = re.compile(
    r"(?:范围|区域|地区|市场|境)?(?:之?内)?[\s,(]*(?:除|不含|不包含|不包括|except|exclud|other than|but not|"
    r"with the exception)[^。;]{0,60}?(?=[。;)]|\.(?:\s|$)|$)\)?",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"除了?[^。;,]{1,24}?(?:以外|之外|外)的?(?:其他|其它|所有|任何|各|地区|国家)*,?(?:[在于])?$")
_TAKEN_AWAY = re.compile(
    r"(?:(?:不得|不可|不能|禁止|不允许)[^。;,]{0,4}在?|(?<![解免删])除了?[^。;,外]{0,20}|(?:不含|不包含|不包括|不涉及)[^。;,)]{0,40}|非|"
    r"\b(?:except|exclud|other than)[^.;)]{0,60}|"
    r"\bnot\s+(?:\w+\s+){0,3}(?:on|cover|include|extend to)\s+(?:[^.;]{0,40}\s)?)[\"“'‘《【]?$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?:不是|并非|而非|不属于?|不具有?|不享有?|不构成|不视为|没有|不含|不包括)[^,。;、\n]{0,6}$|无$|"
    r"\b(?:not|no|nor|without)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_REACH = 64
"""Characters before a value in which words of exception are looked for."""


def with_exception(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return where a stretch stands together with the exception beside it, if there is one."""
    after = _AFTER.match(text, stop)
    before = _BEFORE.search(text, max(start - _REACH, 0), start)
    return before.start() if before else start, after.end() if after else stop


def is_taken_away(text: str, start: int) -> bool:
    """Whether what begins at `start` is what the letter excepts or forbids."""
    return _TAKEN_AWAY.search(text, max(start - _REACH, 0), start) is not None


def is_denied(text: str, start: int) -> bool:
    """Whether a grant of some kind that begins at `start` is said not to be given: 不是独占授权, `not exclusive`."""
    return _DENIED.search(text, max(start - _REACH, 0), start) is not None


def speaks_of_exceptions(text: str) -> bool:
    """Whether a text of a form names what it excepts: 所有平台（不含天猫、速卖通）."""
    return re.search(r"除|不含|不包含|不包括|except|exclud|other than", text, re.IGNORECASE) is not None
