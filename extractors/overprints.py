"""What a paper itself says, without what was laid over it: stamps of purpose, watermarks, shreds of seals.

Sellers mark copies so that they serve for nothing else (此复印件仅供…使用, 再次复印无效), in a box, aslant, or over the
fields; of a seal's ring readers take single characters for text. None of these is a value or a part of one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from extractors.spelling import simplified
from pipeline.layout import Piece, Sheet, lay_out
from pipeline.model import Document, Seal, TextLine

_COPY = r"[此本该](?:复印件|扫描件|文件|证件|证照|图片|件|照|证)"
_PURPOSE = (
    rf"(?:{_COPY})?[仅只](?:供|限于?|用于|用作|作)[^，。；,;]{{2,24}}?"
    r"(?:审核|审查|备案|认证|参考|入驻|开店|开户|开通|投标)+(?:使用|之用|用途)?"
)
_VOID = r"(?:再次|二次|重复|另行|再)?复印(?:件)?无效|(?:挪作|移作|用于)?他用无效|其[他它]用途无效|盗用必究"
_AGREES = r"(?:此件|复印件|经核对)?与原件(?:核对)?(?:相符|一致|无误)"
_OVER = re.compile(
    rf"(?:{_PURPOSE}|{_COPY}[仅只](?:供|限于?|用于|用作|作)[^，。；,;]{{0,24}}|SAMPLE\s*ONLY(?:\s*样本)?)"
    rf"(?:[，,、]?(?:{_VOID}))?|{_VOID}|{_AGREES}"
)
"""Wording of stamps and watermarks; a clause of a letter (仅限在天猫平台使用) or a scope (仅限分支机构经营) is none."""
_STAMPED = re.compile(
    r"[此本该]?复印件.*|[仅只](?:供|用于|限办理).*|.{0,12}(?:审核|入驻|开通|办理)使用|.{0,4}复印无效|.{0,6}他用无效|"
    r".{0,10}资质[审申]核|SAMPLEONLY.*"
)
"""What is left of such a line where its beginning or end was not read."""
_ASLANT = 0.1
"""Slope against that of the lines around, in page heights per page width, from which a line is no print of the page."""
_LEANING = 0.025
"""The same for a line that is worded like a stamp."""
_MEASURABLE = 0.06
"""Page widths from which a line's slope says something."""
_STEEPEST = 0.2
"""Slope past which a line tells nothing of how print runs: watermarks may outnumber the lines of a page."""
_AROUND = 8
"""Lines whose slopes tell how print runs at a level: photographs show a page's lines fanned out."""
_DATE_SIGNS = frozenset("年月日一二三四五六七八九十廿卅零〇○壹贰叁肆伍陆柒捌玖拾")
_UNCLEAR = 0.7
"""Probability under which a sign or two inside a seal are taken for ink of the seal."""
_Place = tuple[str, int]


def lay_out_print(document: Document) -> Sheet:
    """Lay out the lines of `document`, those that were laid over the paper left out."""
    sheet = lay_out(document.lines, document.pages)
    running = _running(document.lines)
    shown = [
        part
        for piece in sheet.pieces
        if not _is_laid_over(piece, running) and not _is_shred(piece, document.seals)
        for part in _between(piece)
    ]
    return Sheet(pieces=tuple(shown), width=sheet.width)


def _between(piece: Piece) -> Iterator[Piece]:
    """Yield the stretches of a line that are none of a stamp's words, which detection may have joined to it."""
    start = 0
    for match in _OVER.finditer(piece.text):
        if piece.text[start : match.start()].strip():
            yield piece.part(start, match.start())
        start = match.end()
    if piece.text[start:].strip():
        yield piece.part(start)


def _is_laid_over(piece: Piece, running: Mapping[_Place, Sequence[TextLine]]) -> bool:
    """Whether a line leans against the lines around it, clearly or with the words of a stamp."""
    line = piece.line
    if line.box.width < _MEASURABLE or len(line.text) < 3:
        return False
    leaning = abs(line.slope - _slope_around(line, running.get((line.file, line.page), ())))
    worded = _STAMPED.fullmatch(re.sub(r"\s", "", simplified(line.text))) is not None
    return leaning > (_LEANING if worded else _ASLANT)


def _running(lines: Sequence[TextLine]) -> dict[_Place, list[TextLine]]:
    """Return the lines that are long enough to tell how print runs, by page."""
    found: dict[_Place, list[TextLine]] = {}
    for line in lines:
        if line.box.width >= 2 * _MEASURABLE and abs(line.slope) <= _STEEPEST:
            found.setdefault((line.file, line.page), []).append(line)
    return found


def _slope_around(line: TextLine, others: Sequence[TextLine]) -> float:
    """Return the slope of print at a line's level, by the lines nearest to it; its own where there are too few."""
    level = line.box.center[1]
    near = sorted((other for other in others if other is not line), key=lambda other: abs(other.box.center[1] - level))
    return float(np.median([other.slope for other in near[:_AROUND]])) if len(near) >= 4 else line.slope


def _is_shred(piece: Piece, seals: Sequence[Seal]) -> bool:
    """Whether a sign or two that stand by themselves inside a seal are its ink: of its ring's name, or unclear."""
    text = simplified(piece.line.text.strip())
    if not 0 < len(text) <= 2 or set(text) <= _DATE_SIGNS or (text.isdigit() and piece.line.confidence >= 0.5):
        return False
    for seal in seals:
        x, y = piece.line.box.center
        inside = seal.box.left <= x <= seal.box.right and seal.box.top <= y <= seal.box.bottom
        if inside and (piece.line.file, piece.line.page) == (seal.file, seal.page):
            ring = simplified(seal.text.text) if seal.text else ""
            if piece.line.confidence < _UNCLEAR or (ring and set(text) <= set(ring)):
                return True
    return False
