"""Why a report says what it says, as plain text: the facts, where they stand on the page, how each rule came out."""

from collections.abc import Iterator

from pipeline.errors import UsageError
from pipeline.report.chains import Step, view_chains
from pipeline.report.places import entities_at, stands_at
from pipeline.report.record import DocumentRecord, EntityRecord, Report
from pipeline.report.titles import ENTITIES, TYPES, spoken, title
from pipeline.report.values import bare, in_words, looked, money, percent
from pipeline.report.view import extent_of, in_short, subject_of
from pipeline.report.words import phrase
from pipeline.verdict import Evidence, Finding, Remedy, Severity, Status

_LOUD = (Status.FAIL, Status.UNDETERMINED)
_QUIET = (Status.PASS, Status.NOT_APPLICABLE)
_WEIGHTS = list(Severity)


def explain(report: Report, rule: str | None, lang: str) -> str:
    """Return the explanation of a whole report, or of everything that is in it about one rule.

    Raises:
        UsageError: The report has no finding of `rule`.
    """
    lines = _whole(report, lang) if rule is None else _one_rule(report, rule.upper(), lang)
    return "\n".join(lines) + "\n"


def _whole(report: Report, lang: str) -> Iterator[str]:
    yield from _head(report, lang)
    yield from ("", phrase("explain.facts", lang))
    for document in report.documents:
        yield from _document(document, lang)
    yield from _chains(report, lang)
    yield from ("", phrase("explain.rules", lang))
    for status in _LOUD:
        findings = [finding for finding in report.findings if finding.status is status]
        for finding in sorted(findings, key=lambda finding: _WEIGHTS.index(finding.severity)):
            yield from _finding(finding, report, lang)
    for status in _QUIET:
        rules = dict.fromkeys(finding.rule for finding in report.findings if finding.status is status)
        if rules:
            yield "  " + _pair(phrase(f"status.{status}", lang), " ".join(rules), lang)
    yield from _remedies(report.remedies, lang)


def _chains(report: Report, lang: str) -> Iterator[str]:
    chains = view_chains(report, lang)
    if chains:
        yield from ("", phrase("page.authorizations", lang))
    for chain in chains:
        yield f"  {_pair(phrase('subject.brand', lang).format(name=chain.brand), chain.outcome, lang)}"
        for party in chain.parties:
            if party.step:
                yield f"      {_led_by(party.step, lang)}"
            yield f"    {_pair(party.role, party.name, lang)}"


def _led_by(step: Step, lang: str) -> str:
    comma = phrase("comma", lang)
    told = [step.paper.text] if step.paper else []
    rules = f" ({' '.join(step.rules)})" if step.rules else ""
    return {"gap": "✕ ", "letter": "→ "}.get(step.kind, "– ") + comma.join([*told, *step.texts]) + rules


def _one_rule(report: Report, rule: str, lang: str) -> Iterator[str]:
    findings = [finding for finding in report.findings if finding.rule == rule]
    if not findings:
        rules = " ".join(sorted({finding.rule for finding in report.findings}))
        raise UsageError(phrase("explain.no_finding", lang).format(rule=rule, rules=rules))
    yield from _head(report, lang)
    yield ""
    for finding in findings:
        yield from _finding(finding, report, lang)
    yield from _remedies(tuple(remedy for remedy in report.remedies if remedy.rule == rule), lang)


def _head(report: Report, lang: str) -> Iterator[str]:
    decision = report.decision.value if report.decision else "none"
    yield _pair(report.dossier_id, phrase(f"decision.{decision}", lang), lang)
    yield phrase(f"because.{decision}", lang)
    yield _pair(phrase("page.as_of", lang), str(report.as_of), lang)
    if report.deposit:
        due = money(report.deposit.amount, report.deposit.currency)
        yield _pair(phrase("page.deposit", lang), due, lang)
    for other in report.alternatives:
        yield in_short(other, lang)
    rulebook = report.provenance.rulebook
    yield _pair(phrase("page.rulebook", lang), f"{rulebook.id} {rulebook.version}", lang)


