"""A watch list is read in four formats, and what is wrong with one is named."""

from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError
from validators.watchlist import WatchKind, load_watchlist

YAML = """
companies: [虚构（中国）有限公司]
codes: [914403000000000001]
persons: [{value: 李虚构, reason: earlier fraud}]
marks: [INVENTRIA]
"""
JSON = """{"companies": ["虚构（中国）有限公司"], "codes": ["914403000000000001"],
"persons": [{"value": "李虚构", "reason": "earlier fraud"}], "marks": ["INVENTRIA"]}"""
CSV = """kind,value,reason
company,虚构（中国）有限公司,
code,914403000000000001,
Person,李虚构,earlier fraud
mark,INVENTRIA,
"""
TEXT = """# a comment

company: 虚构（中国）有限公司
code: 9144 0300 0000 0000 01
person：李虚构
INVENTRIA
"""


def write(folder: Path, suffix: str, text: str) -> Path:
    path = folder / f"watch{suffix}"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".yaml", YAML),
        (".yml", YAML),
        (".json", JSON),
        (".csv", CSV),
        (".CSV", "\ufeff" + CSV),
        (".txt", TEXT),
        ("", TEXT),
    ],
)
def test_every_format_says_the_same(tmp_path: Path, suffix: str, text: str) -> None:
    watchlist = load_watchlist(write(tmp_path, suffix, text))

    assert len(watchlist.entries) == 4
    assert watchlist.find(WatchKind.COMPANY, "虚构(中国) 有限公司")
    assert watchlist.find(WatchKind.CODE, "914403000000000001")
    assert watchlist.find(WatchKind.PERSON, "李虚构")
    assert watchlist.find(WatchKind.MARK, "Inventria®")
    assert not watchlist.find(WatchKind.MARK, "李虚构")
    assert not watchlist.find(WatchKind.COMPANY, "别的有限公司")


def test_a_reason_is_kept(tmp_path: Path) -> None:
    entry = load_watchlist(write(tmp_path, ".csv", CSV)).find(WatchKind.PERSON, "李虚构")
    assert entry is not None
    assert entry.reason == "earlier fraud"


def test_a_line_without_kind_is_looked_for_everywhere(tmp_path: Path) -> None:
    watchlist = load_watchlist(write(tmp_path, ".txt", "李虚构\n"))
    assert all(watchlist.find(kind, "李虚构") for kind in WatchKind)


@pytest.mark.parametrize(
    ("suffix", "text", "problem"),
    [
        pytest.param(".yaml", "companies: [", "not yaml", id="broken YAML"),
        pytest.param(".json", "{", "not json", id="broken JSON"),
        pytest.param(".json", "[" * 100_000, "not json", id="bottomless JSON"),
        pytest.param(".yaml", "- a", "expected a mapping", id="a list"),
        pytest.param(".yaml", "firms: [a]", "section 1: unknown; expected companies", id="unknown section"),
        pytest.param(".yaml", "marks: a", "marks: expected a list", id="no list"),
        pytest.param(".yaml", "marks: [a, NO]", "marks[1]: expected a text", id="YAML's NO"),
        pytest.param(".yaml", "marks: ['']", "marks[0]: expected a text", id="empty value"),
        pytest.param(".yaml", "marks: [{value: a, why: b}]", "marks[0]: expected value", id="unknown key"),
        pytest.param(".csv", "name\na", "missing: kind, value", id="no header"),
        pytest.param(".csv", "kind,value\nfirm,a", "line 2: unknown kind; expected company", id="unknown kind"),
        pytest.param(".csv", "kind,value\nmark,", "line 2: value is empty", id="empty cell"),
        pytest.param(".txt", "ok\nmark:", "line 2: mark without a value", id="kind alone"),
        pytest.param(".txt", "persons: a", "line 1: unknown kind before the colon", id="misspelt kind"),
        pytest.param(".txt", "# nothing\n", "names nothing", id="nothing listed"),
        pytest.param(".yaml", "{}", "names nothing", id="empty mapping"),
    ],
)
def test_a_wrong_list_names_its_problem(tmp_path: Path, suffix: str, text: str, problem: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_watchlist(write(tmp_path, suffix, text))
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        pytest.param(".txt", "李虚构：欠款未还", id="prose with a colon"),
        pytest.param(".csv", "kind,value\n李虚构,person", id="columns the wrong way round"),
        pytest.param(".yaml", "李虚构: [a]", id="a name as a section"),
        pytest.param(".yaml", "persons: [[李虚构]]", id="a list in a list"),
        pytest.param(".yaml", "persons: [{value: a, 李虚构: b}]", id="a name as a key"),
        pytest.param(".yaml", "persons: [李虚构", id="broken YAML"),
        pytest.param(".json", '{"persons": ["李虚构"', id="broken JSON"),
    ],
)
def test_no_name_of_the_list_is_repeated(tmp_path: Path, suffix: str, text: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_watchlist(write(tmp_path, suffix, text))
    assert "李虚构" not in str(caught.value)


def test_all_problems_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_watchlist(write(tmp_path, ".csv", "kind,value\nfirm,a\nmark,\n"))
    assert "line 2" in str(caught.value)
    assert "line 3" in str(caught.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "watch.txt"
    path.write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(ConfigurationError, match="UTF-8"):
        load_watchlist(path)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_watchlist(tmp_path / "missing.txt")
