"""Rules on the dates of the business licence: operating period, establishment, issue."""

from collections.abc import Iterator
from datetime import date

from extractors.paper_fields import BusinessLicence, LegalPersonRole, Template
from pipeline.model import Entity, Message
from pipeline.verdict import Severity
from validators.case import Case
from validators.days import has_passed, lies_ahead
from validators.engine import NotApplicable, Note, Objection, if_known, known, rule
from validators.identifiers import RegistrationClass, registration_class
from validators.remedies import resubmit
from validators.rules.licence import CLEAR_LICENCE
from validators.wording import in_both, or_earlier

CURRENT_LICENCE = resubmit(
    "business_licence",
    "Send your current business licence; if its operating period has ended, renew it with the registrar first.",
    "请提交现行有效的营业执照；如营业期限已届满，请先到登记机关办理延期。",
)
_WITHOUT_PERIOD = (RegistrationClass.INDIVIDUAL, RegistrationClass.COOPERATIVE)


@rule(
    "LIC206",
    on=BusinessLicence,
    severity=Severity.BLOCKER,
    cites="市场主体登记管理条例 and its 实施细则 (2022-03-01); docs/sources.md#licence-generations",
    zh="营业期限在核验日未届满",
    remedy=CURRENT_LICENCE,
)
def operating_period_runs(licence: BusinessLicence, case: Case) -> Iterator[Objection | Note]:
    """The operating period has not ended at the as-of date.

    Of one that has yet to begin a person must judge.
    """
    yield from lies_ahead(
        if_known(licence.valid_from),
        case.as_of,
        en="the operating period begins on {day}",
        zh="营业期限自 {day} 起",
        certain=False,
    )
    if licence.valid_to is None and (reason := _reason_for_no_period(licence, case)):
        yield reason
        return
    ends = known(licence.valid_to, "valid_to")
    yield from has_passed(ends, case.as_of, en="the operating period ended on {day}", zh="营业期限已于 {day} 届满")


def _issued_at_the_earliest(licence: BusinessLicence) -> Entity[date] | None:
    """Return the issue date; where it was not read, the establishment date: no licence is issued before it."""
    return if_known(licence.issue_date) or if_known(licence.establishment_date)


def _reason_for_no_period(licence: BusinessLicence, case: Case) -> Note | None:
    """Return why a licence without a period is fine, None if there is no reason: then it was not read."""
    since = case.rulebook.policy.no_period_since
    issued = _issued_at_the_earliest(licence)
    if issued is not None and issued.value >= since:
        return Note(
            Message(
                en=f"no operating period is printed, as on all licences since {since}",
                zh=f"自 {since} 起签发的执照不再载明营业期限",
            ),
            evidence=[issued],
        )
    role, code = if_known(licence.legal_person_role), if_known(licence.unified_social_credit_code)
    if (role is not None and role.value in (LegalPersonRole.OPERATOR, LegalPersonRole.INVESTOR)) or (
        code is not None and registration_class(code.value) in _WITHOUT_PERIOD
    ):
        raise NotApplicable(
            en="licences of individual businesses, sole proprietorships and cooperatives bear no operating period",
            zh="个体工商户、个人独资企业和农民专业合作社的执照不载营业期限",
        )
    return None


@rule(
    "LIC207",
    on=BusinessLicence,
    severity=Severity.BLOCKER,
    cites="a licence is issued when or after the company is founded; docs/sources.md#licence-dates-and-money",
    zh="成立日期不晚于发照日期和核验日",
    remedy=CLEAR_LICENCE,
)
def founded_before_the_licence_was_issued(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
    """The establishment date is neither in the future nor after the issue date.

    Of a licence whose issue date lies in the future a person must judge.
    """
    founded = known(licence.establishment_date, "establishment_date")
    yield from lies_ahead(founded, case.as_of, en="the establishment date is {day}", zh="成立日期为 {day}")
    issued = known(licence.issue_date, "issue_date")
    yield from lies_ahead(issued, case.as_of, en="the issue date is {day}", zh="发照日期为 {day}", certain=False)
    if founded.value > issued.value:
        yield Objection(
            Message(
                en=f"the establishment date {founded.value} lies after the issue date {issued.value}",
                zh=f"成立日期 {founded.value} 晚于发照日期 {issued.value}",
            ),
            expected=or_earlier(issued.value),
            found=str(founded.value),
            evidence=[founded, issued],
            # Ink over a figure changes it more often than anybody founds a company after its licence.
            certain=not case.lies_under_a_seal(issued),
        )


@rule(
    "LIC208",
    on=BusinessLicence,
    severity=Severity.MAJOR,
    cites="国市监注〔2018〕253号 (2019-03-01); docs/sources.md#licence-generations",
    zh="执照版式与发照日期相符",
    remedy=CLEAR_LICENCE,
)
def template_fits_the_issue_date(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
    """The template is of the time at which the licence was issued."""
    template = known(licence.template, "template")
    changed = case.rulebook.policy.imprint_changed_on
    issued = _issued_at_the_earliest(licence)
    if issued is None or (issued is not licence.issue_date and issued.value <= changed):
        issued = known(licence.issue_date, "issue_date")
    is_new = template.value is Template.LANDSCAPE_2019
    # On the day of the change registrars may still have used up old forms.
    if (is_new and issued.value < changed) or (not is_new and issued.value > changed):
        new, new_zh = ("new", "新") if is_new else ("old", "旧")
        read, read_zh = (
            ("was issued", "发照") if issued is licence.issue_date else ("is of a company founded", "企业成立")
        )
        yield Objection(
            Message(
                en=f"the {new} template does not fit: the licence {read} on {issued.value}, it changed on {changed}",
                zh=f"执照为{new_zh}版式，但{read_zh}日期为 {issued.value}；新版自 {changed} 起启用",
            ),
            expected=in_both(
                Message(en=f"{'since' if is_new else 'before'} {changed}", zh=f"{changed} {'起' if is_new else '之前'}")
            ),
            found=str(issued.value),
            evidence=[template, issued],
        )
