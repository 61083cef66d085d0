"""The page for people: complete, self-contained, and deaf to whatever stands in a dossier."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from pipeline.form import Application, Brand, Form, Store
from pipeline.model import Box, Message
from pipeline.report.html import coded, to_html
from pipeline.report.json import Report, to_report
from pipeline.report.registers import ADDRESSES, Register
from pipeline.report.values import bare
from pipeline.verdict import Decision, Outcome
from tests.pipeline.report import build, papers

EVIL = '</title><script>alert(1)</script><img src="https://evil.example/x" onerror=alert(1)>"\'{{ 7*7 }}'
VOID = {"meta", "img", "br", "link", "input", "hr"}


class Page(HTMLParser):
    """Collects the elements of a page, and fails on unbalanced ones."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] != "style":
            self.text += data

    def all(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]


def page_of(outcome: Outcome, lang: str = "en") -> Page:
    return Page(to_html(to_report(outcome), outcome.pictures, lang=lang))


def spoiled() -> Outcome:
    """An outcome in which everything a seller can write is an attack."""
    outcome = build.outcome()
    licence = papers.licence_fields()
    name = licence.company_name
    assert name
    line = name.evidence[0].model_copy(update={"text": EVIL})
    licence = licence.model_copy(
        update={"company_name": name.model_copy(update={"value": EVIL, "raw": EVIL + " ", "evidence": (line,)})}
    )
    documents = tuple(
        replace(document, file=EVIL, type_reason=EVIL, fields=licence if document.id == "d1" else document.fields)
        for document in outcome.dossier.documents
    )
    findings = tuple(
        finding.model_copy(update={"message": Message(en=EVIL, zh=EVIL), "found": EVIL, "subject": EVIL})
        for finding in build.findings()
    )
    dossier = replace(outcome.dossier, id=EVIL, form=build.form(EVIL), documents=documents)
    return replace(outcome, dossier=dossier, verdict=outcome.verdict.model_copy(update={"findings": findings}))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_markup_from_a_dossier_comes_out_as_text(lang: str) -> None:
    page = page_of(spoiled(), lang)
    assert EVIL in page.text
    assert [values for tag, values in page.elements if tag == "script"] == [{}]
    assert not {"img", "iframe", "object", "form"} & {tag for tag, _ in page.elements}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_what_the_form_takes_is_set_as_code_and_markup_in_it_stays_text() -> None:
    assert coded("state `store.name`, or `<b>`") == "state <code>store.name</code>, or <code>&lt;b&gt;</code>"
    assert coded("a ` alone") == "a ` alone"


@pytest.mark.parametrize("outcome", [build.outcome(pictures=True), spoiled()], ids=["with pictures", "spoiled"])
def test_the_page_leads_nowhere_but_to_itself_and_our_registers(outcome: Outcome) -> None:
    page = page_of(outcome)
    for address in [*page.all("href"), *page.all("src")]:
        assert address.startswith(("#", "data:image/jpeg;base64,")) or address in ADDRESSES


def test_a_register_that_is_not_ours_is_not_linked() -> None:
    report = to_report(build.outcome())
    forged = report.documents[0].model_copy(update={"confirm_at": Register(name="x", address="https://evil.example/")})
    text = to_html(report.model_copy(update={"documents": (forged,)}), {}, lang="en")
    assert "evil.example" not in text


def test_the_policy_allows_nothing_but_the_pages_own_style_and_pictures() -> None:
    text = to_html(to_report(build.outcome()), {}, lang="en")
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style
    fingerprint = b64encode(sha256(style[1].encode()).digest()).decode()
    page = Page(text)
    (policy,) = (values["content"] for _, values in page.elements if "http-equiv" in values)
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert f"style-src 'sha256-{fingerprint}'" in policy
    assert "unsafe" not in policy
    assert "style" not in {name for _, values in page.elements for name in values}
    assert "url(" not in style[1]
    assert "@import" not in style[1]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("outcome", [build.outcome(pictures=True), build.inspected()], ids=["rejected", "inspected"])
def test_every_link_within_the_page_arrives(outcome: Outcome, lang: str) -> None:
    page = page_of(outcome, lang)
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.all("href") if link.startswith("#")} <= set(ids)


def test_a_finding_leads_to_the_box_it_is_about() -> None:
    text = to_html(to_report(build.outcome()), {}, lang="en")
    for spoken, title in (("page 1: Valid to", "Valid from: 2016-03-15"), ("72–90% down", "")):
        link = re.search(rf'<a href="#([^"]*)">Business licence, [^<]*{spoken}</a>', text)
        assert link
        assert f'id="{link[1]}">\n<title>{title}' in text


def test_every_finding_and_entity_is_on_the_page() -> None:
    report = to_report(build.outcome())
    page = page_of(build.outcome())
    shown = bare(page.text)
    for finding in report.findings:
        assert finding.message.en in page.text
    for document in report.documents:
        for entity in document.entities.values():
            assert bare(entity.raw) in shown
    for remedy in report.remedies:
        assert remedy.message.en in page.text
        assert remedy.message.zh in page.text
    assert "CNY 10,000" in page.text


