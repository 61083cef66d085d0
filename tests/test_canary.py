"""Identity numbers planted wherever a stranger can put one, and looked for in all that is said and written."""

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter
from stdnum.cn import ric

import cli
from pipeline.console import run_command
from tests.commands import AS_OF, dossier
from tests.hostile.small import CANARY_NAME, CANARY_NUMBER, SmallBatch, prepare
from tests.pipeline.parts import KILLS, RAISES, SECRET, WHITE, run, write_dossier

LOG = ("--log-format", "json", "--log-level", "debug")
PLACES = (
    "folder", "group", "zip", "member", "file", "folder inside", "stray", "link", "broken form", "form", "form key",
    "form in a zip", "picture's text", "PDF's title", "broken PDF", "absent", "label", "option", "output",
)  # fmt: skip


def number_of(place: str) -> str:
    """Return an identity number that adds up, another for each place."""
    first = f"44030019860213{PLACES.index(place):03}"
    return first + str(ric.calc_check_digit(first + "0"))


NUMBERS: Mapping[str, str] = {**{place: number_of(place) for place in PLACES}, "page": CANARY_NUMBER}


@dataclass(frozen=True)
class Planted:
    """A batch that holds them."""

    batch: SmallBatch

    @property
    def folder(self) -> Path:
        return self.batch.home / "in"

    @property
    def named(self) -> Path:
        """A dossier whose folder is named by a number."""
        return self.folder / NUMBERS["folder"]

    def say(self, *words: object) -> str:
        """Return what a command says on both streams, of which standard error must hold no number and no name."""
        # Or a table would part a number into lines.
        done = dossier(*words, **(self.batch.environment | {"COLUMNS": "400"}))
        assert done.returncode in (0, 1, 2, 10, 11), done.stderr
        assert leaks(done.stderr) == []
        assert CANARY_NAME not in done.stderr
        return done.stdout + done.stderr


def leaks(*texts: str | bytes) -> list[str]:
    """Return the places whose numbers are found."""
    wholes = [text if isinstance(text, bytes) else text.encode() for text in texts]
    return sorted(place for place, number in NUMBERS.items() if any(number.encode() in whole for whole in wholes))


def here(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, list[str]]:
    """Run a command in this process; return its exit code, and the places whose numbers it says."""
    capsys.readouterr()
    code = run_command(cli.dossier, [str(word) for word in words])
    return code, leaks(*capsys.readouterr())


def written(*folders: Path) -> Iterator[bytes]:
    """Yield the names and the bytes of whatever lies in some folders."""
    for folder in folders:
        for path in folder.rglob("*"):
            yield path.relative_to(folder).as_posix().encode()
            if path.is_file():
                yield path.read_bytes()


