"""Rules across documents: the form, the licence and the certificates say the same."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from extractors.codes import compact
from extractors.paper_fields import BusinessLicence
from pipeline.form import Applicant, Brand, Relation
from pipeline.model import Document, Entity, Message
from pipeline.verdict import Dossier, Severity
from validators.applicant import recognise
from validators.case import Case, Paper
from validators.chain import chain_of
from validators.differences import difference_in_brackets, differs_in_doubt
from validators.engine import NotApplicable, Objection, Proof, from_form, given, if_known, known, rule
from validators.equality import same_company, same_person
from validators.parties import told_by_sound
from validators.registration import printed_and_present, registrant_of
from validators.remedies import correct_form, resubmit
from validators.rules.trademark import papers_that_are_there

AS_ON_THE_LICENCE = correct_form(
    "Enter your company's name, code and legal person exactly as they stand on the business licence (`applicant`).",
    "请按营业执照所载填写企业名称、统一社会信用代码和法定代表人（`applicant`）。",
)
CORRECT_CLASSES = correct_form(
    "Enter the classes of the brand {subject} as they stand on its certificate (`brands`: `nice_classes`).",
    "请按商标注册证填写品牌 {subject} 的商标类别（`brands`：`nice_classes`）。",
)
CORRECT_RELATION = correct_form(
    "The trademark of {subject} belongs to someone else: declare the brand as authorized and send the authorization, "
    "or send proof that the trademark was transferred to you.",
    "{subject} 的商标不属于申请人：请将品牌关系改为授权并提交授权书，或提交商标转让证明。",
)
PAPERS_OF_ONE_COMPANY = resubmit(
    "business_licence",
    "Your papers state different credit codes: send papers that all bear your company's current code.",
    "材料中的统一社会信用代码不一致，请提交均载有贵公司现行代码的材料。",
)
PAPERS_OF_THE_APPLICANT = resubmit(
    "business_licence",
    "Business licences of different companies are among your papers: send the licence of the applying company alone.",
    "材料中有不同企业的营业执照，请只提交申请企业的营业执照。",
)


def _applicant(case: Case) -> Applicant:
    return case.stated().applicant or Applicant()


def _name_differs(read: Entity[str], stated: str, field: str, case: Case) -> Objection:
    difference = difference_in_brackets(stated, read.value)
    return Objection(
        Message(
            en=f"the form says {stated}, the licence {read.value}{difference.en}",
            zh=f"申请表为“{stated}”，营业执照为“{read.value}”{difference.zh}",
        ),
        expected=read.value,
        found=stated,
        evidence=[read, from_form(case.form_file, field, stated)],
        certain=not differs_in_doubt(read, stated, below=case.rulebook.policy.min_confidence),
    )


@rule(
    "XDC801",
    on=Dossier,
    severity=Severity.BLOCKER,
    cites="marketplace practice, docs/sources.md#agreement-of-documents",
    zh="申请表与营业执照的企业名称一致",
    remedy=AS_ON_THE_LICENCE,
)
def company_names_agree(_dossier: Dossier, case: Case) -> Iterator[Objection]:
    """The company name is the same on the form and on the licence (width, brackets and spaces aside)."""
    stated = given(_applicant(case).company_name, "applicant.company_name")
    licence = case.own_licence()
    read = known(licence.fields.company_name, "company_name", of=licence.document)
    if not same_company(read.value, stated):
        yield _name_differs(read, stated, "applicant.company_name", case)


@rule(
    "XDC802",
    on=Dossier,
    severity=Severity.BLOCKER,
    cites="GB 32100-2015: one code for life; docs/sources.md#agreement-of-documents",
    zh="各处统一社会信用代码一致",
    remedy=AS_ON_THE_LICENCE,
)
def credit_codes_agree(_dossier: Dossier, case: Case) -> Iterator[Objection]:
    """The unified social credit code is the same on the form, every licence and the company's other papers.

    The licence of the company that owns a brand not declared as the applicant's own bears another code rightly.
    """
    stated = _applicant(case).unified_social_credit_code
    licence = case.own_licence()
    others = _codes_on_other_papers(licence, case)
    if not others:
        given(stated, "applicant.unified_social_credit_code")
    printed = _code_or_number(licence, stated)
    if stated and compact(stated) != printed.value:
        form = from_form(case.form_file, "applicant.unified_social_credit_code", compact(stated))
        yield _codes_differ(printed, compact(stated), "form", "申请表", form, case)
    for document, code in others:
        ours = _is_of_the_company(document, licence)
        licensor = None if ours else _may_be_licensor(document, case)
        if code.value == printed.value or licensor:
            continue
        objection = _codes_differ(printed, code.value, document.file, document.file, code, case)
        in_doubt = differs_in_doubt(code, printed.value, below=case.rulebook.policy.min_confidence)
        certain = objection.certain and not in_doubt and (ours or licensor is False)
        remedy = PAPERS_OF_ONE_COMPANY if ours else PAPERS_OF_THE_APPLICANT
        yield Objection(**{**vars(objection), "certain": certain, "remedy": remedy})


def _code_or_number(licence: Paper[BusinessLicence], stated: str | None) -> Entity[str]:
    """Return the licence's code, or an old licence's number where that is what the form states."""
    fields = licence.fields
    if fields.unified_social_credit_code is None and fields.registration_number is not None:
        if stated is None or len(compact(stated)) != len(fields.registration_number.value):
            raise NotApplicable(
                en="the licence shows a registration number and no credit code (LIC205)",
                zh="执照仅载注册号，无统一社会信用代码（见 LIC205）",
            )
        return known(fields.registration_number, "registration_number", of=licence.document)
    return known(fields.unified_social_credit_code, "unified_social_credit_code", of=licence.document)


def _codes_differ(printed: Entity[str], other: str, where: str, where_zh: str, proof: Proof, case: Case) -> Objection:
    return Objection(
        Message(
            en=f"the {where} says {other}, the licence {printed.value}",
            zh=f"{where_zh}为 {other}，营业执照为 {printed.value}",
        ),
        expected=printed.value,
        found=other,
        evidence=[printed, proof],
        certain=not differs_in_doubt(printed, other, below=case.rulebook.policy.min_confidence),
    )


def _codes_on_other_papers(licence: Paper[BusinessLicence], case: Case) -> list[tuple[Document, Entity[str]]]:
    """Return the codes on the other licences, and on the other papers that name the licence's company."""
    found = []
    for document in case.documents:
        entities = document.fields.entities() if document.fields and document.id != licence.document.id else {}
        code: Entity[Any] | None = entities.get("unified_social_credit_code")
        if code and (isinstance(document.fields, BusinessLicence) or _is_of_the_company(document, licence)):
            found.append((document, code))
    return found


