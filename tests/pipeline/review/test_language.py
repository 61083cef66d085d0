"""Every text of the desk is in both languages."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import pipeline.review
from pipeline.review.wording import CATALOGUES, texts

DESK = Path(pipeline.review.__file__).parent
TEMPLATES = sorted((DESK / "templates").glob("*.j2"))
SAID = {
    text
    for _, _, message, _, _ in extract_from_dir(DESK, method_map=[("**.py", "python"), ("**.j2", "jinja2")])
    for text in ([message] if isinstance(message, str) else message)
}
SAME_IN_BOTH = "dossier"
"""The product's name."""


def catalogue() -> dict[str, Message]:
    with (CATALOGUES / "zh" / "LC_MESSAGES" / "review.po").open("rb") as file:
        return {str(message.id): message for message in read_po(file) if message.id}


def test_every_text_is_translated() -> None:
    known = catalogue()
    assert len(SAID) > 150
    assert [text for text in sorted(SAID) if not (text in known and known[text].string)] == []
    assert [text for text, message in known.items() if message.fuzzy] == []


def test_no_translation_is_left_over() -> None:
    assert sorted(catalogue().keys() - SAID) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_text_of_a_template_goes_past_the_catalogue(path: Path) -> None:
    """Whatever stands between tags, outside of braces, is a sign and no word."""
    source = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    source = re.sub(r"<(script|style|kbd)\b.*?</\1>", "", source, flags=re.DOTALL)
    source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "\0", source, flags=re.DOTALL)
    between = re.findall(r">([^<>]*)<", source)
    attributes = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', source)
    words = [text.replace("\0", "").replace(SAME_IN_BOTH, "") for text in [*between, *attributes]]
    assert [word.strip() for word in words if re.search(r"[A-Za-z]{2}", word)] == []


def test_chinese_is_said_in_chinese() -> None:
    assert texts("zh").gettext("Reject") == "拒绝"
    assert texts("en").gettext("Reject") == "Reject"
