"""APP: the application form (its keys: `dossier schema application`)."""

import re
from collections.abc import Callable, Iterator, Sequence

from pipeline.form import Form
from pipeline.model import EvidenceSource, Message
from pipeline.verdict import Evidence, Severity
from validators.applicant import recognise
from validators.case import Case
from validators.engine import NotApplicable, Note, Objection, Undetermined, from_form, given, rule
from validators.equality import same_company, same_person
from validators.nearest import nearest
from validators.remedies import clear_scan, correct_form
from validators.wording import FORM_NAMES, Choice, choices, form_name, in_both

_ONE_CATEGORY = correct_form(
    "Choose exactly one major category in the application form (`store.category`).",
    "请在申请表 `store.category` 中只选择一个经营大类。",
)


@rule(
    "APP001",
    on=Form,
    severity=Severity.BLOCKER,
    cites="the form's schema: dossier schema application",
    zh="材料包含有效的申请表",
    remedy=correct_form(
        "Add the application form as application.yaml, filled in completely.",
        "请补充填写完整的申请表 application.yaml。",
    ),
)
def form_is_valid(form: Form, case: Case) -> Iterator[Objection]:
    """The dossier has an application form, and the form is valid."""
    if form.file is None:
        case.rule_out_form()
        yield Objection(
            Message(en="the dossier has no application form", zh="材料中没有申请表"),
            expected=in_both(
                Message(
                    en="application.yaml, application.yml or application.json",
                    zh="application.yaml、application.yml 或 application.json",
                )
            ),
        )
    for problem in form.problems:
        field = problem.field or "the form"
        en, zh = problem.message.en, problem.message.zh
        if f"`{field}`" not in en:
            named, named_zh = (f"`{field}`",) * 2 if problem.field else (field, "申请表")
            en, zh = f"{named}: {en}", f"{named_zh}：{zh}"
        yield Objection(
            Message(en=en, zh=zh),
            evidence=[Evidence(file=form.file or "", text=field, source=EvidenceSource.FORM)] if form.file else [],
            remedy=correct_form(f"Correct the application form: {en}.", f"请更正申请表：{zh}。"),
        )


@rule(
    "APP002",
    on=Form,
    severity=Severity.BLOCKER,
    cites="one major category an application, docs/sources.md#major-categories",
    zh="只选择了一个经营大类",
    remedy=_ONE_CATEGORY,
)
def one_category_is_chosen(form: Form, case: Case) -> Iterator[Objection]:
    """Exactly one major category is chosen."""
    chosen = case.stated().store.category
    if case.is_broken("store", "store.category"):
        raise NotApplicable(en="the major category is not valid (APP001)", zh="经营大类填写无效（见 APP001）")
    if case.chosen_category is not None:
        given(chosen, "store.category")
        return
    several = chosen if isinstance(chosen, tuple) else ()
    told = Message(en="no major category is chosen", zh="未选择经营大类")
    if several:
        told = Message(
            en=f"{len(several)} major categories are chosen: {', '.join(map(_quoted, several))}",
            zh=f"选择了 {len(several)} 个经营大类：{'、'.join(map(_quoted, several))}",
        )
    yield Objection(
        told,
        expected=in_both(Message(en="exactly one major category", zh="恰好一个经营大类")),
        found=", ".join(several) or None,
        evidence=[from_form(case.form_file, "store.category", several)],
    )


@rule(
    "APP003",
    on=Form,
    severity=Severity.BLOCKER,
    cites="the rulebook's categories, docs/sources.md#major-categories",
    zh="经营大类在规则手册中",
    remedy=_ONE_CATEGORY,
)
def category_exists(form: Form, case: Case) -> Iterator[Objection]:
    """The major category is one of the rulebook's."""
    case.stated()
    chosen = case.chosen_category
    if chosen is None:
        raise NotApplicable(en="not exactly one major category is chosen", zh="未选择唯一的经营大类")
    given(chosen, "store.category")
    if case.rulebook.category(chosen) is None:
        near = nearest(chosen, case.rulebook.categories)
        yield _unknown("store.category", chosen, near, case, all_named=False)


