"""IDN: the term of the legal person's identity card (docs/sources.md#resident-id)."""

from collections.abc import Iterator
from datetime import date, timedelta

from extractors.paper_fields import IdentityCard
from pipeline.model import LONG_TERM, Message
from pipeline.verdict import Severity
from validators.case import Case
from validators.days import has_passed, lies_ahead
from validators.engine import NotApplicable, Objection, if_known, known, rule
from validators.identities import age_on, birth_on, has_a_successor, must_be_the_legal_persons, paper_of
from validators.policy import CardTerm
from validators.remedies import clear_scan, resubmit
from validators.wording import in_both, value_name

CLEAR_CARD = clear_scan("identity_card")
VALID_CARD = resubmit(
    "identity_card",
    "Send the legal person's identity card that is valid now, both sides.",
    "请提供法定代表人现行有效的身份证正反面。",
)


@rule(
    "IDN303",
    on=IdentityCard,
    severity=Severity.BLOCKER,
    cites="Law on Resident Identity Cards, article 5; docs/sources.md#resident-id",
    zh="身份证在核验日有效",
    remedy=VALID_CARD,
)
def card_has_not_expired(card: IdentityCard, case: Case) -> Iterator[Objection]:
    """The identity card has not expired at the as-of date; of one that has yet to begin a person must judge.

    An old card beside the valid one of the same person is of no account.
    """
    succeeded = _account(card, case)
    begins, today = if_known(card.valid_from), case.as_of
    yield from lies_ahead(
        begins, today, en="the identity card begins on {day}", zh="身份证自 {day} 起有效", certain=False
    )
    ends, certain = known(card.valid_to, "valid_to"), succeeded is False
    yield from has_passed(
        ends, today, en="the identity card expired on {day}", zh="身份证已于 {day} 到期", certain=certain
    )


def _account(card: IdentityCard, case: Case) -> bool | None:
    """Return whether the card may be an old one (None) or not (False); stop the rule where it is."""
    paper = paper_of(card, case)
    must_be_the_legal_persons(paper, case)
    succeeded = has_a_successor(paper, case)
    if succeeded:
        raise NotApplicable(
            en="the card has expired, and a later one of the same person is here",
            zh="该身份证已到期，材料中有同一人的现行有效身份证",
        )
    return succeeded


@rule(
    "IDN305",
    on=IdentityCard,
    severity=Severity.MINOR,
    cites="Law on Resident Identity Cards, articles 5 and 12; docs/sources.md#resident-id",
    zh="身份证有效期限与签发时年龄相符",
    remedy=CLEAR_CARD,
)
def term_fits_the_age(card: IdentityCard, case: Case) -> Iterator[Objection]:
    """The card's term fits the holder's age when it was issued."""
    _account(card, case)
    begins, ends = known(card.valid_from, "valid_from"), known(card.valid_to, "valid_to")
    born, proof = birth_on(paper_of(card, case))
    asked_for = begins.value - timedelta(days=case.rulebook.policy.card_issue_days)
    terms = [_term_at(age_on(day, born), case) for day in (begins.value, asked_for)]
    years = None if ends.value == LONG_TERM else _years_between(begins.value, ends.value)
    if any(term.years == years for term in terms):
        return
    age, wanted = age_on(begins.value, born), terms[0].years
    term = "without end" if years is None else f"for {years} years" if years else f"until {ends.value}"
    term_zh = "长期" if years is None else f"{years} 年" if years else f"至 {ends.value}"
    yield Objection(
        Message(
            en=f"the card was issued on {begins.value}, at {age} years of age, {term}; "
            f"at that age cards run {'without end' if wanted is None else f'{wanted} years'}",
            zh=f"身份证签发于 {begins.value}，当时 {age} 周岁，有效期限为{term_zh}，"
            f"该年龄应为{'长期' if wanted is None else f' {wanted} 年'}",
        ),
        expected=in_both(value_name(LONG_TERM))
        if wanted is None
        else in_both(Message(en=f"{wanted} years", zh=f"{wanted} 年")),
        found=in_both(value_name(LONG_TERM)) if years is None else str(ends.value),
        evidence=[begins, ends, proof],
    )


def _term_at(age: int, case: Case) -> CardTerm:
    terms = case.rulebook.policy.card_terms
    return next((term for term in reversed(terms) if term.from_age <= age), terms[0])


def _years_between(begins: date, ends: date) -> int:
    """Return the whole years from one day to the same day later, one day more or less; 0 if they are not whole."""
    years = round((ends - begins).days / 365.25)
    return years if abs((ends - begins).days - years * 365.25) <= 2 else 0
