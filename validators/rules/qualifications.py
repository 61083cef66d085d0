"""CAT605: the papers that a category asks for (docs/sources.md#qualifications)."""

from collections.abc import Iterator, Sequence

from pipeline.model import Message
from pipeline.verdict import Dossier, Evidence, Severity
from validators.case import Case
from validators.engine import NotApplicable, Note, Objection, Undetermined, first_page, if_known, rule
from validators.policy import Category, Qualification
from validators.remedies import correct_form, supplement
from validators.rules.category import chosen
from validators.wording import in_both, kind_name

STATE_SUBCATEGORIES = correct_form(
    "State the subcategories in which you will sell (`store.subcategories`).",
    "请填写拟经营的子类目（`store.subcategories`）。",
)


@rule(
    "CAT605",
    on=Dossier,
    severity=Severity.BLOCKER,
    cites="sell.aliexpress.com notices of 2020; docs/sources.md#qualifications",
    zh="经营大类所需资质齐全",
    remedy=supplement(
        "qualification",
        "Send the qualifications that your major category requires.",
        "请补充所选经营大类要求的资质文件。",
    ),
)
def required_qualifications_are_there(_dossier: Dossier, case: Case) -> Iterator[Objection | Note]:
    """Every qualification that the category requires is in the dossier.

    Some are required by single subcategories; where the form states none, a person must find out.
    """
    category, declared = case.category(), case.stated().store.subcategories
    required = _required(category, declared)
    if not required:
        raise NotApplicable(en=f"{category.en} requires no qualification", zh=f"{category.zh}无强制资质要求")
    missing = _missing(required, case)
    perhaps = [each for each in missing if each.subcategories and not declared]
    for each in missing:
        if each not in perhaps:
            yield Objection(
                Message(en=f"{category.en} requires: {each.en}", zh=f"{category.zh}要求提供：{each.zh}"),
                expected=in_both(*map(kind_name, each.kinds)),
                evidence=[chosen(category, case)],
                remedy=supplement("qualification", f"Send: {each.en}.", f"请补充：{each.zh}。"),
            )
    if perhaps:
        raise Undetermined(
            en=f"some subcategories of {category.en} require {_names(perhaps).en}, and the form states none",
            zh=f"{category.zh}的部分子类目要求{_names(perhaps).zh}，申请表未填写子类目",
            evidence=[chosen(category, case)],
            remedy=STATE_SUBCATEGORIES,
        )
    yield Note(_names(required), evidence=[chosen(category, case)])


def _required(category: Category, declared: Sequence[str]) -> list[Qualification]:
    """Return what the category requires of these subcategories; of any, where none are declared."""
    return [
        each
        for each in category.terms.qualifications
        if each.required and (not each.subcategories or not declared or {*declared} & {*each.subcategories})
    ]


def _missing(required: Sequence[Qualification], case: Case) -> list[Qualification]:
    """Return what is not there, or stop the rule as undetermined where that cannot be told."""
    kinds, unsure = _kinds(case)
    missing = [each for each in required if not kinds.intersection(each.kinds)]
    if missing and unsure:
        raise Undetermined(
            en=f"whether {_names(missing).en} is there cannot be told: the kind of a qualification was not read",
            zh=f"无法判断是否已提供{_names(missing).zh}：资质文件的种类未能识别",
            evidence=unsure,
        )
    if missing:
        case.rule_out("qualification")
    return missing


def _kinds(case: Case) -> tuple[set[str], list[Evidence]]:
    """Return which kinds of qualification are there, and the documents whose kind was not read."""
    papers = [found for found in case.documents if found.type == "qualification"]
    kinds: set[str] = set()
    unsure: list[Evidence] = []
    for paper in papers:
        entity = if_known(paper.fields.entities().get("kind")) if paper.fields else None
        if entity is None:
            unsure.append(first_page(paper))
        else:
            kinds.add(str(entity.value))
    return kinds, unsure


def _names(qualifications: Sequence[Qualification]) -> Message:
    return Message(
        en=" and ".join(each.en for each in qualifications), zh="、".join(each.zh for each in qualifications)
    )
