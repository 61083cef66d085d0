"""How often fields of real documents are read exactly right: `python -m bench.real [FOLDER]`.

FOLDER holds `truth.json`, `documents/` and `unlabelled/` as ../shared/real does. For measuring only: nothing of a real
document is printed but its id, the field, and how the reading is wrong.
"""

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from extractors import DOCUMENT_TYPES
from extractors.base import Office
from extractors.credit_code import adds_up
from extractors.spelling import simplified, tidy
from extractors.values import parse_money
from pipeline.model import LONG_TERM, Document

FOLDER = Path(__file__).parents[2] / "shared" / "real"
READABLE = frozenset(kind.name for kind in DOCUMENT_TYPES)
_HIJRI = re.compile(r"\(Hijri\)$")
"""Days of the Islamic calendar, which are not read; absent is right."""
_BRACKETS = str.maketrans("（）【】：；，．", "()[]:;,.")

LETTER = "authorization_letter"
AS_OF = date(2026, 11, 24)

Inspector = Callable[[Path], Sequence[Document]]
"""Reads one file and returns its documents, fields and all."""


@dataclass
class Score:
    """What came out, counted."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    misses: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    types: Counter[tuple[str, str]] = field(default_factory=Counter)
    false_claims: list[str] = field(default_factory=list)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--show", action="store_true", help="print what was read and what is true; keep it to yourself")
    arguments = parser.parse_args()
    inspect = inspector()
    truth = json.loads((arguments.folder / "truth.json").read_text(encoding="utf-8"))
    score = Score()
    for entry in truth:
        documents = inspect(arguments.folder / entry["file"])
        judge_type(score, entry, documents)
        judge_fields(score, entry, documents, show=arguments.show)
    print_score(score)
    print_unlabelled(inspect, sorted((arguments.folder / "unlabelled").glob("*.*")))


def judge_type(score: Score, entry: Mapping[str, Any], documents: Sequence[Document]) -> None:
    """Count which types were told for which, and which look-alikes were taken for the real thing."""
    wanted = entry["type"] or "look-alike"
    told = {document.type for document in documents} & READABLE or {"other"}
    for name in told:
        score.types[wanted, name] += 1
        # Permits and certificates of conformity among the look-alikes are qualifications.
        if name not in ("other", wanted) and (name, wanted) != ("qualification", "look-alike"):
            score.false_claims.append(f"{entry['id']} as {name}")
        if name == "other" and wanted in READABLE:
            score.false_claims.append(f"{entry['id']} missed ({documents[0].type_reason})")


def judge_fields(score: Score, entry: Mapping[str, Any], documents: Sequence[Document], *, show: bool) -> None:
    """Compare each field of the truth with what was read."""
    document = next((document for document in documents if document.type == entry["type"]), None)
    if entry["type"] not in READABLE:
        return
    group = entry["type"] + (" abroad" if entry["entities"].get("office", "CNIPA") != "CNIPA" else "")
    read = document.fields.entities() if document and document.fields else {}
    wanted_entities = letter_truth(entry["entities"]) if entry["type"] == LETTER else entry["entities"]
    for name, wanted in wanted_entities.items():
        target = name.removesuffix("_prefix").removesuffix("_printed")
        if name in entry["uncertain"] or target in entry["uncertain"] or _HIJRI.search(str(wanted)):
            continue
        key = f"{group}.{target}"
        entity = read.get(target)
        good = entity is not None and matches(name, wanted, _plain_value(entity.value))
        score.total[key] += 1
        score.right[key] += good
        if entity is not None:
            score.confidences.append((entity.confidence, good))
        if not good:
            kind = "absent" if entity is None else _kind(str(wanted), str(_plain_value(entity.value)))
            score.misses[key].append(f"{entry['id']} ({kind})")
            if show:
                print(
                    f"  {entry['id']} {target}: {'-' if entity is None else entity.raw!r} for {wanted!r}",
                    file=sys.stderr,
                )


def letter_truth(entities: Mapping[str, Any]) -> dict[str, Any]:
    """Return a letter's truth by the contract's names: `mark` may carry the number, months name no day."""
    truth = {name: value for name, value in entities.items() if name not in ("mark", "language", "sealed_or_signed")}
    if mark := entities.get("mark"):
        truth["marks"] = [re.sub(r"\s*\(.*\)", "", mark)]
        if number := re.search(r"No\. (\d+)", mark):
            truth["trademark_numbers"] = [number[1]]
    truth = {name: LONG_TERM if value == "perpetual" else value for name, value in truth.items()}
    return {name: value for name, value in truth.items() if not re.fullmatch(r"\d{4}-\d{2}", str(value))}


def matches(name: str, wanted: Any, value: Any) -> bool:
    """Whether a value is what the truth says, width and kind of punctuation aside."""
    if name == "registered_capital_printed":
        meant = parse_money(wanted)
        return meant is not None and value == (float(meant.amount), meant.currency)
    if name == "office" and wanted not in set(Office):
        wanted = Office.OTHER
    if name == "goods_prefix":
        return _flat("".join(item["text"] for item in value)).startswith(
            _flat(re.sub(r"[；;]|（截止）", "", wanted))[:40]
        )
    if isinstance(wanted, list):
        return list(value) == wanted
    flat_value, flat_wanted = _flat(str(value)), _flat(str(wanted))
    if name.endswith("_prefix"):
        return (
            flat_value.startswith(flat_wanted[:40])
            or Levenshtein.normalized_similarity(flat_value[: len(flat_wanted)], flat_wanted) >= 0.98
        )
    return flat_value == flat_wanted


def _plain_value(value: Any) -> Any:
    if hasattr(value, "amount"):
        return float(value.amount), value.currency
    if isinstance(value, tuple):
        return [item.model_dump(by_alias=True) if hasattr(item, "model_dump") else item for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _flat(text: str) -> str:
    return re.sub(r"[\s:;,.。、·#*]", "", simplified(tidy(text)).translate(_BRACKETS))


def _kind(wanted: str, value: str) -> str:
    distance = Levenshtein.distance(_flat(wanted), _flat(value))
    return f"{distance} characters off" if distance < max(4, 0.3 * len(wanted)) else "something else"


def print_score(score: Score) -> None:
    """Print fields, types and calibration."""
    for key, total in score.total.items():
        misses = ", ".join(score.misses[key])
        print(f"{key:46} {score.right[key]:3}/{total:<3} {score.right[key] / total:6.1%}  {misses}")
    print("\ntype confusion:", ", ".join(f"{a} → {b}: {n}" for (a, b), n in sorted(score.types.items())))
    print("false claims and misses:", "; ".join(score.false_claims) or "none")
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.98), (0.98, 1.01)):
        here = [good for confidence, good in score.confidences if low <= confidence < high]
        if here:
            share = f"{sum(here):3} of {len(here):3} right ({sum(here) / len(here):.0%})"
            print(f"confidence {low:.2f} to {min(high, 1):.2f}: {share}")


def print_unlabelled(inspect: Inspector, paths: list[Path]) -> None:
    """Print how many of the unlabelled licences were told, and how many have a code that adds up."""
    told, coded, refused = 0, 0, []
    fields: Counter[str] = Counter()
    for path in paths:
        documents = inspect(path)
        licence = next((document for document in documents if document.type == "business_licence"), None)
        if licence is None or licence.fields is None:
            why = licence or documents[0]
            refused.append(f"{path.stem} ({why.failures[0].code if why.failures else why.type_reason})")
            continue
        told += 1
        entities = licence.fields.entities()
        fields.update(entities.keys())
        code = entities.get("unified_social_credit_code")
        coded += code is not None and adds_up(code.value)
    print(f"\nunlabelled: {told}/{len(paths)} told as licences, {coded} with a credit code that adds up in both ways")
    print("refused:", ", ".join(refused) or "none")
    print("fields read:", ", ".join(f"{name} {count}" for name, count in fields.most_common()))


def inspector() -> Inspector:
    """Return what reads one file just as `dossier inspect` does."""
    from cli import BuildOptions, build
    from pipeline.ingest import open_files
    from pipeline.run import run
    from pipeline.settings import Settings

    settings = Settings(engine="ppocr")
    parts = build(BuildOptions(settings=settings, as_of=AS_OF))
    return lambda path: run(open_files([path], settings), parts, with_form=False).dossier.documents


if __name__ == "__main__":
    main()
