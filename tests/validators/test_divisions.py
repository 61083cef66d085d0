"""The province of a code and of an address."""

import pytest

from validators.divisions import PROVINCES, province_of_address, province_of_division


def test_there_are_34_provinces() -> None:
    assert len(PROVINCES) == 34
    assert PROVINCES["82"].en == "Macau"


@pytest.mark.parametrize(
    ("division", "province"),
    [("440300", "44"), ("660000", "65"), ("100000", None), ("000000", None), ("", None)],
    ids=["Shenzhen", "Construction Corps", "national registrar", "nobody's", "empty"],
)
def test_a_division_code_tells_its_province(division: str, province: str | None) -> None:
    found = province_of_division(division)
    assert (found and found.code) == province


@pytest.mark.parametrize(
    ("address", "province"),
    [
        pytest.param("广东省深圳市南山区虚构路1号", "44", id="province"),
        pytest.param("广东深圳市南山区虚构路1号", "44", id="short name of the province"),
        pytest.param("廣東省深圳市", "44", id="traditional"),
        pytest.param("广 东 省深圳市", "44", id="letter-spaced"),
        pytest.param("深圳市南山区虚构路1号", "44", id="city"),
        pytest.param("义乌市虚构街道1号", "33", id="county-level city"),
        pytest.param("中国（上海）自由贸易试验区虚构路1号", "31", id="free trade zone"),
        pytest.param("重庆市渝北区虚构路1号", "50", id="Chongqing, once in Sichuan"),
        pytest.param("海口市虚构路1号", "46", id="Haikou, once in Guangdong"),
        pytest.param("河北区虚构路1号", "12", id="a district of Tianjin named as a province"),
        pytest.param("新疆维吾尔自治区乌鲁木齐市", "65", id="autonomous region"),
        pytest.param("鼓楼区虚构路1号", None, id="district of several cities"),
        pytest.param("上海路12号", None, id="street named as a city"),
        pytest.param("虚构园区1号", None, id="no place"),
        pytest.param("", None, id="empty"),
    ],
)
def test_an_address_tells_its_province(address: str, province: str | None) -> None:
    found = province_of_address(address)
    assert (found and found.code) == province
