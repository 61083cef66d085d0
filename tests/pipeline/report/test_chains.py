"""Chains of authorization as people see them: on the page and in explanations."""

import pytest

from pipeline.report.chains import view_chains
from pipeline.report.explain import explain
from pipeline.report.html import to_html
from pipeline.report.json import load_report, report_schema, to_json, to_report
from pipeline.report.marks import Tone
from pipeline.report.record import Report
from pipeline.verdict import Authorization, AuthorizationLink, Node, Outcome, Role, Status
from tests.pipeline.report import build

OWNER, AGENT, SELLER = "云试<服饰>", "试港品牌", "试星贸易"


def chain(*, broken: bool = False, own: bool = False, letters: bool = True) -> Authorization:
    nodes = [Node(name=OWNER, role=Role.REGISTRANT, documents=("d2",))]
    links = []
    if letters:
        nodes.append(Node(name=AGENT, role=Role.LICENSEE, documents=("d3",)))
        links.append(AuthorizationLink(document="d3", licensor=0, licensee=1, valid_to="long_term", status=Status.PASS))
    if broken:
        nodes.append(Node(name=None, role=Role.LICENSOR, documents=("d1",)))
    at = len(nodes)
    nodes.append(Node(name=SELLER, role=Role.APPLICANT, documents=("d1",)))
    if letters:
        status = Status.FAIL if broken else Status.PASS
        links.append(
            AuthorizationLink(
                document="d1",
                licensor=at - 1,
                licensee=at,
                exclusivity="sole",
                status=status,
                rules=("AUT507",) if broken else (),
            )
        )
    return Authorization(
        brand="brand:STARRIVER",
        own=own,
        status=Status.FAIL if broken or not (letters or own) else Status.PASS,
        nodes=tuple(nodes),
        links=tuple(links),
        broken_at=2 if broken else None,
    )


def report(*chains: Authorization) -> Report:
    made = build.outcome()
    verdict = made.verdict.model_copy(update={"authorizations": chains})
    return to_report(Outcome(dossier=made.dossier, verdict=verdict, engine="replay"))


@pytest.mark.parametrize(
    ("told", "kinds", "outcome", "tone"),
    [
        (chain(), ["letter", "letter"], "the chain is complete", Tone.PLAIN),
        (chain(broken=True), ["letter", "gap", "letter"], "the chain breaks at link 2", Tone.FAIL),
        (chain(own=True, letters=False), ["own"], "the applicant's own mark", Tone.PLAIN),
        (chain(letters=False), ["gap"], "no letter leads to the applicant", Tone.FAIL),
    ],
    ids=["complete", "broken", "own", "no letter"],
)
def test_steps_lead_from_party_to_party(told: Authorization, kinds: list[str], outcome: str, tone: Tone) -> None:
    (view,) = view_chains(report(told), "en")
    assert [party.step.kind for party in view.parties if party.step] == kinds
    assert (view.outcome, view.tone) == (outcome, tone)


@pytest.mark.parametrize(("lang", "words"), [("en", "the chain breaks at link 2"), ("zh", "授权链在第 2 级断开")])
def test_the_page_draws_the_break_and_escapes_names(lang: str, words: str) -> None:
    page = to_html(report(chain(broken=True)), {}, lang=lang)
    assert words in page
    assert "云试&lt;服饰&gt;" in page
    assert OWNER not in page
    assert 'class="step gap fail"' in page
    assert 'href="#d3"' in page


def test_a_page_without_brands_has_no_such_section() -> None:
    assert 'id="authorizations"' not in to_html(report(), {}, lang="en")


def test_an_explanation_lists_it() -> None:
    told = explain(report(chain(broken=True)), None, "en")
    assert "Brand STARRIVER: the chain breaks at link 2" in told
    assert "→ Trademark certificate" not in told
    assert "✕ nothing leads from one to the other" in told
    assert "(AUT507)" in told


def test_reports_keep_it() -> None:
    made = report(chain(broken=True))
    assert load_report(to_json(made)).authorizations == made.authorizations
    assert '"from": 0' in to_json(made)


def test_the_schema_describes_it() -> None:
    described = report_schema()["$defs"]
    assert {"Authorization", "AuthorizationLink", "Node"} <= set(described)
    assert "from" in described["AuthorizationLink"]["properties"]
