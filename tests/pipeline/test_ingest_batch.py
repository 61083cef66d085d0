import io
import logging
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.discovery import Child, Disk
from pipeline.errors import UsageError
from pipeline.ingest import dossier_id, find_dossiers, find_strays, open_dossier, survey
from pipeline.roster import Roster
from pipeline.settings import Settings

JPEG = b"\xff\xd8\xff\xe0" + bytes(60)


def packed() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("1.jpg", JPEG)
    return content.getvalue()


def fill(folder: Path, names: str, content: bytes = JPEG) -> None:
    for name in names.split():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def ids(folder: Path) -> list[str]:
    return [found.id for found in find_dossiers(folder)]


def test_children_are_dossiers_and_folders_of_folders_are_groups(tmp_path: Path) -> None:
    fill(tmp_path, "one/application.yaml two/licence.jpg two/sub/more.jpg", JPEG)
    fill(tmp_path, "november/three/x.jpg november/week1/four/x.jpg")
    (tmp_path / "november/five").mkdir()
    assert ids(tmp_path) == ["november__five", "november__three", "november__week1__four", "one", "two"]


def test_zips_are_dossiers_in_groups_too_by_content_or_by_name(tmp_path: Path) -> None:
    fill(tmp_path, "a.zip group/b.ZIP group/c.bin", packed())
    fill(tmp_path, "broken.zip", b"not a zip")
    assert ids(tmp_path) == ["a", "broken", "group__b", "group__c.bin"]
    broken = find_dossiers(tmp_path)[1]
    assert open_dossier(broken.path, Settings()).failures


def test_an_empty_folder_is_a_dossier_so_that_it_gets_its_report(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    fill(tmp_path, "junk/.DS_Store junk/__MACOSX/x")
    assert ids(tmp_path) == ["empty", "junk"]


def test_a_note_beside_folders_does_not_make_a_dossier_of_the_group(tmp_path: Path) -> None:
    fill(tmp_path, "group/notes.txt", b"call back")
    fill(tmp_path, "group/a/x.jpg")
    assert ids(tmp_path) == ["group__a"]
    assert find_strays(tmp_path) == ("group/notes.txt",)


def test_loose_files_and_links_are_strays_and_are_counted_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fill(tmp_path, "a/x.jpg licence-of-Li.jpg .DS_Store")
    (tmp_path / "link").symlink_to(tmp_path / "a", target_is_directory=True)
    with caplog.at_level(logging.WARNING):
        assert ids(tmp_path) == ["a"]
    assert find_strays(tmp_path) == ("licence-of-Li.jpg", "link")
    assert "2 files" in caplog.text
    assert "Li" not in caplog.text


def test_groups_deeper_than_the_limit_are_dossiers_of_their_own(tmp_path: Path) -> None:
    fill(tmp_path, "1/2/3/x.jpg")
    assert [found.id for found in find_dossiers(tmp_path, max_depth=1)] == ["1__2"]


def test_a_folder_and_a_zip_of_one_name_get_two_ids(tmp_path: Path) -> None:
    fill(tmp_path, "a/x.jpg A/x.jpg")
    fill(tmp_path, "a.zip", packed())
    found = ids(tmp_path)
    assert "A" in found
    assert len({identifier.casefold() for identifier in found}) == 3


def test_a_batch_folder_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="missing"):
        find_dossiers(tmp_path / "missing")


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        pytest.param("starriver", "starriver", id="plain"),
        pytest.param("星河_2026-11.v2", "星河_2026-11.v2", id="cjk, digits and marks"),
        pytest.param("november/a", "november__a", id="in a group"),
        pytest.param("a.zip", "a", id="zip"),
        pytest.param("a b", "a-b-c8687a08", id="space"),
        pytest.param("=cmd|x", "cmd-x-3c69ad54", id="formula"),
        pytest.param("..x", "x-f0eaa02d", id="dots in front"),
        pytest.param("???", "dossier-e61dc7a3", id="nothing plain"),
    ],
)
def test_an_id_is_the_path_with_a_hash_for_odd_characters(name: str, identifier: str) -> None:
    found = dossier_id(Path("/batch") / name, Path("/batch"))
    stem, _, digest = identifier.rpartition("-")
    if len(digest) == 8:
        assert found.rpartition("-")[0] == stem
        assert len(found.rpartition("-")[2]) == 8
    else:
        assert found == identifier


def test_without_a_batch_folder_the_id_is_the_name() -> None:
    assert dossier_id(Path("/somewhere/starriver.zip")) == "starriver"


NAMES = st.text(st.characters(exclude_characters="/\x00"), min_size=1, max_size=60).filter(
    lambda name: name not in (".", "..")
)
TWINS = st.sampled_from(["a", "A", "a.zip", "a__b", "é", "e\u0301", "ß", "ss", "가", "가", "a-ca978112"])


def ids_of(names: Iterable[str]) -> list[str]:
    with closing(Roster([(f"/batch/{name}", None) for name in names], Path("/batch"))) as roster:
        return [found.id for found in roster]


@given(st.lists(st.one_of(NAMES, TWINS), min_size=1, max_size=20, unique=True))
def test_no_two_dossiers_share_an_id_and_each_is_a_safe_file_name(names: list[str]) -> None:
    found = ids_of(names)
    assert len(found) == len(names)
    assert len({unicodedata.normalize("NFC", identifier.casefold()) for identifier in found}) == len(names)
    for identifier in found:
        assert "/" not in identifier
        assert not identifier.startswith((".", "-"))
        assert not {unicodedata.category(character) for character in identifier} & {"Cc", "Cf", "Cs", "Zs"}
        assert 0 < len(identifier.encode()) <= 160


def test_a_name_of_255_bytes_gives_an_id_that_leaves_room_for_a_suffix() -> None:
    found = ids_of("长" * 84 + end for end in "ab")
    assert len(set(found)) == 2
    assert all(len(identifier.encode()) <= 150 for identifier in found)


class Failing(Disk):
    """Lists a group once, and then no more."""

    def __init__(self, group: str, error: type[OSError]) -> None:
        self.left, self.group, self.error = 1, group, error

    def children(self, folder: str) -> Iterator[Child]:
        if folder == self.group:
            self.left -= 1
            if self.left < 0:
                raise self.error(5, "no more", folder)
        return super().children(folder)


def test_a_group_that_cannot_be_listed_any_more_is_never_taken_for_a_dossier(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.discovery.MOST_HELD", 1)  # of more it is listed twice
    fill(tmp_path, "2026/a/application.yaml 2026/b/application.yaml z/application.yaml")
    with pytest.raises(UsageError, match=r"2026 cannot be read .* give the same command again"):
        survey(tmp_path, shelf=Failing(str(tmp_path / "2026"), OSError))
    roster, _ = survey(tmp_path, shelf=Failing(str(tmp_path / "2026"), FileNotFoundError))
    with closing(roster):
        assert [found.id for found in roster] == ["z"]
