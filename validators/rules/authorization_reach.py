"""AUT: what a letter gives, where, and whether its licensor had as much to give (docs/sources.md#authorization)."""

from collections.abc import Iterator
from typing import Any

from extractors.letters.fields import AuthorizationLetter, Exclusivity
from pipeline.model import LONG_TERM, Document, Entity, Message, Term
from pipeline.verdict import Severity
from validators.case import Case
from validators.chain import Link
from validators.chain.letters import LETTER
from validators.chain.reach import (
    Coverage,
    markets_taken,
    platforms_cover,
    platforms_lie_within,
    territory_covers,
    territory_lies_within,
)
from validators.chain.subjects import LETTERS, UsedLetter
from validators.engine import NotApplicable, Objection, Undetermined, first_page, if_known, known, rule
from validators.remedies import resubmit
from validators.wording import in_both

NO_WIDER = resubmit(
    LETTER,
    "Send a letter that gives no more than its licensor was given: period, classes, platforms, territory ({subject}).",
    "请提供授权范围不超过上级授权的授权书：期限、类别、平台及地域（{subject}）。",
)
FOR_THIS_MARKETPLACE = resubmit(
    LETTER,
    "Send an authorization that covers this marketplace and where it sells ({subject}).",
    "请提供授权平台及地域涵盖本平台的授权书（{subject}）。",
)
MAY_BE_PASSED_ON = resubmit(
    LETTER,
    "Send a letter that lets the licensee pass the right on, or an authorization straight from the owner ({subject}).",
    "请提供允许转授权的授权书，或由商标权人直接出具的授权书（{subject}）。",
)


@rule(
    "AUT510",
    on=LETTERS,
    severity=Severity.MAJOR,
    cites="nobody passes on more than they have; docs/sources.md#authorization",
    zh="授权范围不超过上级授权",
    remedy=NO_WIDER,
)
def letter_gives_no_more_than_the_one_before(letter: UsedLetter, case: Case) -> Iterator[Objection]:
    """A link's period, scope and territory are no wider than those of the link before.

    Scope is classes, platforms and exclusivity. Where one of both letters is silent it takes over what the other says.
    What the first one has to give is the registration: its classes.
    """
    yield from _unregistered_classes(letter, case)
    later = [link for link in letter.links if link.before is not None]
    if not later and letter.fields.nice_classes is None:
        raise NotApplicable(
            en="the letter is the first of its chain and names no classes", zh="该授权书为首级授权，且未载明类别"
        )
    before = {link.before.document.id: link for link in later if link.before}
    for link in before.values():
        yield from _wider_term(link)
        yield from _wider_classes(link)
        yield from _wider_exclusivity(link)
        yield from _wider_platforms(link, case)
        yield from _wider_territory(link, case)


def _both(link: Link) -> tuple[tuple[AuthorizationLetter, Document], tuple[AuthorizationLetter, Document]]:
    assert link.before is not None
    return (link.before.fields, link.before.document), (link.letter.fields, link.document)


def _wider_term(link: Link) -> Iterator[Objection]:
    (outer, outer_page), (inner, page) = _both(link)
    outer_end, end = known(outer.valid_to, "valid_to", of=outer_page), known(inner.valid_to, "valid_to", of=page)
    if _later(end.value, outer_end.value):
        yield _wider(link, "ends", "截止于", outer_end, end)
    if inner.valid_from is None or outer.valid_from is None:
        return
    begins = known(inner.valid_from, "valid_from", of=page)
    outer_begins = known(outer.valid_from, "valid_from", of=outer_page)
    if begins.value < outer_begins.value:
        yield _wider(link, "begins", "起始于", outer_begins, begins)


def _later(one: Term, other: Term) -> bool:
    if other == LONG_TERM:
        return False
    return one == LONG_TERM or one > other


