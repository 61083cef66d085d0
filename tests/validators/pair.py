"""A dossier that breaks a rule, and the same one but for that fact; and those that are no change of a scenario."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from extractors.paper_fields import LegalPersonRole
from pipeline.model import Box, Seal, SealShape, TextLine
from pipeline.verdict import Dossier
from tests.validators import build, made_codes, papers
from tests.validators.clean import Scenario, clean_dossier
from validators.rulebook import Rulebook
from validators.watchlist import Watchlist


@dataclass(frozen=True)
class Pair:
    """A dossier that breaks rules in one fact, and the same one but for that fact."""

    name: str
    broken: Dossier
    clean: Dossier
    rules: frozenset[str]
    """Those about the fact: they fail, and no others."""
    watchlist: Watchlist | None = None
    """That judges the broken one."""
    rulebook: Rulebook | None = None
    """That judges the broken one; None for the usual one."""
    untold: frozenset[str] = frozenset()
    """Rules that come to no result on the broken one, and do on the other."""


def lone_pairs() -> Iterator[Pair]:
    """Yield pairs whose clean dossier is none of the scenarios."""
    yield from _of_an_individual()
    yield _of_three_links()
    yield _of_seals()
    yield _of_a_deposit()
    yield _of_another_owner()
    named: dict[str, Any] = {
        "brand": {"name": "***"},
        "certificate": {"mark_text": "***"},
        "store": {"name": "*** official store"},
    }
    yield Pair("device", clean_dossier(**named), clean_dossier(), frozenset({"TMK412"}))


def _of_an_individual() -> Iterator[Pair]:
    """Yield an individual business that applies for a store closed to it, and for one that is open."""
    name = "深圳市南山区试星服饰商行"
    facts: dict[str, Any] = {
        "licence": {
            "company_name": name,
            "company_type": "个体工商户",
            "unified_social_credit_code": made_codes.credit_code(start="92"),
            "legal_person_role": LegalPersonRole.OPERATOR,
            "registered_capital": None,
        },
        "applicant": {"company_name": name, "unified_social_credit_code": made_codes.credit_code(start="92")},
        "certificate": {"owner": name},
        "form": {"settlement": None},
    }
    open_to_it: dict[str, Any] = {"store": {"type": "specialised", "name": "Anything store"}}
    yield Pair(
        "individual business",
        clean_dossier(**facts),
        clean_dossier(**facts, **open_to_it),
        frozenset({"STO705"}),
    )


def _of_three_links() -> Pair:
    """Return a chain of three letters for a store that takes two, and for one that takes three."""
    third = "温州试远品牌管理有限公司"
    facts: dict[str, Any] = {
        "second_letter": {"licensee": third, "sublicensing": True},
        "add": (papers.second_link(file="letter-3.jpg", licensor=third),),
    }
    more: dict[str, Any] = {"store": {"type": "specialised", "name": "Anything store"}}
    return Pair(
        "a letter too many",
        clean_dossier(Scenario.TWO_LINKS, **facts),
        clean_dossier(Scenario.TWO_LINKS, **facts, **more),
        frozenset({"AUT513"}),
    )


def _of_seals() -> Pair:
    """Return a licence that bears a company's seal alone, and one that bears its registrar's."""
    plain = clean_dossier()
    licence, *others = plain.documents

    def sealed(ring: str) -> Dossier:
        box = Box(left=0.7, top=0.6, right=0.9, bottom=0.8)
        text = TextLine(text=ring, box=box, confidence=0.95, file=licence.file)
        seal = Seal(box=box, shape=SealShape.ROUND, text=text, file=licence.file)
        return replace(plain, documents=(replace(licence, seals=(seal,)), *others))

    return Pair("seal", sealed(build.COMPANY), sealed("深圳市市场监督管理局"), frozenset({"LIC213"}))


def _of_a_deposit() -> Pair:
    """Return a dossier under a rulebook that knows no deposit of its category, and under ours."""
    ours = build.rulebook()
    categories = tuple(
        each.model_copy(update={"terms": each.terms.model_copy(update={"deposit": None})}) for each in ours.categories
    )
    untold = ours.model_copy(update={"categories": categories})
    plain = clean_dossier()
    return Pair("no deposit on record", plain, plain, frozenset(), rulebook=untold, untold=frozenset({"CAT609"}))


def _of_another_owner() -> Pair:
    """Return a mark of a stranger that is declared as the applicant's own; the store type asks for no direct right."""
    store = {"type": "specialised", "name": "Anything store"}
    stranger = {"owner": "苏州另试商贸有限公司", "owner_address": "江苏省苏州市姑苏区试验路3号"}
    return Pair(
        "another owner",
        clean_dossier(certificate=stranger, store=store),
        clean_dossier(store=store),
        frozenset({"XDC804"}),
    )
