"""Files of a dossier that are not read any more, since they, or the dossier as a whole, cost too much."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.ingest import Intake
from pipeline.model import FailureCode
from pipeline.refusal import Refusal, megabytes
from pipeline.settings import Settings


@dataclass(frozen=True)
class LeftOut:
    """A file that is not read any more."""

    index: int
    """Among the sources of the dossier, counting from 0."""
    code: FailureCode
    """What it came to."""
    onwards: bool = False
    """It and all after it: the dossier's time was up while it was in hand."""

    def refusals(self, files: int, settings: Settings) -> Iterator[tuple[int, Refusal]]:
        """Yield the place of each file that this is about, and why it is not read.

        Args:
            files: How many the dossier has.
            settings: The limits that were passed.
        """
        if not self.onwards:
            yield self.index, _brought_its_reader_down(self.code, settings)
        for index in range(self.index, files) if self.onwards else ():
            yield index, _had_no_time(settings)


def without(intake: Intake, left_out: Sequence[LeftOut], settings: Settings) -> tuple[Intake, list[int]]:
    """Return the dossier with some files turned into failures, and the places that the rest had among all files."""
    files = len(intake.sources)
    why: dict[int, Refusal] = {}
    for one in left_out:
        # What brought its reader down is no better for the time that was up later.
        why = dict(one.refusals(files, settings)) | why
    failures = [refusal.failure(intake.sources[index].file) for index, refusal in sorted(why.items()) if index < files]
    kept = [index for index in range(files) if index not in why]
    sources = tuple(intake.sources[index] for index in kept)
    return replace(intake, sources=sources, failures=(*intake.failures, *failures)), kept


def _brought_its_reader_down(code: FailureCode, settings: Settings) -> Refusal:
    # What was found is told as over the limit: a figure that was measured would differ from run to run.
    seconds, room = f"{settings.page_seconds:g}", megabytes(settings.worker_max_bytes)
    did = {
        FailureCode.TIMEOUT: (
            f"took more than {seconds} seconds for one page, which is the limit",
            f"单页处理超过上限 {seconds} 秒",
        ),
        FailureCode.MEMORY: (
            f"took more than {room} of memory, which is the limit",
            f"占用内存超过上限 {room}",
        ),
    }
    en, zh = did.get(code, ("ended the process that read it", "读取进程意外终止"))
    return Refusal(
        code,
        en=f"the file brought its reader down in two attempts: in the last one it {en}; "
        "export or scan the document anew and send that",
        zh=f"两次尝试读取该文件均告失败，最近一次{zh}；请重新导出或扫描后再提交",
    )


def _had_no_time(settings: Settings) -> Refusal:
    seconds = f"{settings.dossier_seconds:g}"
    return Refusal(
        FailureCode.TIMEOUT,
        en=f"the dossier as a whole took more than {seconds} seconds, which is the limit for all of its files together "
        "(DOSSIER_DOSSIER_SECONDS), before this one was read to its end; send fewer or smaller files",
        zh=f"整份材料处理时间超过上限 {seconds} 秒（DOSSIER_DOSSIER_SECONDS，所有文件合计），"
        "该文件未能读完；请减少文件或缩小文件后重新提交",
    )
