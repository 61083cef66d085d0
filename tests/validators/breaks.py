"""Facts that break a clean dossier, with the rules that are about them; and papers that prove it otherwise."""

from datetime import date
from typing import Any

from extractors.authorization_letter import Exclusivity
from extractors.base import Goods, Office
from extractors.trademark_fields import NoticeKind, Register
from pipeline.model import LONG_TERM
from tests.validators import build, papers
from tests.validators.clean import Scenario

OTHER = "苏州另试商贸有限公司"


def minor() -> dict[str, Any]:
    """Return the form's number and the card of a legal person of 17 years."""
    return {"birth_date": date(2009, 3, 12), "id_number": papers.id_number("44030520090312123")}


BREAKS: list[tuple[str, Scenario, dict[str, Any], set[str]]] = [
    ("no identity", Scenario.OWN_BRAND, {"id_number": {"id_number": None}}, {"IDN301"}),
    ("number in the form", Scenario.OWN_BRAND, {"id_number": {"id_number": "440305198503121230"}}, {"IDN302"}),
    ("number on the card", Scenario.IDENTITY_CARD, {"identity_card": {"id_number": "440305198503121230"}}, {"IDN302"}),
    (
        "card expired",
        Scenario.IDENTITY_CARD,
        {
            "identity_card": {
                "valid_from": date(2006, 5, 6),
                "valid_to": date(2026, 5, 6),
                "birth_date": date(1975, 3, 12),
                "id_number": papers.id_number("44030519750312123"),
            }
        },
        {"IDN303"},
    ),
    (
        "under age",
        Scenario.IDENTITY_CARD,
        {"identity_card": {**minor(), "valid_from": date(2024, 5, 6), "valid_to": date(2029, 5, 6)}},
        {"IDN304"},
    ),
    ("term of the card", Scenario.IDENTITY_CARD, {"identity_card": {"valid_to": date(2031, 5, 6)}}, {"IDN305"}),
    ("another's card", Scenario.IDENTITY_CARD, {"identity_card": {"name": "王别之"}}, {"IDN306"}),
    ("refused", Scenario.PENDING, {"add": (papers.office_notice(),)}, {"TMK406"}),
    (
        "declaration of use",
        Scenario.US_MARK,
        {
            "certificate": {
                "registration_date": date(2018, 1, 2),
                "valid_from": date(2018, 1, 2),
                "valid_to": date(2028, 1, 2),
            }
        },
        {"TMK408"},
    ),
    ("Supplemental Register", Scenario.US_MARK, {"certificate": {"register_kind": Register.SUPPLEMENTAL}}, {"TMK409"}),
    ("nowhere protected", Scenario.MADRID_MARK, {"national_certificate": None}, {"TMK410"}),
    ("term passed", Scenario.OWN_BRAND, {"certificate": {"valid_to": date(2026, 10, 6)}}, {"TMK404", "TMK413"}),
    (
        "a generic word",
        Scenario.OWN_BRAND,
        {
            "certificate": {"mark_text": "Fashion"},
            "brand": {"name": "Fashion"},
            "store": {"name": "Fashion official store"},
        },
        {"TMK414"},
    ),
    ("no letter, official", Scenario.ONE_LINK, {"letter": None}, {"AUT501", "STO702"}),
    ("no letter", Scenario.NATURAL_OWNER, {"letter": None}, {"AUT501"}),
    ("registrant", Scenario.ONE_LINK, {"letter": {"licensor": OTHER}}, {"AUT502"}),
    ("owner", Scenario.TWO_LINKS, {"certificate": {"owner": OTHER}}, {"AUT502"}),
    ("first licensor of two", Scenario.TWO_LINKS, {"letter": {"licensor": OTHER}}, {"AUT502"}),
    ("agent in the second letter", Scenario.TWO_LINKS, {"second_letter": {"licensor": OTHER}}, {"AUT503"}),
    ("agent in the first letter", Scenario.TWO_LINKS, {"letter": {"licensee": OTHER}}, {"AUT503"}),
    ("licensee", Scenario.ONE_LINK, {"letter": {"licensee": "深圳市试垦贸易有限公司"}}, {"AUT504"}),
    ("last licensee of two", Scenario.TWO_LINKS, {"second_letter": {"licensee": OTHER}}, {"AUT504"}),
    ("mark in the letter", Scenario.ONE_LINK, {"letter": {"marks": ("TESTRIDER",)}}, {"AUT505"}),
    ("number in the letter", Scenario.ONE_LINK, {"letter": {"trademark_numbers": ("41234568",)}}, {"AUT505"}),
    (
        "mark in the first letter",
        Scenario.TWO_LINKS,
        {"letter": {"marks": ("TESTRIDER",), "trademark_numbers": ("5",)}},
        {"AUT505"},
    ),
    ("letter ended", Scenario.ONE_LINK, {"letter": {"valid_to": date(2026, 5, 31)}}, {"AUT506"}),
    ("letter not begun", Scenario.ONE_LINK, {"letter": {"valid_from": date(2027, 1, 1)}}, {"AUT506"}),
    ("89 days left", Scenario.ONE_LINK, {"letter": {"valid_to": date(2027, 2, 21)}}, {"AUT507"}),
    ("90 days left", Scenario.ONE_LINK, {"letter": {"valid_to": date(2027, 2, 22)}}, {"AUT508"}),
    ("outlives the mark", Scenario.ONE_LINK, {"letter": {"valid_to": date(2031, 1, 1)}}, {"AUT509"}),
    ("period", Scenario.TWO_LINKS, {"second_letter": {"valid_to": date(2028, 12, 31)}}, {"AUT510"}),
    ("class of the second letter", Scenario.TWO_LINKS, {"second_letter": {"nice_classes": (25, 18)}}, {"AUT510"}),
    ("territory", Scenario.ONE_LINK, {"letter": {"territory": "中国大陆（不含港澳台）"}}, {"AUT511"}),
    ("platform", Scenario.ONE_LINK, {"letter": {"platforms": ("亚马逊", "eBay")}}, {"AUT511"}),
    ("may not be passed on", Scenario.TWO_LINKS, {"letter": {"sublicensing": False}}, {"AUT512"}),
    (
        "too many links",
        Scenario.TWO_LINKS,
        {"store": {"type": "official", "name": f"{build.BRAND} official store"}},
        {"AUT513", "STO702"},
    ),
    ("neither seal nor signature", Scenario.ONE_LINK, {"letter": {"sealed": False, "signed": False}}, {"AUT514"}),
    ("no ID copy", Scenario.NATURAL_OWNER, {"licensor_card": None}, {"AUT515"}),
    ("not exclusive", Scenario.ONE_LINK, {"letter": {"exclusivity": Exclusivity.NON_EXCLUSIVE}}, {"STO702"}),
    (
        "goods",
        Scenario.OWN_BRAND,
        {"certificate": {"goods": (Goods(nice_class=25, text="鞋"), Goods(nice_class=25, text="帽"))}},
        {"CAT604"},
    ),
    ("class in the letter", Scenario.ONE_LINK, {"letter": {"nice_classes": (18,)}}, {"CAT601", "AUT510"}),
    ("permit expired", Scenario.QUALIFIED, {"second_qualification": {"valid_to": date(2026, 2, 28)}}, {"CAT606"}),
    ("permit not begun", Scenario.QUALIFIED, {"second_qualification": {"valid_from": date(2027, 1, 1)}}, {"CAT606"}),
    (
        "own permit expired, another's valid",
        Scenario.QUALIFIED,
        {
            "second_qualification": {"valid_to": date(2026, 2, 28)},
            "add": (papers.qualification(file="p.jpg", kind="medical_device_operation", holder=OTHER),),
        },
        {"CAT606"},
    ),
    ("notice of a day to come", Scenario.PENDING, {"notice": {"notice_date": date(2027, 1, 20)}}, {"TMK407"}),
    ("permit of another", Scenario.QUALIFIED, {"second_qualification": {"holder": OTHER}}, {"CAT607"}),
]
"""Name, scenario, changes, and the rules that fail: those about the changed fact and no others."""

