"""STO: what the store type demands of the mark and the applicant (docs/sources.md#store-types)."""

import re
from collections.abc import Iterator

from extractors.letters.fields import Exclusivity
from extractors.trademark_fields import TrademarkCertificate
from pipeline.form import Brand, Form, Relation
from pipeline.model import Message
from pipeline.verdict import Severity
from validators.applicant import recognise
from validators.case import Case
from validators.chain import Chain, chain_of
from validators.chain.letters import LETTER
from validators.engine import (
    NotApplicable,
    Objection,
    Undetermined,
    first_page,
    from_form,
    given,
    if_known,
    known,
    rule,
)
from validators.equality import is_chinese
from validators.policy import MarkStatus, StoreType
from validators.remedies import correct_form, supplement
from validators.rules.trademark import papers_that_are_there
from validators.wording import documents_in_both, in_both, value_name

_INDIVIDUAL = "个体"

_OTHER_TYPE = correct_form(
    "Choose a store type that fits your brand and company, or send what this one requires (`store.type`).",
    "请选择与品牌及主体相符的店铺类型（`store.type`），或补充该类型要求的材料。",
)


def _regulated(case: Case) -> StoreType:
    kind = case.store_type()
    if not kind.regulated:
        raise NotApplicable(en=f"the store type “{kind.en}” has no such condition", zh=f"{kind.zh}无此要求")
    return kind


_DECLARE_A_BRAND = correct_form(
    "Declare the brands that the store will sell, or choose the store without a type (`brands`, `store.type`).",
    "请申报店铺拟经营的品牌，或选择无类型店铺（`brands`、`store.type`）。",
)


@rule(
    "STO701",
    on=Brand,
    severity=Severity.BLOCKER,
    cites="ssopdot.com/blog/99438.html, 99361.html: R only; docs/sources.md#store-types",
    zh="官方店的商标已注册（R）",
    remedy=supplement(
        "trademark_certificate",
        "Send the registration certificate of {subject}, or choose a store type that accepts an application.",
        "请提供 {subject} 的商标注册证，或选择接受受理通知书的店铺类型。",
    ),
)
def mark_is_registered(brand: Brand, case: Case) -> Iterator[Objection]:
    """The mark of a store type that demands it is registered (R), not only applied for (TM)."""
    kind = _regulated(case)
    if MarkStatus.PENDING in kind.statuses:
        raise NotApplicable(en=f"the store type “{kind.en}” accepts a pending mark", zh=f"{kind.zh}接受申请中的商标")
    papers = papers_that_are_there(brand, case)
    registered = [paper.fields for paper in papers if isinstance(paper.fields, TrademarkCertificate)]
    if registered:
        # Looked at, so that the finding shows where the registration stands.
        if_known(registered[0].registration_number)
        return
    case.rule_out("trademark_certificate")
    yield Objection(
        Message(
            en=f"{brand.name} is applied for, not registered; the store type “{kind.en}” needs a registered mark",
            zh=f"{brand.name} 仅为申请中商标，{kind.zh}要求商标已注册",
        ),
        expected=documents_in_both("trademark_certificate"),
        found=documents_in_both("trademark_acceptance_notice"),
        evidence=[entity for paper in papers if (entity := if_known(paper.fields.application_number))],
    )


