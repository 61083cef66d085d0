"""CAT: does the mark cover the category, and what else the category asks for (docs/sources.md#nice-classes).

Classes are read on the brand's papers, never on the form. A class must stand among the category's primary classes;
secondary ones cover only a part of it; class 35 covers trading services and no goods.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from extractors.base import Goods
from extractors.names import naming
from extractors.trademark_fields import TrademarkCertificate
from pipeline.form import Brand
from pipeline.model import Entity, Message
from pipeline.verdict import Dossier, Evidence, Severity
from validators.case import Case, MarkPaper
from validators.chain import chain_of
from validators.chain.letters import LETTER
from validators.engine import NotApplicable, Note, Objection, Undetermined, from_form, if_known, known, rule
from validators.policy import Category, Entry, MarkStatus
from validators.remedies import contact, resubmit, supplement
from validators.rules.trademark import papers_that_are_there
from validators.wording import in_both

_OTHER_CLASS = supplement(
    "trademark_certificate",
    "Send a registration of {subject} in a class of goods that covers your major category, or choose another category.",
    "请提供 {subject} 在所选经营大类对应商品类别上的商标注册证，或更换经营大类。",
)


_GRANTED_CLASS = resubmit(
    LETTER,
    "Send a letter that lets you use {subject} in a class of goods that covers your major category.",
    "请提供授权类别涵盖所选经营大类的 {subject} 授权书。",
)


@dataclass(frozen=True)
class _Classes:
    """The Nice classes of one brand, over all its papers."""

    read: tuple[Entity[tuple[int, ...]], ...]
    unread: tuple[MarkPaper, ...]

    @cached_property
    def all(self) -> frozenset[int]:
        return frozenset(each for entity in self.read for each in entity.value)

    def need_unread(self) -> None:
        """Stop as undetermined where a paper's classes were not read: they may be what is missing."""
        for paper in self.unread:
            known(paper.fields.nice_classes, "nice_classes", of=paper.document)

    def __str__(self) -> str:
        return _listed(self.all)


def _classes_of(brand: Brand, case: Case) -> _Classes:
    papers = papers_that_are_there(brand, case)
    registered = tuple(paper for paper in papers if isinstance(paper.fields, TrademarkCertificate))
    # A class that is only applied for is no registration; where nothing is registered, STO701 says so.
    if 0 < len(registered) < len(papers) and _counts_registrations_alone(case):
        papers = registered
    found = [(paper, if_known(paper.fields.nice_classes)) for paper in papers]
    return _Classes(
        tuple(entity for _, entity in found if entity is not None),
        tuple(paper for paper, entity in found if entity is None),
    )


def _counts_registrations_alone(case: Case) -> bool:
    kind = case.known_store_type()
    return kind is not None and kind.regulated and MarkStatus.PENDING not in kind.statuses


@rule(
    "CAT601",
    on=Brand,
    severity=Severity.BLOCKER,
    cites="headings of the Nice Classification; docs/sources.md#nice-classes-per-category",
    zh="商标类别覆盖所选经营大类",
    remedy=_OTHER_CLASS,
)
def class_fits_the_category(brand: Brand, case: Case) -> Iterator[Objection]:
    """A class of the mark is among the category's primary or secondary Nice classes.

    Of another's mark, a class that every letter of the chain grants; a letter that names no classes grants them all.
    """
    category = case.category()
    classes = _classes_of(brand, case)
    wanted = {*category.terms.primary, *category.terms.secondary}
    if classes.all & wanted:
        yield from _not_granted(brand, category, classes.all & wanted, case)
        return
    classes.need_unread()
    yield Objection(
        Message(
            en=f"{brand.name} is protected in class {classes}; {category.en} needs one of {_listed(wanted)}",
            zh=f"{brand.name} 的商标类别为第 {_listed(classes.all, '、')} 类；"
            f"{category.zh}需要第 {_listed(wanted, '、')} 类之一",
        ),
        expected=_listed(wanted),
        found=str(classes),
        evidence=[*classes.read, chosen(category, case)],
    )


def _not_granted(brand: Brand, category: Category, fitting: frozenset[int], case: Case) -> Iterator[Objection]:
    """Object to letters that grant none of the mark's classes that fit the category."""
    for link in chain_of(brand, case).links:
        if link.letter.fields.nice_classes is None:
            continue
        granted = known(link.letter.fields.nice_classes, "nice_classes", of=link.document)
        if not fitting & {*granted.value}:
            listed = _listed(set(granted.value))
            yield Objection(
                Message(
                    en=f"{link.document.file} grants {brand.name} in class {listed} alone; "
                    f"{category.en} needs one of {_listed(fitting)}",
                    zh=f"{link.document.file} 仅授权 {brand.name} 的第 {listed} 类；"
                    f"{category.zh}需要第 {_listed(fitting, '、')} 类之一",
                ),
                expected=_listed(fitting),
                found=listed,
                evidence=[granted, chosen(category, case)],
                remedy=_GRANTED_CLASS,
            )


