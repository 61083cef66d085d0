"""Every limit of what comes in: what trips it, and a message that names file, limit, what was found and what to do."""

import math
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pillow

from pipeline.ingest import Intake, open_dossier
from pipeline.left_out import LeftOut, without
from pipeline.model import Failure, FailureCode, Message
from pipeline.pages import open_pages
from pipeline.report.json import load_report
from pipeline.settings import Settings
from tests.pipeline.drawn import pdf, words
from tests.pipeline.parts import HANGS, WHITE, build, run, write_dossier
from tests.pipeline.test_ingest import FORM, JPEG, fill
from tests.pipeline.test_ingest_zip import pack
from tests.pipeline.test_pages_pictures import saved

NO_LIMITS_OF_FILES = {"worker_retire_bytes", "worker_retire_dossiers", "cluster_seconds"}
"""When a worker is replaced and how long a cluster is waited for: no file is refused for these."""


@dataclass(frozen=True)
class Case:
    """A dossier that passes one limit, and what must be said of it."""

    value: float
    files: dict[str, bytes]
    code: FailureCode | None
    """None: it is a problem of the form."""
    file: str
    says: tuple[str, ...]
    """What was found, the limit, and what to do, as they stand in both languages or in English alone."""
    says_zh: tuple[str, ...]
    in_zip: bool = False
    holds: float = 0
    """Value of the limit that the dossier just keeps to."""
    left_out: LeftOut | None = None
    """What the supervisor says of it."""


def grey(width: int, height: int) -> bytes:
    return saved(Pillow.new("L", (width, height)), "PNG")


def frames(count: int) -> bytes:
    made = Pillow.new("L", (64, 64))
    return saved(made, "TIFF", save_all=True, append_images=[made] * (count - 1))


def density(files: dict[str, bytes]) -> float:
    """Return the least ratio at which the only file of a zip may be unpacked."""
    (member,) = zipfile.ZipFile(BytesIO(pack(files))).infolist()
    return math.nextafter(member.file_size / member.compress_size, math.inf)


