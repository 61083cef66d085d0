"""AUT: a right to a brand that belongs to someone else. What letters say is judged once they are read."""

from collections.abc import Iterator

from pipeline.form import Brand, Relation
from pipeline.model import Entity, Message
from pipeline.verdict import Severity
from validators.applicant import recognise
from validators.case import Case, owner_on
from validators.engine import NotApplicable, Objection, Undetermined, first_page, from_form, if_known, rule
from validators.remedies import supplement

LETTER = "authorization_letter"


@rule(
    "AUT501",
    on=Brand,
    severity=Severity.BLOCKER,
    cites="docs/sources.md#authorization",
    zh="他人品牌附有授权书（专营店可为进货发票）",
    remedy=supplement(
        LETTER,
        "Send the trademark owner's authorization of your company for {subject}, signed and sealed.",
        "请提供商标权人出具的、加盖公章的 {subject} 品牌授权书。",
    ),
)
def right_to_anothers_brand_is_proven(brand: Brand, case: Case) -> Iterator[Objection]:
    """A brand that belongs to someone else comes with an authorization letter (specialised store: or an invoice).

    A brand declared as the applicant's own is XDC804's. Whether a letter says what it must is not judged here.
    """
    if brand.relation is Relation.OWNER:
        raise NotApplicable(
            en="the brand is declared as the applicant's own (XDC804)", zh="该品牌申报为自有（见 XDC804）"
        )
    owners = _owners(brand, case)
    told = [recognise(owner, case) for owner in owners]
    if owners and all(recognition.holds for recognition in told):
        return
    proofs = (LETTER, "purchase_invoice") if case.store_type().invoice_will_do else (LETTER,)
    if any(found.type in proofs for found in case.documents):
        return
    case.rule_out(*proofs)
    declared = [from_form(case.form_file, "brands relation", str(brand.relation))] if brand.relation else []
    if not declared and (not owners or any(recognition.holds is None for recognition in told)):
        raise Undetermined(
            en=f"whose brand {brand.name} is cannot be told",
            zh=f"无法判断 {brand.name} 的权利人",
            evidence=[*owners, *(first_page(paper.document) for paper in case.papers_of(brand))],
        )
    names = ", ".join(dict.fromkeys(owner.value for owner in owners))
    yield Objection(
        Message(
            en=f"{brand.name} belongs to {names or 'someone else'}, and no authorization is among the documents",
            zh=f"{brand.name} 属于{names or '他人'}，材料中没有授权书",
        ),
        expected=" or ".join(proofs),
        found="none",
        evidence=[*declared, *owners],
    )


def _owners(brand: Brand, case: Case) -> list[Entity[str]]:
    """Return who stands on the brand's papers as its owner, where that was read for sure."""
    names = (if_known(owner_on(paper)) for paper in case.papers_of(brand))
    return [name for name in names if name is not None]
