import json
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.application import application_schema, read_form
from pipeline.form import Application, Form, Relation

FULL = """\
applicant:
  company_name: 深圳市试样科技有限公司
  unified_social_credit_code: 91440300MA5EXAMPLE
  legal_person: {name: 试样, id_number: 44030019900101001X}
account: {login: email, id: seller@example.com}
settlement: {channel: international_alipay, account_holder: 深圳市试样科技有限公司}
store:
  category: apparel
  subcategories: [dresses, hats]
  type: official
  name: SAMPLEMARK official store
brands:
  - {name: SAMPLEMARK, relation: owner, office: CNIPA, trademark_number: "12345678", nice_classes: [25]}
"""
STORE = "store: {category: apparel, type: official}\n"


def read(text: str, file: str = "application.yaml") -> Form:
    return read_form(text.encode(), file=file)


def problems(form: Form) -> dict[str, str]:
    return {problem.field: problem.message.en for problem in form.problems}


def application(form: Form) -> Application:
    assert form.application is not None
    return form.application


def test_the_form_of_the_contract_is_valid() -> None:
    form = read(FULL)
    assert form.problems == ()
    (brand,) = application(form).brands
    assert (brand.name, brand.relation, brand.nice_classes) == ("SAMPLEMARK", Relation.OWNER, (25,))


def test_json_says_the_same_as_yaml() -> None:
    written = json.dumps(yaml.safe_load(FULL), ensure_ascii=False)
    assert read(written, "application.json") == Form("application.json", application(read(FULL)))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        pytest.param("12345678", "12345678", id="number"),
        pytest.param("012345670", "012345670", id="leading zero is not octal"),
        pytest.param("1_000", "1_000", id="underscore"),
        pytest.param("no", "no", id="no is not false"),
        pytest.param("2026-11-24", "2026-11-24", id="date"),
        pytest.param("1e5", "1e5", id="float"),
        pytest.param("0x1F", "0x1F", id="hexadecimal"),
        pytest.param("12:30:45", "12:30:45", id="sexagesimal"),
        pytest.param("'  a\u200bb\u202ec  '", "abc", id="unseen characters"),
    ],
)
def test_scalars_are_taken_as_they_are_written(written: str, value: str) -> None:
    form = read(STORE + f"brands:\n  - {{name: X, trademark_number: {written}}}\n")
    assert form.problems == ()
    assert application(form).brands[0].trademark_number == value


def test_numbers_in_json_keep_their_digits() -> None:
    form = read(
        '{"store": {"category": "apparel", "type": "x"}, "account": {"id": 12345678901234567890}}', "application.json"
    )
    account = application(form).account
    assert account is not None
    assert account.id == "12345678901234567890"


@pytest.mark.parametrize(
    ("text", "field", "says"),
    [
        pytest.param(STORE + "brand: []", "brand", "did you mean `brands`", id="unknown key at the top"),
        pytest.param(STORE + "account: {logn: x}", "account.logn", "did you mean `login`", id="unknown key in a group"),
        pytest.param(
            STORE + "brands: [{name: A, zzz: 1}]", "brands[0].zzz", "known here: name", id="unknown key in a list"
        ),
        pytest.param("store: {category: a}", "store.type", "missing", id="no store type"),
        pytest.param("store: {type: other}", "store.category", "missing", id="no category"),
        pytest.param("store: {type: other, category: }", "store.category", "missing", id="empty category"),
        pytest.param(STORE + "brands: [{relation: owner}]", "brands[0].name", "missing", id="brand without a name"),
        pytest.param(STORE + "brands: {name: A}", "brands", "list", id="brands as a group"),
        pytest.param(STORE + "brands: [A]", "brands[0]", "group of keys", id="brand as a text"),
        pytest.param(STORE + "account: email", "account", "group of keys", id="group as a text"),
        pytest.param(STORE + "account: {id: [1]}", "account.id", "must be a text", id="text as a list"),
        pytest.param(
            STORE + "brands: [{name: A, relation: own}]", "brands[0].relation", "owner, authorized", id="relation"
        ),
        pytest.param(
            STORE + "brands: [{name: A, nice_classes: 25}]", "brands[0].nice_classes", "list", id="class alone"
        ),
        pytest.param(
            STORE + "brands: [{name: A, nice_classes: [46]}]", "brands[0].nice_classes[0]", "1 to 45", id="class 46"
        ),
        pytest.param(
            STORE + "brands: [{name: A, nice_classes: [x]}]", "brands[0].nice_classes[0]", "whole", id="class x"
        ),
        pytest.param(
            STORE + "brands: [{name: A, nice_classes: [25, ~]}]", "brands[0].nice_classes[1]", "nothing", id="no class"
        ),
        pytest.param(
            "store: {type: a, category: [b, {c: d}]}", "store.category[1]", "must be a text", id="category in a list"
        ),
        pytest.param(
            "store: {type: a, category: {c: d}}", "store.category", "must be a text", id="category as a group"
        ),
        pytest.param(STORE + f"account: {{id: {'x' * 501}}}", "account.id", "longer than 500", id="overlong text"),
        pytest.param("- a", "", "group of keys", id="a list"),
        pytest.param("text", "", "group of keys", id="a text"),
        pytest.param("store: [", "", "not valid YAML at line 1", id="broken yaml"),
        pytest.param(STORE + STORE, "", "`store` stands twice in one place at line 2", id="repeated key"),
        pytest.param(STORE + "---\n" + STORE, "", "second document", id="two documents"),
        pytest.param("store: !!python/name:os.system x", "", "tags", id="tag"),
        pytest.param("? [a, b]\n: c", "", "plain word", id="list as a key"),
    ],
)
def test_a_problem_is_named_by_field(text: str, field: str, says: str) -> None:
    form = read(text)
    assert field in problems(form)
    assert says in problems(form)[field]
    assert all(problem.message.zh for problem in form.problems)


