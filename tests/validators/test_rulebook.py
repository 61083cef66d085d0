"""The rulebook: what is in force on a day, and what is said of a file that is not valid."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigurationError
from pipeline.verdict import Severity
from tests.validators import build
from validators.policy import Entry, MarkStatus
from validators.rulebook import ALIEXPRESS, Rulebook, load_rulebook

TEXT = ALIEXPRESS.read_text(encoding="utf-8")
POLICY = yaml.safe_load(TEXT)["policy"]
STORE_TYPES, MAX_STORES = (
    next(at for at, block in enumerate(POLICY) if name in block) for name in ("store_types", "max_stores")
)


def saved(folder: Path, text: str) -> Path:
    path = folder / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def with_blocks(folder: Path, *blocks: dict[str, Any], category: dict[str, Any] | None = None) -> Path:
    """Save AliExpress's rulebook with more blocks of policy, or with one more category."""
    book = yaml.safe_load(TEXT)
    book["policy"].extend(blocks)
    book["categories"].extend([category] if category else [])
    return saved(folder, yaml.safe_dump(book, allow_unicode=True, sort_keys=False))


def problems(path: Path) -> list[str]:
    """Return what is said of a file, `line: field: problem`."""
    with pytest.raises(ConfigurationError) as caught:
        load_rulebook(path, as_of=build.AS_OF)
    return [each.split("rules.yaml:", 1)[1] for each in str(caught.value).splitlines()[1:]]


def test_the_rulebook_knows_who_it_is() -> None:
    identity = build.rulebook().identity
    assert (identity.id, identity.version) == ("aliexpress", "2026.11")
    assert re.fullmatch("[0-9a-f]{64}", identity.sha256)


def test_every_number_has_a_source() -> None:
    rulebook = build.rulebook()
    assert set(rulebook.provenance) == set(type(rulebook.policy).model_fields)
    assert all(each.source for each in rulebook.provenance.values())
    assert all(category.sources for category in rulebook.categories)


def test_the_categories_are_the_45_of_the_working_list() -> None:
    categories = build.rulebook().categories
    assert len(categories) == len({each.id for each in categories}) == 45
    apparel = build.rulebook().category("apparel")
    assert apparel is not None
    assert {"dresses", "hats"} <= {each.id for each in apparel.subcategories}
    assert (apparel.terms.primary, apparel.terms.secondary, apparel.terms.deposit) == ((25,), (18, 24, 26), 10_000)


def test_every_category_but_the_special_one_has_subcategories() -> None:
    bare = [each.id for each in build.rulebook().categories if len(each.subcategories) < 2]
    assert bare == ["special_category"]


def test_store_types_are_those_of_the_contract() -> None:
    kinds = {kind.id: kind for kind in build.rulebook().policy.store_types}
    assert list(kinds) == ["official", "exclusive", "specialised", "other"]
    official = kinds["official"]
    assert (official.statuses, official.brands, official.chinese_marks) == ((MarkStatus.REGISTERED,), 1, False)
    assert [kind.id for kind in kinds.values() if kind.individuals] == ["specialised", "other"]
    assert [kind.id for kind in kinds.values() if not kind.regulated] == ["other"]


@pytest.mark.parametrize(
    ("category", "as_of", "deposit", "entry"),
    [
        pytest.param("hair_human_black", "2021-12-31", 50_000, Entry.INVITATION, id="before the change"),
        pytest.param("hair_human_black", "2022-01-01", 30_000, Entry.INVITATION, id="from the day of the change"),
        pytest.param("hair_human_white", "2026-11-24", 10_000, Entry.OPEN, id="opened"),
        pytest.param("mobile_phones", "2026-11-24", 30_000, Entry.OPEN, id="phones"),
        pytest.param("e_cigarettes", "2022-09-30", 30_000, Entry.OPEN, id="before the measures"),
        pytest.param("e_cigarettes", "2022-10-01", 30_000, Entry.UNCLEAR, id="unclear"),
        pytest.param("personal_mobility", "2026-11-24", None, Entry.OPEN, id="no source states a deposit"),
    ],
)
def test_an_old_dossier_is_judged_by_the_old_rules(
    category: str, as_of: str, deposit: int | None, entry: Entry
) -> None:
    found = load_rulebook(None, as_of=date.fromisoformat(as_of)).category(category)
    assert found is not None
    assert (found.terms.deposit, found.terms.entry) == (deposit, entry)


