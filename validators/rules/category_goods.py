"""CAT604: the certificate's goods against each declared subcategory (docs/sources.md#nice-classes-per-category)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extractors.base import Goods
from pipeline.form import Brand
from pipeline.model import Entity, Message
from pipeline.verdict import Severity
from validators.case import Case
from validators.differences import part_is_sure
from validators.engine import NotApplicable, Note, Objection, from_form, given, if_known, known, rule
from validators.goods import covers, may_cover
from validators.policy import Category, Subcategory
from validators.remedies import supplement
from validators.rules.trademark import certificates_of, certificates_that_are_there
from validators.wording import NONE, in_both

THESE_GOODS = supplement(
    "trademark_certificate",
    "Send a registration of {subject} whose goods cover every subcategory that you sell in, or choose fewer of them.",
    "请提供 {subject} 商品项目涵盖所选全部子类目的商标注册证，或减少所选子类目。",
)
_SHOWN = 3
"""Items that a message names at most."""


class Cover(StrEnum):
    """Whether goods cover a subcategory."""

    COVERED = "covered"
    UNCLEAR = "unclear"
    MISSING = "missing"


@dataclass(frozen=True)
class _Answer:
    below: Subcategory
    cover: Cover
    items: tuple[str, ...]
    """Items that cover it, or may."""


@rule(
    "CAT604",
    on=Brand,
    severity=Severity.MAJOR,
    cites="wodefinance.com/Trademarkregistration/fskwclephs.html; docs/sources.md#nice-classes-per-category",
    zh="核定商品涵盖申报的子类目",
    remedy=THESE_GOODS,
)
def goods_cover_the_subcategories(brand: Brand, case: Case) -> Iterator[Objection | Note]:
    """The goods on the certificate cover every declared subcategory.

    An item covers a subcategory if its head is one of the subcategory's terms. Unknown wording, and goods of the same
    similar group, are for a person. Of several brands, it is enough that one covers a subcategory.
    """
    category, declared = case.category(), _declared(case)
    papers = certificates_that_are_there(brand, case)
    _fits_the_category(brand, category, case)
    lists = [paper.fields.goods for paper in papers]
    sure = [item for goods in lists if goods for item in goods.value if _is_sure(item, goods, case)]
    answers = [_answer(below, sure, category, case) for below in declared]
    if any(each.cover is not Cover.COVERED for each in answers):
        # What a doubtful list seems to lack may stand there.
        read = [known(paper.fields.goods, "goods", of=paper.document) for paper in papers]
    else:
        read = [goods for goods in lists if goods]
    goods = [item for entity in read for item in entity.value]
    open_ones = [each for each in answers if each.cover is not Cover.COVERED]
    if len(open_ones) < len(answers):
        open_ones = [each for each in open_ones if not _another_brand_covers(each.below, brand, category, case)]
    for each in open_ones:
        yield _uncovered(brand, each, read, goods, case)
    covered = [each for each in answers if each.cover is Cover.COVERED]
    if covered:
        told = [f"{each.below.en}: {', '.join(each.items[:_SHOWN])}" for each in covered]
        told_zh = [f"{each.below.zh}：{'、'.join(each.items[:_SHOWN])}" for each in covered]
        yield Note(Message(en="; ".join(told), zh="；".join(told_zh)), evidence=read)


def _is_sure(item: Goods, goods: Entity[tuple[Goods, ...]], case: Case) -> bool:
    floor = case.rulebook.policy.min_confidence
    return goods.confidence >= floor or part_is_sure(item.text, goods, above=floor)


def _declared(case: Case) -> list[Subcategory]:
    """Return the declared subcategories that the category has: APP005 is about others."""
    ids = given(case.stated().store.subcategories, "store.subcategories")
    found = [below for below in case.category().subcategories if below.id in ids]
    if not found:
        raise NotApplicable(
            en="no declared subcategory is the category's (APP005)", zh="子类目不属于该大类（见 APP005）"
        )
    return found


def _fits_the_category(brand: Brand, category: Category, case: Case) -> None:
    """Stop the rule where no class of the mark is the category's: CAT601 says so, and the goods follow from it."""
    lists = [if_known(paper.fields.nice_classes) for paper in certificates_of(brand, case)]
    classes = {each for entity in lists if entity for each in entity.value}
    if all(lists) and not classes & {*category.terms.primary, *category.terms.secondary}:
        raise NotApplicable(en="no class of the mark fits the category (CAT601)", zh="商标类别不符（见 CAT601）")


def _answer(below: Subcategory, goods: Sequence[Goods], category: Category, case: Case) -> _Answer:
    covering = [item.text for item in goods if covers(item, category, below, case.rulebook)]
    if covering:
        return _Answer(below, Cover.COVERED, tuple(covering))
    perhaps = [item.text for item in goods if may_cover(item, below, case.rulebook)]
    return _Answer(below, Cover.UNCLEAR if perhaps else Cover.MISSING, tuple(perhaps))


def _another_brand_covers(below: Subcategory, brand: Brand, category: Category, case: Case) -> bool:
    others = (other for other in case.stated().brands if other is not brand)
    lists = (if_known(paper.fields.goods) for other in others for paper in certificates_of(other, case))
    return any(covers(item, category, below, case.rulebook) for goods in lists if goods for item in goods.value)


def _uncovered(
    brand: Brand, answer: _Answer, read: list[Entity[tuple[Goods, ...]]], goods: Sequence[Goods], case: Case
) -> Objection:
    below, missing = answer.below, answer.cover is Cover.MISSING
    listed = list(dict.fromkeys([*answer.items, *(item.text for item in goods)]))
    shown, more = listed[:_SHOWN], len(listed) > _SHOWN
    named, named_zh = "; ".join(shown) + (" …" if more else ""), "；".join(shown) + ("……" if more else "")
    return Objection(
        Message(
            en=f"the goods of {brand.name} ({named}) "
            + (f"do not cover {below.en}" if missing else f"may cover {below.en}, which their wording does not tell"),
            zh=f"{brand.name} 的核定商品（{named_zh}）"
            + (f"未涵盖{below.zh}" if missing else f"是否涵盖{below.zh}须人工判断"),
        ),
        expected=in_both(below),
        found=named or NONE,
        evidence=[*read, from_form(case.form_file, "store.subcategories", below.id)],
        certain=missing,
    )