def form(number: str) -> dict[str, Any]:
    """Return a form that has a number in every field, valid there or not."""
    valid = {"relation": "owner", "office": "CNIPA", "nice_classes": [25]}
    return {
        "applicant": {
            "company_name": f"{CANARY_NAME} {number}",
            "unified_social_credit_code": number,
            "legal_person": {"name": number, "id_number": number},
        },
        "account": {"login": number, "id": f"{number}@example.com"},
        "settlement": {"channel": number, "account_holder": number},
        "store": {"category": number, "subcategories": [number], "type": number, "name": f"store {number}"},
        "brands": [
            {"name": number, "trademark_number": number, **dict.fromkeys(valid, number)},
            {"name": number, "trademark_number": number, **valid},
        ],
    }


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    batch = prepare(tmp_path_factory.mktemp("planted"), ("ash", "birch"))
    folder = batch.home / "in"
    page = folder / "ash" / "01.png"
    named = folder / NUMBERS["folder"]
    shutil.copytree(folder / "ash", named)
    (named / NUMBERS["folder inside"]).mkdir()
    shutil.copy(page, named / NUMBERS["folder inside"] / f"{CANARY_NAME}{NUMBERS['file']}.png")
    (named / "broken.pdf").write_bytes(f"%PDF-1.4 /Title ({NUMBERS['broken PDF']})".encode())
    (named / NUMBERS["link"]).symlink_to(page)
    shutil.copytree(folder / "birch", folder / NUMBERS["group"] / "birch")
    shutil.copytree(folder / "birch", folder / "wrong")
    broken = NUMBERS["broken form"]
    (folder / "wrong" / "application.yaml").write_text(f"store: [{broken}\n  {broken}: {{")
    shutil.copytree(folder / "birch", folder / "form")
    (folder / "form" / "application.yaml").unlink()
    filled = form(NUMBERS["form"]) | {NUMBERS["form key"]: NUMBERS["form key"]}
    (folder / "form" / "application.json").write_text(json.dumps(filled), encoding="utf-8")
    tagged = PngInfo()
    tagged.add_text("Title", NUMBERS["picture's text"])
    Pillow.open(page).save(folder / "form" / "01.png", pnginfo=tagged)
    (folder / "form" / "application.yml").mkdir()
    with zipfile.ZipFile(folder / f"{NUMBERS['zip']}.zip", "w") as archive:
        archive.writestr("application.json", json.dumps(form(NUMBERS["form in a zip"])))
        archive.write(page, f"{NUMBERS['member']}/{NUMBERS['member']}.png")
        archive.writestr(f"{NUMBERS['member']}.txt", "no document")
    (folder / f"{NUMBERS['stray']}.txt").write_text("of no dossier")
    return Planted(batch)


def test_the_numbers_are_all_different_and_add_up() -> None:
    assert len(set(NUMBERS.values())) == len(NUMBERS)
    assert all(ric.is_valid(number) for number in NUMBERS.values())


