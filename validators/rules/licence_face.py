"""Rules on the business licence: whether what its fields say fits together."""

from collections.abc import Iterator

from extractors.base import Goods
from extractors.items import split_scope
from extractors.names import goods_in_scope, naming
from extractors.paper_fields import BusinessLicence, LegalPersonRole
from pipeline.model import Message
from pipeline.verdict import Severity
from validators.case import Case
from validators.company import form_of_type, is_branch_name, is_branch_type, name_contradicts
from validators.divisions import NATIONAL_REGISTRAR, province_of_address, province_of_division
from validators.engine import NotApplicable, Objection, Undetermined, if_known, known, rule
from validators.equality import canonical_name
from validators.goods import shelves_of
from validators.identifiers import RegistrationClass, division_of_credit_code, registration_class
from validators.remedies import resubmit
from validators.rules.licence import CLEAR_LICENCE, sound_code
from validators.wording import ENTITY_NAMES, in_both, value_name

PARENT_LICENCE = resubmit(
    "business_licence",
    "A branch cannot apply: send the business licence of the company that it belongs to.",
    "分支机构不能申请入驻，请提交其所属公司的营业执照。",
)
WIDER_SCOPE = resubmit(
    "business_licence",
    "If you sell these goods, have your business scope extended at the registrar and send the new licence.",
    "如经营该类商品，请到登记机关增加经营范围后提交新执照。",
)


@rule(
    "LIC209",
    on=BusinessLicence,
    severity=Severity.MAJOR,
    cites="GB 32100-2015, table 1; licence formats A and F, docs/sources.md#licence-labels",
    zh="执照所载事项与代码类别相符",
    remedy=CLEAR_LICENCE,
)
def fields_fit_the_codes_class(licence: BusinessLicence, _case: Case) -> Iterator[Objection]:
    """The licence's fields fit the class of its code: an individual business has an operator and no capital."""
    code = sound_code(licence)
    kind = registration_class(code.value)
    if kind not in (RegistrationClass.ENTERPRISE, RegistrationClass.INDIVIDUAL):
        raise NotApplicable(en="the code's class has no fields of its own", zh="该代码类别无特定登记事项")
    capital = if_known(licence.registered_capital)
    if kind is RegistrationClass.INDIVIDUAL and capital is not None:
        yield Objection(
            Message(
                en=f"code {code.value} is an individual business's, but the licence states a registered capital",
                zh=f"代码 {code.value} 属个体工商户，但执照载有注册资本",
            ),
            found=in_both(ENTITY_NAMES["registered_capital"]),
            evidence=[code, capital],
        )
    role = known(licence.legal_person_role, "legal_person_role")
    wrong = {
        RegistrationClass.INDIVIDUAL: LegalPersonRole.LEGAL_REPRESENTATIVE,
        RegistrationClass.ENTERPRISE: LegalPersonRole.OPERATOR,
    }
    if role.value is wrong[kind]:
        en, zh = (
            ("an individual business", "个体工商户")
            if kind is RegistrationClass.INDIVIDUAL
            else ("an enterprise", "企业")
        )
        named, named_zh = _ROLES[role.value]
        yield Objection(
            Message(
                en=f"code {code.value} is that of {en}, but the licence names {named}",
                zh=f"代码 {code.value} 属{zh}，但执照载有{named_zh}",
            ),
            found=in_both(value_name(role.value)),
            evidence=[code, role],
        )


_ROLES = {
    LegalPersonRole.LEGAL_REPRESENTATIVE: ("a legal representative", "法定代表人"),
    LegalPersonRole.OPERATOR: ("an operator", "经营者"),
}


@rule(
    "LIC210",
    on=BusinessLicence,
    severity=Severity.MAJOR,
    cites="Company Law (2023), article 7; docs/sources.md#company-types-and-names",
    zh="企业类型与企业名称相符",
    remedy=CLEAR_LICENCE,
)
def type_fits_the_name(licence: BusinessLicence, _case: Case) -> Iterator[Objection]:
    """The company type does not contradict the company name."""
    kind = known(licence.company_type, "company_type")
    name = known(licence.company_name, "company_name")
    form = form_of_type(kind.value)
    if form is not None and name_contradicts(name.value, form):
        yield Objection(
            Message(
                en=f"{name.value} cannot be the name of a company of type {kind.value}",
                zh=f"企业名称“{name.value}”与类型“{kind.value}”不符",
            ),
            expected=kind.value,
            found=name.value,
            evidence=[kind, name],
        )


