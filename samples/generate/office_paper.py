"""CNIPA's short papers: proofs of renewal, assignment and change, notices of refusal, fee and publication."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from samples.generate import ornaments, printed
from samples.generate.canvas import Canvas, Ink
from samples.generate.certificate import AUTHORITY
from samples.generate.companies import CITIES, invent_company
from samples.generate.drawing import centred, paragraph
from samples.generate.facts import Act, OfficePaper, ten_years_from
from samples.generate.fonts import Face

RATIO = 1.4142
_TEXT = Ink(Face.SONG, 24)
TITLES: Mapping[Act, str] = {
    Act.RENEWAL: "商标续展注册证明",
    Act.ASSIGNMENT: "商标转让证明",
    Act.CHANGE: "注册商标变更证明",
    Act.REFUSAL: "商标驳回通知书",
    Act.PARTIAL_REFUSAL: "商标部分驳回通知书",
    Act.FEE: "商标注册申请缴费通知书",
    Act.PUBLICATION: "商标初步审定公告通知书",
}
"""What each paper is headed."""
_CODES = {Act.REFUSAL: "BHTZ01", Act.PARTIAL_REFUSAL: "BFBH01", Act.FEE: "JFTZ01", Act.PUBLICATION: "CSGG01"}
_SAID = {
    Act.REFUSAL: "经审查，根据《中华人民共和国商标法》第三十条的规定，我局决定驳回上述商标注册申请。",
    Act.PARTIAL_REFUSAL: "经审查，我局决定驳回在部分商品上使用该商标的注册申请，其余商品予以初步审定。",
    Act.FEE: "经审查，该商标注册申请手续齐备，请在收到本通知之日起十五日内缴纳规费。",
    Act.PUBLICATION: "经审查，该商标注册申请予以初步审定，并在《商标公告》上刊登。",
}
_WORDS = ("VELORO", "TIKANOR", "MIZENBO", "ELSTARO", "青岚", "云栈")


def draw_office_paper(canvas: Canvas, paper: OfficePaper) -> None:
    """Draw the whole page on a canvas of `RATIO`."""
    ornaments.mark_as_sample(canvas, 90, 70)
    ornaments.mark_as_sample(canvas, 816, 70)
    centred(canvas, 250, TITLES[paper.act], Ink(Face.SERIF, 44), spacing=8)
    if paper.act in _CODES:
        number = f"发文编号：TMZC{paper.number}{_CODES[paper.act]}"
        canvas.text(910 - canvas.width(number, Ink(Face.SONG, 20)), 180, number, Ink(Face.SONG, 20))
    y = 370.0
    if paper.act not in _CODES:
        y = paragraph(canvas, 110, y, f"　　{_granted(paper)}", _TEXT, width=790, leading=44) + 30
    for label, value in _rows(paper):
        canvas.text(110, y, label, _TEXT)
        y = paragraph(canvas, 110 + canvas.width(label, _TEXT), y, value, _TEXT, width=560, leading=36) + 16
    if paper.act in _CODES:
        paragraph(canvas, 110, y + 40, f"　　{_SAID[paper.act]}", _TEXT, width=790, leading=44)
    canvas.text(676, 1180, AUTHORITY, _TEXT)
    canvas.text(676, 1226, printed.day(paper.dated), _TEXT)
    canvas.picture(664, 1010, 170, ornaments.seal(AUTHORITY, canvas.resolution(170), seed=paper.number))


def _granted(paper: OfficePaper) -> str:
    if paper.act is Act.RENEWAL:
        assert paper.term is not None
        start, end = paper.term
        term = f"续展注册有效期自{printed.day(start)}至{printed.day(end)}"
        return f"兹核准第{paper.number}号商标续展注册，{term}。"
    if paper.act is Act.ASSIGNMENT:
        return f"兹核准第{paper.number}号商标转让注册。"
    return f"兹核准第{paper.number}号商标注册人名义变更。"


def _rows(paper: OfficePaper) -> Sequence[printed.Row]:
    common = [("商标：", paper.text), ("类别：", f"第{paper.nice_class}类")]
    if paper.act is Act.RENEWAL:
        return [*common, ("注册人：", paper.party), ("注册人地址：", paper.address)]
    if paper.act is Act.ASSIGNMENT:
        names = [("转让人名称：", paper.former), ("受让人名称：", paper.party), ("受让人地址：", paper.address)]
        return [*common, *names]
    if paper.act is Act.CHANGE:
        return [*common, ("变更前注册人名义：", paper.former), ("变更后注册人名义：", paper.party)]
    return [("申请号：", paper.number), *common[1:], ("申请人：", paper.party), ("地址：", paper.address), common[0]]


def random_facts(chance: Random, act: Act | None = None) -> OfficePaper:
    """Return a paper of the given kind, or of any; all of it is invented."""
    act = act or chance.choice(tuple(Act))
    city = chance.choice(tuple(CITIES))
    name, former = ("".join(chance.sample("青岚星屿云栈远帆听潮", 2)) for _ in range(2))
    company = invent_company(f"{city}{name}贸易有限公司", city, goods="服装、鞋帽")
    start = date(chance.randint(2016, 2024), chance.randint(1, 12), chance.choice((7, 14, 21, 28)))
    return OfficePaper(
        act=act,
        number=str(chance.randint(4_000_000, 79_999_999)),
        nice_class=chance.choice((9, 14, 18, 25, 28)),
        text=chance.choice(_WORDS),
        party=company.name,
        former=f"{city}{former}商贸有限公司",
        address=company.address,
        dated=start - timedelta(days=chance.randint(20, 200)),
        term=(start, ten_years_from(start)) if act is Act.RENEWAL else None,
    )
