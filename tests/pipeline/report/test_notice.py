"""The letter to the seller."""

import re
from pathlib import Path

import pytest

from pipeline.model import Message
from pipeline.report.json import Report, load_report, to_report
from pipeline.report.notice import WIDTH, sections_of, to_html_notice, to_notice
from pipeline.verdict import Action, Remedy
from tests.pipeline.report import build, papers

EXPECTED = sorted((Path(__file__).parents[3] / "samples" / "expected").glob("*.json"))


def report(*remedies: Remedy) -> Report:
    return to_report(build.outcome()).model_copy(update={"remedies": remedies})


def remedy(rule: str, action: Action, document: str | None, text: str) -> Remedy:
    return Remedy(rule=rule, action=action, document=document, message=Message(en=text, zh=f"请{text}。"))


MANY = report(
    remedy("XDC806", Action.CONTACT, None, "Call us."),
    remedy("APP006", Action.CORRECT_FORM, None, "Correct the account."),
    remedy("LIC206", Action.RESUBMIT, "business_licence", "Send a valid licence."),
    remedy("AUT501", Action.SUPPLEMENT, "authorization_letter", "Send a letter."),
    remedy("LIC213", Action.RESUBMIT, "business_licence", "Send a clear scan."),
    remedy("LIC202", Action.RESUBMIT, "business_licence", "Send a clear scan."),
)


def test_demands_are_grouped_by_document_each_once_and_the_form_comes_after_the_papers() -> None:
    assert [(section.title, section.demands) for section in sections_of(MANY, "en")] == [
        ("Business licence", ("Send a valid licence.", "Send a clear scan.")),
        ("Authorization letter", ("Send a letter.",)),
        ("Application form", ("Correct the account.",)),
        ("Contact us", ("Call us.",)),
    ]


def test_the_text_numbers_every_demand_once() -> None:
    text = to_notice(MANY, lang="en")
    assert re.findall(r"^ +(\d+)\. (.+)$", text, re.MULTILINE) == [
        ("1", "Send a valid licence."), ("2", "Send a clear scan."), ("3", "Send a letter."),
        ("4", "Correct the account."), ("5", "Call us."),
    ]  # fmt: skip
    assert f"Dear {papers.COMPANY}" in text


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_a_letter_says_what_to_send_and_nothing_of_what_was_found(path: Path, lang: str) -> None:
    found = load_report(path.read_text(encoding="utf-8"))
    text, page = to_notice(found, lang=lang), to_html_notice(found, lang=lang)
    flat = re.sub(r"\s", "", text)
    for each in found.remedies:
        assert re.sub(r"\s", "", each.message.en if lang == "en" else each.message.zh) in flat
    for finding in found.findings:
        assert finding.rule not in text
        assert f">{finding.rule}<" not in page
        said = finding.message.en if lang == "en" else finding.message.zh
        assert finding.status not in ("fail", "undetermined") or said not in text
    assert all(sum(2 if letter >= "\u2e80" else 1 for letter in line) <= WIDTH for line in text.splitlines())


def test_nothing_to_mend_is_said() -> None:
    letter = re.sub(r"\s+", " ", to_notice(report(), lang="en"))
    assert "nothing that you need to mend" in letter
    assert "nothing is missing" in letter
    assert "still need" not in letter + to_html_notice(report(), lang="en")
    assert "没有需要您补正的内容" in to_notice(report(), lang="zh").replace("\n", "")


def test_a_page_escapes_what_a_form_says() -> None:
    hostile = MANY.model_copy(update={"application": {"applicant": {"company_name": "<script>alert(1)</script>"}}})
    assert "<script>" not in to_html_notice(hostile, lang="en")
