"""Rules and categories are shown so that their ids can be typed again and their terms understood."""

from rich.console import Console

from tests.validators import build
from validators.listing import category_entry, category_table


def shown(*ids: str) -> str:
    """Return a table of categories as it stands on a terminal of 80 columns."""
    entries = [category_entry(each) for each in build.rulebook().categories if not ids or each.id in ids]
    console = Console(width=80, color_system=None)
    with console.capture() as capture:
        console.print(category_table(entries, lang="en"))
    return capture.get()


def test_every_id_of_a_category_is_shown_whole() -> None:
    assert [each.id for each in build.rulebook().categories if f" {each.id} " not in shown()] == []


def test_nothing_is_cut_from_a_card() -> None:
    card = shown("health_care")
    assert "…" not in card
    assert "required: yes" in card
    assert "10,000" in card
