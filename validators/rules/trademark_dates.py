"""Rules on the dates of each declared brand's trademark: term, age of the notice, day of registration."""

from collections.abc import Iterator
from datetime import date

from extractors.base import Office
from extractors.trademark_fields import TrademarkAcceptanceNotice, TrademarkCertificate
from pipeline.form import Brand
from pipeline.model import LONG_TERM, Entity, Message
from pipeline.verdict import Severity
from validators.case import Case, Paper
from validators.days import lies_ahead
from validators.engine import NotApplicable, Objection, first_page, if_known, known, rule
from validators.registration import expiry_of
from validators.remedies import supplement
from validators.rules.trademark import CLEAR_CERTIFICATE, certificates_of, certificates_that_are_there, notices_of
from validators.terms import months_after
from validators.wording import in_both, or_later

SEND_RENEWAL = supplement(
    "trademark_renewal",
    "Send the office's proof that the registration of the brand {subject} was renewed.",
    "请提交品牌 {subject} 的商标续展注册证明。",
)
SEND_REGISTRATION = supplement(
    "trademark_certificate",
    "The acceptance notice of the brand {subject} is too old: send the registration certificate, or a newer notice.",
    "品牌 {subject} 的受理通知书签发时间过久，请提交商标注册证或近期的通知书。",
)


@rule(
    "TMK404",
    on=Brand,
    severity=Severity.BLOCKER,
    cites="PRC Trademark Law, articles 39 and 40; docs/sources.md#trademark-terms",
    zh="商标注册在核验日有效",
    remedy=SEND_RENEWAL,
)
def registration_has_not_lapsed(brand: Brand, case: Case) -> Iterator[Objection]:
    """The registration has not expired, or proof of its renewal is in the dossier.

    A renewal counts that bears the certificate's number and whose term could be read; with a paper that may be another
    the rule is undetermined, and so it is of a registration that is yet to come.
    """
    for paper in certificates_that_are_there(brand, case):
        yield from _registered_in_the_future(paper, case)
        expiry = expiry_of(paper, case)
        end, renewals = expiry.end, expiry.unclear
        if end.value == LONG_TERM or case.dossier.as_of <= end.value:
            continue
        last = _last_day_of_grace(end.value, case)
        is_over = case.dossier.as_of > last
        state = f"and its grace period on {last}" if is_over else "and no proof of its renewal is in the dossier"
        state_zh = f"宽展期已于 {last} 届满" if is_over else "材料中没有续展证明"
        if renewals and not is_over:
            state, state_zh = "and is in its grace period", "处于宽展期"
        yield Objection(
            Message(
                en=f"the registration expired on {end.value} {state}", zh=f"商标注册已于 {end.value} 到期，{state_zh}"
            ),
            expected=or_later(case.dossier.as_of),
            found=str(end.value),
            evidence=[end, *map(first_page, renewals)],
            certain=not renewals,
        )


def _registered_in_the_future(paper: Paper[TrademarkCertificate], case: Case) -> Iterator[Objection]:
    # Not from when the term runs: after a renewal in time that day may be still to come.
    day = if_known(paper.fields.registration_date)
    en, zh = "the registration day is {day}", "注册日期为 {day}"
    yield from lies_ahead(day, case.as_of, en=en, zh=zh, certain=False, remedy=CLEAR_CERTIFICATE)


def _last_day_of_grace(end: date, case: Case) -> date:
    return months_after(end, case.rulebook.policy.grace_months)


@rule(
    "TMK405",
    on=Brand,
    severity=Severity.MINOR,
    cites="PRC Trademark Law, article 40; docs/sources.md#trademark-terms",
    zh="商标注册不在宽展期且近期不会到期",
    remedy=SEND_RENEWAL,
)
def registration_does_not_expire_soon(brand: Brand, case: Case) -> Iterator[Objection]:
    """The registration is not in its grace period and does not expire soon.

    Of one that has expired without proof of its renewal TMK404 speaks.
    """
    today = case.dossier.as_of
    for paper in certificates_that_are_there(brand, case):
        expiry = expiry_of(paper, case)
        end, renewals = expiry.end, expiry.unclear
        if end.value == LONG_TERM:
            continue
        left = (end.value - today).days
        if today > _last_day_of_grace(end.value, case) or (left < 0 and not renewals):
            raise NotApplicable(en="the registration has expired (TMK404)", zh="商标注册已到期（见 TMK404）")
        if left <= case.rulebook.policy.expiry_warning_days:
            en = (
                f"expires on {end.value}, in {left} days"
                if left >= 0
                else f"expired on {end.value} and is in its grace period"
            )
            zh = f"将于 {end.value} 到期，剩余 {left} 天" if left >= 0 else f"已于 {end.value} 到期，处于宽展期"
            yield Objection(
                Message(en=f"the registration {en}", zh=f"商标注册{zh}"),
                found=str(end.value),
                evidence=[end, *map(first_page, renewals)],
                certain=not renewals,
            )


