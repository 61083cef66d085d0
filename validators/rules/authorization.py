"""AUT: the chain from the registrant to the applicant (docs/sources.md#authorization).

What a single letter says is in the modules `authorization_mark`, `_term`, `_reach` and `_hand`.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.paper_fields import PurchaseInvoice
from pipeline.form import Brand, Relation
from pipeline.model import Entity, Message
from pipeline.verdict import Severity
from validators.applicant import recognise
from validators.case import Case, Paper
from validators.chain import Chain, Link, chain_of
from validators.chain.letters import LETTER, marks_of
from validators.differences import difference_in_brackets
from validators.engine import NotApplicable, Objection, Undetermined, first_page, from_form, if_known, known, rule
from validators.equality import stands_in
from validators.parties import Agreement, same_party, told_by_sound
from validators.registration import printed_and_present, registrant_of
from validators.remedies import resubmit, supplement
from validators.terms import months_after
from validators.wording import NONE, documents_in_both, in_both

INVOICE = "purchase_invoice"

FROM_THE_OWNER = supplement(
    LETTER,
    "Send the trademark owner's authorization of your company for {subject}, signed and sealed.",
    "请提供商标权人出具的、加盖公章的 {subject} 品牌授权书。",
)
UNBROKEN = supplement(
    LETTER,
    "Send every letter of the chain for {subject}: from the trademark owner, each to the next, to your company.",
    "请提供 {subject} 的完整授权链：自商标权人起逐级授权，直至贵公司。",
)
IN_YOUR_NAME = resubmit(
    LETTER,
    "Send a letter for {subject} that names your company exactly as it stands on the business licence.",
    "请提供 {subject} 的授权书，被授权人名称须与营业执照完全一致。",
)
FEWER_LINKS = supplement(
    LETTER,
    "Send an authorization for {subject} given more directly by the trademark owner, or choose another store type.",
    "请提供 {subject} 商标权人更直接出具的授权书，或更换店铺类型。",
)


@rule(
    "AUT501",
    on=Brand,
    severity=Severity.BLOCKER,
    cites="en.hb2b.com/ask/191097.html; ssopdot.com/blog/33511.html; docs/sources.md#authorization",
    zh="他人品牌附有授权书（专营店可为进货发票）",
    remedy=FROM_THE_OWNER,
)
def right_to_anothers_brand_is_proven(brand: Brand, case: Case) -> Iterator[Objection]:
    """A brand that belongs to someone else comes with an authorization letter (specialised store: or an invoice).

    A brand declared as the applicant's own is XDC804's. A letter counts if it names the brand, or if it may be meant
    for it; an invoice if the applicant is its buyer, somebody else its seller, its day is within the rulebook's months,
    and the brand is among the goods.
    """
    if brand.relation is Relation.OWNER:
        raise NotApplicable(
            en="the brand is declared as the applicant's own (XDC804)", zh="该品牌申报为自有（见 XDC804）"
        )
    registrants = [registrant_of(paper, case) for paper in case.papers_of(brand)]
    read = (None if each.unclear else if_known(each.name) for each in registrants)
    owners = [name for name in read if name is not None]
    chain, invoice_will_do = chain_of(brand, case), case.store_type().invoice_will_do
    if chain.own or chain.links or (invoice_will_do and _is_bought(brand, case)):
        return
    proofs = (LETTER, INVOICE) if invoice_will_do else (LETTER,)
    case.rule_out(*proofs)
    declared = [from_form(case.form_file, "brands relation", str(brand.relation))] if brand.relation else []
    told = [recognise(owner, case) for owner in owners]
    if not declared and (len(owners) < len(registrants) or not owners or any(each.holds is None for each in told)):
        raise Undetermined(
            en=f"whose brand {brand.name} is cannot be told",
            zh=f"无法判断 {brand.name} 的权利人",
            evidence=[*owners, *(first_page(each.paper.document) for each in registrants)],
        )
    names = ", ".join(dict.fromkeys(owner.value for owner in owners))
    yield Objection(
        Message(
            en=f"{brand.name} belongs to {names or 'someone else'}, and no authorization of it is among the documents",
            zh=f"{brand.name} 属于{names or '他人'}，材料中没有该品牌的授权书",
        ),
        expected=documents_in_both(*proofs),
        found=NONE,
        evidence=[*declared, *owners],
    )


def _is_bought(brand: Brand, case: Case) -> bool:
    """Whether an invoice proves that the applicant bought goods of the brand; stops the rule where one may."""
    licence, floor = case.licence, case.rulebook.policy.min_confidence
    unclear: list[Paper[PurchaseInvoice]] = []
    for paper in case.papers(PurchaseInvoice):
        bought = same_party(paper.fields.buyer, licence.fields.company_name if licence else None, below=floor)
        sold = same_party(paper.fields.seller, paper.fields.buyer, below=floor)
        if sold is Agreement.SAME:
            # Nobody buys from itself.
            continue
        named = bought is Agreement.SAME and _names_the_brand(paper, brand, case)
        if named and sold is Agreement.OTHER and _is_recent(paper.fields, case):
            return True
        if bought is not Agreement.OTHER:
            unclear.append(paper)
    unread = [found for found in case.documents if found.type == INVOICE and found.fields is None]
    if unclear or unread:
        documents = [*(paper.document for paper in unclear), *unread]
        files = ", ".join(found.file for found in documents)
        raise Undetermined(
            en=f"whether {files} proves that the applicant bought goods of {brand.name} of late must be looked at",
            zh=f"{files} 能否证明申请人近期购进 {brand.name} 的商品，须人工核对",
            evidence=[*map(first_page, documents)],
        )
    return False


def _is_recent(invoice: PurchaseInvoice, case: Case) -> bool:
    """Whether an invoice is of a day within the months that the rulebook allows, and not of one to come."""
    day = if_known(invoice.date)
    return day is not None and day.value <= case.as_of <= months_after(
        day.value, case.rulebook.policy.invoice_max_age_months
    )


def _names_the_brand(paper: Paper[PurchaseInvoice], brand: Brand, case: Case) -> bool:
    items = if_known(paper.fields.items)
    marks = (brand.name, *marks_of(brand, case.papers_of(brand)))
    return items is not None and any(stands_in(mark, item) for item in items.value for mark in marks)


def _links_that_are_there(brand: Brand, case: Case) -> tuple[Chain, Sequence[Link]]:
    """Return the brand's chain, or stop the rule where the brand needs none or has no letter."""
    chain = chain_of(brand, case)
    if chain.own:
        raise NotApplicable(en="the brand is the applicant's own", zh="该品牌为申请人自有")
    if not chain.links:
        raise NotApplicable(en="the brand has no authorization letter (AUT501)", zh="该品牌无授权书（见 AUT501）")
    return chain, chain.links