def _wider_classes(link: Link) -> Iterator[Objection]:
    (outer, outer_page), (inner, page) = _both(link)
    if outer.nice_classes is None or inner.nice_classes is None:
        return
    given = known(outer.nice_classes, "nice_classes", of=outer_page)
    passed_on = known(inner.nice_classes, "nice_classes", of=page)
    if not {*passed_on.value} <= {*given.value}:
        yield _wider(link, "covers classes", "涵盖类别", given, passed_on)


def _unregistered_classes(letter: UsedLetter, case: Case) -> Iterator[Objection]:
    """Object to a first letter that grants classes in which none of its marks is registered or applied for."""
    papers = [paper for link in letter.links if link.before is None for paper in case.papers_of(link.brand)]
    if letter.fields.nice_classes is None or not papers:
        return
    own = [known(paper.fields.nice_classes, "nice_classes", of=paper.document) for paper in papers]
    granted = known(letter.fields.nice_classes, "nice_classes", of=letter.document)
    registered = {number for classes in own for number in classes.value}
    unregistered = {*granted.value} - registered
    if unregistered:
        yield Objection(
            Message(
                en=f"{letter.document.file} covers class {_listed(unregistered)}, "
                f"the mark's papers are for {_listed(registered)}",
                zh=f"{letter.document.file} 涵盖第 {_listed(unregistered)} 类，商标文件为第 {_listed(registered)} 类",
            ),
            expected=_listed(registered),
            found=_listed({*granted.value}),
            evidence=[granted, *own],
            # A letter for other marks, too, may mean one of those.
            certain=not _names_others(letter),
        )


def _names_others(letter: UsedLetter) -> bool:
    named = (letter.fields.marks, letter.fields.trademark_numbers)
    return any(each is not None and len(each.value) > len(letter.links) for each in named)


def _listed(classes: set[int]) -> str:
    return ", ".join(map(str, sorted(classes)))


def _wider_exclusivity(link: Link) -> Iterator[Objection]:
    (outer, outer_page), (inner, page) = _both(link)
    if outer.exclusivity is None or inner.exclusivity is None:
        return
    order = (Exclusivity.NON_EXCLUSIVE, Exclusivity.SOLE, Exclusivity.EXCLUSIVE)
    given = known(outer.exclusivity, "exclusivity", of=outer_page)
    passed_on = known(inner.exclusivity, "exclusivity", of=page)
    if order.index(passed_on.value) > order.index(given.value):
        yield _wider(link, "is", "性质为", given, passed_on)


def _wider_platforms(link: Link, case: Case) -> Iterator[Objection]:
    (outer, outer_page), (inner, page) = _both(link)
    if outer.platforms is None or inner.platforms is None:
        return
    given, passed_on = known(outer.platforms, "platforms", of=outer_page), known(inner.platforms, "platforms", of=page)
    within = platforms_lie_within(passed_on.value, given.value, case.rulebook.policy)
    if not within:
        yield _wider(link, "is for", "平台为", given, passed_on, certain=within is False)


def _wider_territory(link: Link, case: Case) -> Iterator[Objection]:
    (outer, outer_page), (inner, page) = _both(link)
    if outer.territory is None or inner.territory is None:
        return
    given, passed_on = known(outer.territory, "territory", of=outer_page), known(inner.territory, "territory", of=page)
    within = territory_lies_within(passed_on.value, given.value, case.rulebook.policy)
    if not within:
        yield _wider(link, "is for", "地域为", given, passed_on, certain=within is False)


def _wider(
    link: Link, says: str, says_zh: str, given: Entity[Any], passed_on: Entity[Any], *, certain: bool = True
) -> Objection:
    wanted, found = (_shown(entity.value) for entity in (given, passed_on))
    before = link.before.document.file if link.before else ""
    return Objection(
        Message(
            en=f"{link.document.file} {says} {found}, {before} before it {wanted}",
            zh=f"{link.document.file} {says_zh} {found}，上级授权 {before} 为 {wanted}",
        ),
        expected=wanted,
        found=found,
        evidence=[given, passed_on],
        certain=certain,
    )


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