TOO_LARGE, UNSAFE, GEOMETRY = FailureCode.TOO_LARGE, FailureCode.ARCHIVE_UNSAFE, FailureCode.BAD_GEOMETRY
PAGES, TIMEOUT = FailureCode.TOO_MANY_PAGES, FailureCode.TIMEOUT
DENSE = {"a.jpg": JPEG + bytes(3_000_000)}
THREE = dict.fromkeys(("a.jpg", "b.jpg", "c.jpg"), JPEG)
CASES: dict[str, Case] = {
    "max_file_bytes": Case(
        50, {"a.jpg": JPEG}, TOO_LARGE, "a.jpg",
        ("64 B", "50 B", "send a smaller file"), ("64 B", "50 B", "较小的文件"), holds=64,
    ),
    "max_files": Case(
        2, THREE, TOO_LARGE, "c.jpg", ("3 files", "limit is 2", "send fewer files"), ("3 个", "2 个", "减少文件数量"),
        holds=3,
    ),
    "max_pages": Case(
        1, {"a.pdf": pdf(words, words)}, PAGES, "a.pdf",
        ("2 pages", "limit is 1", "send it in parts"), ("2 页", "1 页", "分开提交"), holds=2,
    ),
    "max_frames": Case(
        2, {"a.tif": frames(3)}, PAGES, "a.tif",
        ("more than 2 pages", "limit is 2", "send it in parts"), ("超过 2 页", "上限为 2 页", "分开提交"), holds=3,
    ),
    "max_pixels": Case(
        50_000, {"a.png": grey(300, 200)}, TOO_LARGE, "a.png",
        ("300 × 200", "0.05 megapixels", "make it smaller"), ("300 × 200", "0.05 百万像素", "缩小图片"), holds=60_000,
    ),
    "max_side": Case(
        250, {"a.png": grey(300, 200)}, TOO_LARGE, "a.png",
        ("300 × 200", "250 a side", "make it smaller"), ("300 × 200", "单边 250 像素", "缩小图片"), holds=300,
    ),
    "max_aspect": Case(
        3, {"a.png": grey(400, 100)}, GEOMETRY, "a.png",
        ("400 × 100", "3 times", "cut it into pages"), ("400 × 100", "3 倍", "分页提交"), holds=4,
    ),
    "max_form_bytes": Case(
        20, {"application.yaml": FORM}, None, "application.yaml",
        (f"{len(FORM)} B", "20 B", "send a smaller file"), (f"{len(FORM)} B", "20 B", "较小的文件"), holds=len(FORM),
    ),
    "max_archive_bytes": Case(
        1_500_000, {"a.jpg": JPEG + bytes(900_000), "b.jpg": JPEG + bytes(900_000)}, TOO_LARGE, "b.jpg",
        ("0.9 MB", "1.5 MB", "all files of a dossier together", "send smaller files"),
        ("0.9 MB", "1.5 MB", "材料总大小", "较小的文件"), holds=2 * (len(JPEG) + 900_000),
    ),
    "max_archive_entries": Case(
        2, THREE, UNSAFE, "a.zip",
        ("3 entries", "limit is 2", "plain zip or folder"), ("3 个条目", "上限为 2 个", "普通 zip"),
        in_zip=True, holds=3,
    ),
    "max_archive_ratio": Case(
        20, DENSE, UNSAFE, "a.jpg",
        (" B to more than ", "20 times", "plain zip or folder"), (" B 解压至 ", "20 倍", "普通 zip"),
        in_zip=True, holds=density(DENSE),
    ),
    "max_depth": Case(
        1, {"1/2/3/a.jpg": JPEG, "b.jpg": JPEG}, TOO_LARGE, "1/2",
        ("2 folders deep", "limit is 1", "move its files up"), ("2 层", "上限为 1 层", "上移"), holds=3,
    ),
    "dossier_seconds": Case(
        900, THREE, TIMEOUT, "a.jpg",
        ("dossier as a whole", "more than 900 seconds", "DOSSIER_DOSSIER_SECONDS", "fewer or smaller files"),
        ("整份材料", "900 秒", "DOSSIER_DOSSIER_SECONDS", "减少文件"), left_out=LeftOut(0, TIMEOUT, onwards=True),
    ),
    "page_seconds": Case(
        45, THREE, TIMEOUT, "a.jpg",
        ("more than 45 seconds for one page", "limit", "scan the document anew"), ("45 秒", "上限", "重新导出或扫描"),
        left_out=LeftOut(0, TIMEOUT),
    ),
    "worker_max_bytes": Case(
        2_500_000_000, THREE, FailureCode.MEMORY, "a.jpg",
        ("more than 2500.0 MB", "limit", "scan the document anew"), ("2500.0 MB", "上限", "重新导出或扫描"),
        left_out=LeftOut(0, FailureCode.MEMORY),
    ),
}  # fmt: skip


def planted(folder: Path, case: Case) -> Path:
    """Return the dossier of a case, as a folder or as a zip."""
    if not case.in_zip:
        return fill(folder / "in", case.files)
    (folder / "a.zip").write_bytes(pack(case.files))
    return folder / "a.zip"


def refusals(intake: Intake, settings: Settings) -> list[Failure]:
    """Return what could not be read of a dossier, opened and its pages walked."""
    pages = [item for source in intake.sources for item in open_pages(source, settings).pages]
    # The pictures of this table are heads without a body where only their bytes count.
    return [*intake.failures, *(item for item in pages if isinstance(item, Failure) and item.code != "corrupt")]


def told(case: Case, settings: Settings, path: Path) -> Message:
    """Return what is said of the one thing that is refused."""
    intake = open_dossier(path, settings)
    if case.left_out is not None:
        intake, _ = without(intake, (case.left_out,), settings)
        assert case.left_out.onwards == (len(intake.failures) > 1)
    if case.code is None:
        return intake.form.problems[0].message
    failure = refusals(intake, settings)[0]
    assert (failure.code, failure.file) == (case.code, case.file)
    return failure.message