@rule(
    "AUT502",
    on=Brand,
    severity=Severity.BLOCKER,
    cites="a letter given by someone else conveys nothing (Trademark Law, article 43); docs/sources.md#authorization",
    zh="授权链始于商标注册人",
    remedy=UNBROKEN,
)
def chain_starts_at_the_registrant(brand: Brand, case: Case) -> Iterator[Objection]:
    """The chain of authorization starts at the registrant on the certificate.

    After assignments and changes of name, as far as their proofs are in the dossier.
    """
    chain, links = _links_that_are_there(brand, case)
    if not chain.registrants:
        raise NotApplicable(
            en="the brand has neither certificate nor notice (TMK401)", zh="该品牌无商标文件（见 TMK401）"
        )
    first = links[0]
    licensor = known(first.letter.fields.licensor, "licensor", of=first.document)
    for owner in (registrant.known() for registrant in chain.registrants):
        agreement = same_party(owner, licensor, below=case.rulebook.policy.min_confidence)
        if agreement is Agreement.SAME:
            continue
        yield _parties_differ(
            f"{brand.name} belongs to {owner.value}, the first letter is given by {licensor.value}",
            f"{brand.name} 属于“{owner.value}”，首份授权书由“{licensor.value}”出具",
            (owner, licensor),
            evidence=[licensor, *printed_and_present(chain.registrants)],
            certain=first.begins is Agreement.OTHER and not case.may_be(LETTER),
        )


