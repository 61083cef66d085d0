"""For every rule a dossier that breaks it in one fact; each is clean but for that fact.

Those of identity, chains and goods stand in breaks.py, those that are no change of a scenario in pair.py; here are all
others.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from extractors.base import Goods
from extractors.paper_fields import LegalPersonRole, PurchaseInvoice, Template
from pipeline.form import Account, FormProblem, Settlement
from pipeline.model import WHOLE_PAGE, Editing, FailureCode, Message, PageQuality, TextDisagreement
from pipeline.records import Decision, MarkOnRecord, OnRecord, Records
from tests.validators import build, made_codes
from tests.validators.breaks import BREAKS, OTHER
from tests.validators.clean import Scenario, clean_dossier
from tests.validators.pair import Pair, lone_pairs
from validators.watchlist import WatchEntry, WatchKind, Watchlist


def pairs() -> Iterator[Pair]:
    """Yield all of them."""
    for name, scenario, changes, rules in (*BREAKS, *_BY_CHANGES):
        yield Pair(name, clean_dossier(scenario, **changes), clean_dossier(scenario), frozenset(rules))
    yield from lone_pairs()
    yield from _of_documents()
    yield from _of_records()
    plain = clean_dossier()
    problem = FormProblem(field="store.colour", message=Message(en="unknown key", zh="未知字段"))
    assert plain.form
    yield Pair("form", replace(plain, form=replace(plain.form, problems=(problem,))), plain, frozenset({"APP001"}))
    listed = Watchlist(entries=(WatchEntry(kind=WatchKind.CODE, value=build.CODE),))
    yield Pair("watch list", plain, plain, frozenset({"XDC806"}), listed)


def _of_documents() -> Iterator[Pair]:
    plain = clean_dossier()
    licence, certificate = plain.documents
    lying = TextDisagreement(file=licence.file, page=1, box=WHOLE_PAGE, claimed="2099", seen="2019", confidence=0.95)
    for name, changed, rules in (
        ("text layer", replace(licence, text_layer_disagreements=(lying,)), {"DOC104"}),
        ("editing", replace(licence, editing=Editing(producer="GIMP 2.10")), {"DOC105"}),
    ):
        honest = replace(licence, text_layer_disagreements=(), editing=Editing(producer="Some Scanner"))
        yield Pair(
            name,
            replace(plain, documents=(changed, certificate)),
            replace(plain, documents=(honest, certificate)),
            frozenset(rules),
        )
    for name, added, rules in (
        ("unknown paper", build.document("other", file="09.jpg"), {"DOC103"}),
        ("corrupt file", build.document("other", file="09.jpg", failure=FailureCode.CORRUPT), {"DOC101"}),
        ("same bytes twice", build.document("identity_card", file="09.jpg", content="01.jpg"), {"DOC106"}),
    ):
        yield Pair(name, clean_dossier(add=(added,)), plain, frozenset(rules))
    # An invoice that nobody asked for: nothing was read of it, and no other rule needs it.
    unread = build.document("purchase_invoice", PurchaseInvoice(), file="09.jpg")
    yield Pair(
        "dark picture",
        clean_dossier(add=(replace(unread, quality=(_DARK,)),)),
        clean_dossier(add=(replace(unread, quality=(_SHARP,)),)),
        frozenset({"DOC102"}),
    )
    text = (
        "El titular de la marca concede a la empresa el derecho de uso de las marcas en los países por un año con sus"
    )
    spanish = certificate.lines[0].model_copy(update={"text": text})
    yield Pair(
        "foreign language",
        replace(plain, documents=(licence, replace(certificate, lines=(spanish, spanish)))),
        plain,
        frozenset({"DOC107"}),
    )


_SHARP = PageQuality(
    ink=0.2, sharpest=0.8, brightness=250, text_height=40.0, contrast=0.5, edge=0.04, glare=0.0, legible=0.97
)

_DARK = _SHARP.model_copy(update={"brightness": 20, "sharpest": 0.1})


def _of_records() -> Iterator[Pair]:
    mark = MarkOnRecord(text=build.BRAND, office="CNIPA", number=build.NUMBER, classes=(25,))
    held = OnRecord(
        dossier_id="a", as_of=date(2026, 1, 1), decision=Decision.APPROVED, store_type="official", marks=(mark,)
    )
    stores = [
        OnRecord(
            dossier_id=f"s{number}", as_of=date(2026, 1, 1), decision=Decision.APPROVED, company_code=build.CODE,
            store_type="exclusive", category="apparel",
        )
        for number in range(3)
    ]  # fmt: skip
    for name, entries, rule in (("mark held", [held], "STO707"), ("too many stores", stores, "STO708")):
        plain = replace(clean_dossier(), records=Records())
        yield Pair(name, replace(plain, records=Records(entries=tuple(entries))), plain, frozenset({rule}))


def _store(**changes: Any) -> dict[str, Any]:
    return {"store": changes}


def _code(code: str) -> dict[str, Any]:
    """Return the changes that put another code on licence and form."""
    return {"licence": {"unified_social_credit_code": code}, "applicant": {"unified_social_credit_code": code}}


def _class(number: int, goods: str) -> dict[str, Any]:
    """Return the changes that register and declare the mark in another class."""
    certificate = {"nice_classes": (number,), "goods": (Goods(nice_class=number, text=goods),)}
    return {"certificate": certificate, "brand": {"nice_classes": (number,)}}


_BY_CHANGES: list[tuple[str, Scenario, dict[str, Any], set[str]]] = [
    ("two categories", Scenario.OWN_BRAND, _store(category=("apparel", "shoes"), subcategories=()), {"APP002"}),
    ("unknown category", Scenario.OWN_BRAND, _store(category="aparel", subcategories=()), {"APP003"}),
    ("unknown store type", Scenario.OWN_BRAND, _store(type="superstore"), {"APP004"}),
    ("stray subcategory", Scenario.OWN_BRAND, _store(subcategories=("dresses", "laptops")), {"APP005"}),
    ("account", Scenario.OWN_BRAND, {"form": {"account": Account(login="email", id="nobody")}}, {"APP006"}),
    (
        "settlement",
        Scenario.OWN_BRAND,
        {"form": {"settlement": Settlement(channel="worldfirst", account_holder=OTHER)}},
        {"APP007"},
    ),
    ("no licence", Scenario.OWN_BRAND, {"licence": None}, {"LIC201"}),
    ("registration number", Scenario.OWN_BRAND, {"licence": {"registration_number": "440301123456786"}}, {"LIC205"}),
    ("character of the code", Scenario.OWN_BRAND, _code(made_codes.one_off(build.CODE)), {"LIC202"}),
    ("check character", Scenario.OWN_BRAND, _code(made_codes.one_off(build.CODE, 17)), {"LIC202"}),
    ("organisation code", Scenario.OWN_BRAND, _code(made_codes.credit_code(organisation=False)), {"LIC203"}),
    ("no commercial registration", Scenario.OWN_BRAND, _code(made_codes.credit_code(start="52")), {"LIC204"}),
    (
        "code on the form",
        Scenario.OWN_BRAND,
        {"applicant": {"unified_social_credit_code": made_codes.credit_code()}},
        {"XDC802"},
    ),
    ("licence ended", Scenario.OWN_BRAND, {"licence": {"valid_to": date(2024, 5, 31)}}, {"LIC206"}),
    ("founded tomorrow", Scenario.OWN_BRAND, {"licence": {"establishment_date": date(2026, 11, 25)}}, {"LIC207"}),
    ("template", Scenario.OWN_BRAND, {"licence": {"template": Template.PORTRAIT_2014}}, {"LIC208"}),
    ("operator", Scenario.OWN_BRAND, {"licence": {"legal_person_role": LegalPersonRole.OPERATOR}}, {"LIC209"}),
    ("company type", Scenario.OWN_BRAND, {"licence": {"company_type": "股份有限公司（非上市）"}}, {"LIC210"}),
    ("scope", Scenario.OWN_BRAND, {"licence": {"business_scope": "一般项目：软件开发；技术咨询"}}, {"LIC212"}),
    ("province", Scenario.OWN_BRAND, {"licence": {"address": "北京市朝阳区试验路1号"}}, {"LIC214"}),
    (
        "branch",
        Scenario.OWN_BRAND,
        {
            "licence": {"company_name": f"{build.COMPANY}广州分公司"},
            "applicant": {"company_name": f"{build.COMPANY}广州分公司"},
            "certificate": {"owner": f"{build.COMPANY}广州分公司"},
            "form": {"settlement": None},
        },
        {"LIC211"},
    ),
    ("QR code", Scenario.OWN_BRAND, {"licence": {"qr_code": "https://gsxt.example.com/x"}}, {"LIC215"}),
    ("no certificate", Scenario.OWN_BRAND, {"certificate": None}, {"TMK401"}),
    ("another mark", Scenario.OWN_BRAND, {"certificate": {"mark_text": "TESTRIDER"}}, {"TMK402"}),
    ("another number", Scenario.OWN_BRAND, {"certificate": {"registration_number": "41234568"}}, {"TMK403"}),
    ("mark expired", Scenario.OWN_BRAND, {"certificate": {"valid_to": date(2025, 6, 6)}}, {"TMK404", "TMK413"}),
    ("mark ends soon", Scenario.OWN_BRAND, {"certificate": {"valid_to": date(2027, 2, 6)}}, {"TMK405"}),
    (
        "old notice",
        Scenario.PENDING,
        {"notice": {"filing_date": date(2026, 1, 5), "notice_date": date(2026, 1, 20)}},
        {"TMK407"},
    ),
    ("registration day", Scenario.OWN_BRAND, {"certificate": {"registration_date": date(2020, 6, 8)}}, {"TMK411"}),
    ("device on the certificate", Scenario.OWN_BRAND, {"certificate": {"mark_text": "***"}}, {"TMK412", "TMK402"}),
    ("class", Scenario.OWN_BRAND, _class(9, "计算机"), {"CAT601"}),
    ("class for a part", Scenario.OWN_BRAND, _class(18, "包"), {"CAT602", "CAT604"}),
    (
        "class for a part, no subcategory",
        Scenario.OWN_BRAND,
        {**_class(18, "包"), **_store(subcategories=())},
        {"CAT602"},
    ),
    ("services", Scenario.OWN_BRAND, _class(35, "替他人推销"), {"CAT603", "CAT601"}),
    (
        "by invitation",
        Scenario.OWN_BRAND,
        _store(category="apparel_accessories", subcategories=()),
        {"CAT608"},
    ),
    (
        "company type of an individual business",
        Scenario.OWN_BRAND,
        {"licence": {"company_type": "个体工商户"}},
        {"STO705", "LIC210"},
    ),
    ("permit missing", Scenario.QUALIFIED, {"second_qualification": None}, {"CAT605"}),
    ("not registered", Scenario.PENDING, _store(type="official", name=f"{build.BRAND} official store"), {"STO701"}),
    (
        "Chinese mark",
        Scenario.OWN_BRAND,
        {
            "certificate": {"mark_text": "试河星"},
            "brand": {"name": "试河星"},
            "store": {"name": "试河星 official store"},
        },
        {"STO704"},
    ),
    ("no brand", Scenario.OWN_BRAND, {"form": {"brands": ()}}, {"STO703"}),
    ("store name", Scenario.OWN_BRAND, _store(name="Anything store"), {"STO706"}),
    ("company name", Scenario.OWN_BRAND, {"applicant": {"company_name": OTHER}}, {"XDC801"}),
    ("legal person", Scenario.OWN_BRAND, {"id_number": {"name": "王别之"}}, {"XDC803"}),
    (
        "another owner, official store",
        Scenario.OWN_BRAND,
        {"certificate": {"owner": OTHER, "owner_address": "江苏省苏州市姑苏区试验路3号"}},
        {"XDC804", "STO702"},
    ),
    ("declared class", Scenario.OWN_BRAND, {"brand": {"nice_classes": (18,)}}, {"XDC805"}),
]
