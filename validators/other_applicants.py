"""Papers of a dossier that another applicant handed in before, by the decisions on record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from pipeline.belonging import Read, is_shared, names_company
from pipeline.model import Document, Entity, Message
from pipeline.pixels import pictures_of
from pipeline.records import FileOnRecord, OnRecord, Records
from validators.case import Case
from validators.copies import Place, files_of
from validators.engine import Objection, Proof, from_form
from validators.equality import canonical_company, is_chinese, same_company
from validators.identifiers import credit_code_flaw

AT_MOST = 3
"""Dossiers that one finding names."""
ALIKE = 70
"""Likeness of two names, 0 to 100, from which one may be a misreading of the other."""
_FORMS = ("有限责任公司", "股份有限公司", "有限公司", "公司")

_LIKE: Mapping[str, tuple[str, ...]] = {
    "business_licence": ("business_licence",),
    "authorization_letter": ("authorization_letter", "purchase_invoice"),
    "purchase_invoice": ("authorization_letter", "purchase_invoice"),
}
"""Type → types of which a company that has one of its own may rightly hold another's besides."""


@dataclass(frozen=True)
class Company:
    """Who applies: as the licence says, or else the form."""

    code: str | None
    name: str | None
    stated_code: str | None
    stated_name: str | None
    proofs: tuple[Proof, ...]


def company_of(case: Case) -> Company:
    """Return who applies, as far as that is known."""
    fields = case.licence.fields if case.licence else None
    code = _sure(fields.unified_social_credit_code, case) if fields else None
    name = _sure(fields.company_name, case) if fields else None
    applicant = case.application.applicant if case.application else None
    stated_code = applicant.unified_social_credit_code if applicant else None
    stated_name = applicant.company_name if applicant else None
    proofs: list[Proof] = [entity for entity in (code or name,) if entity is not None]
    if not proofs and (stated_code or stated_name):
        field = "unified_social_credit_code" if stated_code else "company_name"
        proofs.append(from_form(case.form_file, f"applicant.{field}", stated_code or stated_name))
    return Company(
        code=code.value if code else stated_code,
        name=name.value if name else stated_name,
        stated_code=stated_code,
        stated_name=stated_name,
        proofs=tuple(proofs),
    )


def _sure(entity: Entity[str] | None, case: Case) -> Entity[str] | None:
    return entity if entity and entity.confidence >= case.ground.floor else None


def is_another(company: Company, other: OnRecord) -> bool | None:
    """Whether a dossier on record is another applicant's; None where that cannot be told.

    Forms that name two companies, code and name, tell whatever their licences say: they may be one and the same. Else
    codes do, if both are sound: a misread one is another company's only by mistake. Names tell else.
    """
    if _are_stated_as_two(company, other):
        return True
    if company.code and company.code == other.company_code:
        return False
    is_same_name = bool(company.name and other.company_name and same_company(company.name, other.company_name))
    if company.code and other.company_code and not any(map(credit_code_flaw, (company.code, other.company_code))):
        return None if is_same_name else True
    if is_same_name:
        return False
    is_other_name = company.name and other.company_name and are_other_names(company.name, other.company_name)
    return True if is_other_name else None


def _are_stated_as_two(company: Company, other: OnRecord) -> bool:
    """Whether two forms name two companies; one that only has a slip of the pen in its code or its name does not."""
    if not company.stated_name or not other.stated_name:
        return False
    has_same_code = company.stated_code and company.stated_code == other.stated_code
    return not has_same_code and are_other_names(company.stated_name, other.stated_name)


def are_other_names(one: str, other: str) -> bool:
    """Whether two names are too far apart for one to be a misreading of the other, or the same in another script."""
    if is_chinese(one) != is_chinese(other):
        return False
    return fuzz.partial_ratio(_told_by(one), _told_by(other)) < ALIKE


def _told_by(name: str) -> str:
    """Return the part of a name in which companies differ."""
    text = canonical_company(name)
    return next((text.removesuffix(form) for form in _FORMS if text.endswith(form)), text)


def reader_of(document: Document, case: Case) -> Read:
    """Return what gives a document's values that were read surely enough, without a finding resting on all of them."""
    entities = document.fields.entities() if document.fields else {}

    def read(name: str) -> object:
        entity = entities.get(name)
        return entity.value if entity and entity.confidence >= case.ground.floor else None

    return read


