"""The catalogue as a whole: nothing is missing, every rule is documented, remedies help no forger."""

import ast
import inspect
import re
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Fields
from tests.validators import build
from validators import RULES, judge
from validators import rules as catalogue
from validators.engine import Rule
from validators.subjects import type_name
from validators.wording import DOCUMENT_NAMES, ENTITY_NAMES

# The catalogue, as far as it is built.
TABLE = """
APP001 blocker  APP002 blocker  APP003 blocker  APP004 blocker  APP005 blocker  APP006 major  APP007 major
DOC101 major  DOC102 major  DOC103 minor  DOC104 blocker  DOC105 major  DOC106 major  DOC107 minor
LIC201 blocker  LIC202 blocker  LIC203 major  LIC204 blocker  LIC205 major  LIC206 blocker  LIC207 blocker
LIC208 major  LIC209 major  LIC210 major  LIC211 major  LIC212 minor  LIC213 minor  LIC214 minor  LIC215 blocker
IDN301 major  IDN302 blocker  IDN303 blocker  IDN304 blocker  IDN305 minor  IDN306 blocker
TMK401 blocker  TMK402 blocker  TMK403 major  TMK404 blocker  TMK405 minor  TMK406 blocker  TMK407 major
TMK408 major  TMK409 major  TMK410 major  TMK411 minor  TMK412 major  TMK413 major  TMK414 major
AUT501 blocker  AUT502 blocker  AUT503 blocker  AUT504 blocker  AUT505 blocker  AUT506 blocker  AUT507 major
AUT508 minor  AUT509 minor  AUT510 major  AUT511 major  AUT512 major  AUT513 major  AUT514 major  AUT515 major
CAT601 blocker  CAT602 major  CAT603 blocker  CAT604 major  CAT605 blocker  CAT606 blocker  CAT607 blocker
CAT608 major  CAT609 info
STO701 blocker  STO702 blocker  STO703 blocker  STO704 blocker  STO705 major  STO706 major
STO707 blocker  STO708 major
XDC801 blocker  XDC802 blocker  XDC803 blocker  XDC804 blocker  XDC805 major  XDC806 major
"""
SEVERITIES = dict(line for row in TABLE.strip().splitlines() for line in re.findall(r"(\w+) (\w+)", row))

TELLTALE = re.compile(
    r"check (?:digit|character|sum)|checksum|校验|\d(?:st|nd|rd|th) character|character \d|font|tamper|forg",
    re.IGNORECASE,
)

each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


def test_the_catalogue_is_complete_and_in_order() -> None:
    assert list(RULES) == list(SEVERITIES)


def test_severities_are_those_of_the_catalogue() -> None:
    assert {rule.id: str(rule.severity) for rule in RULES.values()} == SEVERITIES


def test_every_module_of_rules_is_listed() -> None:
    folder = Path(inspect.getfile(catalogue)).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {module.__name__.rpartition(".")[2] for module in catalogue.MODULES} == files


def test_every_declared_function_is_in_the_catalogue() -> None:
    declared = {
        node.args[0].value
        for module in catalogue.MODULES
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "rule"
        if isinstance(node.args[0], ast.Constant)
    }
    assert declared == set(RULES)


@each_rule
def test_a_rule_is_documented(rule: Rule[Any]) -> None:
    assert rule.title
    assert not rule.title.endswith(".")
    assert rule.title_zh
    assert not rule.title_zh.isascii()
    assert rule.cites


@each_rule
def test_a_remedy_tells_what_to_do_and_helps_no_forger(rule: Rule[Any]) -> None:
    advice = rule.remedy
    assert advice.en.endswith(".")
    assert advice.zh.endswith("。")
    assert advice.document is None or advice.document in DOCUMENT_NAMES
    assert not TELLTALE.search(advice.en + advice.zh)


@pytest.mark.parametrize("module", catalogue.MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_known_names_the_entity_that_it_is_given(module: Any) -> None:
    """`known(paper.fields.owner, "owner")`: two words for one thing, kept together by this test."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "known"):
            continue
        entity, name = node.args
        if isinstance(entity, ast.Attribute) and isinstance(name, ast.Constant):
            assert name.value in (entity.attr, entity.attr.removesuffix("_kind")), ast.unparse(node)
            assert name.value in ENTITY_NAMES


def test_every_entity_and_type_has_a_name_in_both_languages() -> None:
    fields: list[type[Fields]] = [
        subclass for subclass in Fields.__subclasses__() if "extractors" in subclass.__module__
    ]
    names = chain.from_iterable(
        (declared.alias or name for name, declared in each.model_fields.items()) for each in fields
    )
    assert set(names) <= set(ENTITY_NAMES)
    assert {type_name(each) for each in fields} <= set(DOCUMENT_NAMES)


def test_every_rule_speaks_in_every_report() -> None:
    found = {finding.rule for finding in judge(build.dossier(), build.rulebook()).findings}
    assert found == set(RULES)


def test_a_rule_speaks_once_of_a_subject() -> None:
    findings = judge(build.dossier(), build.rulebook()).findings
    subjects = [(finding.rule, finding.subject) for finding in findings]
    assert len(subjects) == len(set(subjects))
