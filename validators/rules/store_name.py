"""STO706: the name of the store."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from extractors.trademark_fields import TrademarkCertificate
from pipeline.form import Form
from pipeline.model import Message
from pipeline.verdict import Severity
from validators.case import Case
from validators.engine import Objection, from_form, given, if_known, rule
from validators.equality import is_chinese, same_mark, without_signs
from validators.policy import StoreType
from validators.remedies import correct_form

_SIMPLE = re.compile(r"(?![?*+{])(?:[^\\()\[|]|\([^\\()\[]*\))*")
"""A pattern that means the same behind whatever text: alternatives in brackets alone, of one level."""


@rule(
    "STO706",
    on=Form,
    severity=Severity.MAJOR,
    cites="docs/sources.md#store-names",
    zh="店铺名称符合店铺类型的命名规则",
    remedy=correct_form(
        "Correct the store name so that it follows the store type's form and names only your own brand (`store.name`).",
        "请更正店铺名称，使其符合店铺类型的命名规则，且只包含已申报的品牌（`store.name`）。",
    ),
)
def store_name_is_proper(form: Form, case: Case) -> Iterator[Objection]:
    """The store name follows the type's form, claims no more than it is, and carries no brand outside the dossier.

    A brand's own name is the declared one or the mark on its papers: where the two differ, that is TMK402's matter.
    Brands outside the dossier are told from marks on papers of no declared brand, and from the rulebook's
    `known_marks`; any other word may be the seller's own and is not guessed at.
    """
    kind = case.store_type()
    name = given(case.stated().store.name, "store.name").strip()
    evidence: list[Any] = [from_form(case.form_file, "store.name", name)]
    brands = _own_names(case)
    if not _has_form(name, kind, brands):
        yield Objection(
            Message(
                en=f"the store name {name} does not follow the form of the store type “{kind.en}”: {kind.name_form_en}",
                zh=f"店铺名称 {name} 不符合{kind.zh}的命名规则：{kind.name_form_zh}",
            ),
            expected=kind.name_form_en,
            found=name,
            evidence=evidence,
        )
    for word in () if kind.claims_official else _words_in(name, case.rulebook.policy.official_words):
        yield Objection(
            Message(
                en=f"the store name {name} says {word}, which the store type “{kind.en}” may not",
                zh=f"店铺名称 {name} 含“{word}”，{kind.zh}不得使用",
            ),
            found=name,
            evidence=evidence,
        )
    for mark in _marks_outside(name, brands, case):
        yield Objection(
            Message(
                en=f"the store name {name} carries {mark}, which is not among the declared brands",
                zh=f"店铺名称 {name} 含未申报的品牌 {mark}",
            ),
            found=name,
            evidence=evidence,
        )


def _has_form(name: str, kind: StoreType, brands: list[str]) -> bool:
    if kind.name_form is None or ("{brand}" in kind.name_form and not brands):
        return True
    behind = _behind_the_brand(kind.name_form)
    if behind and any(name.startswith(brand) and behind.fullmatch(name, len(brand)) for brand in brands):
        return True
    forms = [kind.name_form.replace("{brand}", re.escape(brand)) for brand in brands or [""]]
    return any(re.fullmatch(form, name, re.IGNORECASE) for form in forms)


@lru_cache(maxsize=64)
def _behind_the_brand(form: str) -> re.Pattern[str] | None:
    """Return what a form asks for behind the brand that it begins with, None for a form that is not so simple.

    To make a pattern of each dossier's own brand takes longer than all else that the rule does.
    """
    lead, brand, rest = form.partition("{brand}")
    is_simple = brand and not lead and "{brand}" not in rest and _SIMPLE.fullmatch(rest)
    return re.compile(rest, re.IGNORECASE) if is_simple else None


def _own_names(case: Case) -> list[str]:
    """Return what the declared brands are called, on the form and on their papers."""
    declared = case.stated().brands
    read = (if_known(paper.fields.mark_text) for brand in declared for paper in case.papers_of(brand))
    names = [*(brand.name for brand in declared), *(mark.value for mark in read if mark)]
    return list(dict.fromkeys(without_signs(name) for name in names))


def _marks_outside(name: str, brands: list[str], case: Case) -> list[str]:
    # Where the form's brands are not valid or missing altogether, that alone is held against the seller.
    papers = case.papers(TrademarkCertificate) if brands else ()
    read = [mark.value for paper in papers if (mark := if_known(paper.fields.mark_text))]
    known = _words_in(name, case.rulebook.policy.known_marks)
    return [
        mark
        for mark in dict.fromkeys([*known, *read])
        if not _is_one_of(mark, brands) and _as_a_word(mark).search(name)
    ]


def _is_one_of(mark: str, brands: list[str]) -> bool:
    """Whether a mark is, or is a word of, a declared brand's name."""
    # Most are the brand itself, which needs no pattern of their own.
    return any(same_mark(brand, mark) for brand in brands) or any(_words_in(brand, [mark]) for brand in brands)


def _words_in(text: str, words: Sequence[str]) -> list[str]:
    """Return the words that stand in a text: Latin ones as whole words, Chinese ones anywhere; case is ignored."""
    # Most texts hold none of them, which one search tells.
    return [word for word in words if _as_a_word(word).search(text)] if _any_word(tuple(words)).search(text) else []


@lru_cache(maxsize=64)
def _any_word(words: tuple[str, ...]) -> re.Pattern[str]:
    chinese = [re.escape(word) for word in words if is_chinese(word)]
    latin = [re.escape(word) for word in words if not is_chinese(word)]
    whole = [rf"(?<!\w)(?:{'|'.join(latin)})(?!\w)"] if latin else []
    return re.compile("|".join(whole + chinese) or r"(?!)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _as_a_word(word: str) -> re.Pattern[str]:
    pattern = re.escape(word) if is_chinese(word) else rf"(?<!\w){re.escape(word)}(?!\w)"
    return re.compile(pattern, re.IGNORECASE)