@rule(
    "TMK407",
    on=Brand,
    severity=Severity.MAJOR,
    cites="en.hb2b.com/ask/192113.html: TM was accepted for six months; docs/sources.md#what-counts-as-a-trademark",
    zh="受理通知书未超过可用期限",
    remedy=SEND_REGISTRATION,
)
def acceptance_notice_is_recent(brand: Brand, case: Case) -> Iterator[Objection]:
    """The acceptance notice is not older than the marketplace accepts, nor of a day to come."""
    notices = notices_of(brand, case)
    if certificates_of(brand, case):
        raise NotApplicable(en="the mark is registered", zh="商标已注册")
    if not notices:
        raise NotApplicable(en="the brand has no acceptance notice", zh="该品牌无受理通知书")
    months = case.rulebook.policy.tm_max_age_months
    for paper in notices:
        filed = if_known(paper.fields.filing_date)
        yield from _noticed_in_the_future(paper, case)
        unsure = paper.fields.notice_date
        plausible = unsure is None or (if_known(unsure) is None and unsure.value <= case.as_of)
        if plausible and filed and months_after(filed.value, months) >= case.as_of:
            continue  # A notice is never older than the application.
        noticed = known(paper.fields.notice_date, "notice_date", of=paper.document)
        if months_after(noticed.value, months) < case.dossier.as_of:
            yield Objection(
                Message(
                    en=f"the acceptance notice of {noticed.value} is older than {months} months",
                    zh=f"受理通知书签发于 {noticed.value}，已超过{months}个月",
                ),
                expected=in_both(Message(en=f"{months} months at most", zh=f"不超过 {months} 个月")),
                found=str(noticed.value),
                evidence=[noticed],
            )


def _noticed_in_the_future(paper: Paper[TrademarkAcceptanceNotice], case: Case) -> Iterator[Objection]:
    file = paper.document.file
    for day in (if_known(paper.fields.notice_date), if_known(paper.fields.filing_date)):
        yield from lies_ahead(day, case.as_of, en=f"{file} bears {{day}}", zh=f"{file} 上的日期为 {{day}}")


@rule(
    "TMK411",
    on=Brand,
    severity=Severity.MINOR,
    cites="days of CNIPA (7, 14, 21, 28) and the USPTO (Tuesdays); docs/sources.md#cnipa-papers, docs/sources.md#uspto",
    zh="注册日为该主管机关的注册公告日",
    remedy=CLEAR_CERTIFICATE,
)
def registered_on_a_day_of_the_office(brand: Brand, case: Case) -> Iterator[Objection]:
    """The registration day is one on which the office registers."""
    policy = case.rulebook.policy
    for paper in certificates_that_are_there(brand, case):
        office = known(paper.fields.office, "office", of=paper.document).value
        days, weekdays = policy.registration_days.get(office), policy.registration_weekdays.get(office)
        if days is None and weekdays is None:
            raise NotApplicable(en=f"{office} registers on any day", zh=f"{office} 无固定注册日")
        day = _registration_day(paper, office)
        if (days and day.value.day not in days) or (weekdays and day.value.isoweekday() not in weekdays):
            usual = (
                f"day {', '.join(map(str, days))} of a month"
                if days
                else f"weekday {', '.join(map(str, weekdays or ()))}"
            )
            yield Objection(
                Message(
                    en=f"{day.value} is not a day on which {office} registers marks",
                    zh=f"{day.value} 不是 {office} 的商标注册日",
                ),
                expected=usual,
                found=str(day.value),
                evidence=[day],
            )


def _registration_day(paper: Paper[TrademarkCertificate], office: Office) -> Entity[date]:
    day = paper.fields.registration_date
    # CNIPA's older certificates print the term alone; it begins on the day of registration.
    if day is None and office is Office.CNIPA:
        day = paper.fields.valid_from
    return known(day, "registration_date", of=paper.document)
