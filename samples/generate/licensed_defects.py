"""Dossiers with papers of other kinds in which one thing is wrong, and everything else holds."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from samples.generate.companies import Company, invent_company
from samples.generate.conditions import Condition
from samples.generate.facts import Act, Card, Letter, Licence, Mark, OfficePaper
from samples.generate.files import Format
from samples.generate.granted import card_of, chain_of, declared_as_authorized, letter_of
from samples.generate.licensed import american_mark, permit_of
from samples.generate.papers import APPAREL, certificate, modern
from samples.generate.plan import Expected, File, Form, Sample, Sheet, Store, form_of

_SCANNED, _PHOTOGRAPHED = Condition.SCANNED, Condition.PHOTOGRAPHED


@dataclass(frozen=True)
class _Lent:
    """A dossier that would be approved: a specialised store of someone else's mark; each defect changes one thing."""

    company: Company
    middle: Company
    """Who passes the right on, where the chain has two links."""
    licence: Licence
    mark: Mark
    form: Form

    def sample(self, name: str, expected: Expected, *letters: Letter, condition: Condition = Condition.CLEAN) -> Sample:
        """Return the case as a sample with these letters, captured like that."""
        files = [
            File("licence.webp", Format.WEBP, (Sheet(self.licence),)),
            File("trademark.png", Format.PNG, (Sheet(self.mark, width=1200),)),
        ]
        form = Format.PNG if condition is Condition.CLEAN else Format.JPEG
        for number, letter in enumerate(letters, start=1):
            files.append(File(f"letter {number}.{form}", form, (Sheet(letter, condition, width=1000),)))
        return Sample(name, self.form, tuple(files), expected)


def _lent(word: str, city: str, brand: str, number: str) -> _Lent:
    company, middle, owner = (
        invent_company(f"{city}{word}{trade}有限公司", city, goods="服装、鞋帽")
        for trade in ("服饰", "品牌管理", "制衣")
    )
    mark = certificate(owner, brand, number, 25, APPAREL, date(2023, 9, 21))
    form = form_of(company, Store("apparel", "specialised", f"{brand.title()[:4]} corner clothing store"))
    licence = modern(company, established=date(2020, 10, 19))
    return _Lent(company, middle, licence, mark, declared_as_authorized(form, mark))


def _rejected(*rules: str, why: str) -> Expected:
    return Expected("rejected", why, fail=rules)


def _review(*rules: str, why: str) -> Expected:
    return Expected("needs_review", why, fail=rules)


def _broken_chain() -> Sample:
    case = _lent("青岚", "深圳市", "QUILLORA", "71203356")
    stranger = invent_company("深圳市远岫商贸有限公司", "深圳市", goods="服装、鞋帽")
    first, second = chain_of(case.mark, case.middle, case.company.name)
    expected = _rejected("AUT503", why="the second letter comes from a company to which the first grants nothing")
    return case.sample("chain-broken", expected, first, replace(second, licensor=stranger.name), condition=_SCANNED)


def _letter_expired() -> Sample:
    case = _lent("临溪", "广州市", "BROOMARA", "71318842")
    day = date(2024, 3, 1)
    letter = replace(letter_of(case.mark, case.company.name), valid_from=day, signed=day, valid_to=date(2026, 2, 28))
    return case.sample(
        "letter-expired",
        _rejected("AUT506", why="the registrant's letter ended on 2026-02-28"),
        letter,
        condition=_PHOTOGRAPHED,
    )


def _licensee_differs() -> Sample:
    case = _lent("飞鸢", "杭州市", "KITERANO", "71442907")
    letter = letter_of(case.mark, case.company.name.replace("飞鸢", "飞燕"))
    expected = _rejected("AUT504", why="one character of the licensee's name is not the applicant's")
    return case.sample("licensee-differs", expected, letter, condition=_SCANNED)


def _not_to_be_passed_on() -> Sample:
    case = _lent("银杏里", "苏州市", "MAIDELLO", "71566038")
    first, second = chain_of(case.mark, case.middle, case.company.name)
    expected = _review("AUT512", why="the first letter forbids to sub-license, and the second does so")
    return case.sample("sublicence-forbidden", expected, replace(first, sublicensing=False), second)


