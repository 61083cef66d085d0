"""The report as one self-contained page for people.

It says everything without a script, and asks the network for nothing: pictures are `data:` addresses, style and
scripts are in the page, and a content security policy lets these run, by hash, and nothing else. The script zooms,
lights places up and filters. Whatever came out of a dossier is escaped.
"""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from pipeline.report.chains import view_chains
from pipeline.report.covering import Patch, Place
from pipeline.report.facts import FactRow, facts_of, states_facts, with_comparison
from pipeline.report.json import without_numbers
from pipeline.report.record import Report
from pipeline.report.registers import ADDRESSES
from pipeline.report.titles import STORE_TYPES, TYPES, spoken, title
from pipeline.report.values import bare, in_words, looked, money, percent
from pipeline.report.view import in_short, view_documents, view_findings
from pipeline.report.words import phrase
from pipeline.verdict import Severity

_STYLE = "page.css.j2"
_SCRIPTS = ("page.js.j2", "index.js.j2")
_POLICY = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"
_IN_BACKTICKS = re.compile(r"`([^`\n]{1,80})`")
METAS = 5
"""Meta tags of a page, all in its frame."""


def to_html(
    report: Report,
    pictures: Mapping[Place, bytes],
    *,
    lang: str,
    patches: Mapping[Place, Sequence[Patch]] = MappingProxyType({}),
    whole_at_desk: bool = False,
) -> str:
    """Return the page for `report`.

    It shows identity numbers masked. Of a report that reveals them it holds them whole too, and shows them by a button.

    Args:
        report: As made by `to_report` or read by `load_report`.
        pictures: JPEG of the pages as shown upright, by file and page, numbers painted over; without one a page is
            drawn blank.
        lang: `en` or `zh`.
        patches: What was painted over, of a report that reveals numbers.
        whole_at_desk: Whether the numbers that `report` masks can be looked at on the dossier's page at the desk.
    """
    hidden = without_numbers(report)
    reveals = hidden is not report
    documents = view_documents(hidden, pictures, lang, patches=patches if reveals else {})
    findings = view_findings(hidden, lang)
    return render(
        "report.html.j2",
        lang,
        report=hidden,
        reveals=reveals,
        numbers_are=_where_numbers_are(reveals=reveals, at_desk=whole_at_desk),
        documents=documents,
        compared=[number for number, document in enumerate(documents) if states_facts(document.record)],
        chains=view_chains(hidden, lang),
        findings=findings,
        # The same, whole: what differs is shown by the button.
        whole_documents=view_documents(report, {}, lang) if reveals else documents,
        whole_findings=view_findings(report, lang) if reveals else findings,
        **_facts(report, hidden, lang),
    )


def coded(text: str) -> Markup:
    """Return a text with what stands in backticks, a field or a value of the form, set as code; all else as text."""
    return Markup(_IN_BACKTICKS.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped just here


def _where_numbers_are(*, reveals: bool, at_desk: bool) -> str:
    """Return the name of the text that says where whole identity numbers can be seen."""
    if reveals:
        return "page.numbers_held"
    return "page.numbers_at_desk" if at_desk else "page.numbers_none"


def _facts(report: Report, hidden: Report, lang: str) -> Mapping[str, tuple[FactRow, ...]]:
    """Return the facts as the page shows them, and whole, by the template's names for them."""
    whole = facts_of(report, lang)
    shown = whole if hidden is report else with_comparison(facts_of(hidden, lang), whole)
    return {"facts": shown, "whole_facts": whole}


def is_bound(page: str) -> bool:
    """If a page begins as ours do, by a policy that lets nothing in it run or reach out, and has no other meta tag.

    Asked of pages that a worker made: a file that took it over could have written anything.
    """
    head = (
        f'<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{escape(_policy())}">\n'
    )
    starts = tuple(f'<!doctype html>\n<html lang="{lang}">\n{head}' for lang in ("en", "zh-CN"))
    return page.startswith(starts) and page.casefold().count("<meta") == METAS


def render(template: str, lang: str, **values: Any) -> str:
    """Fill one of the package's templates; markup in `values` comes out as text."""
    environment = _environment()
    return environment.get_template(template).render(
        lang=lang,
        policy=_policy(),
        say=lambda name: phrase(name, lang),
        pick=lambda message: spoken(message, lang),
        in_words=lambda value: in_words(value, lang),
        looked=lambda look: looked(look, lang),
        type_title=lambda name: title(TYPES, name, lang),
        alternative=lambda other: in_short(other, lang),
        store_type=lambda name: title(STORE_TYPES, name, lang),
        **values,
    )


@cache
def _policy() -> str:
    scripts = " ".join(map(_fingerprint, _SCRIPTS))
    return f"{_POLICY}; style-src {_fingerprint(_STYLE)}; script-src {scripts}"


def _fingerprint(template: str) -> str:
    content = _environment().get_template(template).render()
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode('ascii')}'"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters["coded"] = coded
    environment.globals.update(
        addresses=ADDRESSES, bare=bare, money=money, percent=percent, severities=list(Severity), style=_STYLE
    )
    return environment
