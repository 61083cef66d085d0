"""Findings that a person has waived: a file that says which, why, who answers for it, and until when.

`.yaml`, `.yml`, `.json`: a mapping with `waivers`, a list of mappings. `.csv`: the same keys as columns. A waiver is
about one rule and one dossier, and in it about one subject (`d1`, `brand:NAME`, `form`, `dossier`) or one document, by
its SHA-256. A waived finding stays what it is, and is shown; the decision falls without it.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator

from pipeline.errors import ConfigurationError
from pipeline.model import Message, Record
from pipeline.verdict import Finding, Severity, Status, Waived
from validators.case import Case
from validators.rulebook_yaml import hint_at, read_yaml, validated
from validators.runner import Outcome

WAIVABLE = (Status.FAIL, Status.UNDETERMINED)
"""What there is to waive."""


class Waiver(Record):
    """One finding that a person has waived."""

    rule: str
    dossier: str = Field(min_length=1)
    """Id of the dossier."""
    subject: str | None = Field(default=None, min_length=1)
    document: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    """SHA-256 of the file that the finding is about."""
    reason: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    """Who answers for it."""
    expires: date
    """Last day on which it holds."""

    @field_validator("rule")
    @classmethod
    def _rule_exists(cls, rule: str, info: ValidationInfo) -> str:
        known = (info.context or {}).get("rules")
        if known is not None and rule not in known:
            raise ValueError("no such rule")
        return rule

    @model_validator(mode="after")
    def _is_about_one_thing(self) -> Self:
        if (self.subject is None) == (self.document is None):
            raise ValueError("name either a subject or a document, by its SHA-256")
        return self


class Waivers(Record):
    """All of them."""

    waivers: tuple[Waiver, ...]

    @model_validator(mode="after")
    def _stand_once(self) -> Self:
        keys = Counter((each.rule, each.dossier, each.subject, each.document) for each in self.waivers)
        doubles = sorted(f"{rule} of {dossier}" for (rule, dossier, _, _), count in keys.items() if count > 1)
        if doubles:
            raise ValueError(f"waived twice: {', '.join(doubles)}")
        return self

    def about(self, finding: Finding | Outcome, case: Case) -> Waiver | None:
        """Return the waiver of a finding, if there is one, whether it still holds or not."""
        hashes = {found.sha256 for found in case.documents if found.id == finding.subject}
        return next(
            (
                each
                for each in self.waivers
                if each.rule == finding.rule
                and each.dossier == case.dossier.id
                and (each.subject == finding.subject or each.document in hashes)
            ),
            None,
        )


def waive(finding: Finding, waivers: Waivers | None, case: Case) -> Finding:
    """Return a finding with what a person has waived of it, or why a waiver does nothing."""
    waiver = waivers.about(finding, case) if waivers and finding.status in WAIVABLE else None
    if waiver is None:
        return finding
    refused = _refusal(waiver, finding, case)
    if refused:
        return finding.model_copy(update={"waiver_refused": refused})
    waived = Waived(reason=waiver.reason, owner=waiver.owner, expires=waiver.expires)
    return finding.model_copy(update={"waived": waived})


def is_waived(outcome: Outcome, waivers: Waivers | None, case: Case) -> bool:
    """Whether a person has waived what a rule came to."""
    waiver = waivers.about(outcome, case) if waivers and outcome.status in WAIVABLE else None
    return waiver is not None and _refusal(waiver, outcome, case) is None


def _refusal(waiver: Waiver, finding: Finding | Outcome, case: Case) -> Message | None:
    if waiver.expires < case.as_of:
        return Message(
            en=f"the waiver by {waiver.owner} expired on {waiver.expires}",
            zh=f"{waiver.owner} 的豁免已于 {waiver.expires} 失效",
        )
    if finding.severity is Severity.BLOCKER and finding.rule not in case.rulebook.policy.waivable:
        return Message(
            en=f"{finding.rule} is a blocker, and the rulebook lets nobody waive it",
            zh=f"{finding.rule} 为否决项，规则手册不允许豁免",
        )
    return None


def load_waivers(path: Path) -> Waivers:
    """Read a file of waivers.

    Raises:
        ConfigurationError: It cannot be read or is not valid; every problem is named with its line.
    """
    from validators.rules import RULES

    context = {"rules": frozenset(RULES)}
    if path.suffix.lower() != ".csv":
        return validated(read_yaml(path), Waivers, context=context)
    problems: list[str] = []
    found = list(_from_table(path, context, problems))
    if problems:
        told = "\n".join(f"  {path}:{problem}" for problem in problems)
        raise ConfigurationError(f"{path.name} is not valid, {len(problems)} problem(s):\n{told}")
    try:
        return Waivers(waivers=tuple(found))
    except ValidationError as error:
        told = "; ".join(str(each["msg"]).removeprefix("Value error, ") for each in error.errors())
        raise ConfigurationError(f"{path}: {told}") from error


def _from_table(path: Path, context: Mapping[str, Any], problems: list[str]) -> Iterator[Waiver]:
    try:
        rows = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read as UTF-8 text: {error}") from error
    unknown = sorted(set(rows.fieldnames or ()) - set(Waiver.model_fields))
    if unknown:
        problems += [f"1: {name}: unknown column{hint_at(str(name), list(Waiver.model_fields))}" for name in unknown]
        return
    for row in rows:
        stated = {name: text.strip() for name, text in row.items() if name and isinstance(text, str) and text.strip()}
        try:
            yield Waiver.model_validate(stated, context=context)
        except ValidationError as error:
            problems += [f"{rows.line_num}: {_told(each)}" for each in error.errors(include_url=False)]


def _told(error: Any) -> str:
    name = ".".join(map(str, error["loc"]))
    message = "is missing" if error["type"] == "missing" else str(error["msg"]).removeprefix("Value error, ")
    return f"{name}: {message}" if name else message
