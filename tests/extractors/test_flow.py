"""Text as it flows over rows and columns, and blocks under codes and labels, keep the lines they were read from."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.blocks import Heading, read_blocks
from extractors.flow import Flow, as_one_column, in_columns
from extractors.nice import classes_in, read_lists, split_goods
from extractors.parties import party_in_rows, party_in_text
from pipeline.layout import Sheet, lay_out
from tests.extractors.offices.lines import Row, page


def flow_of(*rows: Row, dense: bool = False) -> Flow:
    return Flow(sheet_of(*rows).pieces, dense=dense)


def sheet_of(*rows: Row) -> Sheet:
    return lay_out(page(rows))


def test_rows_are_parted_by_breaks_and_pieces_by_spaces() -> None:
    assert flow_of(((0.1, "as of"), (0.5, "the date")), "1 May 2020").text == "as of the date\n1 May 2020\n"


def test_what_is_found_keeps_its_lines_and_no_others() -> None:
    found = flow_of("registered under", "No. 123 today", "and so on").search(r"under\s*No\.\s*(\d+)")
    assert found is not None
    assert found.entity(date(2020, 1, 1)).raw == "123"
    assert [line.text for line in found.reading.lines] == ["No. 123 today"]


def test_a_dense_flow_has_neither_spaces_nor_breaks_and_simplified_characters() -> None:
    flow = flow_of("兹核准 第 123 號", "商標續展", dense=True)
    assert flow.text == "兹核准第123号商标续展"
    found = flow.search("第(123号商)")
    assert found is not None
    assert [piece.text for piece in found.reading.pieces] == ["123 號", "商"]


@given(st.lists(st.text(alphabet="ab1 第號", min_size=1).filter(str.strip), min_size=1, max_size=6), st.booleans())
def test_every_stretch_can_be_found_again(texts: list[str], dense: bool) -> None:
    flow = flow_of(*texts, dense=dense)
    whole = flow.whole()
    assert whole is not None
    assert {line.text for line in whole.reading.lines} == set(texts)


def test_columns_are_parted_by_a_gutter() -> None:
    rows: list[Row] = [((0.1, f"left {number}"), (0.6, f"right {number}")) for number in range(4)]
    assert [len(column) for column in in_columns(sheet_of(*rows).pieces)] == [4, 4]
    assert [len(column) for column in in_columns(sheet_of("one", "two", "three", "four").pieces)] == [4]


def test_two_columns_of_text_become_one() -> None:
    rows: list[Row] = [((0.1, f"left {number}"), (0.6, f"right {number}")) for number in range(4)]
    text = Flow(as_one_column(sheet_of(*rows)).pieces).text.split("\n")
    assert text[:8] == [f"left {number}" for number in range(4)] + [f"right {number}" for number in range(4)]


HEADINGS = (Heading("number", ("111",), ("registration number",)), Heading("owner", ("732",), ("owner", "titulaire")))


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(["(111) 123", "(732) Testriver Ltd"], id="codes"),
        pytest.param(["Registration number: 123", "Owner: Testriver Ltd"], id="labels"),
        pytest.param(["Registration number", "123", "OWNER", "Testriver Ltd"], id="labels above"),
        pytest.param(["(111) Registration number: 123", "(732) Titulaire / Owner: Testriver Ltd"], id="both"),
        pytest.param(["(111) 123 (732) Testriver Ltd"], id="in one line"),
        pytest.param([((0.1, "(111) 123"), (0.6, "(732)")), ((0.6, "Testriver Ltd"),)], id="side by side"),
        pytest.param(["(111) 123", "(591) red", "(732) Testriver Ltd", "(999) 1"], id="among unknown codes"),
    ],
)
def test_blocks(rows: list[Row]) -> None:
    blocks = read_blocks(sheet_of(*rows), HEADINGS)
    assert blocks["number"].text == "123"
    assert blocks["owner"].text.removesuffix(" (999) 1") == "Testriver Ltd"


def test_a_label_beside_its_code_ends_where_the_code_does() -> None:
    rows: list[Row] = [
        ((0.1, "(732)"), (0.15, "Owner:")),
        ((0.15, "Testriver Ltd"),),
        ((0.1, "(740)"), (0.15, "Azent")),
        ((0.15, "Sample Law"),),
    ]
    assert read_blocks(sheet_of(*rows), HEADINGS)["owner"].text == "Testriver Ltd"


def test_bare_codes_count_only_in_a_column_of_their_own() -> None:
    house: list[Row] = ["732 Sample Street", "Sampletown"]
    assert read_blocks(sheet_of(*house), HEADINGS, bare=True) == {}
    column: list[Row] = [
        ((0.1, "111"), (0.3, "123")),
        ((0.1, "151"), (0.3, "1 May")),
        ((0.1, "732"), (0.3, "Testriver")),
    ]
    assert read_blocks(sheet_of(*column), HEADINGS, bare=True)["number"].text == "123"
    assert read_blocks(sheet_of(*column), HEADINGS) == {}


@pytest.mark.parametrize(
    ("text", "classes"), [("25", (25,)), ("9, 25 and 9", (9, 25)), ("46", ()), ("0", ()), ("none", ()), ("9, 99", ())]
)
def test_classes(text: str, classes: tuple[int, ...]) -> None:
    assert classes_in(text) == classes


def test_lists_end_where_they_are_told_to() -> None:
    lists = read_lists(flow_of("Class 9: Phones;", "chargers.", "Class 25: Hats", "Signed by"), stop=r"^Signed")
    assert lists is not None
    assert lists.goods is not None
    assert lists.classes.value == (9, 25)
    assert [(item.nice_class, item.text) for item in lists.goods.value] == [
        (9, "Phones"),
        (9, "chargers"),
        (25, "Hats"),
    ]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Hats; bags (not of leather; paper)", ("Hats", "bags (not of leather; paper)")),
        ("Hats, bags", ("Hats", "bags")),
        ("Clothing, namely, shirts, hats.", ("Clothing, namely, shirts, hats",)),
    ],
)
def test_goods(text: str, items: tuple[str, ...]) -> None:
    assert split_goods(text) == items


@pytest.mark.parametrize(
    ("rows", "name", "address"),
    [
        (["Testriver Trading", "Co., Ltd.", "1 Sample Street"], "Testriver Trading Co., Ltd.", "1 Sample Street"),
        (["Testriver Ltd", "1 Sample Street", "Sampletown"], "Testriver Ltd", "1 Sample Street, Sampletown"),
        (["Testriver, Inc., 1 Sample Street"], "Testriver, Inc.", "1 Sample Street"),
        (["Testriver Ltd"], "Testriver Ltd", None),
        (["Testriver Ltd", "1 Sample Street", "", "", "", "scribble"], "Testriver Ltd", "1 Sample Street"),
    ],
)
def test_parties(rows: list[Row], name: str, address: str | None) -> None:
    party = party_in_rows(flow_of(*rows).whole())
    assert party.name is not None
    assert party.name.value == name
    assert (party.address.value if party.address else None) == address


def test_no_party_in_nothing() -> None:
    assert party_in_rows(None).name is None
    assert party_in_text(flow_of("12345").whole()).name is None