def test_every_problem_is_told_at_once_and_the_valid_parts_are_kept() -> None:
    form = read("""
applicant: {company_name: 深圳市试样科技有限公司, legal_persn: {name: x}}
account: oops
store: {category: apparel, typ: official}
brands:
  - {relation: owner}
  - {name: KEPT, relation: mine, nice_classes: [99, 25, x], trademark_number: [1]}
""")
    assert list(problems(form)) == [
        "applicant.legal_persn",
        "account",
        "store.typ",
        "brands[0].name",
        "brands[1].relation",
        "brands[1].trademark_number",
        "brands[1].nice_classes[0]",
        "brands[1].nice_classes[2]",
        "store.type",
    ]
    kept = application(form)
    assert kept.applicant is not None
    assert kept.applicant.company_name == "深圳市试样科技有限公司"
    assert kept.store.category == "apparel"
    assert [(brand.name, brand.nice_classes) for brand in kept.brands] == [("KEPT", (25,))]


def test_a_list_of_categories_is_kept_for_the_rule_about_it() -> None:
    form = read("store: {category: [apparel, toys], type: official}")
    assert form.problems == ()
    assert application(form).store.category == ("apparel", "toys")


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    assert "aliases" in problems(read(bomb))[""]


@pytest.mark.parametrize("file", ["application.yaml", "application.json"])
@pytest.mark.parametrize("depth", [20, 100_000])
def test_deep_nesting_is_refused(file: str, depth: int) -> None:
    assert "nested deeper" in problems(read("[" * depth + "]" * depth, file))[""]


def test_a_form_of_too_many_values_is_refused() -> None:
    assert "values" in problems(read(f"brands: [{'x, ' * 6000}]"))[""]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(FULL.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(FULL.encode("gb18030"), id="gb 18030"),
        pytest.param(FULL.encode("utf-16"), id="utf-16"),
        pytest.param(FULL.replace("\n", "\r\n").encode(), id="windows line ends"),
    ],
)
def test_the_encodings_of_windows_in_china_are_read(content: bytes) -> None:
    form = read_form(content, file="application.yaml")
    assert form.problems == ()
    assert form.application == application(read(FULL))


def test_another_encoding_is_a_problem() -> None:
    form = read_form("store: {name: Café }".encode("cp1252"), file="application.yaml")
    assert "UTF-8" in problems(form)[""]


def test_repeated_keys_in_json_are_a_problem() -> None:
    assert "twice" in problems(read('{"store": {}, "store": {}}', "application.json"))[""]


def test_an_empty_form_lacks_what_is_required() -> None:
    assert list(problems(read("# nothing\n"))) == ["store.category", "store.type"]


KEYS = st.sampled_from(
    ["applicant", "store", "brands", "name", "category", "type", "legal_person", "nice_classes", "str", "x"]
)
TREES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=20,
)


@given(st.dictionaries(KEYS, TREES))
def test_no_tree_makes_it_raise_and_what_is_kept_is_valid(tree: dict[str, Any]) -> None:
    form = read(json.dumps(tree), "application.json")
    kept = application(form).model_dump(mode="json", exclude_none=True)
    assert Application.model_validate(kept) == form.application
    assert len({problem.field for problem in form.problems}) == len(form.problems)


@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
)
def test_no_bytes_make_it_raise(content: bytes) -> None:
    for file in ("application.yaml", "application.json"):
        assert read_form(content, file=file).problems


def test_the_schema_accepts_what_is_read_without_problems_and_nothing_else() -> None:
    schema = application_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    valid = yaml.safe_load(FULL)
    jsonschema.validate(valid, schema)
    broken: dict[str, Any]
    for broken in ({**valid, "extra": 1}, {"applicant": {}}, {**valid, "brands": [{"relation": "owner"}]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, schema)


def test_the_schema_proposes_the_values_of_the_contract() -> None:
    schema = application_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$defs"]["Store"]["required"] == ["category", "type"]
    assert schema["$defs"]["Relation"]["enum"] == ["owner", "authorized"]
    assert "default" not in json.dumps(schema)


def test_a_problem_tells_its_line() -> None:
    form = read("store:\n  category: apparel\n  type: other\n  colour: red\nbrands:\n  - {name: A}\n  - nmae: B\n")
    told = {problem.field: problem.message for problem in form.problems}
    assert told["store.colour"].en.endswith("(line 4)")
    assert told["store.colour"].zh.endswith("（第 4 行）")
    assert told["brands[1].nmae"].en == "`brands[1].nmae` is not a key of the form; did you mean `name`? (line 7)"
    # What is missing is told where it should stand.
    assert told["brands[1].name"].en.endswith("(line 7)")


def test_a_problem_in_json_tells_its_line_where_json_is_yaml() -> None:
    text = '{"store": {"category": "apparel",\n "type": "x", "colour": "red"}}'
    (told,) = read(text, "application.json").problems
    assert told.message.en.endswith("(line 2)")
    (untold,) = read(text.replace("\n", "\n\t"), "application.json").problems
    assert "(line" not in untold.message.en


def test_no_line_is_told_of_what_moved_up_in_a_list() -> None:
    form = read("store: {category: a, type: b}\nbrands:\n  -\n  - {name: A, zzz: 1}\n  - {name: B}\n")
    told = {problem.field: problem.message.en for problem in form.problems}
    assert told["brands[0]"].endswith("(line 3)")
    assert "(line" not in told["brands[0].zzz"]
