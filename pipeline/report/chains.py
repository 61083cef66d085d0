"""How each brand's authorization is drawn: boxes for parties, arrows for letters, a gap where the chain breaks."""

from dataclasses import dataclass

from pipeline.report.marks import Tone
from pipeline.report.record import Report
from pipeline.report.titles import TYPES, VALUES, title
from pipeline.report.values import in_words
from pipeline.report.view import Link
from pipeline.report.words import phrase
from pipeline.verdict import Authorization, AuthorizationLink, Node, Role, Status

_TONES = {Status.PASS: Tone.PLAIN, Status.UNDETERMINED: Tone.OPEN, Status.FAIL: Tone.FAIL}


@dataclass(frozen=True)
class Step:
    """What leads to a party: a letter, the ownership, or nothing."""

    kind: str
    """`letter`, `own`, `beside` (another owner of the same mark) or `gap`."""
    tone: Tone
    texts: tuple[str, ...]
    """Lines of text, the first of them the most important."""
    paper: Link | None = None
    rules: tuple[str, ...] = ()
    """Rules that objected."""


@dataclass(frozen=True)
class Party:
    """A box: a party, and the step that leads to it."""

    name: str
    role: str
    papers: tuple[Link, ...]
    step: Step | None
    """None for the first."""


@dataclass(frozen=True)
class ChainView:
    """One brand's chain."""

    brand: str
    tone: Tone
    outcome: str
    parties: tuple[Party, ...]


def view_chains(report: Report, lang: str) -> tuple[ChainView, ...]:
    """Return the chains that a page draws, in the form's order; brands that are the applicant's own too."""
    return tuple(_chain(each, report, lang) for each in report.authorizations)


def _chain(chain: Authorization, report: Report, lang: str) -> ChainView:
    parties = []
    for at, node in enumerate(chain.nodes):
        step = _step(chain, at, report, lang) if at else None
        parties.append(
            Party(
                name=node.name or phrase("chain.unread", lang),
                role=phrase(f"chain.{node.role}", lang),
                papers=tuple(paper for each in node.documents if (paper := _paper(each, report, lang))),
                step=step,
            )
        )
    return ChainView(
        brand=chain.brand.removeprefix("brand:"),
        tone=_TONES.get(chain.status, Tone.OPEN),
        outcome=phrase(_outcome(chain), lang).format(number=chain.broken_at),
        parties=tuple(parties),
    )


def _outcome(chain: Authorization) -> str:
    if chain.own:
        return "chain.is_own"
    if not chain.links:
        return "chain.none" if chain.own is False else "chain.unclear"
    if chain.broken_at is None:
        return "chain.complete" if chain.status is Status.PASS else "chain.unclear"
    return "chain.goes_astray" if chain.broken_at > len(chain.links) else "chain.broken"


def _step(chain: Authorization, at: int, report: Report, lang: str) -> Step:
    """Return what leads to the party at an index above 0."""
    link = next((each for each in chain.links if each.licensee == at), None)
    if link is not None:
        return _letter(link, report, lang)
    node: Node = chain.nodes[at]
    if chain.own and node.role is Role.APPLICANT:
        return Step("own", Tone.PLAIN, (phrase("chain.own", lang),))
    if node.role is Role.REGISTRANT:
        return Step("beside", Tone.PLAIN, (phrase("chain.and", lang),))
    certain = chain.broken_at is not None or (chain.own is False and not chain.links)
    text = phrase("chain.gap" if certain else "chain.doubt", lang)
    return Step("gap", Tone.FAIL if certain else Tone.OPEN, (text,))


def _letter(link: AuthorizationLink, report: Report, lang: str) -> Step:
    begins = str(link.valid_from) if link.valid_from else "…"
    ends = in_words(str(link.valid_to), lang) if link.valid_to else "…"
    texts = [f"{begins} – {ends}"]
    if link.exclusivity:
        texts.append(title(VALUES, link.exclusivity, lang))
    return Step(
        "letter", _TONES.get(link.status, Tone.OPEN), tuple(texts), _paper(link.document, report, lang), link.rules
    )


def _paper(document_id: str, report: Report, lang: str) -> Link | None:
    for document in report.documents:
        if document.id == document_id:
            return Link(f"{title(TYPES, document.type, lang)} · {document.file}", document.id)
    return None