@dataclass(frozen=True)
class _Match:
    """A file or picture of a document in another dossier."""

    here: Place
    other: OnRecord
    held: FileOnRecord
    page: int | None
    """Of the picture in the other dossier; None of a file with the same bytes."""


def papers_of_others(document: Document, case: Case) -> Iterator[Objection]:
    """Object to a document that another company handed in earlier."""
    records = case.dossier.records
    if records is None or is_shared(document.type):
        return
    company = company_of(case)
    against = (_objection(match, company, case) for match in _matches(document, records))
    yield from islice((each for each in against if each is not None), AT_MOST)


def _matches(document: Document, records: Records) -> Iterator[_Match]:
    """Yield where a document stands in other dossiers, once for each, in their order."""
    found: dict[str, _Match] = {}
    matches = (*_same_files(document, records), *_same_pictures(document, records))
    # A file or a photo may hold several papers: the one of the same type is meant, if it was told there, too.
    for match in sorted(matches, key=lambda match: match.held.type != document.type):
        if _matters(match) and not is_shared(match.held.type):
            found.setdefault(match.other.dossier_id, match)
    yield from sorted(found.values(), key=lambda match: match.other.place)


def _same_files(document: Document, records: Records) -> Iterator[_Match]:
    for file, sha256 in files_of(document):
        for other, held in records.holders_of(sha256):
            yield _Match(Place(document, file), other, held, None)


def _same_pictures(document: Document, records: Records) -> Iterator[_Match]:
    for pixels, page in pictures_of(document.pages).items():
        for other, held in records.showers_of(pixels):
            there = next(each.page for each in held.pictures if each.pixels == pixels)
            yield _Match(Place(document, page.file, page.page), other, held, there)


def _matters(match: _Match) -> bool:
    """Whether what is the same is the whole paper, its first page, or a page with a seal.

    Another page may be a leaflet that goes with many letters.
    """
    here = match.here
    theirs = {
        picture.pixels
        for each in match.other.files
        if each.document == match.held.document
        for picture in each.pictures
    }
    return theirs == set(pictures_of(here.document.pages)) or here.begins_the_document or here.bears_a_seal


def _objection(match: _Match, company: Company, case: Case) -> Objection | None:
    is_others = is_another(company, match.other)
    if is_others is False:
        return None
    document = match.here.document
    own = names_company(document.type, reader_of(document, case), code=company.code, name=company.name)
    if _is_explained(match, own, company, case):
        return None
    return Objection(
        _message(match, is_others=bool(is_others)),
        found=match.other.dossier_id,
        evidence=[match.here.evidence, *company.proofs],
        certain=bool(is_others) and own is not None and match.held.own is not None,
    )


def _is_explained(match: _Match, own: bool | None, company: Company, case: Case) -> bool:
    """Whether two companies rightly hold one paper: it names both, or one of them holds it beside one of its own."""
    document, held = match.here.document, match.held
    like = _LIKE.get(document.type, ())
    if own and held.own and document.type == "authorization_letter":
        return True
    if held.own is False and any(each.own and each.type in like for each in match.other.files):
        return True
    return own is False and any(
        names_company(each.type, reader_of(each, case), code=company.code, name=company.name)
        for each in case.documents
        if each.type in like
    )


def _message(match: _Match, *, is_others: bool) -> Message:
    file, other, held = match.here.file, match.other, match.held
    if match.page is None:
        en, zh = f"{file} is", f"{file} 与"
        there, there_zh = held.file, held.file
    else:
        en, zh = f"page {match.here.page} of {file} is, as a picture,", f"{file} 第{match.here.page}页的图像与"
        there, there_zh = f"page {match.page} of {held.file}", f"{held.file} 第{match.page}页"
    if is_others:
        return Message(
            en=f"{en} also among the papers of another company (dossier {other.dossier_id}, {there})",
            zh=f"{zh}另一企业提交的文件相同（材料 {other.dossier_id}，{there_zh}）",
        )
    return Message(
        en=f"{en} also in dossier {other.dossier_id} ({there}), and whether that is another company's cannot be told",
        zh=f"{zh}材料 {other.dossier_id} 中的文件相同（{there_zh}），无法判断是否属于另一企业",
    )
