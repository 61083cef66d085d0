"""Clean dossiers: sets of facts on which no rule fails, to be broken in one fact by a test.

    clean_dossier()                                          # the applicant's own brand, official store
    clean_dossier(Scenario.TWO_LINKS, second_letter={"licensor": "another company"})
    clean_dossier(Scenario.ONE_LINK, letter=None)            # without the letter

Each paper and each part of the form has a name; as a change, a mapping changes some of its facts (None: not read) and
None leaves the paper out.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from extractors.authorization_letter import Exclusivity
from extractors.base import Goods, Office
from extractors.trademark_fields import Register
from pipeline.form import Relation
from pipeline.model import Document
from pipeline.verdict import Dossier
from tests.validators import build, papers

Changes = Mapping[str, Any]


class Scenario(StrEnum):
    """Kinds of clean dossiers."""

    OWN_BRAND = "own_brand"
    """The applicant's own CNIPA mark, official store."""
    ONE_LINK = "one_link"
    """Exclusive letter straight from the registrant, official store."""
    TWO_LINKS = "two_links"
    """Registrant, agent, applicant; exclusive store."""
    NATURAL_OWNER = "natural_owner"
    """The registrant is a natural person whose ID copy comes with the letter."""
    US_MARK = "us_mark"
    """The applicant's own mark at the USPTO, registered 3 years ago."""
    MADRID_MARK = "madrid_mark"
    """The applicant's own international registration, with the Chinese certificate of its protection."""
    QUALIFIED = "qualified"
    """A category that asks for two qualifications, one of them in the applicant's name."""
    IDENTITY_CARD = "identity_card"
    """The applicant's own brand, and the legal person's card instead of a number in the form."""
    PENDING = "pending"
    """The applicant's own brand, applied for two months ago; exclusive store."""


PAPERS: Mapping[str, Callable[..., Document]] = {
    "licence": build.licence,
    "certificate": build.certificate,
    "notice": build.notice,
    "national_certificate": build.certificate,
    "letter": papers.letter,
    "second_letter": papers.second_link,
    "identity_card": papers.identity_card,
    "licensor_card": papers.identity_card,
    "qualification": papers.qualification,
    "second_qualification": papers.qualification,
}
"""Name of a paper → who builds it."""

_AUTHORIZED: Changes = {"relation": Relation.AUTHORIZED}
_OWNED_BY_ANOTHER: Changes = {"owner": papers.OWNER, "owner_address": "浙江省杭州市余杭区试验路9号"}
_FOREIGN = {"owner_address": "No. 1 Shiyan Road, Shenzhen, China"}
_LICENSOR_CARD: Changes = {
    "file": "licensor.jpg",
    "name": papers.NATURAL,
    "birth_date": date(1979, 8, 2),
    "id_number": papers.id_number("33010619790802451"),
    "valid_from": date(2015, 4, 1),
    "valid_to": date(2035, 4, 1),
}
_DEVICES: Changes = {
    "nice_classes": (10,),
    "goods": (Goods(nice_class=10, text="体温计"), Goods(nice_class=10, text="医用体温计")),
}