@rule(
    "APP004",
    on=Form,
    severity=Severity.BLOCKER,
    cites="the rulebook's store types, docs/sources.md#store-types",
    zh="店铺类型为规则手册所列",
    remedy=correct_form(
        "Choose one of the marketplace's store types in the application form (`store.type`).",
        "请在申请表 `store.type` 中选择平台提供的店铺类型。",
    ),
)
def store_type_exists(form: Form, case: Case) -> Iterator[Objection]:
    """The store type is one that the rulebook knows."""
    chosen = given(case.stated().store.type, "store.type")
    if case.rulebook.store_type(chosen) is None:
        yield _unknown("store.type", chosen, case.rulebook.policy.store_types, case)


@rule(
    "APP005",
    on=Form,
    severity=Severity.BLOCKER,
    cites="the scope of one major category, docs/sources.md#major-categories",
    zh="所选子类目均属于该经营大类",
    remedy=correct_form(
        "Choose only subcategories of your major category (`store.subcategories`).",
        "请只选择所属经营大类下的子类目（`store.subcategories`）。",
    ),
)
def subcategories_lie_within(form: Form, case: Case) -> Iterator[Objection]:
    """Every declared subcategory lies within the chosen major category."""
    category = case.category()
    declared = given(case.stated().store.subcategories, "store.subcategories")
    known = {each.id for each in category.subcategories}
    if not known:
        raise NotApplicable(
            en=f"the rulebook lists no subcategories of {category.en}", zh=f"规则手册未列出 {category.zh} 的子类目"
        )
    for stray in dict.fromkeys(each for each in declared if each not in known):
        home = next((c for c in case.rulebook.categories if stray in {each.id for each in c.subcategories}), None)
        near = choices(nearest(stray, category.subcategories))
        hint = f", it belongs to {home.en}" if home else f", nearest: {near.en}" if near.en else ""
        hint_zh = f"，属于{home.zh}" if home else f"，相近：{near.zh}" if near.zh else ""
        yield Objection(
            Message(
                en=f"subcategory {_quoted(stray)} does not lie in {category.en}{hint}",
                zh=f"子类目 {_quoted(stray)} 不属于{category.zh}{hint_zh}",
            ),
            expected=in_both(*category.subcategories),
            found=stray,
            evidence=[from_form(case.form_file, "store.subcategories", declared)],
        )


@rule(
    "APP006",
    on=Form,
    severity=Severity.MAJOR,
    cites="ssopdot.com/blog/14955.html, 99570.html; docs/sources.md#account-and-settlement",
    zh="登录账号格式正确",
    remedy=correct_form(
        "Correct the login account in the application form (`account.login` and `account.id`).",
        "请更正申请表中的登录账号（`account.login` 与 `account.id`）。",
    ),
)
def account_is_well_formed(form: Form, case: Case) -> Iterator[Objection]:
    """The login account is well-formed for its kind."""
    account = case.stated().account
    login = given(account.login if account else None, "account.login")
    kinds = {kind.id: kind for kind in case.rulebook.policy.accounts}
    if login not in kinds:
        yield _unknown("account.login", login, case.rulebook.policy.accounts, case)
        return
    name = given(account.id if account else None, "account.id")
    kind = kinds[login]
    if not any(re.fullmatch(pattern, name) for pattern in kind.patterns):
        yield Objection(
            Message(en=f"{name} is not a well-formed {kind.en}", zh=f"{name} 不符合{kind.zh}的格式"),
            expected=kind.en,
            found=name,
            evidence=[from_form(case.form_file, "account.id", name)],
        )


