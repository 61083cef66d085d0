"""The rule on the operator's watch list."""

from collections.abc import Iterator

from extractors.letters.fields import AuthorizationLetter
from extractors.paper_fields import BusinessLicence, IdentityCard
from extractors.trademark_fields import TrademarkAcceptanceNotice, TrademarkCertificate
from pipeline.form import Applicant
from pipeline.model import Entity, Message
from pipeline.verdict import Dossier, Severity
from validators.case import Case, MarkPaper, owner_on
from validators.chain.letters import each_of
from validators.engine import NotApplicable, Objection, Proof, from_form, if_known, known, rule
from validators.remedies import contact
from validators.watchlist import WatchKind

TALK_TO_US = contact(
    "Your application needs a check by our staff; please contact us.", "您的申请需要人工核查，请与我们联系。"
)


@rule(
    "XDC806",
    on=Dossier,
    severity=Severity.MAJOR,
    cites="the operator's watch list (--watchlist)",
    zh="企业、代码、法定代表人和商标均不在监控名单上",
    remedy=TALK_TO_US,
    needs_form=False,
)
def nothing_is_on_the_watch_list(_dossier: Dossier, case: Case) -> Iterator[Objection]:
    """Neither company, code, legal person nor mark is on the operator's watch list."""
    if case.watchlist is None:
        raise NotApplicable(en="no watch list was given", zh="未提供监控名单")
    facts = [*_stated_facts(case), *_read_facts(case)]
    for kind, value, proof in [*facts, *_parties(case)]:
        entry = case.watchlist.find(kind, value)
        if entry is not None:
            why, why_zh = (f": {entry.reason}", f"：{entry.reason}") if entry.reason else ("", "")
            yield Objection(
                Message(en=f"{value} is on the watch list{why}", zh=f"{value} 在监控名单上{why_zh}"),
                found=value,
                evidence=[proof],
            )
    seen = {kind for kind, _, _ in facts}
    for paper in case.papers(BusinessLicence):
        for kind, name in _OF_A_LICENCE.items():
            if kind not in seen:
                known(_fact(paper.fields, name), name, of=paper.document)


_OF_A_LICENCE = {
    WatchKind.COMPANY: "company_name",
    WatchKind.CODE: "unified_social_credit_code",
    WatchKind.PERSON: "legal_person",
}

Fact = tuple[WatchKind, str, Proof]


def _stated_facts(case: Case) -> Iterator[Fact]:
    """Yield what the form states and the watch list may hold."""
    application = case.application
    applicant = (application.applicant if application else None) or Applicant()
    person = applicant.legal_person
    rows = [
        (WatchKind.COMPANY, "applicant.company_name", applicant.company_name),
        (WatchKind.CODE, "applicant.unified_social_credit_code", applicant.unified_social_credit_code),
        (WatchKind.PERSON, "applicant.legal_person.name", person.name if person else None),
        *((WatchKind.MARK, "brands", brand.name) for brand in (application.brands if application else ())),
    ]
    for kind, field, value in rows:
        if value:
            yield kind, value, from_form(case.form_file, field, value)


def _read_facts(case: Case) -> Iterator[Fact]:
    """Yield what licences and marks' papers say and the watch list may hold; a misread name is looked up in vain."""
    for licence in case.papers(BusinessLicence):
        for kind, name in _OF_A_LICENCE.items():
            if entity := if_known(_fact(licence.fields, name)):
                yield kind, entity.value, entity
    papers: list[MarkPaper] = [*case.papers(TrademarkCertificate), *case.papers(TrademarkAcceptanceNotice)]
    for paper in papers:
        if mark := if_known(paper.fields.mark_text):
            yield WatchKind.MARK, mark.value, mark


def _parties(case: Case) -> Iterator[Fact]:
    """Yield who owns the marks, who gives and receives letters, and whose identity cards are here."""
    papers: list[MarkPaper] = [*case.papers(TrademarkCertificate), *case.papers(TrademarkAcceptanceNotice)]
    names = [owner_on(paper) for paper in papers]
    for letter in case.papers(AuthorizationLetter):
        several = letter.fields.licensees
        names += [letter.fields.licensor, letter.fields.licensee, *(each_of(several) if several else ())]
    names += [card.fields.name for card in case.papers(IdentityCard)]
    for name in map(if_known, names):
        if name is not None:
            # Owners and licensors may be companies or natural persons.
            yield WatchKind.COMPANY, name.value, name
            yield WatchKind.PERSON, name.value, name


def _fact(licence: BusinessLicence, name: str) -> Entity[str] | None:
    entity: Entity[str] | None = licence.entities().get(name)
    # An old licence has its registration number for a code.
    return licence.registration_number if entity is None and name == "unified_social_credit_code" else entity