@rule(
    "CAT602",
    on=Brand,
    severity=Severity.MAJOR,
    cites="secondary classes need a look at the goods; docs/sources.md#nice-classes-per-category",
    zh="商标类别属于经营大类的主要类别",
    remedy=_OTHER_CLASS,
)
def class_is_a_primary_one(brand: Brand, case: Case) -> Iterator[Objection]:
    """A class of the mark is among the category's primary Nice classes."""
    category = case.category()
    classes = _classes_of(brand, case)
    if classes.all & {*category.terms.primary}:
        return
    classes.need_unread()
    partly = classes.all & {*category.terms.secondary}
    if not partly:
        raise NotApplicable(en="no class of the mark fits the category", zh="商标类别均不属于该经营大类")
    goods = _goods_of(brand, case)
    named = naming([item.text for entity in goods for item in entity.value], category.goods)
    yield Objection(
        Message(
            en=f"{brand.name} is protected in class {_listed(partly)}, which covers only a part of {category.en}: "
            f"the goods on the certificate must be read (of the category by name: {'; '.join(named) or 'none'})",
            zh=f"{brand.name} 的第 {_listed(partly, '、')} 类仅覆盖{category.zh}的一部分，须核对证书上的商品项目"
            f"（名称属于该类目的：{'；'.join(named) or '无'}）",
        ),
        expected=_listed({*category.terms.primary}),
        found=str(classes),
        evidence=[*classes.read, *goods, chosen(category, case)],
    )


def _goods_of(brand: Brand, case: Case) -> list[Entity[tuple[Goods, ...]]]:
    """Return what the brand's certificates list as goods, where it was read for sure: it is shown, not judged."""
    papers = (paper.fields for paper in papers_that_are_there(brand, case))
    lists = (if_known(fields.goods) for fields in papers if isinstance(fields, TrademarkCertificate))
    return [goods for goods in lists if goods is not None]


@rule(
    "CAT603",
    on=Brand,
    severity=Severity.BLOCKER,
    cites="heading of Nice class 35: services, no goods; docs/sources.md#nice-classes",
    zh="商标并非仅注册于第35类",
    remedy=_OTHER_CLASS,
)
def mark_covers_goods(brand: Brand, case: Case) -> Iterator[Objection]:
    """The mark is not registered in class 35 alone."""
    services = case.rulebook.policy.services_class
    category = case.category()
    if services in {*category.terms.primary, *category.terms.secondary}:
        raise NotApplicable(en=f"{category.en} accepts class {services}", zh=f"{category.zh}接受第 {services} 类")
    classes = _classes_of(brand, case)
    if classes.all - {services}:
        return
    classes.need_unread()
    yield Objection(
        Message(
            en=f"{brand.name} is protected in class {services} alone, which covers trading services and no goods",
            zh=f"{brand.name} 仅注册于第 {services} 类（商业服务），不覆盖任何商品",
        ),
        expected=in_both(Message(en="a class of goods", zh="商品类别")),
        found=str(classes),
        evidence=classes.read,
    )


_ENTRIES = {
    Entry.OPEN: Message(en="open to everybody", zh="开放入驻"),
    Entry.INVITATION: Message(en="entered by invitation only", zh="仅限邀请入驻"),
    Entry.CLOSED: Message(en="closed", zh="已关闭入驻"),
}


@rule(
    "CAT608",
    on=Dossier,
    severity=Severity.MAJOR,
    cites="ssopdot.com/blog/99568.html; docs/sources.md#entry-of-categories",
    zh="经营大类开放入驻",
    remedy=contact(
        "Ask the marketplace whether your major category is open to you, or choose another one.",
        "请向平台确认所选经营大类是否开放入驻，或更换经营大类。",
    ),
)
def category_is_open(dossier: Dossier, case: Case) -> Iterator[Objection]:
    """The category is open to everybody."""
    category = case.category()
    if category.terms.entry is Entry.OPEN:
        return
    if category.terms.entry is Entry.UNCLEAR:
        raise Undetermined(
            en=f"no source says whether {category.en} is open",
            zh=f"{category.zh}是否开放入驻尚无依据",
            evidence=[chosen(category, case)],
        )
    yield Objection(
        Message(
            en=f"{category.en} is {_ENTRIES[category.terms.entry].en}",
            zh=f"{category.zh}{_ENTRIES[category.terms.entry].zh}",
        ),
        expected=in_both(_ENTRIES[Entry.OPEN]),
        found=in_both(_ENTRIES[category.terms.entry]),
        evidence=[chosen(category, case)],
    )


@rule(
    "CAT609",
    on=Dossier,
    severity=Severity.INFO,
    cites="ssopdot.com/blog/99438.html, 99568.html; docs/sources.md#deposits",
    zh="经营大类保证金已列明",
    remedy=contact("Ask the marketplace which deposit is due.", "请向平台确认应缴保证金。"),
)
def deposit_is_named(dossier: Dossier, case: Case) -> Iterator[Note]:
    """The deposit that is due for the category is named."""
    category, currency = case.category(), case.rulebook.policy.currency
    amount = category.terms.deposit
    if amount is None:
        raise Undetermined(
            en=f"no deposit is on record for {category.en}",
            zh=f"{category.zh}未载明保证金",
            evidence=[chosen(category, case)],
        )
    told = Message(
        en=f"the deposit for {category.en} is {currency} {amount:,}",
        zh=f"{category.zh}的保证金为 {currency} {amount:,}",
    )
    yield Note(told, found=str(amount), evidence=[chosen(category, case)])


def chosen(category: Category, case: Case) -> Evidence:
    """Return the evidence that the form chooses this category."""
    return from_form(case.form_file, "store.category", category.id)


def _listed(classes: frozenset[int] | set[int], comma: str = ", ") -> str:
    return comma.join(map(str, sorted(classes)))
