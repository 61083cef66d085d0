"""Which fields of two documents nearly agree, and that they are looked at again."""

from dataclasses import replace

import pytest

from pipeline.disputes import disputed
from pipeline.doubts import parts_in_doubt
from pipeline.model import Document, Entity, Way
from tests.pipeline.test_closer import LINE, TYPES, Paper, document


def saying(name: str, text: str, identifier: str) -> Document:
    entity = Entity[str](value=text, raw=text, confidence=0.95, evidence=(LINE,))
    return replace(document(), id=identifier, fields=Paper.model_validate({name: entity}))


@pytest.mark.parametrize(
    ("one", "other", "nearly"),
    [
        pytest.param("深圳市试星贸易有限公司", "深圳市试墨贸易有限公司", True, id="one character"),
        pytest.param("深圳市试星贸易有限公司", "深圳试星贸易有限公司", True, id="one lost"),
        pytest.param("深圳市试星贸易有限公司", "深圳市试星贸易有限公司", False, id="the same"),
        pytest.param("深圳市试星贸易有限公司", "杭州云试服饰有限公司", False, id="another company"),
        pytest.param("李明华", "李明毕", False, id="short names"),
        pytest.param("星河贸易", "星云商贸", False, id="half of it"),
    ],
)
def test_texts_of_two_documents(one: str, other: str, nearly: bool) -> None:
    found = disputed([saying("name", one, "d1"), saying("remark", other, "d2")])
    assert found == ({"d1": {"name"}, "d2": {"remark"}} if nearly else {})


def test_one_document_does_not_dispute_itself() -> None:
    name, remark = (
        saying(*each, "d1") for each in (("name", "深圳市试星贸易有限公司"), ("remark", "深圳市试墨贸易有限公司"))
    )
    assert disputed([name, replace(remark, id="d2")]) != {}
    fields = Paper.model_validate({**(name.fields or Paper()).entities(), **(remark.fields or Paper()).entities()})
    assert disputed([replace(name, fields=fields)]) == {}


@pytest.mark.parametrize("way", [Way.LARGER, Way.SECOND_ENGINE])
def test_disputed_fields_are_looked_at_again_however_sure_they_are(way: Way) -> None:
    agreeing = [saying("remark", "91350100TEST", "d1"), saying("remark", "91350100TEST", "d2")]
    assert not parts_in_doubt(agreeing, TYPES, way)
    disputing = [saying("remark", "91350100TEST", "d1"), saying("remark", "91350100TESS", "d2")]
    assert list(parts_in_doubt(disputing, TYPES, way)) == [("a.jpg", 2)]
