"""A dossier laid out for judging: what rules ask of it more than once."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from extractors.paper_fields import BusinessLicence
from extractors.trademark_fields import TrademarkAcceptanceNotice, TrademarkCertificate
from pipeline.form import Application, Brand
from pipeline.model import Document, Entity, Failure, FailureCode, Fields, TextLine
from pipeline.verdict import Dossier
from validators.engine import Ground, NotApplicable, Undetermined, first_page
from validators.licences import applicants_licence, is_of_the_same
from validators.mark_papers import MarkPaper as MarkPaper
from validators.mark_papers import Paper as Paper
from validators.mark_papers import bears_mark, bears_number
from validators.mark_papers import owner_on as owner_on
from validators.memory import Memory
from validators.places import Places
from validators.policy import Category, StoreType
from validators.rulebook import Rulebook
from validators.watchlist import Watchlist
from validators.wording import DOCUMENT_NAMES

T = TypeVar("T")
F = TypeVar("F", bound=Fields)

UNREADABLE = 0.6
"""Mean confidence of a page's lines below which a document of unknown type may be any type."""


FREE_FORMS = frozenset({"authorization_letter", "purchase_invoice", "qualification"})
"""Types that everybody words as they like, so that a paper which none of them claims may still be one."""

_OF_ANY_STORE = ("_papers_by_brand", "chosen_category", "documents", "form_file", "ground", "licence", "places")
"""What is found out about a case once, whatever the store type."""


