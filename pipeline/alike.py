"""Characters that are taken for each other, folded as `pipeline.folding.bare` folds."""

from pipeline.scripts import is_ideograph, is_latin

_ALIKE = tuple(
    map(
        frozenset,
        ("0odq〇", "1li丨", "5s", "8b", "2z", "6gb", "9gq", "uv", "一-ー", "口曰日", "己已巳", "未末", "土士",
         "人入", "千干于", ".,", "天夭", "大太犬", "戊戌戍", "王玉", "o口", "x乂", "田由甲申", "手毛", "冶治"),
    )
)  # fmt: skip
"""Characters that even careful readers take for each other, folded as `bare` folds."""
AS_ONE = {ord(sign): min(group) for group in reversed(_ALIKE) for sign in group}
"""One for all of a group, to lay two texts side by side."""
_ONE_SHAPE = (frozenset("0o〇"), frozenset("1li丨"))
"""Figures and letters that are of one shape: which of the two it is, nobody sees."""
_SPECKS = frozenset("1li丨一口〇o0")
"""What a rule, a box to tick or a bullet is taken for."""


def is_speck(text: str) -> bool:
    """Whether bare text is one character that may be no print."""
    return len(text) == 1 and text in _SPECKS


def look_alike(one: str, other: str) -> bool:
    """Whether two characters are the same, or taken for each other."""
    return one == other or any({one, other} <= group for group in _ALIKE)


def mean_the_same(one: str, other: str) -> bool:
    """Whether two characters that look alike are not two with a meaning of their own each.

    Such are two ideographs, two letters, and a letter and a figure of another shape.
    """
    if one == other or not look_alike(one, other):
        return one == other
    if (is_latin(one) and other.isdecimal()) or (one.isdecimal() and is_latin(other)):
        return any({one, other} <= group for group in _ONE_SHAPE)
    return not ((is_ideograph(one) and is_ideograph(other)) or (is_latin(one) and is_latin(other)))
