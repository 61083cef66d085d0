"""Letters that somebody grants for another: 受Y委托，X兹授权Z, `X, acting on behalf of Y, hereby authorises Z`.

Such a grant is Y's if X holds a power of attorney, which the letter does not prove, and X's own if the words are a
distributor's boast: who grants is for a person to tell.
"""

import re

from extractors.letters.letter import Letter
from extractors.letters.words import Part

_PARTY = r"[^。;:\n]{2,48}?"
_FOR_ANOTHER = re.compile(
    rf"(?<!不)(?:受|接受){_PARTY}(?:的)?(?:委托|指派|委派)|"
    rf"(?<!法定)(?<!授权)代表(?!人){_PARTY}(?:公司|厂|商行|本人)[^。;]{{0,12}}?(?:兹|特此|现|特|授权)|"
    rf"(?:以|用){_PARTY}(?:的)?名义(?!使用|销售|经营|宣传)|"
    rf"(?:作为|系|是|为){_PARTY}(?:的)?(?:代理人|受托人|委托代理|代理机构|全权代表|授权代表)|"
    r"\b(?:acting|acts?) (?:solely )?(?:for|on behalf of|in the name of|as (?:the |an? |its )?(?:\w+ ){0,2}agent)\b|"
    r"\bas (?:the |an? |its |their )?(?:(?:duly|exclusive|sole|lawful|authori[sz]ed|appointed|general) ){0,3}"
    r"(?:agent|attorney(?:-in-fact)?|representative|proxy) (?:of|for)\b|"
    r"(?<![Ff]or and )\b[Oo]n behalf of\b|\bunder (?:a |the )?power of attorney\b",
)
_GRANTS = re.compile(
    r"兹|特此|现|授权(?!书|代表|人|方)|许可|准许|\b(?:hereby|herewith|authori[sz]es?|appoints?|grants?|permits?|licen[sc]es?)\b",
    re.IGNORECASE,
)
_HAS_GRANTED = re.compile(
    r"授权(?!书|代表|人|方|委托)|许可|不得|未经|不可|"
    r"\b(?:hereby|herewith|authori[sz]es?|appoints?|grants?|permits?|designates?|shall not|may not)\b",
    re.IGNORECASE,
)
"""Ahead of words of agency: what they say is said of the licensee, or forbidden."""
_REACH = 200
"""Characters of a sentence in which the words of agency and the grant stand."""
_END = re.compile(r"[。;]|\.\s+(?=[A-Z])(?<!Ltd\.\s)(?<!Co\.\s)(?<!Inc\.\s)|\n(?=\s*[^\n]{0,8}:)")
_ON_BEHALF = re.compile(r"\bbehalf of[:,]?\s*$", re.IGNORECASE)


def is_granted_for_another(letter: Letter) -> bool:
    """Whether the letter says, ahead of its grant, that whoever grants does so for somebody else."""
    text = letter.text.text
    for match in _FOR_ANOTHER.finditer(text):
        before, after = text[max(match.start() - _REACH, 0) : match.start()], text[match.end() : match.end() + _REACH]
        ends = [end.end() for end in _END.finditer(before)]
        sentence = before[ends[-1] :] if ends else before
        rest = after[: end.start()] if (end := _END.search(after)) else after
        # `We appoint X as agent for our goods` makes X an agent, and nobody grants for another.
        if not _HAS_GRANTED.search(sentence) and _GRANTS.search(match[0][-2:] + rest):
            return True
    return False


def signed_for(letter: Letter) -> str | None:
    """Return in whose name the letter is signed, `for and on behalf of Y`; None where it does not say."""
    text = letter.text.text
    for span in letter.spans:
        if span.part is Part.LICENSOR and span.signed and _ON_BEHALF.search(text, max(span.start - 20, 0), span.start):
            return letter.said(span)
    return None