@dataclass(frozen=True)
class Case:
    """One dossier, the rulebook it is judged by, and the operator's watch list."""

    dossier: Dossier
    rulebook: Rulebook
    watchlist: Watchlist | None = None
    memory: Memory = field(default_factory=Memory, init=False, repr=False, compare=False)

    def once(self, key: Hashable, find: Callable[..., T], *asked: Any) -> T:
        """Return what `find` finds when it is asked, and find it only once: several rules ask for the same."""
        return self.memory.once(key, find, *asked)

    def as_store(self, kind: StoreType) -> "Case":
        """Return the same dossier as a store of another type and of no name, with all that was found out for any."""
        form = self.dossier.form
        application = self.stated()
        assert form
        store = application.store.but(type=kind.id, name=None)
        changed = replace(form, application=application.but(store=store))
        other = replace(self, dossier=replace(self.dossier, form=changed))
        other.memory.take_over(self.memory)
        vars(other).update({name: getattr(self, name) for name in _OF_ANY_STORE})
        return other

    @property
    def as_of(self) -> date:
        """The verification date."""
        return self.dossier.as_of

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """All documents of the dossier."""
        return self.dossier.documents

    @cached_property
    def application(self) -> Application | None:
        """What is valid of the form; None without a form or when inspecting."""
        return self.dossier.form.application if self.dossier.form else None

    @cached_property
    def form_file(self) -> str:
        """Path of the application form below the dossier; empty without one."""
        return (self.dossier.form.file or "") if self.dossier.form else ""

    def stated(self) -> Application:
        """Return the application, or stop the rule as not applicable where there is none."""
        if self.application is None:
            raise NotApplicable(en="there is no readable application form", zh="没有可读取的申请表")
        return self.application

    def is_broken(self, *paths: str) -> bool:
        """Whether the form, or one of these fields, is not valid: APP001 says so, and what it lacks means nothing."""
        problems = self.dossier.form.problems if self.dossier.form else ()
        return any(problem.field in ("", *paths) for problem in problems)

    @cached_property
    def chosen_category(self) -> str | None:
        """Id of the one major category that the form chooses; None where it chooses none or several."""
        chosen = self.application.store.category if self.application else None
        several = {chosen} if isinstance(chosen, str) else {*(chosen or ())}
        return several.pop() if len(several) == 1 else None

    def papers(self, fields: type[F]) -> tuple[Paper[F], ...]:
        """Return the documents of one type, in order."""
        return self.memory.once(fields, self._papers, fields)

    def _papers(self, fields: type[F]) -> tuple[Paper[F], ...]:
        return tuple(Paper(found, found.fields) for found in self.documents if isinstance(found.fields, fields))

    @cached_property
    def licence(self) -> Paper[BusinessLicence] | None:
        """The applicant's licence, by the form's code, else its name; None where there is none, or it is not told."""
        licences = self.papers(BusinessLicence)
        if self.application is None:
            return licences[0] if licences else None
        return applicants_licence(licences, self.application.applicant)

    def is_applicants(self, paper: Paper[Any]) -> bool | None:
        """Whether a licence is the applicant's, or another company's; None where that cannot be told."""
        if not isinstance(paper.fields, BusinessLicence) or self.application is None:
            return True
        if self.licence is None:
            return None
        return is_of_the_same(paper, self.licence, below=self.rulebook.policy.min_confidence)

    def own_licence(self) -> Paper[BusinessLicence]:
        """Return the applicant's licence, or stop the rule: LIC201 is about a missing one."""
        if self.licence is None and self.papers(BusinessLicence):
            raise several_licences(self)
        if self.licence is None:
            raise NotApplicable(en="no business licence was recognised in the dossier", zh="材料中未识别到营业执照")
        return self.licence

    def papers_of(self, brand: Brand) -> tuple[MarkPaper, ...]:
        """Return the certificates and acceptance notices of a declared brand.

        Told by trademark number first, then by the mark's text; where one brand and one such paper are left without
        either, they belong together.
        """
        # By identity: the declared ones stay as long as the case does.
        found = self._papers_by_brand.get(id(brand))
        return self._told_of(brand) if found is None else found

    @cached_property
    def _papers_by_brand(self) -> dict[int, tuple[MarkPaper, ...]]:
        declared = self.application.brands if self.application else ()
        return {id(brand): self._told_of(brand) for brand in declared}

    def _told_of(self, brand: Brand) -> tuple[MarkPaper, ...]:
        papers: list[MarkPaper] = [*self.papers(TrademarkCertificate), *self.papers(TrademarkAcceptanceNotice)]
        by_number = tuple(paper for paper in papers if bears_number(paper, brand))
        if by_number:
            return by_number
        by_mark = tuple(paper for paper in papers if bears_mark(paper, brand))
        if by_mark:
            return by_mark
        alone = self.application is not None and len(self.application.brands) == 1 and len(papers) == 1
        return tuple(papers) if alone else ()

    def category(self) -> Category:
        """Return the chosen category, or stop the rule as not applicable: APP002 and APP003 are about a wrong one."""
        self.stated()
        if self._category is None:
            raise NotApplicable(en="the major category is not known", zh="经营大类无法确定")
        return self._category

    @cached_property
    def _category(self) -> Category | None:
        return self.rulebook.category(self.chosen_category) if self.chosen_category else None

    def known_store_type(self) -> StoreType | None:
        """Return the store type, if the rulebook knows it; notes that the rule has asked."""
        self.memory.asked_store_type = True
        return self._store_type

    @cached_property
    def _store_type(self) -> StoreType | None:
        chosen = self.stated().store.type
        return self.rulebook.store_type(chosen) if chosen else None

    def store_type(self) -> StoreType:
        """Return the store type, or stop the rule as not applicable: APP004 is about a wrong one."""
        found = self.known_store_type()
        if found is None:
            raise NotApplicable(en="the store type is not known", zh="店铺类型无法确定")
        return found

    def may_be(self, *types: str) -> tuple[Document, ...]:
        """Return the documents that may yet turn out to be of one of these types."""
        return tuple(
            found
            for found in self.documents
            if (found.failures and (found.type == "other" or found.type in types))
            or (
                found.type == "other"
                and not found.is_blank
                and (
                    set(types) & set(found.candidates)
                    or found.legibility < UNREADABLE
                    or not found.lines
                    or FREE_FORMS & set(types)
                )
            )
        )

    def rule_out(self, *types: str) -> None:
        """Stop the rule as undetermined where a document that was not read may be the one that seems to be missing."""
        unread = self.may_be(*types)
        if unread:
            files = ", ".join(dict.fromkeys(found.file for found in unread))
            name = DOCUMENT_NAMES[types[0]]
            raise Undetermined(
                en=f"no {name.en} was recognised, but {files} could not be read in full and may be one",
                zh=f"未识别到{name.zh}，但 {files} 未能完整读取，可能即为该文件",
                evidence=[first_page(found) for found in unread],
            )

    def rule_out_form(self) -> None:
        """Stop the rule as undetermined where a file that was not opened may be or hold the missing form."""
        unread = [found for found in self.documents if any(map(_may_hold_the_form, found.failures))]
        if unread:
            files = ", ".join(dict.fromkeys(found.file for found in unread))
            raise Undetermined(
                en=f"no application form was found, but {files} could not be opened and may hold it",
                zh=f"未找到申请表，但 {files} 未能打开，申请表可能在其中",
                evidence=[first_page(found) for found in unread],
                # DOC101 asks for the file.
                remedy=None,
            )

    def document_of(self, proof: Entity[Any] | TextLine) -> Document | None:
        """Return the document that a fact or a line was read from."""
        return self.places.document_of(proof)

    def lies_under_a_seal(self, entity: Entity[Any]) -> bool:
        """Whether a seal was seen over one of the lines that a fact was read from."""
        document = self.document_of(entity)
        return document is not None and any(
            (seal.file, seal.page) == (line.file, line.page) and seal.box.overlaps(line.box)
            for seal in document.seals
            for line in entity.evidence
        )

    @cached_property
    def ground(self) -> Ground:
        """What all rules stand on when they look at facts."""
        return Ground(self.rulebook.policy.min_confidence, self.form_file, self.places.document_of)

    @cached_property
    def places(self) -> Places:
        """Where facts and lines stand."""
        return Places(self.documents)


def several_licences(case: Case) -> Undetermined:
    """Return that licences of several companies are here, and that the form does not tell whose is the applicant's."""
    documents = [paper.document for paper in case.papers(BusinessLicence)]
    files = ", ".join(document.file for document in documents)
    return Undetermined(
        en=f"which licence is the applicant's cannot be told: {files} are of different companies",
        zh=f"{files} 属于不同企业，无法判断哪一份是申请人的营业执照",
        evidence=[first_page(document) for document in documents],
    )


def _may_hold_the_form(failure: Failure) -> bool:
    name = failure.file.casefold()
    return failure.page is None and (
        failure.code is FailureCode.ARCHIVE_UNSAFE
        or name.endswith(".zip")
        # A file of another name was looked at, and is not the form.
        or (name.endswith((".yaml", ".yml", ".json")) and failure.code is not FailureCode.UNSUPPORTED_TYPE)
    )
