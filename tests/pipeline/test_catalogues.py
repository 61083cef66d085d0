"""The catalogues say everything that is asked of them, in both languages, and nothing else."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from pipeline.catalogues import LANGUAGES, compile_catalogue, messages, sources, translations

PACKAGE = Path(__file__).parents[2] / "pipeline"
TEXTS = {path: path.read_text(encoding="utf-8") for suffix in ("*.py", "*.j2") for path in PACKAGE.rglob(suffix)}
_PLACES = re.compile(r"\{(\w+)\}")
_SAID = re.compile(r'\b(?:phrase|say)\(\s*"([a-z_.]+)"\s*[,)]')
# A name whose end is put together: phrase(f"chain.{role}"), say("decision." ~ outcome), phrases_below("type").
_BEGUN = re.compile(r'\b(?:phrase|say)\(\s*f?"([a-z_.]+\.)["{]|phrases_below\("(\w+)"\)|f"([a-z_]+\.[a-z_]*)\{')
_WORD = re.compile(r"[A-Za-z\u4e00-\u9fff]{2,}")
NAMES = {"JSON", "HTML", "dossier", "schema"}


def begun() -> set[str]:
    found = {next(filter(None, groups)) for text in TEXTS.values() for groups in _BEGUN.findall(text)}
    return {start if "." in start else f"{start}." for start in found}


@pytest.mark.parametrize("source", list(sources()), ids=lambda path: path.parts[-3])
def test_a_compiled_catalogue_is_that_of_its_source(source: Path) -> None:
    assert source.with_suffix(".mo").read_bytes() == compile_catalogue(source), "make catalogues"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_is_translated_and_none_is_doubtful(lang: str) -> None:
    with (PACKAGE / "locale" / lang / "LC_MESSAGES" / "report.po").open("rb") as file:
        said = [message for message in read_po(file, abort_invalid=True) if message.id]
    assert [message.id for message in said if not message.string or message.fuzzy] == []
    assert {message.id for message in said} == set(messages("report", "en"))


def test_both_languages_have_the_same_places_to_fill() -> None:
    english, chinese = messages("report", "en"), messages("report", "zh")
    for name, text in english.items():
        assert set(_PLACES.findall(text)) == set(_PLACES.findall(chinese[name])), name


def test_everything_that_is_said_is_in_the_catalogues() -> None:
    said = {name for text in TEXTS.values() for name in _SAID.findall(text)}
    assert len(said) > 80
    assert said - set(messages("report", "en")) == set()


def test_nothing_in_the_catalogues_is_unused() -> None:
    everything = "\n".join(TEXTS.values())
    starts = tuple(begun())
    unused = [n for n in messages("report", "en") if f'"{n}"' not in everything and not n.startswith(starts)]
    assert unused == []


@pytest.mark.parametrize("name", ["report", "documents", "facts", "chains", "index", "notice", "frame"])
def test_a_template_has_no_words_of_its_own(name: str) -> None:
    path = PACKAGE / "report" / "templates" / f"{name}.html.j2"
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"<(script|style).*?</\1>", " ", text, flags=re.DOTALL)
    assert set(_WORD.findall(re.sub(r"<[^>]*>", " ", text))) - NAMES == set()


def test_an_unknown_domain_says_what_it_is_asked() -> None:
    assert translations("nothing", "zh").gettext("page") == "page"
