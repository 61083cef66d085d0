"""TMK413: what a certificate alone no longer proves (docs/sources.md#trademark-terms)."""

from collections.abc import Iterator

from extractors.trademark_fields import TrademarkCertificate
from pipeline.form import Brand, Relation
from pipeline.model import LONG_TERM, Message
from pipeline.verdict import Severity
from validators.case import Case
from validators.chain import chain_of
from validators.engine import Objection, first_page, if_known, rule
from validators.equality import canonical_name
from validators.parties import Agreement
from validators.registration import Registrant, expiry_of, registrant_of
from validators.remedies import supplement
from validators.rules.trademark import certificates_that_are_there
from validators.rules.trademark_dates import SEND_RENEWAL
from validators.wording import NONE, documents_in_both

PROOF_OF_CHANGE = supplement(
    "trademark_change",
    "Send the office's proof of the assignment or change of name that makes {subject} the present owner's.",
    "请提交 {subject} 的商标转让证明或变更证明，说明现权利人的来源。",
)


@rule(
    "TMK413",
    on=Brand,
    severity=Severity.MAJOR,
    cites="wodefinance.com/Trademarkregistration/lkiufosrcr.html (Tmall); docs/sources.md#trademark-terms",
    zh="商标变更、转让或续展附有证明",
    remedy=PROOF_OF_CHANGE,
)
def changes_of_the_registration_are_proven(brand: Brand, case: Case) -> Iterator[Objection]:
    """What the certificate alone no longer proves comes with proof: a passed term, an owner's old name.

    That an owner bears an old name cannot be read from any paper; where the owner's address is that of the company
    which acts as the owner, it may, and a person must look.
    """
    for paper in certificates_that_are_there(brand, case):
        expiry = expiry_of(paper, case)
        if expiry.end.value != LONG_TERM and expiry.end.value < case.as_of:
            days = (case.as_of - expiry.end.value).days
            yield Objection(
                Message(
                    en=f"the term ended on {expiry.end.value}, {days} days before {case.as_of}, "
                    "without proof of renewal",
                    zh=f"商标有效期已于 {expiry.end.value} 届满，距核验日 {case.as_of} 已过 {days} 天，且无续展证明",
                ),
                expected=documents_in_both("trademark_renewal"),
                found=NONE,
                evidence=[expiry.end, *map(first_page, expiry.unclear)],
                remedy=SEND_RENEWAL,
                certain=not expiry.unclear,
            )
        yield from _old_name(registrant_of(paper, case), brand, case)


def _old_name(registrant: Registrant, brand: Brand, case: Case) -> Iterator[Objection]:
    """Object where the printed owner lives where the acting owner does, under another name, and nothing proves why."""
    chain = chain_of(brand, case)
    paper = registrant.paper.fields
    if registrant.proofs or chain.own or not isinstance(paper, TrademarkCertificate):
        return
    address, licence = if_known(paper.owner_address), case.licence
    acting = brand.relation is Relation.OWNER or (chain.links and chain.links[0].begins is Agreement.OTHER)
    ours = if_known(licence.fields.address) if licence else None
    owner = if_known(registrant.printed)
    if not (acting and address and ours and owner) or canonical_name(address.value) != canonical_name(ours.value):
        return
    yield Objection(
        Message(
            en=f"{owner.value} stands on the certificate at the applicant's own address: if that is the applicant's "
            "former name, or the mark was assigned since, the proof is missing",
            zh=f"注册证上的“{owner.value}”与申请人地址相同：如系申请人曾用名或已转让，缺少相应证明",
        ),
        expected=documents_in_both("trademark_change", "trademark_assignment"),
        found=NONE,
        evidence=[owner, address, ours],
        certain=False,
    )
