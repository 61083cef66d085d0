"""Builds dossiers by hand: documents with their facts, forms and brands of an invented company, no page and no model.

Everything fits together until a test says otherwise: `status("LIC202", dossier(licence(valid_to=None)))`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any

from extractors import codes
from extractors.base import Goods, Money, Office
from extractors.paper_fields import BusinessLicence, CopyKind, LegalPersonRole, Template
from extractors.trademark_fields import TrademarkAcceptanceNotice, TrademarkCertificate
from pipeline.form import (
    Account,
    Applicant,
    Application,
    Brand,
    Form,
    FormProblem,
    LegalPerson,
    Relation,
    Settlement,
    Store,
)
from pipeline.model import LONG_TERM, Box, Document, Entity, Failure, FailureCode, Fields, Message, PageRecord, TextLine
from pipeline.verdict import Dossier, Finding, Remedy, Status
from validators import RULES
from validators.case import Case
from validators.rulebook import Rulebook, load_rulebook
from validators.runner import run
from validators.watchlist import Watchlist

AS_OF = date(2026, 11, 24)
COMPANY = "深圳市试星贸易有限公司"
CODE = "91440300MA5TEXT119"
PERSON = "林试之"
ID_NUMBER = "44030519850312123" + codes.resident_id_check_character("44030519850312123")
BRAND = "TESTRIVER"
NUMBER = "41234567"


@cache
def rulebook(as_of: date = AS_OF) -> Rulebook:
    """Return AliExpress's rulebook as it holds on a day."""
    return load_rulebook(None, as_of=as_of)


def entity(value: Any, confidence: float = 0.99, *, text: str | None = None, file: str = "01.jpg") -> Entity[Any]:
    """Return a fact with one line that proves it; an entity is returned as it is, None stays None."""
    shown = str(value) if text is None else text
    line = TextLine(text=shown, box=Box(left=0.1, top=0.1, right=0.5, bottom=0.2), confidence=confidence, file=file)
    return Entity(value=value, raw=shown, confidence=confidence, evidence=(line,))


def in_doubt_at(value: str, doubtful: str) -> Entity[str]:
    """Return a fact that was read with confidence but for the characters in `doubtful`."""
    line = entity(value, 0.97).evidence[0]
    characters = tuple(0.4 if character in doubtful else 0.99 for character in value)
    proof = line.model_copy(update={"characters": characters})
    return Entity(value=value, raw=value, confidence=0.97, evidence=(proof,))


def document(
    kind: str = "other",
    fields: Fields | None = None,
    *,
    file: str = "01.jpg",
    number: int = 0,
    candidates: Sequence[str] = (),
    failure: FailureCode | None = None,
    legibility: float = 0.99,
    content: str = "",
    blank: bool = False,
) -> Document:
    """Return a document of one page; its id is given by `dossier`, and files of the same `content` have one hash."""
    failed = Failure(code=failure, file=file, message=Message(en="cannot be read", zh="无法读取")) if failure else None
    page = PageRecord(file=file, page=1, width=2000, height=1414, turned=0)
    line = TextLine(text="text of a page", box=Box(left=0, top=0, right=1, bottom=1), confidence=legibility, file=file)
    return Document(
        id=f"d{number}",
        type=kind,
        type_confidence=0.99,
        type_reason="built by hand",
        file=file,
        sha256=sha256((content or file).encode()).hexdigest(),
        pages=() if failed else (page,),
        pages_total=0 if failed else 1,
        lines=() if failed or blank else (line,),
        candidates=tuple(candidates),
        failures=(failed,) if failed else (),
        fields=fields,
    )


def filled(defaults: Mapping[str, Any], changes: Mapping[str, Any], file: str) -> dict[str, Entity[Any] | None]:
    """Return a document's fields: the defaults with their changes, each value as a fact with a line that proves it."""
    return {
        name: value if value is None or isinstance(value, Entity) else entity(value, file=file)
        for name, value in {**defaults, **changes}.items()
    }


def licence(*, file: str = "01.jpg", **changes: Any) -> Document:
    """Return the business licence of the invented company; None as a change means "not read"."""
    defaults = {
        "unified_social_credit_code": CODE,
        "company_name": COMPANY,
        "company_type": "有限责任公司（自然人独资）",
        "legal_person": PERSON,
        "legal_person_role": LegalPersonRole.LEGAL_REPRESENTATIVE,
        "registered_capital": Money(amount=1_000_000, currency="CNY"),
        "establishment_date": date(2019, 5, 6),
        "valid_from": date(2019, 5, 6),
        "valid_to": LONG_TERM,
        "address": "广东省深圳市南山区试验路1号",
        "business_scope": "一般项目：服装服饰零售；货物进出口；互联网销售（除销售需要许可的商品）",
        "issue_date": date(2021, 6, 1),
        "registration_authority": "深圳市市场监督管理局",
        "copy_kind": CopyKind.DUPLICATE,
        "template": Template.LANDSCAPE_2019,
    }
    return document("business_licence", BusinessLicence(**filled(defaults, changes, file)), file=file)