@rule(
    "STO702",
    on=Brand,
    severity=Severity.BLOCKER,
    cites="en.hb2b.com/ask/191097.html; docs/sources.md#store-types",
    zh="官方店申请人为商标权人或持有其直接独占授权",
    remedy=supplement(
        LETTER,
        "Send an exclusive authorization for {subject} given directly by the registrant, or choose another store type.",
        "请提供商标注册人直接出具的 {subject} 独占授权书，或更换店铺类型。",
    ),
)
def right_is_direct(brand: Brand, case: Case) -> Iterator[Objection]:
    """The applicant owns the mark, or holds exclusive authorization directly from the registrant."""
    kind = _regulated(case)
    if not kind.direct_right:
        raise NotApplicable(en=f"the store type “{kind.en}” needs no direct right", zh=f"{kind.zh}不要求直接权利")
    case.own_licence()
    papers_that_are_there(brand, case)
    chain = chain_of(brand, case)
    owners = [registrant.known() for registrant in chain.registrants]
    if chain.own:
        return
    if chain.links:
        yield from _indirect(chain)
        return
    names = ", ".join(dict.fromkeys(owner.value for owner in owners))
    evidence = [*owners, *(each for owner in owners for each in recognise(owner, case).evidence)]
    if chain.own is None:
        raise Undetermined(
            en=f"whether the owner {names} is the applicant cannot be told",
            zh=f"无法判断商标权人 {names} 是否为申请人",
            evidence=evidence,
        )
    if brand.relation is not Relation.OWNER:
        case.rule_out(LETTER)
    yield Objection(
        Message(
            en=f"{brand.name} belongs to {names}, not to the applicant, and no exclusive authorization is here",
            zh=f"{brand.name} 属于 {names} 而非申请人，且未提供独占授权",
        ),
        found=names,
        evidence=evidence,
    )


def _indirect(chain: Chain) -> Iterator[Objection]:
    """Object to a chain that is no exclusive right straight from the registrant; a broken one is AUT's."""
    first, *more = chain.links
    if more:
        yield Objection(
            Message(
                en=f"the right to {chain.brand.name} is passed on in {len(chain.links)} letters, not given directly",
                zh=f"{chain.brand.name} 的授权经 {len(chain.links)} 级转授，并非直接授权",
            ),
            expected=in_both(Message(en="1 letter", zh="1 份授权书")),
            found=in_both(Message(en=f"{len(chain.links)} letters", zh=f"{len(chain.links)} 份授权书")),
            evidence=[first_page(link.document) for link in chain.links],
        )
        return
    if chain.broken_at:
        raise NotApplicable(en="the chain is broken (AUT502 to AUT504)", zh="授权链不完整（见 AUT502 至 AUT504）")
    kind = known(first.letter.fields.exclusivity, "exclusivity", of=first.document)
    several = first.letter.fields.licensees
    if several and kind.value is Exclusivity.EXCLUSIVE:
        raise Undetermined(
            en=f"{first.document.file} is given to {len(several.value)} companies: whether one of them alone holds the "
            f"right to {chain.brand.name} must be looked at",
            zh=f"{first.document.file} 授权给 {len(several.value)} 家企业，{chain.brand.name} 是否为独占授权须人工判断",
            evidence=[several],
        )
    if kind.value is not Exclusivity.EXCLUSIVE:
        nature = value_name(kind.value)
        yield Objection(
            Message(
                en=f"the authorization of {chain.brand.name} is {nature.en}, not exclusive",
                zh=f"{chain.brand.name} 的授权性质为{nature.zh}，并非独占",
            ),
            expected=in_both(value_name(Exclusivity.EXCLUSIVE)),
            found=in_both(nature),
            evidence=[kind],
        )


