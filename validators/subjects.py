"""What rules are run on: documents of a type, declared brands, the form, the dossier, or a kind of a rule's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pipeline.form import Brand, Form
from pipeline.model import Document, Fields, Message
from pipeline.verdict import Dossier
from validators.wording import DOCUMENT_NAMES

if TYPE_CHECKING:
    from validators.case import Case

S = TypeVar("S")
S_co = TypeVar("S_co", covariant=True)


@dataclass(frozen=True)
class Subject(Generic[S_co]):
    """One thing that a rule is run on."""

    name: str
    """As findings name it: a document id, `brand:NAME`, `form`, `dossier`, or a rule's own."""
    value: S_co
    """What the rule is handed."""
    label: str = ""
    """What a seller would call it: a file, a brand. Put for `{subject}` in remedies."""
    path: str = ""
    """Where in the form it stands, such as `brands[0]`."""
    document: Document | None = None
    """The document it was read from."""
    doubtful: bool = False
    """Whether it may be somebody else's, so that nothing on it can fail the dossier."""


@dataclass(frozen=True, eq=False)
class Subjects(Generic[S_co]):
    """A kind of subject: how to list those of a dossier. Rule modules may declare their own."""

    of: Callable[[Case], Sequence[Subject[S_co]]]
    none: Message
    """Why a rule on this kind does not apply where there is none."""
    needs_form: bool = True
    """Whether rules on this kind have nothing to say when documents are inspected without an application."""


def subjects(on: type[Any] | Subjects[Any]) -> Subjects[Any]:
    """Return the kind of subject that `on=` of a rule means.

    Raises:
        TypeError: for a class that is neither a document's fields nor one of Document, Brand, Form and Dossier.
    """
    if isinstance(on, Subjects):
        return on
    if on in _KINDS:
        return _KINDS[on]
    if issubclass(on, Fields):
        return _documents_of(on)
    raise TypeError(
        f"a rule runs on a Fields class, {', '.join(kind.__name__ for kind in _KINDS)} or Subjects, not {on}"
    )


@cache
def type_name(fields: type[Fields]) -> str:
    """Return the document type that a Fields class belongs to: BusinessLicence → business_licence."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", fields.__name__).lower()


@cache
def _documents_of(fields: type[Fields]) -> Subjects[Fields]:
    name = DOCUMENT_NAMES[type_name(fields)]
    return Subjects(
        of=lambda case: [
            Subject(
                paper.document.id,
                paper.fields,
                label=paper.document.file,
                document=paper.document,
                doubtful=whose is None,
            )
            for paper in case.papers(fields)
            if (whose := case.is_applicants(paper)) is not False
        ],
        none=Message(en=f"no {name.en} was recognised in the dossier", zh=f"材料中未识别到{name.zh}"),
        needs_form=False,
    )


def _all_documents(case: Case) -> Sequence[Subject[Document]]:
    return [Subject(found.id, found, label=found.file, document=found) for found in case.documents]


def subjects_of_brands(case: Case) -> Sequence[Subject[Brand]]:
    """Return the declared brands, in the form's order."""
    declared = case.application.brands if case.application else ()
    names = [brand.name for brand in declared]
    return [
        # Two brands of one name stay two subjects.
        Subject(
            f"brand:{brand.name}" + (f"#{names[:at].count(brand.name) + 1}" if brand.name in names[:at] else ""),
            brand,
            label=brand.name,
            path=f"brands[{at}]",
        )
        for at, brand in enumerate(declared)
    ]


def _form(case: Case) -> Sequence[Subject[Form]]:
    return [Subject("form", case.dossier.form)] if case.dossier.form else []


_KINDS: dict[type[Any], Subjects[Any]] = {
    Dossier: Subjects(
        of=lambda case: [Subject("dossier", case.dossier)],
        none=Message(en="there is no dossier", zh="没有材料"),
    ),
    Form: Subjects(of=_form, none=Message(en="there is no application form", zh="没有申请表")),
    Brand: Subjects(of=subjects_of_brands, none=Message(en="no brand is declared", zh="未申报品牌")),
    Document: Subjects(of=_all_documents, none=Message(en="there is no document", zh="没有文件"), needs_form=False),
}