def _other_platform() -> Sample:
    case = _lent("云帆", "厦门市", "SAILORNE", "71690154")
    letter = replace(letter_of(case.mark, case.company.name), layout="table", platforms=("天猫", "京东"))
    expected = _review("AUT511", why="the letter is for other platforms alone")
    return case.sample("platform-differs", expected, letter, condition=_SCANNED)


def _card_expired() -> Sample:
    company = invent_company("成都市松果服饰有限公司", "成都市", goods="服装、鞋帽")
    mark = certificate(company, "PINECORDA", "71774420", 25, APPAREL, date(2023, 9, 28))
    issued = date(2006, 7, 10)
    card: Card = card_of(company.person, "成都市", issued=issued, until=issued.replace(year=2026))
    return Sample(
        "id-card-expired",
        form_of(company, Store("apparel", "official", "PINECORDA official store"), mark),
        (
            File("licence.png", Format.PNG, (Sheet(modern(company, established=date(2020, 4, 13))),)),
            File("trademark.png", Format.PNG, (Sheet(mark, width=1200),)),
            File("身份证.jpg", Format.JPEG, (Sheet(card, _SCANNED, width=1000),)),
        ),
        _rejected("IDN303", why="the legal person's identity card ended on 2026-07-10"),
    )


def _permit_expired() -> Sample:
    company = invent_company("青岛市望川食品有限公司", "青岛市", goods="食品、茶叶")
    mark = certificate(company, "RIVERADO", "71880263", 30, ("茶", "糖果", "糕点", "咖啡"), date(2023, 10, 7))
    permit = permit_of(company, issued=date(2021, 4, 16), until=date(2026, 4, 15))
    return Sample(
        "qualification-expired",
        form_of(company, Store("food", "official", "RIVERADO official store", ("tea",)), mark),
        (
            File("licence.png", Format.PNG, (Sheet(modern(company, established=date(2020, 12, 21))),)),
            File("trademark.png", Format.PNG, (Sheet(mark, width=1200),)),
            File("许可证.jpg", Format.JPEG, (Sheet(permit, width=1600),)),
        ),
        _rejected("CAT606", why="the food business licence ended on 2026-04-15"),
    )


def _fee_notice() -> Sample:
    company = invent_company("义乌市棉朵服饰有限公司", "义乌市", goods="服装、鞋帽")
    asked = OfficePaper(
        act=Act.FEE,
        number="94730216",
        nice_class=25,
        text="COTTAVERA",
        party=company.name,
        former="",
        address=company.address,
        dated=date(2026, 9, 9),
    )
    return Sample(
        "fee-notice",
        form_of(company, Store("apparel", "exclusive", "COTTAVERA store"), asked),
        (
            File("licence.png", Format.PNG, (Sheet(modern(company, established=date(2023, 2, 6))),)),
            File("缴费通知书.png", Format.PNG, (Sheet(asked, width=1100),)),
        ),
        _rejected("TMK401", "TMK406", why="instead of the acceptance notice there is the notice to pay the fee"),
    )


def _supplemental() -> Sample:
    company = invent_company("深圳市星屿户外服饰有限公司", "深圳市", goods="服装、鞋帽")
    mark = american_mark("KESTROWA", supplemental=True)
    letter = letter_of(mark, company.name)
    return Sample(
        "supplemental-register",
        declared_as_authorized(form_of(company, Store("apparel", "exclusive", "KESTROWA outdoor store")), mark),
        (
            File("licence.png", Format.PNG, (Sheet(modern(company, established=date(2020, 9, 14))),)),
            File("certificate.jpg", Format.JPEG, (Sheet(mark, _SCANNED, width=1050),)),
            File("letter.png", Format.PNG, (Sheet(letter, width=1000),)),
        ),
        _review("TMK409", why="the mark stands on the Supplemental Register of the United States"),
    )


def licensed_defects() -> tuple[Sample, ...]:
    """Return every dossier with papers of other kinds and a defect."""
    makers: tuple[Callable[[], Sample], ...] = (
        _broken_chain, _letter_expired, _licensee_differs, _not_to_be_passed_on, _other_platform, _card_expired,
        _permit_expired, _fee_notice, _supplemental,
    )  # fmt: skip
    return tuple(make() for make in makers)