@pytest.mark.parametrize(
    ("as_of", "months"),
    [
        pytest.param("2024-12-31", 6, id="the day before"),
        pytest.param("2025-01-01", 12, id="the first day"),
        pytest.param("2025-06-30", 12, id="the last day"),
        pytest.param("2025-07-01", 6, id="the day after"),
    ],
)
def test_of_several_versions_the_one_in_force_is_taken(tmp_path: Path, as_of: str, months: int) -> None:
    block = {
        "source": "a test",
        "effective_from": date(2025, 1, 1),
        "effective_to": date(2025, 6, 30),
        "tm_max_age_months": 12,
    }
    rulebook = load_rulebook(with_blocks(tmp_path, block), as_of=date.fromisoformat(as_of))
    assert rulebook.policy.tm_max_age_months == months
    assert (rulebook.provenance["tm_max_age_months"].source == "a test") is (months == 12)


def test_an_older_version_is_not_believed_for_standing_last(tmp_path: Path) -> None:
    block = {"source": "an old page", "effective_from": date(2016, 1, 1), "tm_max_age_months": 99}
    assert load_rulebook(with_blocks(tmp_path, block), as_of=build.AS_OF).policy.tm_max_age_months == 6


def test_a_day_before_the_first_version_is_an_error_that_names_what_is_missing() -> None:
    with pytest.raises(ConfigurationError, match=r"nothing holds on 2016-12-31 .*\n.*holds from 2017-01-01 to now"):
        load_rulebook(None, as_of=date(2016, 12, 31))


def test_a_category_that_does_not_exist_yet_is_not_offered(tmp_path: Path) -> None:
    category = {
        "id": "drones",
        "en": "Drones",
        "zh": "无人机",
        "terms": [{"source": "a test", "effective_from": date(2026, 1, 1), "primary": [12], "secondary": []}],
    }
    path = with_blocks(tmp_path, category=category)
    assert load_rulebook(path, as_of=date(2025, 12, 31)).category("drones") is None
    assert load_rulebook(path, as_of=date(2026, 1, 1)).category("drones") is not None


def test_a_severity_may_be_overridden(tmp_path: Path) -> None:
    block = {"source": "a test", "effective_from": date(2020, 1, 1), "severities": {"APP006": "info"}}
    rulebook = load_rulebook(with_blocks(tmp_path, block), as_of=build.AS_OF)
    assert rulebook.policy.severities == {"APP006": Severity.INFO}


# Files that are not valid


