"""The legal form that a company's type and its name tell (Company Law of 2023, article 7).

Only what excludes each other is known here: a type or name that is not listed contradicts nothing.
"""

import re
from enum import StrEnum
from functools import lru_cache

from validators.equality import canonical_name


class LegalForm(StrEnum):
    """Legal forms that exclude each other."""

    LIMITED = "有限责任公司"
    JOINT_STOCK = "股份有限公司"
    INDIVIDUAL = "个体工商户"
    SOLE_PROPRIETORSHIP = "个人独资企业"
    PARTNERSHIP = "合伙企业"
    COOPERATIVE = "农民专业合作社"


_BRANCH = re.compile(r"(?:分公司|分店|分社|分厂|分部|支店|办事处|代表处|营业部|分支机构)(?:\(|$)")
_LIMITED = re.compile(r"有限(?:责任)?公司")
_ANY_COMPANY = (LegalForm.LIMITED, LegalForm.JOINT_STOCK)


@lru_cache(maxsize=256)
def form_of_type(company_type: str) -> LegalForm | None:
    """Return the legal form that a licence's 类型 names, None if it is none of those known here."""
    text = canonical_name(company_type)
    # The first that is named counts: what stands in brackets is about the shareholders.
    places = {form: text.find(form.value) for form in LegalForm}
    places[LegalForm.PARTNERSHIP] = text.find("合伙")
    places[LegalForm.COOPERATIVE] = text.find("合作社")
    places[LegalForm.SOLE_PROPRIETORSHIP] = text.find("个人独资企业")
    named = {form: place for form, place in places.items() if place >= 0}
    return min(named, key=lambda form: named[form]) if named else None


def name_contradicts(company_name: str, form: LegalForm) -> bool:
    """Whether a name cannot belong to a company of this legal form.

    A limited company must say so in its name, and no one else may; `（有限合伙）` is a partnership's.
    """
    name = canonical_name(company_name)
    says_joint_stock = "股份有限公司" in name
    says_limited = not says_joint_stock and _LIMITED.search(name) is not None
    if form is LegalForm.JOINT_STOCK:
        return not says_joint_stock
    if form is LegalForm.LIMITED:
        return not says_limited
    if form is LegalForm.INDIVIDUAL:
        return "公司" in name
    if form in (LegalForm.SOLE_PROPRIETORSHIP, LegalForm.PARTNERSHIP):
        return "公司" in name or "有限" in re.sub(r"\((?:特殊)?(?:普通|有限)合伙\)", "", name)
    return says_limited or says_joint_stock


def is_branch_name(company_name: str) -> bool:
    """Whether a company name is that of a branch (…分公司, …分店)."""
    name = canonical_name(company_name)
    found = _BRANCH.search(name)
    # 营业部, 办事处 and their like are also names of shops of their own; behind a company's name they are its branch.
    return found is not None and (found[0].startswith("分公司") or "公司" in name[: found.start()])


def is_branch_type(company_type: str) -> bool:
    """Whether a licence's 类型 is a branch's."""
    return re.search(r"分公司|分支机构|非法人", canonical_name(company_type)) is not None
