"""What a letter takes away again: `worldwide, except Russia`, 除速卖通以外的电商平台, `not exclusive`.

A grant that is read without its exception claims more than the letter gives. Where an exception stands the value keeps
its words, so that a person judges it; what is taken away is no value at all.
"""

import re

_AFTER = re.compile(
    r"(?:范围|区域|地区|市场|境)?(?:之?内)?[\s,(]*(?:(?:除|不含|不包含|不包括|except|exclud|other than|but not|"
    r"with the exception)[^。;]{0,60}?(?=[。;)]|\.(?:\s|$)|$)|(?<=[\s,(])[^。;,()]{1,24}除外)\)?",
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


_WITHDRAWN = re.compile(
    r"(?:从未|未曾|并未|不再|(?<![模虚比])拟将?)(?:对|向)?授权(?!书)|"
    r"(?:撤销|取消|撤回|终止|解除|收回|废止)[^。;,\n]{0,30}授权|"
    r"授权[^。;\n]{0,30}(?:提前终止|即行终止|已经?终止|予以?取消|予以?撤销|作废|废止)|"
    r"\bhereby (?:revoke|terminate|withdraw|cancel|rescind)|\bno longer (?:\w+ ){0,2}authori[sz]ed|"
    r"\bnever (?:been )?authori[sz]ed|\b(?:notice|letter) of (?:termination|revocation|withdrawal|cancellation)|"
    r"authori[sz]ation\b[^.;\n]{0,60}\b(?:has been|is hereby|was) (?:revoked|terminated|withdrawn|cancell?ed)",
    re.IGNORECASE,
)
_IN_CASE = re.compile(
    r"如|若|有权|可|将|保留|否则|届时|权利|到期|期满|届满|自动|原授权|此前|之前|以前|以往|一旦|情形|除非|不得|"
    r"\b(?:may|if|unless|until|right to|upon|in case|previous|prior)\b",
    re.IGNORECASE,
)


def is_withdrawn(text: str) -> bool:
    """Whether a letter says that it takes back, or never gave, an authorization; not on what condition it would.

    Of such a paper nothing is certain: who is named on it as a licensee may be none.
    """
    for match in _WITHDRAWN.finditer(text):
        start = max(text.rfind(sign, 0, match.start()) for sign in "。;\n") + 1
        if not _IN_CASE.search(text, start, match.end()):
            return True
    return False
