"""Every sample dossier, and how one is written to disk."""

import json
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml
from PIL import Image

from samples.generate.approvals import approvals
from samples.generate.conditions import put_in
from samples.generate.defects import defects
from samples.generate.files import Format, picture_of, store, text_pdf
from samples.generate.licensed import licensed
from samples.generate.licensed_defects import licensed_defects
from samples.generate.ornaments import overprint
from samples.generate.plan import File, Sample, Sheet
from samples.generate.truth import documents_of

FOLDER = Path(__file__).resolve().parents[1] / "dossiers"
"""Where the dossiers lie."""


def samples() -> tuple[Sample, ...]:
    """Return every sample, those that must be approved first."""
    return (*approvals(), *licensed(), *defects(), *licensed_defects())


def content_of(sample: Sample, file: File) -> bytes:
    """Draw a file; the same sample gives the same bytes on one machine."""
    if file.form is Format.TEXT_PDF:
        return text_pdf([sheet.facts for sheet in file.sheets])
    seed = f"{sample.name}/{file.name}"
    pages = [_captured(sheet, seed=f"{seed}/{number}") for number, sheet in enumerate(file.sheets)]
    return store(pages, file.form)


def _captured(sheet: Sheet, *, seed: str) -> Image.Image:
    page = picture_of(sheet.facts, sheet.pixels)
    if sheet.watermark:
        page = overprint(page, sheet.watermark)
    captured = put_in(sheet.condition, page, seed=seed)
    return captured.rotate(sheet.turned, expand=True) if sheet.turned else captured


def form_text(sample: Sample) -> str:
    """Return the application form as its file says it."""
    if sample.form_name.endswith(".json"):
        return json.dumps(sample.form, ensure_ascii=False, indent=2) + "\n"
    return yaml.safe_dump(_plain(sample.form), allow_unicode=True, sort_keys=False)


def _plain(value: object) -> object:
    return {key: _plain(inner) for key, inner in value.items()} if isinstance(value, Mapping) else value


def write_sample(sample: Sample, folder: Path) -> int:
    """Write `folder/<name>` or `folder/<name>.zip` in place of what was there, and return its size in bytes."""
    members: dict[str, bytes] = {sample.form_name: form_text(sample).encode()}
    members |= {file.name: content_of(sample, file) for file in sample.files}
    target = folder / sample.name
    if target.exists():
        shutil.rmtree(target)
    if sample.zipped:
        _write_zip(folder / f"{sample.name}.zip", members)
    else:
        for name, content in members.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return sum(map(len, members.values()))


def _write_zip(path: Path, members: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            # A fixed time, so that the same dossier gives the same bytes.
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def expected_text(every: Iterable[Sample]) -> str:
    """Return what each dossier must come to, as YAML."""
    entries = {
        sample.name: {
            "decision": sample.expected.decision,
            "fail": list(sample.expected.fail),
            "undetermined": list(sample.expected.undetermined),
            "why": sample.expected.why,
        }
        for sample in every
    }
    return yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=110)


def truth_text(every: Iterable[Sample]) -> str:
    """Return what stands on every page, as JSON: a list with one entry per document."""
    documents = [entry for sample in every for entry in documents_of(sample)]
    return json.dumps(documents, ensure_ascii=False, indent=1) + "\n"
