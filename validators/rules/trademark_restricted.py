"""TMK414: marks that belong to someone famous, or to nobody (docs/sources.md#restricted-marks)."""

from collections.abc import Iterator, Sequence

from pipeline.form import Brand
from pipeline.model import Entity, Message
from pipeline.verdict import Severity
from validators.case import Case
from validators.differences import differs_in_doubt
from validators.engine import Objection, Proof, from_form, if_known, rule
from validators.equality import canonical_mark, same_company, same_person
from validators.lookalikes import Likeness, Resemblance, nearly_as_long, resemblance
from validators.policy import MarkKind, RestrictedMark
from validators.registration import Registrant, registrant_of
from validators.remedies import contact

_KINDS = {
    MarkKind.FAMOUS: ("the brand of another company", "他人知名品牌"),
    MarkKind.GENERIC: ("a generic word", "通用词汇"),
    MarkKind.PLACE: ("the name of a place", "地名"),
    MarkKind.PERSON: ("the name of a person", "名人姓名"),
}


@rule(
    "TMK414",
    on=Brand,
    severity=Severity.MAJOR,
    cites="ssopdot.com/blog/33511.html; docs/sources.md#restricted-marks",
    zh="商标与限制名单上的商标不相同或近似",
    remedy=contact(
        "{subject} is, or resembles, a mark that the marketplace restricts: ask it whether this brand may be sold.",
        "{subject} 与平台限制的商标相同或近似，请向平台确认该品牌可否经营。",
    ),
)
def mark_is_not_restricted(brand: Brand, case: Case) -> Iterator[Objection]:
    """The mark neither equals nor closely resembles one on the restricted list, or belongs to its owner there.

    It is a hint for people: many honest marks resemble others.
    """
    papers = case.papers_of(brand)
    marks = [mark for paper in papers if (mark := if_known(paper.fields.mark_text))]
    texts = list(dict.fromkeys([brand.name, *(mark.value for mark in marks)]))
    registrants = [registrant_of(paper, case) for paper in papers]
    restricted = case.rulebook.policy.restricted_marks
    names = tuple(listed.name for listed in restricted)
    near = {name for text in texts for name in nearly_as_long(text, names)}
    for listed in restricted:
        if listed.name not in near:
            continue
        found = [(text, likeness) for text in texts if (likeness := resemblance(text, listed.name))]
        if found and not _belongs_to_its_owner(listed, registrants):
            text, likeness = min(found, key=lambda each: list(Likeness).index(each[1].likeness))
            read: list[Proof] = [mark for mark in marks if mark.value == text]
            proofs = read or [from_form(case.form_file, "brands", text)]
            yield _restricted(text, listed, likeness, proofs, registrants, case)


def _belongs_to_its_owner(listed: RestrictedMark, registrants: list[Registrant]) -> bool:
    owners = [if_known(registrant.name) for registrant in registrants if not registrant.unclear]
    return bool(owners) and all(
        owner is not None
        and any(same_company(owner.value, name) or same_person(owner.value, name) for name in listed.owners)
        for owner in owners
    )


def _restricted(
    text: str,
    listed: RestrictedMark,
    likeness: Resemblance,
    proofs: Sequence[Proof],
    registrants: list[Registrant],
    case: Case,
) -> Objection:
    en, zh = _KINDS[listed.kind]
    floor = case.rulebook.policy.min_confidence
    owners = [owner for registrant in registrants if (owner := if_known(registrant.name))]
    # A famous mark whose owner could not be read may be its owner's.
    open_owner = bool(listed.owners) and bool(registrants) and len(owners) < len(registrants)
    in_doubt = any(
        isinstance(proof, Entity) and differs_in_doubt(proof, listed.name, below=floor, form=canonical_mark)
        for proof in proofs
    )
    belongs = f", which belongs to {listed.owners[0]}" if listed.owners else ""
    belongs_zh = f"（权利人：{listed.owners[0]}）" if listed.owners else ""
    return Objection(
        Message(
            en=f"the mark {text} resembles {en}: {likeness.why.en}{belongs}",
            zh=f"商标 {text} 与{zh}相同或近似：{likeness.why.zh}{belongs_zh}",
        ),
        expected=listed.owners[0] if listed.owners else None,
        found=text,
        evidence=[*proofs, *owners],
        certain=likeness.likeness is not Likeness.PERHAPS and not in_doubt and not open_owner,
    )
