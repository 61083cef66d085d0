"""The letter to the seller: everything to mend, at once, grouped by what it concerns.

Made of a report's remedies and nothing else of its findings: what gave a paper away, and what reviewers note, is none
of the seller's business.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.report.html import render
from pipeline.report.record import Report
from pipeline.report.titles import TYPES, spoken, title
from pipeline.report.words import phrase
from pipeline.verdict import Action, Remedy

WIDTH = 78
"""Columns of the text; a Chinese character takes two."""
_NO_PAPER = (Action.CORRECT_FORM, Action.CONTACT)


@dataclass(frozen=True)
class Section:
    """What is to be done about one kind of document, or about the form."""

    title: str
    demands: tuple[str, ...]


def to_notice(report: Report, *, lang: str) -> str:
    """Return the letter as text, for an e-mail."""
    return "\n".join(line.rstrip() for line in _lines(report, lang)) + "\n"


def to_html_notice(report: Report, *, lang: str) -> str:
    """Return the letter as a page of its own."""
    return render(
        "notice.html.j2", lang, report=report, company=_company(report, lang), lead=_lead(report, lang),
        sections=sections_of(report, lang), close=phrase(f"notice.close{_kind(report)}", lang),
        kind=_kind(report),
    )  # fmt: skip


def sections_of(report: Report, lang: str) -> tuple[Section, ...]:
    """Return what the seller is asked for: papers in the order of the report, then the form, then talking to us."""
    groups: dict[str, list[str]] = {}
    for remedy in sorted(report.remedies, key=_rank):
        demand = spoken(remedy.message, lang)
        demands = groups.setdefault(_group(remedy, lang), [])
        if demand not in demands:
            demands.append(demand)
    return tuple(Section(name, tuple(demands)) for name, demands in groups.items())


def _rank(remedy: Remedy) -> int:
    return _NO_PAPER.index(remedy.action) + 1 if remedy.action in _NO_PAPER else 0


def _group(remedy: Remedy, lang: str) -> str:
    if remedy.action is Action.CONTACT:
        return phrase("action.contact", lang)
    if remedy.document is None:
        return phrase("notice.form", lang)
    return phrase("notice.other", lang) if remedy.document == "other" else title(TYPES, remedy.document, lang)


def _lines(report: Report, lang: str) -> Iterator[str]:
    yield from _wrapped(phrase(f"notice.subject{_kind(report)}", lang).format(dossier=report.dossier_id))
    yield ""
    yield from _wrapped(phrase("notice.dear", lang).format(company=_company(report, lang)))
    yield ""
    yield from _wrapped(_lead(report, lang))
    number = 0
    for section in sections_of(report, lang):
        yield ""
        yield section.title
        for demand in section.demands:
            number += 1
            first, *rest = _wrapped(demand, width=WIDTH - 5)
            yield f"{number:>3}. {first}"
            yield from (f"     {line}" for line in rest)
    yield ""
    yield from _wrapped(phrase(f"notice.close{_kind(report)}", lang))
    yield ""
    yield from _wrapped(phrase("notice.reference", lang).format(dossier=report.dossier_id, day=report.as_of))


def _lead(report: Report, lang: str) -> str:
    if not report.remedies:
        return phrase("notice.nothing", lang)
    return phrase("notice.lead", lang).format(count=sum(len(each.demands) for each in sections_of(report, lang)))


def _kind(report: Report) -> str:
    """Return what stands behind the names of phrases that differ where there is nothing to mend."""
    return "" if report.remedies else "_nothing"


def _company(report: Report, lang: str) -> str:
    applicant = report.application.get("applicant")
    name = applicant.get("company_name") if isinstance(applicant, dict) else None
    return name if isinstance(name, str) and name else phrase("notice.seller", lang)


def _wrapped(text: str, *, width: int = WIDTH) -> Sequence[str]:
    """Return `text` in lines; Chinese may break after any character, other words stay whole."""
    lines, line, columns = [], "", 0
    for piece in _pieces(text):
        if line.strip() and columns + _columns(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line, columns = "", 0
        added = piece if line else piece.lstrip()
        line += added
        columns += _columns(added)
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for at, character in enumerate(text):
        piece += character
        after = text[at + 1] if at + 1 < len(text) else " "
        # Never before a closing mark.
        if character == " " or ((_is_wide(character) or _is_wide(after)) and after not in "，。、；：）】！？”"):
            yield piece
            piece = ""
    if piece:
        yield piece


def _columns(text: str) -> int:
    return sum(2 if _is_wide(character) else 1 for character in text)


def _is_wide(character: str) -> bool:
    return character >= "\u2e80"