def test_every_setting_that_is_a_limit_has_its_case() -> None:
    limits = {name for name, field in Settings.model_fields.items() if field.annotation in (int, float)}
    assert limits - NO_LIMITS_OF_FILES == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_what_passes_a_limit_is_told_with_file_limit_find_and_remedy_in_both_languages(
    name: str, tmp_path: Path
) -> None:
    case = CASES[name]
    message = told(case, Settings.model_validate({name: case.value}), planted(tmp_path, case))
    assert message.en.startswith((f"{case.file}: ", f"{case.file}, page "))
    assert message.zh.startswith((f"{case.file}：", f"{case.file} 第 "))
    assert [part for part in case.says if part not in message.en] == []
    assert [part for part in case.says_zh if part not in message.zh] == []


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.left_out is None])
def test_what_just_keeps_to_a_limit_is_not_refused_and_by_a_hair_it_is(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    path = planted(tmp_path, case)

    def refused_at(limit: float) -> bool:
        settings = Settings.model_validate({"max_archive_ratio": 10_000, name: limit})
        intake = open_dossier(path, settings)
        return bool(refusals(intake, settings) or intake.form.problems)

    is_whole = Settings.model_fields[name].annotation is int
    assert not refused_at(case.holds)
    assert refused_at(case.holds - 1 if is_whole else case.holds * 0.9999)


def test_a_zip_is_as_deep_as_a_folder(tmp_path: Path) -> None:
    files = {"application.yaml": FORM, "1/2/3/a.jpg": JPEG, "1/2/3/4/b.jpg": JPEG, "1/x.jpg": JPEG, "5/6/c.jpg": JPEG}
    (tmp_path / "in.zip").write_bytes(pack(files))
    folder, packed = (
        open_dossier(path, Settings(max_depth=1)) for path in (fill(tmp_path / "in", files), tmp_path / "in.zip")
    )
    assert [failure.file for failure in packed.failures] == ["1/2", "5/6"]
    assert packed.failures == folder.failures
    assert [source.file for source in packed.sources] == ["1/x.jpg"] == [source.file for source in folder.sources]


def test_the_folder_that_wraps_a_zip_counts_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "in.zip").write_bytes(pack({"a/b/c/application.yaml": FORM, "a/b/c/1/a.jpg": JPEG}))
    assert [source.file for source in open_dossier(tmp_path / "in.zip", Settings(max_depth=1)).sources] == ["1/a.jpg"]


def test_a_picture_that_claims_more_than_may_even_be_opened_is_told_with_its_size(tmp_path: Path) -> None:
    from tests.hostile.pictures import png

    fill(tmp_path, {"a.png": png(30_000, 30_000)})
    settings = Settings()
    (failure,) = refusals(open_dossier(tmp_path, settings), settings)
    assert failure.code is TOO_LARGE
    assert [
        part for part in ("900 megapixels", "limit is 40", "make it smaller") if part not in failure.message.en
    ] == []
    assert [part for part in ("900 百万像素", "上限为 40", "缩小图片") if part not in failure.message.zh] == []


@pytest.fixture(name="reported")
def _reported(tmp_path: Path) -> Callable[..., dict[str, str]]:
    def reported(**limits: Any) -> dict[str, str]:
        """Return what a batch says of each file of a dossier of which the second hangs."""
        write_dossier(tmp_path / "in" / "ash", WHITE, HANGS, WHITE)
        assert run(tmp_path / "in", partial(build, **limits), settings=limits, jobs=1).errors == 0
        report = load_report((tmp_path / "out" / "reports" / "ash.json").read_text(encoding="utf-8"))
        failures = {each.file: each.failures or () for each in report.documents}
        return {file: failed[0].message.en if failed else "" for file, failed in failures.items()}

    return reported


def test_a_page_that_takes_too_long_costs_its_file_alone(reported: Callable[..., dict[str, str]]) -> None:
    told = reported(page_seconds=4, dossier_seconds=90)
    assert (told["01.png"], told["03.png"]) == ("", "")
    assert "more than 4 seconds for one page" in told["02.png"]


def test_a_dossier_that_takes_too_long_blames_no_file_for_it(reported: Callable[..., dict[str, str]]) -> None:
    told = reported(page_seconds=60, dossier_seconds=8)
    assert told["01.png"] == ""
    for name in ("02.png", "03.png"):
        assert "the dossier as a whole took more than 8 seconds" in told[name]
        assert "page" not in told[name]
