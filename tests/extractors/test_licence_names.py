"""Names on business licences that are doubted, hidden, or no names at all."""

import pytest

from extractors.business_licence import read
from tests.extractors.licence import ADDRESS, COMPANY, SCOPE, TYPE, portrait, values
from tests.extractors.paper import line, paper


def test_a_person_whose_label_was_not_read_is_found_by_place_and_form() -> None:
    pairs = [("名称", COMPANY), ("类型", TYPE), ("住所", ADDRESS), ("法定代表人", "林试之"), ("经营范围", SCOPE)]
    lines = [each for each in portrait(pairs) if each.text != "法定代表人"]
    fields = read(paper(lines))
    assert fields.legal_person is not None
    assert fields.legal_person.value == "林试之"
    assert fields.legal_person.confidence < 0.9
    assert fields.legal_person_role is None


@pytest.mark.parametrize("value", ["林某某", "XXX", "***", "代用名"])
def test_specimens_have_no_person(value: str) -> None:
    assert "legal_person" not in values(portrait([("名称", COMPANY), ("法定代表人", value)]))


@pytest.mark.parametrize("value", ["深圳市某某贸易有限公司", "有限公司", "）有限公司"])
def test_specimens_and_hidden_names_are_no_names(value: str) -> None:
    assert "company_name" not in values(portrait([("名称", value), ("类型", TYPE)]))


def test_a_name_whose_beginning_is_hidden_is_doubted() -> None:
    lines = portrait([("类型", TYPE), ("法定代表人", "林试之"), ("住所", "试验区不存在路1号")])
    fields = read(paper([*lines, line("名称", 0.1, 0.25), line("试星贸易有限公司", 0.4, 0.25)]))
    assert fields.company_name is not None
    assert fields.company_name.confidence < 0.5


def test_one_doubtful_character_makes_a_person_doubtful() -> None:
    name = line("林试之", 0.25, 0.3, probability=(0.99, 0.4, 0.99))
    fields = read(paper([line("法定代表人", 0.1, 0.3), name]))
    assert fields.legal_person is not None
    assert fields.legal_person.confidence < 0.6
