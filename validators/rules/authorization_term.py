"""AUT: from when to when a letter holds (docs/sources.md#authorization)."""

from collections.abc import Iterator
from datetime import date

from pipeline.model import LONG_TERM, Entity, Message, Term
from pipeline.verdict import Severity
from validators.case import Case
from validators.chain.letters import LETTER
from validators.chain.subjects import LETTERS, UsedLetter
from validators.days import has_passed, lies_ahead
from validators.engine import NotApplicable, Objection, if_known, known, rule
from validators.remedies import resubmit
from validators.wording import in_both

IN_FORCE = resubmit(
    LETTER,
    "Send an authorization that is in force and runs on long enough, in place of {subject}.",
    "请提供现行有效且剩余期限充足的授权书（替换 {subject}）。",
)
RENEW_IN_TIME = resubmit(
    LETTER,
    "The authorization {subject} ends soon: have it renewed and send the new letter in time.",
    "授权书 {subject} 即将到期，请及时续签并提交新的授权书。",
)


def _first_day(letter: UsedLetter) -> Entity[date]:
    """Return from when a letter holds: where it names no day, from its signature."""
    begins = letter.fields.valid_from or letter.fields.signed_date
    return known(begins, "valid_from" if letter.fields.valid_from else "signed_date")


@rule(
    "AUT506",
    on=LETTERS,
    severity=Severity.BLOCKER,
    cites="a letter holds for the term that it names; docs/sources.md#authorization",
    zh="授权书在核验日有效",
    remedy=IN_FORCE,
)
def letter_is_in_force(letter: UsedLetter, case: Case) -> Iterator[Objection]:
    """The letter is in force at the as-of date; where it names no first day it holds from its signature.

    Of one that bears a day of signature to come a person must judge, whatever term it names.
    """
    ends, today = known(letter.fields.valid_to, "valid_to"), case.as_of
    file, file_zh = f"the authorization {letter.document.file}", f"授权书 {letter.document.file}"
    ended = [*has_passed(ends, today, en=f"{file} ended on {{day}}", zh=f"{file_zh} 已于 {{day}} 到期")]
    if ended:
        yield from ended
        return
    begins = _first_day(letter)
    ahead = [*lies_ahead(begins, today, en=f"{file} begins on {{day}}", zh=f"{file_zh} 自 {{day}} 起生效")]
    yield from ahead
    if not ahead:
        signed = if_known(letter.fields.signed_date)
        en, zh = f"{file} is signed on {{day}}", f"{file_zh} 的签署日期为 {{day}}"
        yield from lies_ahead(signed, today, en=en, zh=zh, certain=False)


def _days_left(letter: UsedLetter, case: Case) -> tuple[Entity[Term], int]:
    """Return the end of a letter and the days that remain, or stop the rule where none are counted."""
    ends = known(letter.fields.valid_to, "valid_to")
    if ends.value == LONG_TERM:
        raise NotApplicable(en="the authorization has no end", zh="授权长期有效")
    begins = if_known(letter.fields.valid_from) or if_known(letter.fields.signed_date)
    if ends.value < case.as_of or (begins and begins.value > case.as_of):
        raise NotApplicable(en="the authorization is not in force (AUT506)", zh="授权不在有效期内（见 AUT506）")
    return ends, (ends.value - case.as_of).days


def _too_few(letter: UsedLetter, ends: Entity[Term], left: int, least: int) -> Objection:
    return Objection(
        Message(
            en=f"the authorization {letter.document.file} ends on {ends.value}, in {left} days; "
            f"at least {least} are asked",
            zh=f"授权书 {letter.document.file} 将于 {ends.value} 到期，剩余 {left} 天，要求不少于 {least} 天",
        ),
        expected=in_both(Message(en=f"{least} days or more", zh=f"至少 {least} 天")),
        found=in_both(Message(en=f"{left} days", zh=f"{left} 天")),
        evidence=[ends],
    )


@rule(
    "AUT507",
    on=LETTERS,
    severity=Severity.MAJOR,
    cites="own choice, no AliExpress minimum is sourced; docs/sources.md#authorization",
    zh="授权剩余期限不少于最低要求",
    remedy=IN_FORCE,
)
def enough_days_remain(letter: UsedLetter, case: Case) -> Iterator[Objection]:
    """At least as many days remain of the authorization as the marketplace asks."""
    ends, left = _days_left(letter, case)
    if left < case.rulebook.policy.min_remaining_days:
        yield _too_few(letter, ends, left, case.rulebook.policy.min_remaining_days)


@rule(
    "AUT508",
    on=LETTERS,
    severity=Severity.MINOR,
    cites="own choice, no AliExpress minimum is sourced; docs/sources.md#authorization",
    zh="授权近期不会到期",
    remedy=RENEW_IN_TIME,
)
def authorization_does_not_end_soon(letter: UsedLetter, case: Case) -> Iterator[Objection]:
    """The authorization does not end soon; of one with too few days left AUT507 speaks."""
    policy = case.rulebook.policy
    ends, left = _days_left(letter, case)
    if left < policy.min_remaining_days:
        raise NotApplicable(en="too few days remain (AUT507)", zh="剩余期限不足（见 AUT507）")
    if left < policy.warn_remaining_days:
        yield _too_few(letter, ends, left, policy.warn_remaining_days)