@rule(
    "LIC211",
    on=BusinessLicence,
    severity=Severity.MAJOR,
    cites="Company Law (2023), article 13: a branch is no legal person; format G, docs/sources.md#licence-labels",
    zh="执照不是分支机构的执照",
    remedy=PARENT_LICENCE,
)
def licence_is_not_a_branchs(licence: BusinessLicence, _case: Case) -> Iterator[Objection]:
    """The licence is not that of a branch."""
    role, kind, name = (
        if_known(each) for each in (licence.legal_person_role, licence.company_type, licence.company_name)
    )
    signs = [
        sign
        for sign, speaks in (
            (name, name is not None and is_branch_name(name.value)),
            (kind, kind is not None and is_branch_type(kind.value)),
            (role, role is not None and role.value is LegalPersonRole.PERSON_IN_CHARGE),
        )
        if sign is not None and speaks
    ]
    if signs:
        told = [value_name(each.value) if each is role else Message(en=each.value, zh=each.value) for each in signs]
        yield Objection(
            Message(
                en=f"it is a branch's licence ({', '.join(each.en for each in told)})",
                zh=f"该执照为分支机构执照（{'，'.join(each.zh for each in told)}）",
            ),
            found=", ".join(in_both(each) if each.en != each.zh else each.en for each in told),
            evidence=signs,
        )
    else:
        known(licence.company_name, "company_name")


@rule(
    "LIC212",
    on=BusinessLicence,
    severity=Severity.MINOR,
    cites="marketplace practice, docs/sources.md#business-scope",
    zh="经营范围包含销售或所选类目的商品",
    remedy=WIDER_SCOPE,
)
def scope_names_trade_or_goods(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
    """The business scope names trade, or goods of the chosen category; remarks on what needs a permit aside.

    A scope that makes or deals in goods of which no category is known here by that name is for a person.
    """
    scope = known(licence.business_scope, "business_scope")
    items = [item.text for item in split_scope(scope.value)]
    text = canonical_name("；".join(items))
    if any(canonical_name(word) in text for word in case.rulebook.policy.trade_words):
        return
    goods = _goods_of_the_category(case)
    if not goods:
        raise Undetermined(
            en="the business scope names no trade, and there is no category whose goods it might name",
            zh="经营范围未包含销售类业务，且无经营大类可供比对商品",
            evidence=[scope],
        )
    if naming(items, goods):
        return
    unknown = [item for item in goods_in_scope(scope.value) if not shelves_of(_unclassed(item), case.rulebook)]
    yield Objection(
        Message(
            en="the business scope names neither trade nor goods of the chosen category"
            + (f"; what {', '.join(unknown)} are must be looked at" if unknown else ""),
            zh="经营范围未包含销售类业务或所选类目的商品" + (f"；{'、'.join(unknown)}须人工判断" if unknown else ""),
        ),
        found="; ".join(items),
        evidence=[scope],
        certain=not unknown,
    )


def _unclassed(text: str) -> Goods:
    return Goods(nice_class=None, text=text)


def _goods_of_the_category(case: Case) -> tuple[str, ...]:
    category = case.rulebook.category(case.chosen_category) if case.chosen_category else None
    return category.goods if category else ()


@rule(
    "LIC214",
    on=BusinessLicence,
    severity=Severity.MINOR,
    cites="GB/T 2260; GB 32100-2015, characters 3 to 8; docs/sources.md#divisions",
    zh="代码所属省份与住所省份一致",
    remedy=CLEAR_LICENCE,
)
def provinces_agree(licence: BusinessLicence, _case: Case) -> Iterator[Objection]:
    """The province in the credit code is that of the address."""
    code = sound_code(licence)
    division = division_of_credit_code(code.value)
    if division.startswith(NATIONAL_REGISTRAR):
        raise NotApplicable(en="the company is registered with the national registrar", zh="该企业由国家级登记机关登记")
    address = known(licence.address, "address")
    there = province_of_address(address.value)
    if there is None:
        raise Undetermined(
            en="the address does not say in which province it lies", zh="住所未能判断所在省份", evidence=[address]
        )
    here = province_of_division(division)
    if here != there:
        en, zh = (here.en, here.zh) if here else (f"no province ({division[:2]})", f"不存在的省份（{division[:2]}）")
        yield Objection(
            Message(
                en=f"the code was given in {en}, the address lies in {there.en}",
                zh=f"代码所属为{zh}，住所位于{there.zh}",
            ),
            expected=there.zh,
            found=here.zh if here else division,
            evidence=[code, address],
        )