@rule(
    "APP007",
    on=Form,
    severity=Severity.MAJOR,
    cites="en.hb2b.com/ask/194966.html, ssopdot.com/blog/99623.html; docs/sources.md#account-and-settlement",
    zh="结算渠道有效，且开户人为申请人或其法定代表人",
    remedy=correct_form(
        "Settle through an offered channel and an account of your own company or its legal person (`settlement`).",
        "结算账户须属于申请公司或其法定代表人，并使用平台提供的结算渠道（`settlement`）。",
    ),
)
def settlement_goes_to_the_applicant(form: Form, case: Case) -> Iterator[Objection | Note]:
    """The settlement channel is known, and its holder is the applicant or its legal person."""
    settlement = case.stated().settlement
    channel, holder = (settlement.channel, settlement.account_holder) if settlement else (None, None)
    if channel or not holder:
        channel = given(channel, "settlement.channel")
    channels = case.rulebook.policy.settlement_channels
    if channel and channel not in {each.id for each in channels}:
        yield _unknown("settlement.channel", channel, channels, case)
    if not holder:
        yield Note(
            Message(
                en="the channel is known; the form does not state its holder", zh="结算渠道有效；申请表未填写开户人"
            )
        )
        return
    yield from _holder_is_the_applicant(given(holder, "settlement.account_holder"), case)


def _holder_is_the_applicant(holder: str, case: Case) -> Iterator[Objection]:
    recognition = recognise(holder, case)
    named = _named_by_the_form(case)
    if case.licence is None and not named:
        case.own_licence()
    # Without a licence the form is believed about who applies.
    if recognition.holds or (case.licence is None and any(same(holder, name) for same, name in named)):
        return
    stated = from_form(case.form_file, "settlement.account_holder", holder)
    if recognition.holds is None:
        raise Undetermined(
            en=f"whether the account holder {holder} is the applicant or its legal person cannot be told",
            zh=f"无法判断开户人 {holder} 是否为申请人或其法定代表人",
            evidence=[stated, *recognition.evidence],
            remedy=clear_scan("business_licence"),
        )
    parties = " / ".join(str(each.value) for each in recognition.evidence)
    yield Objection(
        Message(
            en=f"the account holder {holder} is neither the applicant nor its legal person ({parties})",
            zh=f"开户人 {holder} 既非申请人也非其法定代表人（{parties}）",
        ),
        expected=parties,
        found=holder,
        evidence=[stated, *recognition.evidence],
    )


def _named_by_the_form(case: Case) -> list[tuple[Callable[[str, str], bool], str]]:
    """Return whom the form names as applicant and legal person, each with what compares such names."""
    applicant = case.stated().applicant
    company = applicant.company_name if applicant else None
    person = applicant.legal_person.name if applicant and applicant.legal_person else None
    return [(same, name) for same, name in ((same_company, company), (same_person, person)) if name]


def _quoted(stated: str) -> str:
    """Return what the form states, to be told from words of ours."""
    return f"`{stated}`"


def _unknown(field: str, found: str, offered: Sequence[Choice], case: Case, *, all_named: bool = True) -> Objection:
    """Return the objection to a choice that does not exist.

    Args:
        field: Where the form states it.
        found: What it states.
        offered: What there is to choose from, or the nearest of it.
        case: The dossier.
        all_named: Whether `offered` are all that there are.
    """
    name, listed = FORM_NAMES[field], choices(offered)
    lead, lead_zh = ("choose from", "可选") if all_named else ("the nearest", "相近")
    hint, hint_zh = (f"; {lead}: {listed.en}", f"；{lead_zh}：{listed.zh}") if offered else ("", "")
    choose, choose_zh = f" Choose one {name.en} of the marketplace.", f"请选择平台提供的{name.zh}。"
    advice = correct_form(
        f"Correct the {form_name(field).en} in the application form: {found} is not offered{hint}."
        + ("" if all_named else choose),
        f"请更正申请表中的{form_name(field).zh}：没有 {found}{hint_zh}。" + ("" if all_named else choose_zh),
    )
    return Objection(
        Message(en=f"there is no {name.en} {found}{hint}", zh=f"没有名为 {found} 的{name.zh}{hint_zh}"),
        expected=in_both(*offered) or None,
        found=found,
        evidence=[from_form(case.form_file, field, found)],
        remedy=advice,
    )