@rule(
    "STO703",
    on=Form,
    severity=Severity.BLOCKER,
    cites="ssopdot.com/blog/99438.html; docs/sources.md#store-types",
    zh="品牌数量符合店铺类型",
    remedy=correct_form(
        "Declare exactly one brand, or choose a store type for several brands (`brands`, `store.type`).",
        "请只申报一个品牌，或选择可经营多个品牌的店铺类型（`brands`、`store.type`）。",
    ),
)
def brand_count_fits(form: Form, case: Case) -> Iterator[Objection]:
    """An official or exclusive store has exactly one brand.

    A store type of several brands has one at least: of a form that declares none a person must judge.
    """
    kind = _regulated(case)
    if kind.brands is None and case.stated().brands:
        raise NotApplicable(en=f"the store type “{kind.en}” may have any number of brands", zh=f"{kind.zh}不限品牌数量")
    if any(re.fullmatch(r"brands(\[\d+\](\.name)?)?", problem.field) for problem in form.problems):
        raise NotApplicable(en="the declared brands are not valid", zh="申报的品牌信息无效")
    names = [brand.name for brand in case.stated().brands]
    if kind.brands is None:
        yield _no_brand(kind, case)
        return
    if names:
        given(tuple(names), "brands")
    if len(names) != kind.brands:
        listed = ", ".join(names) or "none"
        yield Objection(
            Message(
                en=f"the store type “{kind.en}” has exactly {kind.brands} brand, "
                f"the form declares {len(names)}: {listed}",
                zh=f"{kind.zh}须申报 {kind.brands} 个品牌，申请表申报了 {len(names)} 个：{'、'.join(names) or '无'}",
            ),
            expected=str(kind.brands),
            found=str(len(names)),
            evidence=[from_form(case.form_file, "brands", tuple(names))],
        )


def _no_brand(kind: StoreType, case: Case) -> Objection:
    return Objection(
        Message(
            en="the form declares no brand, as only a store without a type may; "
            f"the store type “{kind.en}” sells brands",
            zh=f"申请表未申报品牌，仅无类型店铺可不申报，{kind.zh}须经营品牌商品",
        ),
        expected=in_both(Message(en="1 or more", zh="至少 1 个")),
        found="0",
        evidence=[from_form(case.form_file, "brands", "")],
        # No source says in so many words that one is asked for.
        certain=False,
        remedy=_DECLARE_A_BRAND,
    )


@rule(
    "STO704",
    on=Brand,
    severity=Severity.BLOCKER,
    cites="ssopdot.com/blog/15299.html; docs/sources.md#store-types",
    zh="商标文字符合店铺类型要求",
    remedy=_OTHER_TYPE,
)
def script_is_allowed(brand: Brand, case: Case) -> Iterator[Objection]:
    """The script of the mark is allowed for the store type."""
    kind = _regulated(case)
    if kind.chinese_marks:
        raise NotApplicable(en=f"the store type “{kind.en}” takes a mark in any script", zh=f"{kind.zh}不限商标文字")
    for paper in papers_that_are_there(brand, case):
        mark = known(paper.fields.mark_text, "mark_text", of=paper.document)
        if is_chinese(mark.value):
            yield Objection(
                Message(
                    en=f"the mark {mark.value} holds Chinese characters; the store type “{kind.en}” allows none",
                    zh=f"商标 {mark.value} 含中文，{kind.zh}不接受含中文的商标",
                ),
                expected=in_both(Message(en="no Chinese characters", zh="不含中文")),
                found=mark.value,
                evidence=[mark],
            )


@rule(
    "STO705",
    on=Form,
    severity=Severity.MAJOR,
    cites="not sourced, see docs/sources.md#individual-businesses",
    zh="主体类型可申请该店铺类型",
    remedy=_OTHER_TYPE,
)
def company_may_have_the_store(form: Form, case: Case) -> Iterator[Objection]:
    """The store type is open to the applicant's kind of business."""
    kind = _regulated(case)
    if kind.individuals:
        raise NotApplicable(
            en=f"the store type “{kind.en}” is open to individual businesses", zh=f"{kind.zh}对个体工商户开放"
        )
    paper = case.own_licence()
    fact = if_known(paper.fields.company_type) or if_known(paper.fields.unified_social_credit_code)
    if fact is None:
        fact = known(paper.fields.company_type, "company_type", of=paper.document)
    if _INDIVIDUAL in fact.value or fact.value.startswith("92"):
        yield Objection(
            Message(
                en=f"the applicant is an individual business ({fact.value}); "
                f"the store type “{kind.en}” is closed to it",
                zh=f"申请人为个体工商户（{fact.value}），{kind.zh}不对其开放",
            ),
            expected=in_both(Message(en="a company", zh="企业")),
            found=fact.value,
            evidence=[fact],
        )