def _holder(document: Document) -> Entity[Any] | None:
    entities = document.fields.entities() if document.fields else {}
    return entities.get("company_name") or entities.get("holder")


def _is_of_the_company(document: Document, licence: Paper[BusinessLicence]) -> bool:
    holder, name = _holder(document), licence.fields.company_name
    return bool(holder and name and same_company(holder.value, name.value))


def _may_be_licensor(document: Document, case: Case) -> bool | None:
    """Whether a paper's company owns a brand that is not declared as the applicant's own; None if that is open."""
    brands = [brand for brand in case.stated().brands if brand.relation is not Relation.OWNER]
    licensors = [
        name
        for chain in map(partial(chain_of, case=case), brands)
        for name in (
            *printed_and_present(chain.registrants),
            *(link.letter.fields.licensor for link in chain.links),
        )
        if if_known(name)
    ]
    holder = if_known(_holder(document))
    if holder and any(name and same_company(name.value, holder.value) for name in licensors):
        return True
    # An owner whose name was not read, or who had another company pass the right on, may stand on that licence.
    return None if brands else False


@rule(
    "XDC803",
    on=Dossier,
    severity=Severity.BLOCKER,
    cites="marketplace practice, docs/sources.md#agreement-of-documents",
    zh="申请表与营业执照的法定代表人一致",
    remedy=AS_ON_THE_LICENCE,
)
def legal_persons_agree(_dossier: Dossier, case: Case) -> Iterator[Objection]:
    """The legal person's name is the same on the form and on the licence."""
    person = _applicant(case).legal_person
    stated = given(person.name if person else None, "applicant.legal_person.name")
    licence = case.own_licence()
    read = known(licence.fields.legal_person, "legal_person", of=licence.document)
    if not same_person(read.value, stated):
        yield _name_differs(read, stated, "applicant.legal_person.name", case)


@rule(
    "XDC804",
    on=Brand,
    severity=Severity.BLOCKER,
    cites="own brand: docs/sources.md#documents-asked-for",
    zh="申报为自有的品牌属于申请人或其法定代表人",
    remedy=CORRECT_RELATION,
)
def declared_owner_owns_the_mark(brand: Brand, case: Case) -> Iterator[Objection]:
    """A brand declared as owned belongs to the applicant or its legal person.

    Who owns it is told after assignments and changes of name, as far as their proofs are in the dossier.
    """
    if given(brand.relation, ".relation") is not Relation.OWNER:
        raise NotApplicable(en="the brand is not declared as owned", zh="该品牌未申报为自有")
    licence = case.own_licence()
    for paper in papers_that_are_there(brand, case):
        registrant = registrant_of(paper, case)
        owner = registrant.known()
        recognised = recognise(owner, case)
        if recognised.holds:
            continue
        company = known(licence.fields.company_name, "company_name", of=licence.document)
        person = known(licence.fields.legal_person, "legal_person", of=licence.document)
        difference = difference_in_brackets(company.value, owner.value)
        sound = told_by_sound(company.value, owner.value)
        yield Objection(
            Message(
                en=f"the trademark belongs to {owner.value}, the applicant is {company.value}{difference.en}{sound.en}",
                zh=f"商标属于“{owner.value}”，申请人为“{company.value}”{difference.zh}{sound.zh}",
            ),
            expected=company.value,
            found=owner.value,
            evidence=[owner, company, person],
            certain=recognised.holds is False,
        )


@rule(
    "XDC805",
    on=Brand,
    severity=Severity.MAJOR,
    cites="marketplace practice, docs/sources.md#agreement-of-documents",
    zh="申请表与商标文件的类别一致",
    remedy=CORRECT_CLASSES,
)
def nice_classes_agree(brand: Brand, case: Case) -> Iterator[Objection]:
    """The trademark's classes are the same on the form and on the brand's certificates."""
    declared = set(given(brand.nice_classes, ".nice_classes"))
    papers = papers_that_are_there(brand, case)
    read = [known(paper.fields.nice_classes, "nice_classes", of=paper.document) for paper in papers]
    printed = {each for entity in read for each in entity.value}
    if declared != printed:
        one, other = (", ".join(map(str, sorted(classes))) for classes in (printed, declared))
        yield Objection(
            Message(
                en=f"the form says class {other}, the paper {one}", zh=f"申请表为第 {other} 类，商标文件为第 {one} 类"
            ),
            expected=one,
            found=other,
            evidence=[*read, from_form(case.form_file, "brands nice_classes", brand.nice_classes)],
        )
