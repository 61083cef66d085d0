"""Parties and rights of letters that say them by plaques, headings and roles."""

from datetime import date

from tests.extractors.letters.page import LICENSEE, values


def test_a_plaque_without_labels() -> None:
    read = values(
        "授权证书",
        "|兹授权",
        "|上海试星商贸有限公司",
        "|为TESTRIVER品牌产品在华东地区的授权经销商",
        "有效期：2024年1月1日至2024年12月31日",
        "|杭州云试服饰有限公司",
        "|2024年1月1日",
    )
    assert read == {
        "licensor": "杭州云试服饰有限公司",
        "licensee": "上海试星商贸有限公司",
        "marks": ("TESTRIVER",),
        "territory": "华东地区",
        "valid_from": date(2024, 1, 1),
        "valid_to": date(2024, 12, 31),
        "signed_date": date(2024, 1, 1),
    }


def test_a_party_named_below_its_heading() -> None:
    read = values(
        "授权方（甲方）：", "名称：甲试有限公司", "地址：试市试路1号", "被授权方（乙方）：", "名称：乙试有限公司"
    )
    assert (read["licensor"], read["licensee"]) == ("甲试有限公司", "乙试有限公司")


def test_the_right_that_the_licensor_holds_itself_is_not_what_it_grants() -> None:
    read = values(
        "我公司是德国Testriver GmbH在中国的独家代理商，现授权乙试有限公司销售其产品。", "甲试有限公司（盖章）"
    )
    assert "exclusivity" not in read
    assert (read["licensor"], read["licensee"]) == ("甲试有限公司", "乙试有限公司")


def test_a_british_number_and_parties_called_by_their_roles() -> None:
    read = values(
        "Testriver Holdings PLC, a company of England (“the Licensor”), grants to Trial Star",
        "Limited (“the Licensee”) a licence to use the trade mark TESTRIVER (UK00003123456).",
    )
    assert read["licensor"] == "Testriver Holdings PLC"
    assert read["licensee"] == "Trial Star Limited"
    assert read["marks"] == ("TESTRIVER",)
    assert read["trademark_numbers"] == ("UK00003123456",)


def test_an_indian_letter() -> None:
    read = values(
        "Date: 03/05/2025",
        "SUBJECT: AUTHORIZATION LETTER FOR SALES OF TESTRIVER PRODUCTS",
        "We M/s Trial Technologies, Plot No. 1, Test Nagar, India, are the manufacturer of",
        "TESTRIVER products and hereby authorize M/s A. B. Trading, 2 Test Road, to sell them.",
        "The validity of this letter is May 2025 to April 2026.",
        "For Trial Technologies",
        "(Authorized Signatory)",
    )
    assert read["licensor"] == "M/s Trial Technologies"
    assert read["licensee"] == "M/s A. B. Trading"
    assert read["marks"] == ("TESTRIVER",)
    assert read["signed_date"] == date(2025, 5, 3)
    # Months are no days.
    assert "valid_from" not in read
    assert "valid_to" not in read


def test_a_natural_person_grants() -> None:
    read = values(
        "商标授权书",
        "授权人：林试之（身份证号：44030019900101001X）",
        f"被授权人：{LICENSEE}",
        "本人授权其使用“云试”商标。",
    )
    assert (read["licensor"], read["licensee"], read["marks"]) == ("林试之", LICENSEE, ("云试",))


def test_a_turkish_letter_has_its_parties() -> None:
    read = values(
        "YETKİ BELGESİ",
        "BiRiNCi DENEME SiSTEMLERi TiC. LTD. ŞTi. firması, TESTRIVER markalı ürünler için",
        "Türkiye içi satış yapmaya yetkilidir.",
        "Saygılarımızla,",
        "TESTRIVER DENEME HİZMETLERİ TİC.LTD.ŞTİ.",
    )
    assert read == {
        "licensor": "TESTRIVER DENEME HİZMETLERİ TİC.LTD.ŞTİ.",
        "licensee": "BİRİNCİ DENEME SİSTEMLERİ TİC. LTD. ŞTİ.",
        "marks": ("TESTRIVER",),
        "territory": "Türkiye",
    }
