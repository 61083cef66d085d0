"""Rules and categories are shown so that their ids can be typed again and their terms understood."""

from rich.console import Console

from tests.validators import build
from validators import RULES
from validators.listing import LABELS_ZH, category_entry, category_table, rule_entry


def shown(*ids: str, lang: str = "en") -> str:
    """Return a table of categories as it stands on a terminal of 80 columns."""
    entries = [category_entry(each) for each in build.rulebook().categories if not ids or each.id in ids]
    console = Console(width=80, color_system=None)
    with console.capture() as capture:
        console.print(category_table(entries, lang=lang))
    return capture.get()


def test_every_id_of_a_category_is_shown_whole() -> None:
    assert [each.id for each in build.rulebook().categories if f" {each.id} " not in shown()] == []


def test_nothing_is_cut_from_a_card() -> None:
    card = shown("health_care")
    assert "…" not in card
    assert "required: yes" in card
    assert "10,000" in card


def test_what_is_shown_has_a_chinese_label() -> None:
    keys = {*rule_entry(next(iter(RULES.values()))), *category_entry(build.rulebook().categories[0])}
    assert keys <= set(LABELS_ZH)
    assert "保证金（CNY）" in shown("health_care", lang="zh")