@pytest.mark.parametrize(
    ("old", "new", "field", "told"),
    [
        pytest.param(
            "min_confidence: 0.8",
            "min_confidence: 1.8",
            "policy[0].min_confidence",
            "Input should be less than 1, not 1.8",
            id="out of range",
        ),
        pytest.param(
            "currency: CNY", "curency: CNY", "policy[0].curency", "unknown key; did you mean currency?", id="unknown"
        ),
        pytest.param(
            'version: "2026.11"',
            "version: 2026.11",
            "version",
            "expected a text (put it in quotes), found 2026.11",
            id="a number for a text",
        ),
        pytest.param(
            "severities: {}",
            "severities: {XYZ999: info}",
            "policy[0].severities",
            "no such rule: XYZ999",
            id="unknown rule",
        ),
        pytest.param(
            "severities: {}",
            "severities: {APP006: fatal}",
            "policy[0].severities.APP006",
            "Input should be 'blocker', 'major', 'minor' or 'info', not 'fatal'",
            id="unknown severity",
        ),
        pytest.param(
            "primary: [14]",
            "primary: [14, 46]",
            "categories[5].terms[0].primary[1]",
            "Input should be less than or equal to 45, not 46",
            id="no such class",
        ),
        pytest.param(
            "primary: [14]",
            "primary: [14, 26]",
            "categories[5].terms[0]",
            "classes that are both primary and secondary: 26",
            id="both",
        ),
        pytest.param("id: shoes", "id: apparel", "categories", "ids that stand twice: apparel", id="double id"),
        pytest.param(
            "id: hats, ",
            "id: dresses, ",
            "categories[0].subcategories",
            "ids that stand twice: dresses",
            id="double subcategory",
        ),
        pytest.param(
            "'.+ store'",
            "'(.+ store'",
            f"policy[{STORE_TYPES}].store_types[2].name_form",
            "not a regular expression: missing ), unterminated subpattern at position 0, not '(.+ store'",
            id="bad pattern",
        ),
        pytest.param(
            "nice: [25], groups",
            "nice: [9], groups",
            "categories[0]",
            "subcategories with classes that are not the category's: dresses",
            id="class of a subcategory",
        ),
    ],
)
def test_a_problem_is_told_with_its_line_and_field(tmp_path: Path, old: str, new: str, field: str, told: str) -> None:
    assert old in TEXT
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    (problem,) = problems(saved(tmp_path, TEXT.replace(old, new, 1)))
    told_line, _, rest = problem.partition(": ")
    assert rest == f"{field}: {told}"
    # What is wrong with a group as a whole is told by the line on which it begins.
    of_a_group = field in ("categories", "categories[0]", "categories[0].subcategories", "categories[5].terms[0]")
    assert int(told_line) < line if of_a_group else int(told_line) == line


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    text = TEXT.replace("currency: CNY", "currency: 5").replace("max_stores: 6", "max_stores: 0")
    text = text.replace("deposit: 50000", "deposit: -1", 1).replace("zh: 官方店", "zhh: 官方店")
    assert [re.sub(r"^\d+: ", "", each) for each in problems(saved(tmp_path, text))] == [
        "policy[0].currency: expected a text (put it in quotes), found 5",
        f"policy[{STORE_TYPES}].store_types[0].zh: this key is missing",
        f"policy[{STORE_TYPES}].store_types[0].zhh: unknown key; did you mean zh?",
        f"policy[{MAX_STORES}].max_stores: Input should be greater than or equal to 1, not 0",
        "categories[7].terms[1].deposit: Input should be greater than or equal to 0, not -1",
    ]


def test_two_versions_from_the_same_day_are_an_error(tmp_path: Path) -> None:
    block = {"source": "a test", "effective_from": date(2017, 1, 1), "min_age": 21}
    (problem,) = problems(with_blocks(tmp_path, block))
    assert problem.endswith("policy: stated twice: min_age from 2017-01-01")


def test_a_version_that_ends_before_it_begins_is_an_error(tmp_path: Path) -> None:
    block = {"source": "x", "effective_from": date(2020, 1, 2), "effective_to": date(2020, 1, 1), "min_age": 21}
    (problem,) = problems(with_blocks(tmp_path, block))
    assert problem.endswith("effective_to lies before effective_from")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"policy: [\n", r"rules.yaml:2: not YAML", id="broken"),
        pytest.param(b"id: a\nid: b\n", r"rules.yaml:2: id: this key stands twice", id="a key twice"),
        pytest.param(b"id: \x00", r"rules.yaml: ", id="a control character"),
        pytest.param(b"\xff\xfe\x00", r"rules.yaml: cannot be read", id="not UTF-8"),
        pytest.param(b"", r"rules.yaml:1: id: this key is missing", id="empty"),
        pytest.param(b"- 1", r"rules.yaml:1: expected a mapping", id="a list"),
        pytest.param(b"id: !!python/object:os.system x", r"rules.yaml:1: not YAML", id="a tag"),
        pytest.param(b"id: 2024-13-01", r"rules.yaml: not YAML: month must be in 1..12", id="no date"),
        pytest.param(b"a: &x [*x]", r"rules.yaml:1: ", id="an alias of itself"),
    ],
)
def test_a_file_that_is_no_rulebook_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=told):
        load_rulebook(path, as_of=build.AS_OF)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_rulebook(tmp_path / "none.yaml", as_of=build.AS_OF)


@given(st.text())
def test_no_text_crashes_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(ConfigurationError):
        load_rulebook(path, as_of=build.AS_OF)


def test_an_unknown_category_or_store_type_is_none() -> None:
    rulebook: Rulebook = build.rulebook()
    assert rulebook.category("none") is None
    assert rulebook.store_type("none") is None