def certificate(*, file: str = "02.jpg", **changes: Any) -> Document:
    """Return the registration certificate of the invented company's mark."""
    defaults = {
        "office": Office.CNIPA,
        "registration_number": NUMBER,
        "mark_text": BRAND,
        "owner": COMPANY,
        "owner_address": "广东省深圳市南山区试验路1号",
        "nice_classes": (25,),
        "goods": (Goods(nice_class=25, text="服装"), Goods(nice_class=25, text="帽")),
        "registration_date": date(2020, 6, 7),
        "valid_from": date(2020, 6, 7),
        "valid_to": date(2030, 6, 6),
    }
    return document("trademark_certificate", TrademarkCertificate(**filled(defaults, changes, file)), file=file)


def notice(*, file: str = "02.jpg", **changes: Any) -> Document:
    """Return the acceptance notice of the invented company's application for its mark."""
    defaults = {
        "office": Office.CNIPA,
        "application_number": NUMBER,
        "mark_text": BRAND,
        "applicant": COMPANY,
        "nice_classes": (25,),
        "filing_date": date(2026, 9, 1),
        "notice_date": date(2026, 9, 20),
    }
    fields = TrademarkAcceptanceNotice(**filled(defaults, changes, file))
    return document("trademark_acceptance_notice", fields, file=file)


def brand(**changes: Any) -> Brand:
    """Return the declared brand."""
    defaults = {
        "name": BRAND,
        "relation": Relation.OWNER,
        "office": "CNIPA",
        "trademark_number": NUMBER,
        "nice_classes": (25,),
    }
    return Brand(**{**defaults, **changes})


def store(**changes: Any) -> Store:
    """Return the store that is applied for."""
    defaults = {
        "category": "apparel",
        "subcategories": ("dresses", "hats"),
        "type": "official",
        "name": f"{BRAND} official store",
    }
    return Store(**{**defaults, **changes})


def application(**changes: Any) -> Application:
    """Return the application of the invented company."""
    defaults = {
        "applicant": Applicant(
            company_name=COMPANY,
            unified_social_credit_code=CODE,
            legal_person=LegalPerson(name=PERSON, id_number=ID_NUMBER),
        ),
        "account": Account(login="email", id="seller@example.com"),
        "settlement": Settlement(channel="international_alipay", account_holder=COMPANY),
        "store": store(),
        "brands": (brand(),),
    }
    return Application(**{**defaults, **changes})


def form(*problems: FormProblem, file: str | None = "application.yaml", **changes: Any) -> Form:
    """Return the application form; `file=None` means that there is none."""
    return Form(file=file, application=application(**changes) if file else None, problems=problems)


def dossier(*documents: Document, form: Form | None = None, inspecting: bool = False, as_of: date = AS_OF) -> Dossier:
    """Return a dossier of these documents, or of the licence and the certificate where none is given."""
    given = documents or (licence(), certificate())
    numbered = [Document(**{**vars(each), "id": f"d{at}"}) for at, each in enumerate(given, start=1)]
    stated = None if inspecting else form or Form("application.yaml", application())
    return Dossier(id="built", as_of=as_of, form=stated, documents=tuple(numbered))


def case(judged: Dossier, *, watchlist: Watchlist | None = None) -> Case:
    """Return a dossier laid out for judging by AliExpress's rulebook."""
    return Case(judged, rulebook(judged.as_of), watchlist)


def findings(rule: str, judged: Dossier, *, watchlist: Watchlist | None = None) -> tuple[Finding, ...]:
    """Run one rule on a dossier."""
    return tuple(ruling.finding for ruling in run(RULES[rule], case(judged, watchlist=watchlist)))


def remedies(rule: str, judged: Dossier, *, watchlist: Watchlist | None = None) -> tuple[Remedy, ...]:
    """Run one rule on a dossier and return what the seller is told."""
    return tuple(each for ruling in run(RULES[rule], case(judged, watchlist=watchlist)) for each in ruling.remedies)


def finding(rule: str, judged: Dossier, *, watchlist: Watchlist | None = None) -> Finding:
    """Run a rule that has one subject in a dossier."""
    (only,) = findings(rule, judged, watchlist=watchlist)
    return only


def status(rule: str, judged: Dossier, *, watchlist: Watchlist | None = None) -> Status:
    """Run a rule that has one subject in a dossier and return how it came out; a crash is no outcome."""
    only = finding(rule, judged, watchlist=watchlist)
    assert "a defect of the program" not in only.message.en
    return only.status
