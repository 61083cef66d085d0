"""What reports show of a chain: parties as nodes, letters as links, and where it breaks."""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.form import Brand
from pipeline.model import Entity
from pipeline.verdict import Authorization, AuthorizationLink, Finding, Node, Role, Status
from validators.case import Case
from validators.chain.graph import Chain, Link
from validators.parties import Agreement
from validators.subjects import subjects

_STATUSES: Mapping[Agreement, Status] = {
    Agreement.SAME: Status.PASS,
    Agreement.UNCLEAR: Status.UNDETERMINED,
    Agreement.OTHER: Status.FAIL,
}
_BRANDS = subjects(Brand)
_WORST = (Status.FAIL, Status.UNDETERMINED, Status.PASS)


def record_of(chain: Chain, case: Case, findings: Sequence[Finding]) -> Authorization:
    """Return a brand's chain as data.

    Args:
        chain: The chain.
        case: Its dossier.
        findings: What the rules said; what they said about a letter becomes its link's status.
    """
    nodes = _registrants(chain)
    if chain.own:
        nodes.append(_applicant(case))
    links = [_link(link, nodes, chain, findings) for link in chain.links]
    if chain.links and chain.arrives is Agreement.SAME:
        last = nodes[links[-1].licensee]
        licence = (case.licence.document.id,) if case.licence else ()
        documents = tuple(dict.fromkeys((*last.documents, *licence)))
        nodes[-1] = last.but(role=Role.APPLICANT, documents=documents)
    elif not chain.own:
        nodes.append(_applicant(case))
    return Authorization(
        brand=next(each.name for each in case.once(_BRANDS, _BRANDS.of, case) if each.value is chain.brand),
        own=chain.own,
        status=chain.status,
        nodes=tuple(nodes),
        links=tuple(links),
        broken_at=chain.broken_at,
    )


def _registrants(chain: Chain) -> list[Node]:
    """Return the mark's owners, each once; one node without a name where no paper says who owns it."""
    documents: dict[str | None, list[str]] = {}
    for registrant in chain.registrants:
        found = documents.setdefault(_text(registrant.name), [])
        found += [registrant.paper.document.id, *(proof.id for proof in registrant.proofs)]
    return [
        Node(name=name, role=Role.REGISTRANT, documents=tuple(dict.fromkeys(found)))
        for name, found in (documents or {None: []}).items()
    ]


def _link(link: Link, nodes: list[Node], chain: Chain, findings: Sequence[Finding]) -> AuthorizationLink:
    """Add the nodes that a letter leads to, and return its link."""
    fields, document = link.letter.fields, link.document.id
    begins = len(nodes) - 1 if link.before else 0
    if link.begins is Agreement.OTHER:
        nodes.append(Node(name=_text(fields.licensor), role=Role.LICENSOR, documents=(document,)))
        begins = len(nodes) - 1
    nodes.append(Node(name=_text(link.licensee), role=Role.LICENSEE, documents=(document,)))
    about = [finding for finding in findings if finding.subject == document and finding.rule.startswith("AUT")]
    objecting = [finding for finding in about if finding.status in (Status.FAIL, Status.UNDETERMINED)]
    steps = [_STATUSES[link.begins], *(finding.status for finding in objecting)]
    if link.after is None:
        steps.append(_STATUSES[chain.arrives])
    return AuthorizationLink(
        document=document,
        licensor=begins,
        licensee=len(nodes) - 1,
        valid_from=fields.valid_from.value if fields.valid_from else None,
        valid_to=fields.valid_to.value if fields.valid_to else None,
        exclusivity=fields.exclusivity.value if fields.exclusivity else None,
        status=_worst(steps),
        rules=tuple(finding.rule for finding in objecting),
    )


def _applicant(case: Case) -> Node:
    if case.licence is None:
        stated = case.application.applicant if case.application else None
        return Node(name=stated.company_name if stated else None, role=Role.APPLICANT)
    name = case.licence.fields.company_name
    return Node(name=_text(name), role=Role.APPLICANT, documents=(case.licence.document.id,))


def _text(name: Entity[str] | None) -> str | None:
    return None if name is None else name.value


def _worst(statuses: Iterable[Status]) -> Status:
    return min(statuses, key=_WORST.index)
