"""What a batch has written, to be compared with what another one has."""

import csv
import json
import re
from pathlib import Path

from pipeline.outputs import DATABASE, STATE
from pipeline.store.stamp import SUFFIX


def written(out: Path, *, but: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Return every file of an output folder, timings taken out of reports and of the batch's page."""
    return {
        path.relative_to(out).as_posix(): without_seconds(path)
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in (STATE, DATABASE, DATABASE + SUFFIX, *but)
    }


def without_seconds(path: Path) -> bytes:
    """Return a file of an output folder, timings taken out."""
    if path.name == "index.html":
        return re.sub(rb'<section class="times">.*?</section>', b"", path.read_bytes(), flags=re.DOTALL)
    if path.suffix != ".json":
        return path.read_bytes()
    content = json.loads(path.read_bytes())
    content.get("provenance", {}).pop("seconds", None)
    return json.dumps(content, sort_keys=True).encode()


def listed(out: Path) -> dict[str, dict[str, str]]:
    """Return the table over all, by dossier."""
    with (out / "summary.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["dossier_id"]: row for row in csv.DictReader(file)}
