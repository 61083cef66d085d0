"""Rules on the business licence: that it is there, and its codes.

Its dates are in licence_dates.py, what its other fields say of each other in licence_face.py.
"""

from collections.abc import Iterator

from extractors.codes import CREDIT_CODE_ALPHABET, credit_code_organisation_adds_up
from extractors.paper_fields import BusinessLicence, Template
from pipeline.model import Entity, Message
from pipeline.verdict import Dossier, Severity
from validators.case import Case, several_licences
from validators.differences import read_in_doubt
from validators.engine import NotApplicable, Note, Objection, first_page, if_known, known, rule
from validators.identifiers import (
    REGISTRARS,
    CodeFlaw,
    credit_code_flaw,
    organisation_code_of,
    registration_number_flaw,
)
from validators.remedies import clear_scan, resubmit, supplement
from validators.wording import ENTITY_NAMES, documents_in_both, in_both

CLEAR_LICENCE = clear_scan("business_licence")
COMMERCIAL_LICENCE = resubmit(
    "business_licence",
    "Send the business licence of a company or individual business that is registered with the market regulator.",
    "请提交在市场监督管理部门登记的企业或个体工商户的营业执照。",
)
EXCHANGED_LICENCE = resubmit(
    "business_licence",
    "Exchange your licence at the registrar for one that bears a unified social credit code, and send a scan of it.",
    "请到登记机关换领载有统一社会信用代码的营业执照后提交扫描件。",
)
SEND_LICENCE = supplement(
    "business_licence",
    "Send a clear colour scan of your business licence.",
    "请提交营业执照的清晰彩色扫描件。",
)


def printed_code(licence: BusinessLicence) -> Entity[str]:
    """Return the credit code, or stop the rule: an old licence bears a registration number, of which LIC205 speaks."""
    if licence.unified_social_credit_code is None and licence.registration_number is not None:
        raise NotApplicable(
            en="the licence shows a registration number and no credit code (LIC205)",
            zh="执照仅载注册号，无统一社会信用代码（见 LIC205）",
        )
    return known(licence.unified_social_credit_code, "unified_social_credit_code")


def sound_code(licence: BusinessLicence) -> Entity[str]:
    """Return a credit code that adds up, or stop the rule: LIC202 is about one that does not."""
    code = printed_code(licence)
    if credit_code_flaw(code.value) is not None:
        raise NotApplicable(
            en="the credit code itself does not stand (LIC202)", zh="统一社会信用代码本身不成立（见 LIC202）"
        )
    return code


@rule(
    "LIC201",
    on=Dossier,
    severity=Severity.BLOCKER,
    cites="ssopdot.com/blog/99361.html, 39813.html; docs/sources.md#documents-asked-for",
    zh="材料中有营业执照",
    remedy=SEND_LICENCE,
)
def licence_is_there(_dossier: Dossier, case: Case) -> Iterator[Objection | Note]:
    """A business licence is in the dossier.

    Where licences of several companies are here, the rules on licences look at the applicant's alone.
    """
    if not case.papers(BusinessLicence):
        case.rule_out("business_licence")
        yield Objection(
            Message(en="no business licence is among the documents", zh="材料中没有营业执照"),
            expected=documents_in_both("business_licence"),
        )
        return
    if case.licence is None:
        raise several_licences(case)
    others = [paper.document for paper in case.papers(BusinessLicence) if case.is_applicants(paper) is False]
    if others:
        files = ", ".join(document.file for document in others)
        yield Note(
            Message(
                en=f"{files}: another company's licence, by which the applicant is not judged",
                zh=f"{files} 为其他企业的营业执照，不作为审核申请人的依据",
            ),
            evidence=[first_page(document) for document in (case.licence.document, *others)],
        )


