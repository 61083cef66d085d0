"""The headings of the Nice Classification."""

from validators.nice import nice_headings


def test_nice_headings_are_all_45() -> None:
    headings = nice_headings()
    assert list(headings) == list(range(1, 46))
    assert [number for number, heading in headings.items() if heading.kind == "services"] == list(range(35, 46))
