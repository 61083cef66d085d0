"""Whether two papers name the same party: yes, no, or not to be told from what was read."""

import re
from collections.abc import Callable
from enum import StrEnum

from pipeline.model import Entity, Message
from validators.differences import differs_in_doubt
from validators.equality import canonical_company, canonical_person, is_chinese
from validators.romanised import may_be_romanised

_LONGEST_CHINESE_NAME = 4
"""Characters, but for names with a middle dot; a company's with its legal form has more."""


_BETWEEN_OWNERS = re.compile(
    r"\s*(?:[;；、/]|,(?!\s*(?:Ltd|Inc|LLC|L\.|S\.|Limited))|，|和|与|及|以及|\band\b|&)\s*", re.IGNORECASE
)


def holds_jointly(names: str, party: str) -> bool:
    """Whether a party is one of several that stand on a paper together, as joint owners of a mark do.

    Each of them may use it, but none may do with it as it likes (Trademark Law, article 5): a person must judge.
    """
    for joint in _BETWEEN_OWNERS.finditer(names):
        for part in (names[: joint.start()], names[joint.end() :]):
            # Names hold such characters, too: cut at one place only, at least one side must be a whole name.
            pieces = (part, *_BETWEEN_OWNERS.split(part))
            if any(piece and canonical_company(piece) == canonical_company(party) for piece in pieces):
                return True
    return False


class Agreement(StrEnum):
    """Whether two names are one party's."""

    SAME = "same"
    UNCLEAR = "unclear"
    """Not read, read with doubt where they differ, or one in Chinese and the other in Latin letters."""
    OTHER = "other"


def same_party(one: Entity[str] | None, other: Entity[str] | None, *, below: float) -> Agreement:
    """Tell whether two papers name the same company or person.

    Args:
        one: A name as it was read; None where it was not.
        other: The name on another paper.
        below: Confidence under which a fact or a character counts as doubtful, 0 to 1.
    """
    if one is None or other is None:
        return Agreement.UNCLEAR
    sure = min(one.confidence, other.confidence) >= below
    if any(form(one.value) == form(other.value) for form in (canonical_company, canonical_person)):
        return Agreement.SAME if sure else Agreement.UNCLEAR
    if holds_jointly(one.value, other.value) or holds_jointly(other.value, one.value):
        return Agreement.UNCLEAR
    if not sure or is_chinese(one.value) != is_chinese(other.value) or _in_doubt(one, other, below):
        return Agreement.UNCLEAR
    return Agreement.OTHER


def _in_doubt(one: Entity[str], other: Entity[str], below: float) -> bool:
    form: Callable[[str], str] = canonical_person if is_chinese(one.value) else canonical_company
    return differs_in_doubt(one, other.value, below=below, form=form) or differs_in_doubt(
        other, one.value, below=below, form=form
    )


def told_by_sound(one: str, other: str) -> Message:
    """Return, to be put behind a message, whether a Latin name sounds like a Chinese one; empty for other pairs.

    It only supports: companies choose their English names freely, and two companies may sound alike.
    """
    if is_chinese(one) == is_chinese(other):
        return Message(en="", zh="")
    chinese, latin = (one, other) if is_chinese(one) else (other, one)
    if may_be_romanised(chinese, latin):
        return Message(en=" (which may be its name in Latin letters)", zh="（可能为其外文名称）")
    return Message(en=" (another script)", zh="（文字不同）")


_ORGANISATION = re.compile(
    r"公司|企业|中心|事务所|研究|工作室|基金|协会|集团|商场|超市|合伙|会社|学院|大学|医院|委员会|...[厂店行社部局]$"
)
_LATIN_ORGANISATION = re.compile(
    r"\b(?:inc|ltd|limited|llc|llp|gmbh|ag|corp|corporation|company|co|plc|pty|bv|nv|srl|spa|sarl|sas|kg|oy|ab|as|"
    r"foundation|group|holdings?|trading|technology|industr(?:y|ies|ial)|international|enterprises?|brands?|studio|s\.a|s\.p\.a|b\.v|n\.v|l\.l\.c)\b",
    re.IGNORECASE,
)


def is_natural_person(name: str) -> bool | None:
    """Whether a name is a natural person's; None of names in Latin letters that may be either."""
    if not is_chinese(name):
        return False if _LATIN_ORGANISATION.search(name) else None
    text = canonical_person(name)
    return ("·" in text or len(text) <= _LONGEST_CHINESE_NAME) and not _ORGANISATION.search(text)
