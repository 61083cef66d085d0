"""An evaluation as others may see it: identity numbers masked, as in reports, whether they were read or are true."""

from collections.abc import Collection

from pipeline.evaluate.summary import Evaluation, FieldResult
from pipeline.names import unique
from pipeline.report.masking import is_like_number, mask_text, mask_value


def hide_numbers(evaluation: Evaluation) -> Evaluation:
    """Return the evaluation with every identity number masked, wherever it stands: values, names of documents.

    It is counted before, so that documents whose names are masked alike stay as many as they are.
    """
    numbers = {number for result in evaluation.fields for number in _numbers(result) if is_like_number(number)}
    fields = tuple(_hidden(result, numbers) for result in evaluation.fields)
    lost = zip(unique(map(mask_text, evaluation.lost)), evaluation.lost.values(), strict=True)
    told = evaluation.model_copy(update={"fields": fields, "lost": dict(lost)}).model_dump(mode="json")
    return Evaluation.model_validate(mask_value("", told, numbers))


def _numbers(result: FieldResult) -> list[str]:
    if result.field != "id_number":
        return []
    shown = (text for miss in result.misses for text in (miss.wanted, miss.read))
    return [text for text in shown if isinstance(text, str)]


def _hidden(result: FieldResult, numbers: Collection[str]) -> FieldResult:
    misses = tuple(
        miss.model_copy(
            update={name: mask_value(miss.field, getattr(miss, name), numbers) for name in ("wanted", "read")}
        )
        for miss in result.misses
    )
    return result.model_copy(update={"misses": misses})
