"""Identity numbers in names of folders and files, which make identifiers."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from pipeline.identity_numbers import mask_in_name
from pipeline.names import bears_number, dossier_id
from tests.pipeline.test_ingest_batch import ids_of

NUMBER = "44030019900101001X"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        pytest.param(NUMBER, "440300***********X", id="bare"),
        pytest.param(NUMBER.lower(), "440300***********x", id="a small x"),
        pytest.param(f"李明华_{NUMBER}_2026", "李明华_440300***********X_2026", id="among other words"),
        pytest.param(f"a/{NUMBER}/b", "a/440300***********X/b", id="in a path"),
        pytest.param("440300 19900101 001X", "440300*************X", id="in groups"),
        pytest.param("440300-19900101-001X", "440300*************X", id="in groups by hyphens"),
        pytest.param("440300 - 19900101 - 001X", "440300*****************X", id="in groups by hyphens among spaces"),
        pytest.param("440300(19900101)001X", "440300*************X", id="with the birthday in brackets"),
        pytest.param("440300（19900101）001Ｘ", "440300*************Ｘ", id="in wide signs"),
        pytest.param("４４０３００１９９００１０１００１X", "４４０３００***********X", id="in wide figures"),
        pytest.param("4403 0019 9001 0100 1X", "4403 0***************X", id="in fours"),
        pytest.param("440300/1990/0101/001X", "440300**************X", id="in folders of folders"),
        pytest.param(f"2026 {NUMBER}", "2026 440300***********X", id="after other figures"),
        pytest.param("7. 440300-19900101-001X", "7. 440300*************X", id="after other figures, in groups"),
        pytest.param(f"{NUMBER} {NUMBER}", "440300***********X 440300***********X", id="two"),
        pytest.param("440300199001010011", "440300***********1", id="does not add up, but may be mistyped"),
        pytest.param("440300202611240016", "440300***********6", id="of these years, and adds up"),
        pytest.param("440300202611240010", "440300202611240010", id="a serial number with a date of these years"),
        pytest.param("100234199001010010", "100234199001010010", id="a serial number with a date, of no province"),
        pytest.param("440300199013010017", "440300199013010017", id="no such month"),
        pytest.param(f"1{NUMBER}", f"1{NUMBER}", id="within a longer number"),
        pytest.param("440300身19900101份001X", "440300身19900101份001X", id="among other words throughout"),
        pytest.param("2026-11-24_0001_20261125_01", "2026-11-24_0001_20261125_01", id="days and counts"),
        pytest.param(
            "44-2026-11-24-000001-000001", "44-2026-11-24-000001-000001", id="days and counts as in a province"
        ),
        pytest.param("91440300MA5EXAMPLE", "91440300MA5EXAMPLE", id="credit code"),
        pytest.param("application-123456", "application-123456", id="short"),
    ],
)
def test_only_identity_numbers_are_masked_in_a_name(name: str, masked: str) -> None:
    assert mask_in_name(name) == masked


@pytest.mark.parametrize(
    "name",
    [
        NUMBER,
        f"{NUMBER}.zip",
        f"申请_{NUMBER}",
        f"group/{NUMBER}",
        f"{NUMBER} a",
        "440300 - 19900101 - 001X",
        "440300(19900101)001X",
        "440300（19900101）001Ｘ",
        "440300 ★★ — ★ 19900101____001X",
        "4403 0019 9001 0100 1X",
        "440300/19900101/001X",
        "4-4-0-3-0-0-1-9-9-0-0-1-0-1-0-0-1-X",
        f"2026 {NUMBER[:6]}.{NUMBER[6:]}",
    ],
)
def test_no_identity_number_stands_in_an_id_and_the_name_decides_it_alone(name: str) -> None:
    below = Path("/batch")
    identifier = dossier_id(below / name, below)
    assert NUMBER[:-1] not in re.sub(r"[\W_]", "", identifier)
    assert NUMBER[6:14] not in re.sub(r"[\W_]", "", identifier)
    assert bears_number(str(below / name), below)
    assert ids_of(["a", name, "b"]).count(identifier) == 1


def test_an_id_of_a_folder_is_the_same_alone_and_in_a_batch() -> None:
    assert ids_of([NUMBER]) == [dossier_id(Path("/batch") / NUMBER)]


def numbers(count: int) -> list[str]:
    """Return numbers that are all masked alike."""
    first = (f"44030019900101{serial:03}" for serial in range(1000))
    return [f"{each}X" for each in first if ric.calc_check_digit(f"{each}X") == "X"][:count]


def test_dossiers_whose_numbers_are_masked_alike_stay_as_many_as_they_are() -> None:
    names = numbers(80)
    assert len(set(map(mask_in_name, names))) == 1
    assert len(set(ids_of(names))) == len(names) == 80
    few = names[::7]
    assert ids_of(few) == ids_of(names)[::7]


@given(st.permutations(numbers(6)), st.sampled_from(["", ".zip", "_a"]))
def test_ids_do_not_hang_on_the_order_in_which_a_folder_lists(names: list[str], end: str) -> None:
    assert sorted(ids_of(name + end for name in names)) == sorted(ids_of(name + end for name in sorted(names)))
