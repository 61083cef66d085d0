"""The papers that most dossiers hold: an unexceptional licence, certificate and notice."""

from dataclasses import replace
from datetime import date
from typing import Literal

from samples.generate.companies import Company, licence_of
from samples.generate.facts import LONG_TERM, Era, Licence, Mark, Notice, ten_years_from

APPAREL = ("服装", "连衣裙", "鞋", "帽", "袜", "手套（服装）", "围巾", "领带", "腰带", "游泳衣")
AGENT = "北京虚舟知识产权代理有限公司"


def modern(company: Company, *, established: date, until: date | None = None, copy: str = "original") -> Licence:
    """Return a 2019 face issued on the day of establishment; no `until` means 长期.

    A duplicate also has a number of its own and says from when its term runs.
    """
    term = until or LONG_TERM
    face = Era.LANDSCAPE_2019
    licence = licence_of(company, face, established=established, issued=established, until=term, copy=copy)
    if copy == "duplicate":
        serial = f"{company.code[2:8]}00{established:%Y%m%d}{company.registration_number[-4:]}"
        return replace(licence, period=(established, term), serial=serial)
    return licence


def certificate(
    company: Company,
    text: str,
    number: str,
    nice_class: int,
    goods: tuple[str, ...],
    registered: date,
    *,
    style: Literal["paper", "paper_qr", "electronic"] = "electronic",
) -> Mark:
    """Return the certificate of a mark that `company` owns, in its first term."""
    to = ten_years_from(registered)
    return Mark(style, text, number, nice_class, goods, company.name, company.address, registered, to)


def notice(company: Company, text: str, number: str, nice_class: int, *, filed: date, noticed: date) -> Notice:
    """Return an acceptance notice of a mark that `company` applied for."""
    return Notice(text, number, nice_class, company.name, company.address, AGENT, filed, noticed)