@pytest.mark.parametrize(
    ("decision", "english", "chinese"),
    [
        (Decision.APPROVED, "Approved", "通过"),
        (Decision.NEEDS_REVIEW, "Needs review", "需人工复核"),
        (Decision.REJECTED, "Rejected", "不通过"),
        (None, "Inspected", "仅检查文件"),
    ],
)
def test_the_decision_stands_on_top_in_words(decision: Decision | None, english: str, chinese: str) -> None:
    outcome = build.outcome()
    outcome = replace(outcome, verdict=outcome.verdict.model_copy(update={"decision": decision}))
    for lang, words in (("en", english), ("zh", chinese)):
        text = to_html(to_report(outcome), {}, lang=lang)
        heading = re.search(r"<h1>.*?</svg>\s*(.*?)</h1>", text, re.DOTALL)
        assert heading
        assert heading[1] == words


@pytest.mark.parametrize(
    "application",
    [
        pytest.param(None, id="no form"),
        pytest.param(Application(), id="empty form"),
        pytest.param(Application(store=Store(category="shoes", type="exclusive")), id="only what is required"),
        pytest.param(Application(store=Store(category=("shoes", "toys"))), id="two categories"),
        pytest.param(Application(store=Store(type="palace"), brands=(Brand(name="X"),)), id="unknown store type"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_form_may_leave_anything_out(application: Application | None, lang: str) -> None:
    outcome = build.outcome()
    form = Form(file="application.yaml", application=application)
    assert page_of(replace(outcome, dossier=replace(outcome.dossier, form=form)), lang).text


def test_nothing_to_fix_is_said() -> None:
    outcome = build.outcome()
    clean = outcome.verdict.model_copy(update={"findings": build.findings()[1:9], "remedies": ()})
    assert "Nothing to fix" in page_of(replace(outcome, verdict=clean)).text


def boxes(report: Report, tone: str) -> list[str]:
    text = to_html(report, {}, lang="en")
    return re.findall(rf'<g class="mark {tone}[^"]*" id="[^"]*">\n<title>(.*?)</title>', text, re.DOTALL)


def test_what_failed_is_drawn_in_red_and_what_is_open_in_amber() -> None:
    report = to_report(build.outcome())
    assert boxes(report, "fail") == ["Valid from: 2016-03-15\nValid to: 2026-03-14", "", "Nice classes: 25"]
    assert boxes(report, "open") == ["Registration no.: 12345678"]


def test_what_failed_lies_on_top_of_what_did_not() -> None:
    text = to_html(to_report(build.outcome()), {}, lang="en")
    tones = re.findall(r'<g class="mark (\w+)[^"]*" id="d2-p1', text)
    assert tones == ["plain"] * (len(tones) - 2) + ["open", "fail"]


def test_a_box_is_drawn_where_the_evidence_stands() -> None:
    text = to_html(to_report(build.outcome()), {}, lang="en")
    number = papers.LINES["registration_number"].box
    assert number == Box(left=0.4, top=0.18, right=0.6, bottom=0.2)
    drawn = re.search(
        r'x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', text.split("Registration no.: ")[1]
    )
    assert drawn
    left, top, width, height = (float(edge) for edge in drawn.groups())
    assert left <= 0.4 * 1131 <= left + 10
    assert top <= 0.18 * 1600 <= top + 10
    assert left + width - 10 <= 0.6 * 1131 <= left + width
    assert top + height - 10 <= 0.2 * 1600 <= top + height


def test_pictures_are_part_of_the_page_and_pages_without_one_are_blank() -> None:
    outcome = build.outcome(pictures=True)
    pictures = page_of(outcome).all("href")
    assert sum(link.startswith("data:") for link in pictures) == 3
    without = to_html(to_report(outcome), {}, lang="en")
    assert without.count("Page picture not included") == 3


def test_a_page_that_was_not_read_is_named() -> None:
    page = page_of(build.outcome())
    assert "The file is cut off; send it again." in page.text
    assert "no page could be read" in page.text


def test_the_page_is_the_same_every_time() -> None:
    first, second = (to_html(to_report(build.outcome()), build.outcome().pictures, lang="en") for _ in range(2))
    assert first == second


def test_a_path_with_an_identity_number_still_finds_its_picture() -> None:
    outcome = build.outcome(pictures=True)
    file = f"{papers.ID_NUMBER}.pdf"
    document = build.document("d1", "other", file, None, (1131, 1600))
    outcome = replace(
        outcome,
        dossier=replace(outcome.dossier, documents=(document,)),
        pictures={(file, 1): outcome.pictures[papers.CERTIFICATE_FILE, 1]},
    )
    text = to_html(to_report(outcome), outcome.pictures, lang="en")
    assert papers.ID_NUMBER not in text
    assert "data:image/jpeg" in text
