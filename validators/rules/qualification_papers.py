"""CAT606, CAT607: what a qualification says, where the category asks for it (docs/sources.md#qualifications)."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from extractors.paper_fields import Qualification
from pipeline.model import LONG_TERM, Entity, Message
from pipeline.verdict import Severity
from validators import policy
from validators.case import Case, Paper
from validators.days import has_passed, lies_ahead
from validators.differences import difference_in_brackets
from validators.engine import NotApplicable, Objection, if_known, known, rule
from validators.parties import Agreement, same_party, told_by_sound
from validators.remedies import resubmit
from validators.wording import kind_name

VALID_QUALIFICATION = resubmit(
    "qualification",
    "Send the qualification that is valid now, in place of {subject}.",
    "请提交现行有效的资质文件（替换 {subject}）。",
)
IN_THE_APPLICANTS_NAME = resubmit(
    "qualification",
    "Send the qualification in the name of your own company, in place of {subject}.",
    "请提交以贵公司名义取得的资质文件（替换 {subject}）。",
)


def _asked_for(paper: Qualification, case: Case) -> tuple[Entity[str], list[policy.Qualification]]:
    """Return a qualification's kind and the demands that it meets, or stop the rule where the category has none."""
    category, declared = case.category(), case.stated().store.subcategories
    kind = known(paper.kind, "kind")
    demands = [
        demand
        for demand in category.terms.qualifications
        if kind.value in demand.kinds
        and (not demand.subcategories or not declared or {*declared} & {*demand.subcategories})
    ]
    if not demands:
        raise NotApplicable(
            en=f"{category.en} does not ask for a qualification of the kind “{kind_name(kind.value).en}”",
            zh=f"{category.zh}不要求此类资质（{kind_name(kind.value).zh}）",
        )
    return kind, demands


def _replaced(paper: Qualification, case: Case, serves: Callable[[Paper[Qualification]], bool]) -> bool:
    """Whether another qualification of the same kind serves instead."""
    kind = paper.kind.value if paper.kind else None
    return any(
        other.fields is not paper and (read := if_known(other.fields.kind)) and read.value == kind and serves(other)
        for other in case.papers(Qualification)
    )


@rule(
    "CAT606",
    on=Qualification,
    severity=Severity.BLOCKER,
    cites="terms of permits, docs/sources.md#qualifications",
    zh="资质文件在核验日有效",
    needs_form=True,
    remedy=VALID_QUALIFICATION,
)
def qualification_has_not_expired(paper: Qualification, case: Case) -> Iterator[Objection]:
    """A qualification that the category asks for has not expired; another of its kind that runs may replace it.

    The other one must be in the applicant's name where this is asked for: an own permit that has expired and a valid
    one of another company make no permit. One that has yet to begin does not run either.
    """
    kind, demands = _asked_for(paper, case)
    if paper.valid_to is None and kind.value in case.rulebook.policy.kinds_without_term:
        raise NotApplicable(
            en=f"a paper of the kind “{kind_name(kind.value).en}” bears no term",
            zh=f"此类文件（{kind_name(kind.value).zh}）不载有效期",
        )
    objection = next(_does_not_run(paper, kind.value, case), None)
    if objection is None:
        return
    own = any(demand.holder_is_applicant for demand in demands)

    def runs_and_is(agreement: Agreement) -> bool:
        return _replaced(paper, case, lambda other: _runs(other, case) and _held(other, case, own=own) is agreement)

    if not runs_and_is(Agreement.SAME):
        yield replace(objection, certain=not runs_and_is(Agreement.UNCLEAR))


def _does_not_run(paper: Qualification, kind: str, case: Case) -> Iterator[Objection]:
    name = kind_name(kind)
    en, zh = f"the qualification ({name.en})", f"资质文件（{name.zh}）"
    ends = known(paper.valid_to, "valid_to")
    yield from has_passed(ends, case.as_of, en=f"{en} expired on {{day}}", zh=f"{zh}已于 {{day}} 到期")
    begins = if_known(paper.valid_from)
    yield from lies_ahead(begins, case.as_of, en=f"{en} begins on {{day}}", zh=f"{zh}自 {{day}} 起生效")


def _runs(paper: Paper[Qualification], case: Case) -> bool:
    begins, ends = if_known(paper.fields.valid_from), if_known(paper.fields.valid_to)
    has_begun = begins is None or begins.value <= case.as_of
    return has_begun and ends is not None and (ends.value == LONG_TERM or ends.value >= case.as_of)


def _held(paper: Paper[Qualification], case: Case, *, own: bool) -> Agreement:
    """Whether a qualification is in the applicant's name, where it must be (`own`)."""
    if not own:
        return Agreement.SAME
    company = case.licence.fields.company_name if case.licence else None
    return same_party(company, paper.fields.holder, below=case.rulebook.policy.min_confidence)


@rule(
    "CAT607",
    on=Qualification,
    severity=Severity.BLOCKER,
    cites="sell.aliexpress.com notice E7ijBoMZcR.htm (2020); docs/sources.md#qualifications",
    zh="须由申请人持有的资质属于申请人",
    needs_form=True,
    remedy=IN_THE_APPLICANTS_NAME,
)
def holder_is_the_applicant(paper: Qualification, case: Case) -> Iterator[Objection]:
    """The holder of a qualification is the applicant, where the rulebook says that it must be."""
    _, demands = _asked_for(paper, case)
    if not any(demand.holder_is_applicant for demand in demands):
        raise NotApplicable(en="anybody may hold this qualification", zh="该资质不限持有人")
    licence, floor = case.own_licence(), case.rulebook.policy.min_confidence
    holder = known(paper.holder, "holder")
    company = known(licence.fields.company_name, "company_name", of=licence.document)
    agreement = same_party(company, holder, below=floor)
    if agreement is Agreement.SAME or _replaced(
        paper, case, lambda other: same_party(company, other.fields.holder, below=floor) is Agreement.SAME
    ):
        return
    difference, sound = difference_in_brackets(company.value, holder.value), told_by_sound(company.value, holder.value)
    yield Objection(
        Message(
            en=f"the qualification is held by {holder.value}, the applicant is {company.value}"
            f"{difference.en}{sound.en}",
            zh=f"资质持有人为“{holder.value}”，申请人为“{company.value}”{difference.zh}{sound.zh}",
        ),
        expected=company.value,
        found=holder.value,
        evidence=[holder, company],
        certain=agreement is Agreement.OTHER,
    )
