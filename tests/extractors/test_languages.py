"""In which language a paper is written."""

import unicodedata

import pytest

from extractors.languages import LANGUAGES, calls_itself_a_translation, foreign_language
from pipeline.model import TextLine
from tests.extractors.paper import line

TEXTS = {
    "es": "El titular de la marca concede a la empresa el derecho de uso de las marcas en"
    " los países por un año con sus",
    "fr": "Le titulaire de la marque donne à la société le droit de vendre les produits dans"
    " le pays et sur les sites pour"
    " une durée de trois ans",
    "de": "Der Inhaber der Marke und die Gesellschaft, das Recht auf den Verkauf von Waren"
    " ist für die Dauer der Frist mit"
    " dem Vertrag nicht übertragbar",
    "it": "Il titolare della marca dà alla società il diritto di vendere gli articoli nel"
    " paese con una durata di tre anni,"
    " che non è dei terzi",
    "pt": "O titular da marca dá à empresa o direito de uso das marcas do grupo em países da"
    " região com uma duração que não"
    " pode ser dos outros ao fim",
    "nl": "De houder van het merk en de onderneming hebben het recht op verkoop van een"
    " artikel voor de duur van het jaar"
    " met zijn producten, niet door anderen",
    "tr": "Marka sahibi ve şirket bu ürünler için bir yıl olarak satış hakkı ile yetkili"
    " olan firma tarafından göre veya"
    " sayılı karar ve bir belge",
    "vi": "Chủ sở hữu và công ty của các nhãn hiệu được quyền cho bán trong nước, là không"
    " có thời hạn theo hợp đồng này"
    " với ngày ký",
    "ru": "Владелец товарного знака предоставляет компании право продажи товаров в течение трёх лет",
    "ja": "商標権者は会社に対して商品の販売を許諾するものとし、期間は三年間とする。この契約は有効である。",
    "ko": "상표권자는 회사에 대하여 상품의 판매를 허락하고 그 기간은 삼 년으로 한다 이 계약은"
    " 유효하며 양 당사자가 서명한다",
    "th": "เจ้าของเครื่องหมายการค้าอนุญาตให้บริษัทจำหน่ายสินค้าเป็นเวลาสามปีนับจากวันที่ลงนาม",
    "ar": "يمنح مالك العلامة التجارية الشركة الحق في بيع المنتجات لمدة ثلاث سنوات من تاريخ التوقيع",
}
OURS = {
    "Chinese": "商标权利人授权该公司在平台上销售商品，期限三年，自签署之日起计算。特此授权。",
    "traditional": "商標權利人授權該公司在平臺上銷售商品，期限三年，自簽署之日起計算，特此證明。",
    "English": TEXTS["es"][:0]
    + "The owner of the mark grants to the company the right to sell the goods in the country for"
    " three years from the date of this letter",
    "company names alone": "COMPAGNIE GÉNÉRALE DES EAUX DE LA VALLÉE, SOCIÉTÉ ANONYME",
    "figures": "2026-01-01 12345678 91440300MA5TEXT119",
    "nothing": "",
}


def lines(text: str, *, probability: float = 0.99) -> list[TextLine]:
    half = len(text) // 2
    return [line(part, 0.1, 0.1, probability=probability) for part in (text[:half], text[half:]) if part]


@pytest.mark.parametrize(("language", "text"), TEXTS.items(), ids=TEXTS)
def test_foreign_language(language: str, text: str) -> None:
    assert foreign_language(lines(text)) == language


@pytest.mark.parametrize("language", ["es", "fr", "de", "it", "pt", "nl", "tr"])
def test_accents_that_were_lost_are_no_trouble(language: str) -> None:
    plain = unicodedata.normalize("NFKD", TEXTS[language].replace("ı", "i")).encode("ascii", "ignore").decode()
    assert foreign_language(lines(plain)) == language


def test_every_language_has_its_text() -> None:
    assert set(TEXTS) == set(LANGUAGES)


@pytest.mark.parametrize("text", OURS.values(), ids=OURS)
def test_what_can_be_judged_is_not_foreign(text: str) -> None:
    assert foreign_language(lines(text)) is None


@pytest.mark.parametrize("language", TEXTS)
def test_a_paper_that_is_in_chinese_as_well_is_not_foreign(language: str) -> None:
    if language != "ja":  # whose characters are Chinese ones too, so that one text of each is Japanese to a tenth
        assert foreign_language([*lines(TEXTS[language]), *lines(OURS["Chinese"] * 2)]) is None


@pytest.mark.parametrize("language", TEXTS)
def test_what_was_hardly_read_tells_no_language(language: str) -> None:
    assert foreign_language(lines(TEXTS[language], probability=0.5)) is None


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Certified translation from the Spanish", True),
        ("翻译件", True),
        ("This letter was translated into English", True),
        ("The mark lost in translation", False),
        ("授权书", False),
    ],
)
def test_a_translation_says_so(text: str, is_one: bool) -> None:
    assert calls_itself_a_translation([line(text, 0.1, 0.1)]) is is_one
