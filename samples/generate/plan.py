"""What a sample is: a form, files of drawn documents, and what the verification must come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from samples.generate.companies import Company
from samples.generate.conditions import Condition
from samples.generate.facts import Facts, ForeignMark, Mark, Notice, OfficePaper
from samples.generate.files import Format, ratio_of

Form = Mapping[str, object]
"""The application form, as it will stand in its file."""

Decision = Literal["approved", "needs_review", "rejected"]


@dataclass(frozen=True)
class Sheet:
    """One page: a document and how it was captured."""

    facts: Facts
    condition: Condition = Condition.CLEAN
    width: int = 0
    """Pixels of the clean page; 0 takes a width at which its text can be read well."""
    watermark: str = ""
    """What the seller wrote across the page so that it serves for nothing else."""
    turned: Literal[0, 90, 180, 270] = 0
    """Degrees, counter-clockwise, by which the page lies turned, and nothing in the file says so."""

    @property
    def pixels(self) -> int:
        """Width in pixels."""
        return self.width or (1800 if ratio_of(self.facts) < 1 else 1300)


@dataclass(frozen=True)
class File:
    """One file of a dossier; its name may hold folders."""

    name: str
    form: Format
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Expected:
    """The truth by intent: what the verification must come to, and why."""

    decision: Decision
    why: str
    fail: tuple[str, ...] = ()
    """Rules that must fail; blockers and majors that are not named here must not."""
    undetermined: tuple[str, ...] = ()
    """Rules that must come out undetermined because of the defect."""


@dataclass(frozen=True)
class Sample:
    """One dossier."""

    name: str
    form: Form
    files: tuple[File, ...]
    expected: Expected
    form_name: Literal["application.yaml", "application.yml", "application.json"] = "application.yaml"
    zipped: bool = False


@dataclass(frozen=True)
class Store:
    """The store that is applied for, as the form says it."""

    category: str
    type: str
    name: str
    subcategories: tuple[str, ...] = field(default=())


def brand_of(facts: Facts) -> Form:
    """Return the form's entry for the mark on a paper of CNIPA or the USPTO, declared as owned."""
    assert isinstance(facts, Mark | Notice | ForeignMark | OfficePaper)
    if isinstance(facts, ForeignMark):
        office, classes = "USPTO", [nice_class for nice_class, _ in facts.goods]
    else:
        office, classes = "CNIPA", [facts.nice_class]
    return {
        "name": facts.text,
        "relation": "owner",
        "office": office,
        "trademark_number": facts.number,
        "nice_classes": classes,
    }


def form_of(
    company: Company, store: Store, *marks: Facts, login: str = "email", channel: str = "international_alipay"
) -> dict[str, object]:
    """Return a complete and truthful form.

    Args:
        company: The applicant.
        store: What it applies for.
        marks: Certificates and notices of the declared brands.
        login: Kind of account: `email`, `alipay` or `taobao`.
        channel: Where the money goes; the holder is the company.
    """
    account = "seller" + company.code[-6:-1].lower()
    written = {"category": store.category, "type": store.type, "name": store.name}
    if store.subcategories:
        written["subcategories"] = list(store.subcategories)  # type: ignore[assignment]
    form: dict[str, object] = {
        "applicant": {
            "company_name": company.name,
            "unified_social_credit_code": company.code,
            "legal_person": {"name": company.person.name, "id_number": company.person.id_number},
        },
        "account": {"login": login, "id": account if login == "taobao" else f"{account}@mail.example"},
        "settlement": {"channel": channel, "account_holder": company.name},
        "store": written,
    }
    if marks:
        form["brands"] = [brand_of(mark) for mark in marks]
    return form


def edited(form: Form, path: str, value: object) -> dict[str, object]:
    """Return the form with one value put in place; `path` is dotted: `applicant.legal_person.name`."""
    head, _, rest = path.partition(".")
    if not rest:
        return {**form, head: value}
    inner = form[head]
    assert isinstance(inner, Mapping)
    return {**form, head: edited(inner, rest, value)}
