"""Rules on the business licence: the registrar's seal, and the QR code."""

from collections.abc import Iterator

from extractors.paper_fields import BusinessLicence
from pipeline.model import Message, Seal, SealShape
from pipeline.verdict import Severity
from validators.case import Case
from validators.differences import differs_in_doubt
from validators.engine import NotApplicable, Objection, Undetermined, known, rule
from validators.equality import canonical_name
from validators.identifiers import credit_code_flaw
from validators.qr_code import credit_code_in, foreign_hosts
from validators.rules.licence import CLEAR_LICENCE, printed_code


@rule(
    "LIC213",
    on=BusinessLicence,
    severity=Severity.MINOR,
    cites="国市监注〔2018〕253号: the registrar's seal is part of the face",
    zh="可见登记机关印章",
    remedy=CLEAR_LICENCE,
)
def seal_is_seen(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
    """A registrar's seal is seen.

    Black ones, on copies, are seen only where their ring is legible: where none is seen the rule says so and does not
    fail. It fails where the only seals that are seen are a company's, by what their rings say.
    """
    seals = [seal for paper in case.papers(BusinessLicence) if paper.fields is licence for seal in paper.document.seals]
    if any(_may_be_registrars(seal) for seal in seals):
        return
    rings = [seal.text for seal in seals if seal.text and _names_a_company(seal)]
    if rings and len(rings) == len(seals):
        names = [ring.text for ring in rings]
        yield Objection(
            Message(
                en=f"the only seal that is seen is that of {', '.join(names)}, not the registrar's",
                zh=f"仅见“{'”“'.join(names)}”的印章，未见登记机关印章",
            ),
            found=", ".join(names),
            evidence=rings,
        )
    else:
        raise Undetermined(
            en="no registrar's seal was seen; on a copy without colour look for it by eye",
            zh="未识别到登记机关印章；如为黑白复印件，请人工查看",
        )


def _may_be_registrars(seal: Seal) -> bool:
    """Whether a seal is round and does not say that it is a company's."""
    return seal.shape is SealShape.ROUND and not _names_a_company(seal)


def _names_a_company(seal: Seal) -> bool:
    return seal.text is not None and "公司" in canonical_name(seal.text.text)


@rule(
    "LIC215",
    on=BusinessLicence,
    severity=Severity.BLOCKER,
    cites="国市监注〔2018〕253号: the QR code leads to the publicity system; docs/sources.md#qr-code-seal-and-copies",
    zh="二维码指向政府网站且代码与执照所载一致",
    remedy=CLEAR_LICENCE,
)
def qr_code_is_the_registrars(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
    """The QR code leads to a host of gov.cn and carries no other code than the one printed."""
    if licence.qr_code is None:
        raise NotApplicable(en="no QR code was read on the licence", zh="执照上未读取到二维码")
    payload = known(licence.qr_code, "qr_code")
    allowed = case.rulebook.policy.qr_hosts
    for host in foreign_hosts(payload.value, allowed):
        yield Objection(
            Message(en=f"the QR code leads to {host}", zh=f"二维码指向 {host}"),
            expected=", ".join(allowed),
            found=host,
            evidence=[payload],
        )
    carried = credit_code_in(payload.value)
    if carried is None:
        return
    printed = printed_code(licence)
    if carried != printed.value:
        floor = case.rulebook.policy.min_confidence
        yield Objection(
            Message(
                en=f"the QR code carries {carried}, printed is {printed.value}",
                zh=f"二维码所载代码为 {carried}，执照所载为 {printed.value}",
            ),
            expected=printed.value,
            found=carried,
            evidence=[payload, printed],
            certain=credit_code_flaw(printed.value) is None and not differs_in_doubt(printed, carried, below=floor),
        )
