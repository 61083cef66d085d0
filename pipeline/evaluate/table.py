"""An evaluation as tables on a terminal."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.evaluate.summary import LOOK_ALIKE, Evaluation, FieldResult
from pipeline.evaluate.words import word
from pipeline.report.titles import ENTITIES, TYPES, title

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table


def tables(evaluation: Evaluation, *, lang: str) -> "RenderableType":
    """Return everything that an evaluation says but its curves."""
    from rich.console import Group

    return Group(*_tables(evaluation, lang))


def type_title(kind: str, lang: str) -> str:
    """Return what people call a document type, or a look-alike."""
    return word("look_alike", lang) if kind == LOOK_ALIKE else title(TYPES, kind, lang)


def share(part: float, digits: int = 1) -> str:
    """Return a share as a percentage; one that is not whole is never shown as 100."""
    text = f"{part * 100:.{digits}f}\u00a0%"
    return text if part >= 1 or not text.startswith("100") else f"{100 - 10**-digits:.{digits}f}\u00a0%"


def _tables(evaluation: Evaluation, lang: str) -> Iterator["RenderableType"]:
    yield _types(evaluation, lang)
    if evaluation.types.wrong:
        yield _wrong_types(evaluation, lang)
    yield _fields(evaluation, lang)
    if evaluation.groups:
        yield _groups(evaluation, lang)
    yield _calibration(evaluation, lang)
    yield _unattended(evaluation, lang)
    if any(miss.wanted is not None for result in evaluation.fields for miss in result.misses):
        yield _values(evaluation, lang)
    for name, found in (("not_scored", evaluation.not_scored), ("lost", evaluation.lost)):
        if found:
            yield f"{word(name, lang)}: " + ", ".join(f"{key} ({value})" for key, value in found.items())


def _table(lang: str, heading: str, *columns: str, numbers_from: int = 1) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(title=word(heading, lang), title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    for number, name in enumerate(columns):
        table.add_column(word(name, lang), justify="right" if number >= numbers_from else "left", overflow="fold")
    return table


def _types(evaluation: Evaluation, lang: str) -> "Table":
    table = _table(lang, "types", "type", "told", "count", numbers_from=2)
    for row in evaluation.types.confusion:
        table.add_row(type_title(row.type, lang), type_title(row.told, lang), str(row.count))
    types = evaluation.types
    table.caption = f"{word('types_right', lang)}: {types.right}/{types.total} = {share(types.accuracy)}"
    return table


def _wrong_types(evaluation: Evaluation, lang: str) -> "Table":
    from rich.markup import escape

    table = _table(lang, "wrong", "document", "type", "told", numbers_from=3)
    for row in evaluation.types.wrong:
        table.add_row(escape(row.id), type_title(row.type, lang), type_title(row.told, lang))
    return table


def _fields(evaluation: Evaluation, lang: str) -> "Table":
    table = _table(lang, "per_field", "field", "right", "rate", "cer", "not_read", "sure_and_wrong")
    for kind, results in groupby(evaluation.fields, key=lambda result: result.type):
        table.add_row(f"[bold]{type_title(kind, lang)}[/]")
        for result in results:
            table.add_row(f"  {title(ENTITIES, result.field, lang)}", *_figures(result))
    exact, total = evaluation.fields_exact, evaluation.fields_total
    table.caption = f"{word('exact', lang)}: {exact}/{total} = {share(exact / max(total, 1))}"
    return table


def _figures(result: FieldResult) -> tuple[str, ...]:
    return (
        f"{result.exact}/{result.total}",
        share(result.exact_rate),
        share(result.character_error_rate, 2),
        str(result.total - result.read or ""),
        str(result.sure_and_wrong or ""),
    )


def _groups(evaluation: Evaluation, lang: str) -> "Table":
    from rich.markup import escape

    table = _table(lang, "groups", "quality", "count", "types_right", "right", "rate")
    for group in evaluation.groups:
        rate = share(group.exact / group.fields) if group.fields else ""
        right, types = f"{group.exact}/{group.fields}", f"{group.types_right}/{group.documents}"
        table.add_row(escape(group.quality), str(group.documents), types, right, rate)
    return table


def _calibration(evaluation: Evaluation, lang: str) -> "Table":
    table = _table(lang, "calibration", "confidence", "fields", "right", "accuracy", numbers_from=1)
    for each in evaluation.calibration.bins:
        if each.accuracy is not None:
            table.add_row(f"{each.low:.2f} – {each.high:.2f}", str(each.count), str(each.right), share(each.accuracy))
    high = evaluation.calibration
    ece = "" if high.ece is None else f"{word('ece', lang)} {high.ece:.3f} · "
    table.caption = f"{ece}≥ 0.9: {high.high_right}/{high.high_count}, {share(high.high_share)} {word('fields', lang)}"
    return table


def _unattended(evaluation: Evaluation, lang: str) -> "Table":
    table = _table(lang, "unattended", "of", "limit", "share", "threshold", "wrong", "at_most")
    unattended = evaluation.unattended
    kinds = (
        ("fields", unattended.fields),
        ("documents", unattended.documents),
        ("dossiers", unattended.dossiers or ()),
    )
    for name, rows in kinds:
        for row in rows:
            threshold = "" if row.threshold is None else f"{row.threshold:.3f}"
            decided = f"{row.decided}/{row.total} = {share(row.share)}"
            table.add_row(
                word(name, lang), share(row.limit), decided, threshold, str(row.wrong), share(row.error_at_most, 2)
            )
    return table


def _values(evaluation: Evaluation, lang: str) -> "Table":
    from rich.markup import escape

    table = _table(lang, "misses", "document", "field", "confidence", "read", "wanted", numbers_from=5)
    for result in evaluation.fields:
        for miss in result.misses:
            sure = "" if miss.confidence is None else f"{miss.confidence:.2f}"
            field = title(ENTITIES, miss.field, lang)
            table.add_row(escape(miss.id), field, sure, escape(miss.read or ""), escape(str(miss.wanted)))
    return table