MENDS: list[tuple[str, Scenario, dict[str, Any]]] = [
    (
        "renewed",
        Scenario.OWN_BRAND,
        {"certificate": {"valid_to": date(2026, 6, 6)}, "add": (papers.renewal(valid_to=date(2036, 6, 6)),)},
    ),
    (
        "issued anew for the next term",
        Scenario.OWN_BRAND,
        {
            "certificate": {"valid_from": date(2015, 6, 7), "valid_to": date(2025, 6, 6)},
            "add": (build.certificate(file="new.jpg", valid_from=date(2025, 6, 7), valid_to=date(2035, 6, 6)),),
        },
    ),
    (
        "a permit for the next term besides",
        Scenario.QUALIFIED,
        {"add": (papers.qualification(file="p.jpg", kind="medical_device_operation", valid_from=date(2027, 1, 1)),)},
    ),
    ("renamed", Scenario.OWN_BRAND, {"certificate": {"owner": OTHER}, "add": (papers.change(),)}),
    ("assigned", Scenario.OWN_BRAND, {"certificate": {"owner": OTHER}, "add": (papers.assignment(),)}),
    (
        "assigned to the licensor",
        Scenario.ONE_LINK,
        {"certificate": {"owner": OTHER}, "add": (papers.assignment(assignee=papers.OWNER),)},
    ),
    (
        "assigned, then renamed",
        Scenario.ONE_LINK,
        {
            "certificate": {"owner": OTHER},
            "add": (
                papers.change(new_owner_name=papers.OWNER, certified_date=date(2024, 1, 1)),
                papers.assignment(assignee="常州旧试有限公司"),
            ),
        },
    ),
    (
        "use was declared",
        Scenario.US_MARK,
        {
            "certificate": {
                "registration_date": date(2018, 1, 2),
                "valid_from": date(2018, 1, 2),
                "valid_to": date(2028, 1, 2),
            },
            "add": (
                papers.renewal(office=Office.USPTO, registration_number="7123456", valid_from=None, valid_to=None),
            ),
        },
    ),
    ("refused, then registered", Scenario.OWN_BRAND, {"add": (papers.office_notice(notice_date=date(2019, 12, 1)),)}),
    ("fee asked, then accepted", Scenario.PENDING, {"add": (papers.office_notice(kind=NoticeKind.FEE),)}),
    (
        "an older letter besides",
        Scenario.ONE_LINK,
        {"add": (papers.letter(file="old.jpg", valid_from=date(2020, 1, 1), valid_to=date(2022, 1, 1)),)},
    ),
    (
        "a direct letter besides a broken chain",
        Scenario.TWO_LINKS,
        {"second_letter": {"licensor": OTHER}, "add": (papers.letter(file="direct.jpg"),)},
    ),
    (
        "the owner by its English legal form",
        Scenario.ONE_LINK,
        {
            "certificate": {"owner": "Yunshi Apparel Co., Ltd."},
            "letter": {"licensor": "YUNSHI APPAREL COMPANY LIMITED"},
        },
    ),
    (
        "passed on without end",
        Scenario.ONE_LINK,
        {"letter": {"valid_to": LONG_TERM}, "certificate": {"valid_to": LONG_TERM}},
    ),
]
"""Name, scenario, changes: nothing fails and nothing is left open."""