SCENARIOS: Mapping[Scenario, Mapping[str, Changes]] = {
    Scenario.OWN_BRAND: {"licence": {}, "certificate": {}},
    Scenario.ONE_LINK: {"licence": {}, "certificate": _OWNED_BY_ANOTHER, "letter": {}, "brand": _AUTHORIZED},
    Scenario.TWO_LINKS: {
        "licence": {},
        "certificate": _OWNED_BY_ANOTHER,
        "letter": {"file": "letter-1.jpg", "licensee": papers.AGENT, "sublicensing": True},
        "second_letter": {},
        "brand": _AUTHORIZED,
        "store": {"type": "exclusive", "name": f"{build.BRAND} store"},
    },
    Scenario.NATURAL_OWNER: {
        "licence": {},
        "certificate": {**_OWNED_BY_ANOTHER, "owner": papers.NATURAL},
        "letter": {"licensor": papers.NATURAL, "exclusivity": Exclusivity.NON_EXCLUSIVE, "sealed": False},
        "licensor_card": _LICENSOR_CARD,
        "brand": _AUTHORIZED,
        "store": {"type": "exclusive", "name": f"{build.BRAND} store"},
    },
    Scenario.US_MARK: {
        "licence": {},
        "certificate": {
            **_FOREIGN,
            "office": Office.USPTO,
            "registration_number": "7123456",
            "application_number": "97123456",
            "registration_date": date(2023, 8, 1),
            "valid_from": date(2023, 8, 1),
            "valid_to": date(2033, 8, 1),
            "register_kind": Register.PRINCIPAL,
            "goods": (Goods(nice_class=25, text="Dresses"), Goods(nice_class=25, text="Hats")),
        },
        "brand": {"office": "USPTO", "trademark_number": "7123456"},
    },
    Scenario.MADRID_MARK: {
        "licence": {},
        "certificate": {
            **_FOREIGN,
            "office": Office.WIPO,
            "registration_number": "1712345",
            "registration_date": date(2022, 3, 15),
            "valid_from": date(2022, 3, 15),
            "valid_to": date(2032, 3, 15),
            "designations": ("CN", "EM"),
            "goods": (Goods(nice_class=25, text="Dresses"), Goods(nice_class=25, text="Hats")),
        },
        "national_certificate": {
            "file": "03.jpg",
            "registration_number": "G1712345",
            "registration_date": date(2022, 3, 14),
            "valid_from": date(2022, 3, 15),
            "valid_to": date(2032, 3, 15),
        },
        "brand": {"office": "WIPO", "trademark_number": "1712345"},
    },
    Scenario.QUALIFIED: {
        "licence": {"business_scope": "一般项目：第二类医疗器械销售；货物进出口"},
        "certificate": _DEVICES,
        "qualification": {"kind": "medical_device_registration", "holder": papers.OWNER},
        "second_qualification": {"file": "permit-2.jpg", "kind": "medical_device_operation"},
        "brand": {"nice_classes": (10,)},
        "store": {"category": "health_care", "subcategories": ("thermometers",)},
    },
    Scenario.IDENTITY_CARD: {"licence": {}, "certificate": {}, "identity_card": {}, "id_number": {"id_number": None}},
    Scenario.PENDING: {
        "licence": {},
        "notice": {},
        "store": {"type": "exclusive", "name": f"{build.BRAND} store"},
    },
}
"""Scenario → its papers and parts of the form, each with what differs from the plain one."""


def clean_dossier(
    scenario: Scenario = Scenario.OWN_BRAND, *, add: tuple[Document, ...] = (), **changes: Changes | None
) -> Dossier:
    """Return a clean dossier, or one that differs from it in `changes`.

    Args:
        scenario: Which one.
        add: Documents besides its own.
        changes: Name of a paper (`PAPERS`), or `brand`, `store`, `applicant`, `form` or `id_number` (the form's legal
            person) → its changed facts; None leaves a paper out.
    """
    parts: dict[str, Changes | None] = dict(SCENARIOS[scenario])
    for name, change in changes.items():
        parts[name] = None if change is None else {**(parts.get(name) or {}), **change}
    documents = [PAPERS[name](**change) for name, change in parts.items() if name in PAPERS and change is not None]

    def changed(name: str) -> dict[str, Any]:
        return dict(parts.get(name) or {})

    stated = build.application().applicant
    assert stated is not None
    assert stated.legal_person is not None
    person = stated.legal_person.model_copy(update=changed("id_number"))
    form = build.form(
        **{
            "applicant": stated.model_copy(update={"legal_person": person, **changed("applicant")}),
            "store": build.store(**changed("store")),
            "brands": (build.brand(**changed("brand")),),
            **changed("form"),
        }
    )
    return build.dossier(*documents, *add, form=form)