@pytest.mark.parametrize("log", [LOG, ()], ids=["logged", "told"])
def test_a_batch_says_and_writes_none(
    planted: Planted, log: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    out = planted.batch.home / f"out{len(log)}"
    said = planted.say(*log, "batch", planted.folder, "-o", out, "--html", AS_OF)
    assert leaks(said, *written(out)) == []
    counts = json.loads(said[: said.index("}") + 1])
    assert (counts["found"], counts["errors"], counts["approved"]) == (7, 0, 0)
    assert len(list((out / "reports").glob("*.json"))) == 7
    # Both are named by the same six digits, and stay two.
    assert len(list((out / "reports").glob("440300-*.json"))) == 3
    assert ("have an identity number in the name of their folder" in said) is not bool(log)
    assert ("3 dossiers are named by identity numbers" in said) is bool(log)
    for report in (out / "reports").glob("*.json"):
        assert here(capsys, "explain", report) == here(capsys, "notice", report) == (0, [])
    assert here(capsys, "expiring", out) == here(capsys, "purge", out, "--older-than", "1d") == (0, [])


def test_where_numbers_are_revealed_neither_log_nor_record_nor_a_name_has_one(planted: Planted) -> None:
    out = planted.batch.home / "revealed"
    said = planted.say(*LOG, "batch", planted.folder, "-o", out, "--reveal", AS_OF)
    assert leaks(said, *(path.relative_to(out).as_posix() for path in out.rglob("*"))) == []
    with closing(sqlite3.connect(out / "results.sqlite")) as database:
        assert leaks("\n".join(database.iterdump())) == []
    found = leaks(*written(out / "reports"))
    assert {"page", "file", "form", "form in a zip"} <= set(found)
    assert not {"folder", "group", "zip"} & set(found)


def test_one_dossier_and_single_documents_say_none(planted: Planted) -> None:
    home = planted.batch.home
    for words in (
        ("verify", planted.named),
        ("verify", planted.folder / f"{NUMBERS['zip']}.zip"),
        ("verify", planted.folder / "form", "--html", home / "page.html"),
        ("verify", planted.folder / "wrong", "--html", home / "wrong.html"),
        ("inspect", *planted.named.rglob("*.png"), planted.named / "broken.pdf"),
    ):
        log = () if "--html" in words else LOG
        assert leaks(planted.say(*log, *words, AS_OF)) == []
    assert leaks((home / "page.html").read_bytes(), (home / "wrong.html").read_bytes()) == []


def test_a_pdf_s_title_is_told_nowhere(planted: Planted, tmp_path: Path) -> None:
    with PdfWriter() as pdf:
        pdf.add_blank_page(200, 300)
        pdf.add_metadata({"/Title": NUMBERS["PDF's title"], "/Producer": CANARY_NAME + NUMBERS["PDF's title"]})
        pdf.write(tmp_path / "titled.pdf")
    assert NUMBERS["PDF's title"].encode() in (tmp_path / "titled.pdf").read_bytes()
    folder = write_dossier(tmp_path / "in" / "titled")
    shutil.copy(tmp_path / "titled.pdf", folder / "titled.pdf")
    assert run(tmp_path / "in", jobs=1).errors == 0
    assert leaks(*written(tmp_path / "out")) == []


def test_what_brings_workers_down_is_told_without_what_it_quotes(tmp_path: Path) -> None:
    assert NUMBERS["page"] == SECRET
    for name, colour in (("raises", RAISES), ("kills", KILLS), (NUMBERS["folder"], WHITE)):
        write_dossier(tmp_path / "in" / name, WHITE, colour)
    run(tmp_path / "in", jobs=1, html=True)
    assert len([*(tmp_path / "out" / "errors").glob("*"), *(tmp_path / "out" / "reports").glob("*.json")]) == 3
    assert leaks(*written(tmp_path / "out")) == []


def test_what_cannot_be_done_is_said_without_numbers(planted: Planted, capsys: pytest.CaptureFixture[str]) -> None:
    absent, home = planted.folder / NUMBERS["absent"], planted.batch.home
    for words in (
        ("verify", absent),
        ("verify", planted.named / NUMBERS["link"]),
        ("inspect", absent),
        ("batch", absent, "-o", home / "none"),
        ("batch", planted.named, "-o", home / "none"),
        ("purge", absent, "--older-than", "1d"),
        ("purge", planted.named, "--older-than", "1d"),
        ("evaluate", planted.named),
        ("verify", planted.named, "--rulebook", absent),
        ("verify", planted.named, f"--{NUMBERS['option']}"),
        ("verify", planted.named, "--as-of", NUMBERS["option"]),
        ("verify", planted.named, "-o", planted.named / NUMBERS["output"]),
        (NUMBERS["option"],),
    ):
        code, found = here(capsys, *words)
        assert (code in (2, 4), found) == (True, []), words
    for words in (("verify", absent), ("verify", planted.named, "--engine", NUMBERS["option"])):
        done = dossier(*LOG, *words, **planted.batch.environment)
        assert (done.returncode in (2, 3), leaks(done.stdout, done.stderr)) == (True, [])


def test_an_evaluation_shows_numbers_only_where_it_is_told_to(planted: Planted, tmp_path: Path) -> None:
    shutil.copy(planted.folder / "ash" / "01.png", tmp_path / f"{NUMBERS['file']}.png")
    label: dict[str, Any] = {"id": f"l{NUMBERS['label']}", "file": f"{NUMBERS['file']}.png", "type": "identity_card"}
    label |= {"entities": {"id_number": NUMBERS["label"], "name": CANARY_NAME}}
    (tmp_path / "truth.json").write_text(json.dumps([label]), encoding="utf-8")
    page = tmp_path.parent / f"{tmp_path.name}.html"
    words = (*LOG, "evaluate", tmp_path, "--show", "--html", page, "--format")
    assert leaks(planted.say(*words, "json"), page.read_bytes()) == []
    assert leaks(planted.say(*words, "table")) == []
    assert leaks(planted.say(*words, "table", "--reveal")) == leaks(page.read_bytes()) == ["label", "page"]