@rule(
    "AUT503",
    on=Brand,
    severity=Severity.BLOCKER,
    cites="nobody passes on more than they have (Trademark Law, article 43); docs/sources.md#authorization",
    zh="授权链逐级衔接",
    remedy=UNBROKEN,
)
def links_join(brand: Brand, case: Case) -> Iterator[Objection]:
    """Every link's licensor is the licensee of the link before."""
    _, links = _links_that_are_there(brand, case)
    if len(links) < 2:
        raise NotApplicable(en="the chain has one link", zh="授权链仅一级")
    for before, link in pairwise(links):
        given_to = known(before.licensee, "licensee", of=before.document)
        licensor = known(link.letter.fields.licensor, "licensor", of=link.document)
        if link.begins is Agreement.SAME:
            continue
        yield _parties_differ(
            f"letter {link.number - 1} authorizes {given_to.value}, letter {link.number} is given by {licensor.value}",
            f"第{link.number - 1}级授权书授权给“{given_to.value}”，第{link.number}级授权书由“{licensor.value}”出具",
            (given_to, licensor),
            evidence=[given_to, licensor],
            certain=link.begins is Agreement.OTHER and not case.may_be(LETTER),
        )


@rule(
    "AUT504",
    on=Brand,
    severity=Severity.BLOCKER,
    cites="the name is the licence's, letter by letter (ysznh pxaelbrkpa, Tmall); docs/sources.md#authorization",
    zh="末级被授权人即为申请人",
    remedy=IN_YOUR_NAME,
)
def chain_ends_at_the_applicant(brand: Brand, case: Case) -> Iterator[Objection]:
    """The last licensee is exactly the applicant.

    As with every link: a paper of unknown type may be the letter that joins what does not join, so a person must look.
    """
    chain, links = _links_that_are_there(brand, case)
    licence = case.own_licence()
    last = links[-1]
    licensee = known(last.licensee, "licensee", of=last.document)
    company = known(licence.fields.company_name, "company_name", of=licence.document)
    if chain.arrives is not Agreement.SAME:
        yield _parties_differ(
            f"the letter authorizes {licensee.value}, the applicant is {company.value}",
            f"授权书的被授权人为“{licensee.value}”，申请人为“{company.value}”",
            (company, licensee),
            evidence=[licensee, company],
            certain=chain.arrives is Agreement.OTHER and not case.may_be(LETTER),
        )


def _parties_differ(
    en: str, zh: str, parties: tuple[Entity[str], Entity[str]], *, evidence: Sequence[Entity[str]], certain: bool
) -> Objection:
    expected, found = (party.value for party in parties)
    difference, sound = difference_in_brackets(expected, found), told_by_sound(expected, found)
    return Objection(
        Message(en=en + difference.en + sound.en, zh=zh + difference.zh + sound.zh),
        expected=expected,
        found=found,
        evidence=evidence,
        certain=certain,
    )


@rule(
    "AUT513",
    on=Brand,
    severity=Severity.MAJOR,
    cites="en.hb2b.com/ask/191097.html, 191269.html; docs/sources.md#store-types",
    zh="授权层级不超过店铺类型的上限",
    remedy=FEWER_LINKS,
)
def chain_is_short_enough(brand: Brand, case: Case) -> Iterator[Objection]:
    """The chain has no more links than the store type allows."""
    kind = case.store_type()
    if kind.max_links is None:
        raise NotApplicable(en=f"the store type “{kind.en}” has no limit of links", zh=f"{kind.zh}不限授权层级")
    _, links = _links_that_are_there(brand, case)
    if len(links) > kind.max_links:
        yield Objection(
            Message(
                en=f"the right to {brand.name} is passed on in {len(links)} letters; "
                f"the store type “{kind.en}” allows {kind.max_links}",
                zh=f"{brand.name} 的授权层级为 {len(links)} 级，{kind.zh}最多 {kind.max_links} 级",
            ),
            expected=in_both(Message(en=f"{kind.max_links} at most", zh=f"最多 {kind.max_links} 级")),
            found=str(len(links)),
            evidence=[first_page(link.document) for link in links],
        )