@rule(
    "AUT511",
    on=LETTERS,
    severity=Severity.MAJOR,
    cites="wodefinance.com/Trademarkregistration/ningkizbme.html (Tmall); docs/sources.md#authorization",
    zh="授权平台及地域涵盖本平台",
    remedy=FOR_THIS_MARKETPLACE,
)
def letter_covers_this_marketplace(letter: UsedLetter, case: Case) -> Iterator[Objection]:
    """Platforms and territory of the letter take in this marketplace.

    A letter that names one of both and is silent about the other does not limit the other. The world but for one of
    this marketplace's markets leaves out its buyers there. Wording that the rulebook does not know is for a person.
    """
    platforms, territory = letter.fields.platforms, letter.fields.territory
    if platforms is None and territory is None:
        raise Undetermined(
            en=f"neither platforms nor territory were read on {letter.document.file}",
            zh=f"{letter.document.file} 的授权平台及地域均未识别",
            evidence=[first_page(letter.document)],
        )
    if platforms is not None:
        named = known(platforms, "platforms")
        yield from _left_out(letter, named, ", ".join(named.value), platforms_cover(named.value, case.rulebook.policy))
    if territory is not None:
        place = known(territory, "territory")
        covers = territory_covers(place.value, case.rulebook.policy)
        if covers is Coverage.PARTLY:
            yield _without_a_market(letter, place, markets_taken(place.value, case.rulebook.policy))
        else:
            yield from _left_out(letter, place, place.value, covers)


def _without_a_market(letter: UsedLetter, place: Entity[str], markets: tuple[str, ...]) -> Objection:
    return Objection(
        Message(
            en=f"{letter.document.file} is for {place.value}, which leaves out a market of this marketplace: "
            + ", ".join(markets),
            zh=f"{letter.document.file} 的授权地域为“{place.value}”，未覆盖本平台的销售市场：{'、'.join(markets)}",
        ),
        found=place.value,
        evidence=[place],
    )


def _left_out(letter: UsedLetter, fact: Entity[Any], text: str, coverage: Coverage) -> Iterator[Objection]:
    if coverage is Coverage.INCLUDED:
        return
    left_out = coverage is Coverage.LEFT_OUT
    yield Objection(
        Message(
            en=f"{letter.document.file} is for {text}, which "
            + ("leaves out this marketplace" if left_out else "may leave out this marketplace"),
            zh=f"{letter.document.file} 的授权范围为“{text}”，"
            + ("未涵盖本平台" if left_out else "是否涵盖本平台须人工判断"),
        ),
        found=text,
        evidence=[fact],
        certain=left_out,
    )


@rule(
    "AUT512",
    on=LETTERS,
    severity=Severity.MAJOR,
    cites="a licence is passed on only where the owner allows it; docs/sources.md#authorization",
    zh="被转授的权利允许转授权",
    remedy=MAY_BE_PASSED_ON,
)
def right_may_be_passed_on(letter: UsedLetter, case: Case) -> Iterator[Objection]:
    """A link that is passed on carries the right to sub-license; of a letter that is silent a person must judge."""
    if all(link.after is None for link in letter.links):
        raise NotApplicable(en="the right is not passed on", zh="该授权未再转授")
    may = if_known(letter.fields.sublicensing)
    if may is None:
        raise Undetermined(
            en=f"whether {letter.document.file} lets the right be passed on could not be read, or it does not say",
            zh=f"{letter.document.file} 是否允许转授权未能识别或未载明",
            evidence=[letter.fields.sublicensing or first_page(letter.document)],
        )
    if not may.value:
        yield Objection(
            Message(
                en=f"{letter.document.file} does not let the right be passed on, and it was passed on",
                zh=f"{letter.document.file} 不允许转授权，但该权利已被转授",
            ),
            expected=in_both(Message(en="may be passed on", zh="可转授权")),
            found=in_both(Message(en="may not be passed on", zh="不可转授权")),
            evidence=[may],
        )