@rule(
    "LIC202",
    on=BusinessLicence,
    severity=Severity.BLOCKER,
    cites="GB 32100-2015, section 5 and annex A",
    zh="统一社会信用代码符合 GB 32100",
    remedy=CLEAR_LICENCE,
)
def credit_code_adds_up(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
    """The unified social credit code follows GB 32100: length, characters and check character.

    A mismatch is more often a misread character than a forgery, so a code of which any character was read with doubt
    is undetermined, and the message asks for a look at the scan.
    """
    code = printed_code(licence)
    flaw = credit_code_flaw(code.value)
    if flaw is not None:
        yield Objection(
            _about_code(code.value, flaw),
            expected=in_both(Message(en="18 characters of GB 32100", zh="18 位代码（GB 32100）")),
            found=code.value,
            evidence=[code],
            certain=not read_in_doubt(code, below=case.rulebook.policy.min_confidence),
        )


def _about_code(code: str, flaw: CodeFlaw) -> Message:
    if flaw is CodeFlaw.LENGTH:
        return Message(
            en=f"credit code {code} has {len(code)} characters instead of 18",
            zh=f"统一社会信用代码 {code} 为{len(code)}位，应为18位",
        )
    if flaw is CodeFlaw.CHARACTERS:
        strange = "".join(dict.fromkeys(each for each in code if each not in CREDIT_CODE_ALPHABET))
        what = f"characters that GB 32100 does not use ({strange})" if strange else "letters among characters 3 to 8"
        what_zh = f"GB 32100 不使用的字符（{strange}）" if strange else "第3至8位中的字母"
        return Message(en=f"credit code {code} holds {what}", zh=f"统一社会信用代码 {code} 含有{what_zh}")
    return Message(
        en=f"the characters of credit code {code} do not agree with each other; compare it with the scan",
        zh=f"统一社会信用代码 {code} 校验不符，请对照扫描件核对",
    )


@rule(
    "LIC203",
    on=BusinessLicence,
    severity=Severity.MAJOR,
    cites="GB 11714-1997, section 3",
    zh="代码中的组织机构代码符合 GB 11714",
    remedy=CLEAR_LICENCE,
)
def organisation_code_adds_up(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
    """The organisation code inside the credit code follows GB 11714."""
    code = sound_code(licence)
    if not credit_code_organisation_adds_up(code.value):
        inside = organisation_code_of(code.value)
        yield Objection(
            Message(
                en=f"organisation code {inside} inside {code.value} does not agree with its own check character",
                zh=f"{code.value} 中的组织机构代码 {inside} 校验不符",
            ),
            found=inside,
            evidence=[code],
            certain=not read_in_doubt(code, below=case.rulebook.policy.min_confidence),
        )


@rule(
    "LIC204",
    on=BusinessLicence,
    severity=Severity.BLOCKER,
    cites="GB 32100-2015, table 1",
    zh="代码属于市场监督管理部门的商事登记",
    remedy=COMMERCIAL_LICENCE,
)
def code_is_of_a_commercial_registration(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
    """The credit code begins as a commercial registration does (91, 92, 93).

    In a code that does not add up the first characters may be the misread ones, so it can only pass.
    """
    code = printed_code(licence)
    classes = case.rulebook.policy.commercial_classes
    start = code.value[:2]
    if start in classes:
        return
    sound_code(licence)
    registrar = REGISTRARS.get(start[:1])
    yield Objection(
        Message(
            en=f"credit code {code.value} begins with {start}" + (f" (registrar: {registrar.en})" if registrar else ""),
            zh=f"统一社会信用代码 {code.value} 以 {start} 开头"
            + (f"（登记管理部门：{registrar.zh}）" if registrar else ""),
        ),
        expected=", ".join(classes),
        found=start,
        evidence=[code],
        certain=not read_in_doubt(code, below=case.rulebook.policy.min_confidence),
    )


@rule(
    "LIC205",
    on=BusinessLicence,
    severity=Severity.MAJOR,
    cites="GS 15-2006; transition to credit codes ended 2018-12-31, docs/sources.md#licence-generations",
    zh="执照不止载有旧注册号，且注册号校验无误",
    remedy=EXCHANGED_LICENCE,
)
def registration_number_is_not_alone(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
    """The licence shows more than a registration number, and that number's check digit is right."""
    if licence.registration_number is None:
        raise NotApplicable(en="the licence shows no registration number", zh="执照未载注册号")
    number = known(licence.registration_number, "registration_number")
    code, template = licence.unified_social_credit_code, if_known(licence.template)
    if code is None:
        yield Objection(
            Message(
                en=f"the licence shows registration number {number.value} and no unified social credit code",
                zh=f"执照仅载注册号 {number.value}，无统一社会信用代码",
            ),
            expected=in_both(ENTITY_NAMES["unified_social_credit_code"]),
            found=number.value,
            evidence=[number],
            # On that face a credit code is always printed: it is there and was not read.
            certain=template is None or template.value is not Template.LANDSCAPE_2019,
        )
    if registration_number_flaw(number.value) is CodeFlaw.CHECK_CHARACTER:
        yield Objection(
            Message(
                en=f"the digits of registration number {number.value} do not agree with each other",
                zh=f"注册号 {number.value} 校验不符",
            ),
            found=number.value,
            evidence=[number],
            remedy=CLEAR_LICENCE if code else None,
            certain=not read_in_doubt(number, below=case.rulebook.policy.min_confidence),
        )
