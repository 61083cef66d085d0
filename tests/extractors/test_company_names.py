"""Names of companies are told from the addresses beside them."""

import pytest

from extractors.company_names import company_name, is_company, name_rows
from extractors.reading import Reading
from pipeline.layout import lay_out
from tests.extractors.paper import line, paper


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Testriver Toys Co., Ltd., Room 301, Shenzhen", "Testriver Toys Co., Ltd.", id="address after it"),
        pytest.param("Testriver Toys Limited", "Testriver Toys Limited", id="alone"),
        pytest.param("Applicant: 深圳市试星贸易有限公司", "深圳市试星贸易有限公司", id="English label before it"),
        pytest.param("试星贸易(深圳)有限公司", "试星贸易（深圳）有限公司", id="half-width brackets"),
        pytest.param("Testriver Workshop", "Testriver Workshop", id="no legal form"),
        pytest.param("Testriver Toys Co., Ltd.公", "Testriver Toys Co., Ltd.", id="a stroke read as a character"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert company_name(text) == name


@pytest.mark.parametrize(
    ("text", "company"),
    [("深圳市试星贸易有限公司", True), ("Testriver GmbH", True), ("望川路18号", False), ("Incline Road 3", False)],
)
def test_what_looks_like_a_company(text: str, company: bool) -> None:
    assert is_company(text) is company


@pytest.mark.parametrize(
    ("texts", "rows"),
    [
        pytest.param(["深圳市试星贸易有限公司", "深圳市望川路18号"], 1, id="name, then address"),
        pytest.param(["Hangzhou Testriver Household Products Co.,", "Ltd."], 2, id="legal form on the next row"),
        pytest.param(["Testriver Workshop", "Room 301, Shenzhen"], 1, id="no legal form: the first row"),
    ],
)
def test_rows_of_a_name(texts: list[str], rows: int) -> None:
    lines = [line(text, 0.1, 0.2 + 0.05 * at) for at, text in enumerate(texts)]
    reading = Reading(lay_out(lines, paper([]).pages).pieces)
    assert len(name_rows(reading, with_address=True).pieces) == rows