def _document(document: DocumentRecord, lang: str) -> Iterator[str]:
    sure = "" if document.type == "other" else f" ({percent(document.type_confidence)})"
    yield f"  {document.id}  {title(TYPES, document.type, lang)} · {document.file} · {extent_of(document, lang)}"
    yield f"      {document.type_reason}{sure}"
    for failure in document.failures or ():
        why = f"{spoken(failure.message, lang)} ({failure.code})"
        yield f"      {_pair(phrase('page.unread', lang), why, lang)}"
    for remark in document.remarks or ():
        told = f"{remark.file}: {spoken(remark.message, lang)} ({remark.code})"
        yield f"      {_pair(phrase('page.remark', lang), told, lang)}"
    for name, entity in document.entities.items():
        yield from _entity(name, entity, lang, indent=" " * 6)


def _entity(name: str, entity: EntityRecord, lang: str, *, indent: str) -> Iterator[str]:
    text = in_words(entity.value, lang)
    yield indent + _pair(title(ENTITIES, name, lang), f"{text} ({percent(entity.confidence)})", lang)
    if bare(entity.raw) != bare(text):
        yield f"{indent}  {_pair(phrase('explain.reads', lang), ' '.join(entity.raw.split()), lang)}"
    for correction in entity.corrections or ():
        changed = f"{correction.read} → {correction.meant} ({correction.position + 1}), {correction.why}"
        yield f"{indent}  {_pair(phrase('page.corrected', lang), changed, lang)}"
    for look in entity.looks or ():
        yield f"{indent}  {_pair(phrase('page.looked', lang), looked(look, lang), lang)}"
    for line in entity.evidence:
        place = stands_at(Evidence(file=line.file, page=line.page, box=line.box), lang)
        yield f"{indent}  {_pair(phrase('explain.stands', lang), place, lang)}"


def _finding(finding: Finding, report: Report, lang: str) -> Iterator[str]:
    outcome = f"{phrase(f'status.{finding.status}', lang)} ({phrase(f'severity.{finding.severity}', lang)})"
    yield f"  {finding.rule}  {outcome} · {subject_of(finding.subject, report, lang)}"
    yield f"      {spoken(finding.message, lang)}"
    yield from _waiver(finding, lang)
    for name, text in (("page.expected", finding.expected), ("page.found", finding.found)):
        if text is not None:
            yield f"      {_pair(phrase(name, lang), text, lang)}"
    documents = {document.id: document for document in report.documents}
    for evidence in finding.evidence:
        document = documents.get(evidence.document or "")
        entities = entities_at(document, evidence, finding) if document else {}
        for name, entity in entities.items():
            yield from _entity(name, entity, lang, indent=" " * 6)
        if not entities:
            quoted = f" “{evidence.text}”" if evidence.text else ""
            yield f"      {_pair(phrase('explain.stands', lang), stands_at(evidence, lang) + quoted, lang)}"


def _waiver(finding: Finding, lang: str) -> Iterator[str]:
    if finding.waived:
        yield "      " + phrase("page.waived", lang).format(**finding.waived.model_dump(mode="json"))
    if finding.waiver_refused:
        yield "      " + phrase("page.waiver_refused", lang).format(why=spoken(finding.waiver_refused, lang))


def _remedies(remedies: tuple[Remedy, ...], lang: str) -> Iterator[str]:
    if remedies:
        yield from ("", phrase("explain.remedies", lang))
    for remedy in remedies:
        action = phrase(f"action.{remedy.action}", lang)
        named = remedy.document not in (None, "other")
        what = _pair(action, title(TYPES, str(remedy.document), lang), lang) if named else action
        yield f"  {remedy.rule}  {what}"
        yield f"      {spoken(remedy.message, lang)}"


def _pair(name: str, text: str, lang: str) -> str:
    return f"{name}{phrase('colon', lang)}{text}"
