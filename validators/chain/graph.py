"""A brand's chain: its registrants, the letters that were chosen, and whether each step holds."""

from dataclasses import dataclass

from pipeline.form import Brand, Relation
from pipeline.model import Document, Entity
from pipeline.verdict import Status
from validators.applicant import recognise
from validators.case import Case
from validators.chain.letters import Claim, Letter, claim_of, given_to, letters_in
from validators.chain.search import Question, best_path
from validators.parties import Agreement, same_party
from validators.registration import Registrant, registrant_of


@dataclass(frozen=True)
class Link:
    """One letter of a brand's chain."""

    letter: Letter
    brand: Brand
    number: int
    """Counts from 1, at the registrant."""
    before: Letter | None
    after: Letter | None
    licensee: Entity[str] | None
    """The licensee who is meant: of several, the one that passes the right on or applies."""
    begins: Agreement
    """Whether its licensor is the registrant, or the licensee of the link before."""

    @property
    def document(self) -> Document:
        """The letter's document."""
        return self.letter.document


@dataclass(frozen=True)
class Chain:
    """How the applicant came by the right to one brand."""

    brand: Brand
    registrants: tuple[Registrant, ...]
    """One for each of the brand's papers."""
    own: bool | None
    """Whether the brand is the applicant's own; None where that cannot be told."""
    links: tuple[Link, ...] = ()
    arrives: Agreement = Agreement.UNCLEAR
    """Whether the last licensee is the applicant."""
    spare: tuple[Letter, ...] = ()
    """Letters that speak of the brand and were not needed."""

    @property
    def broken_at(self) -> int | None:
        """Number of the first link that does not begin where it must; one more than the last where that goes astray."""
        steps = [link.begins for link in self.links] + ([self.arrives] if self.links else [])
        return next((number for number, step in enumerate(steps, start=1) if step is Agreement.OTHER), None)

    @property
    def status(self) -> Status:
        """Whether the right leads from the registrant to the applicant."""
        steps = [link.begins for link in self.links] + ([self.arrives] if self.links else [])
        if self.own:
            return Status.PASS
        if self.broken_at or (not self.links and self.own is False):
            return Status.FAIL
        return Status.PASS if steps and set(steps) == {Agreement.SAME} else Status.UNDETERMINED


def chains(case: Case) -> tuple[Chain, ...]:
    """Return the chain of each declared brand, in the form's order."""
    exclusive = _asks_for_exclusive_rights(case)
    return case.once(("chains", exclusive), _chains, case, exclusive)


def _chains(case: Case, exclusive: bool) -> tuple[Chain, ...]:
    return tuple(_chain(brand, case, exclusive) for brand in _declared(case))


def chain_of(brand: Brand, case: Case) -> Chain:
    """Return a declared brand's chain."""
    for chain in chains(case):
        if chain.brand is brand:
            return chain
    return _chain(brand, case, _asks_for_exclusive_rights(case))


def _asks_for_exclusive_rights(case: Case) -> bool:
    """Whether the store type wants an exclusive right: asked only where there are several letters to choose from."""
    if case.application is None or len(letters_in(case)) < 2:
        return False
    kind = case.known_store_type()
    return bool(kind and kind.direct_right)


def _declared(case: Case) -> tuple[Brand, ...]:
    return case.application.brands if case.application else ()


def _chain(brand: Brand, case: Case, exclusive: bool) -> Chain:
    registrants = tuple(registrant_of(paper, case) for paper in case.papers_of(brand))
    own = _is_own(registrants, case)
    if own or brand.relation is Relation.OWNER:
        return Chain(brand, registrants, own)
    letters = [(letter, claim_of(letter, brand, case)) for letter in letters_in(case)]
    parties = _Parties(registrants, case)
    question = parties.question(letters, exclusive)
    path = best_path(question)
    links = tuple(
        Link(
            letter,
            brand,
            number=at + 1,
            before=path[at - 1] if at else None,
            after=path[at + 1] if at + 1 < len(path) else None,
            licensee=parties.meant(letter, path[at + 1] if at + 1 < len(path) else None),
            begins=question.joins(path[at - 1], letter) if at else question.starts(letter),
        )
        for at, letter in enumerate(path)
    )
    named = (letter for letter, claim in letters if claim is Claim.NAMED)
    return Chain(
        brand,
        registrants,
        own,
        links,
        question.arrives(path[-1]) if path else Agreement.UNCLEAR,
        tuple(letter for letter in named if all(letter is not used for used in path)),
    )


def _is_own(registrants: tuple[Registrant, ...], case: Case) -> bool | None:
    """Whether all of a brand's papers name the applicant or its legal person as the owner."""
    floor = case.rulebook.policy.min_confidence
    told = [
        None if each.unclear or each.name is None or each.name.confidence < floor else recognise(each.name, case).holds
        for each in registrants
    ]
    if any(holds is False for holds in told):
        return False
    return True if told and all(told) else None


@dataclass(frozen=True)
class _Parties:
    """Who stands at both ends of a brand's chain."""

    registrants: tuple[Registrant, ...]
    case: Case

    def question(self, letters: list[tuple[Letter, Claim]], exclusive: bool) -> Question:
        return Question(
            letters=letters,
            starts=self.starts,
            joins=lambda one, other: self.agree(self.meant(one, other), other.fields.licensor),
            arrives=self.arrives,
            as_of=self.case.as_of,
            exclusive=exclusive,
        )

    def agree(self, one: Entity[str] | None, other: Entity[str] | None) -> Agreement:
        # The search asks for the same pair again and again.
        return self.case.once(("same party", id(one), id(other)), self._agree, one, other)[0]

    def _agree(self, one: Entity[str] | None, other: Entity[str] | None) -> tuple[Agreement, object]:
        # Kept with both, so that no others are ever known by the same numbers.
        return same_party(one, other, below=self.case.rulebook.policy.min_confidence), (one, other)

    def starts(self, letter: Letter) -> Agreement:
        told = [
            Agreement.UNCLEAR if each.unclear else self.agree(each.name, letter.fields.licensor)
            for each in self.registrants
        ]
        if told and all(each is Agreement.SAME for each in told):
            return Agreement.SAME
        # A letter of one of several owners covers a part of the mark's papers: a person must look.
        return Agreement.OTHER if told and all(each is Agreement.OTHER for each in told) else Agreement.UNCLEAR

    def arrives(self, letter: Letter) -> Agreement:
        return self.agree(self.meant(letter, None), self._applicant)

    def meant(self, letter: Letter, after: Letter | None) -> Entity[str] | None:
        """Return the licensee of a letter by whom the right is passed on in the one after it, or who applies."""
        party = after.fields.licensor if after else self._applicant
        return given_to(letter, party, below=self.case.rulebook.policy.min_confidence)

    @property
    def _applicant(self) -> Entity[str] | None:
        return self.case.licence.fields.company_name if self.case.licence else None
