"""The application form: its bytes → what of it is valid, and every problem named by field."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pipeline.form import (
    Account,
    Applicant,
    Application,
    Brand,
    Form,
    FormProblem,
    LegalPerson,
    Relation,
    Settlement,
    Store,
)
from pipeline.formtext import FormError, Tree, lines_of, parse_form
from pipeline.model import Message, Record
from pipeline.schema_text import DescribedSchema, plain_schema
from pipeline.text import meant_by

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands in the form: keys and, in lists, positions from 0."""

_MAX_TEXT = 500

# The groups of the form and the record that says which keys each has.
_GROUPS: dict[str, type[Record]] = {
    "": Application,
    "applicant": Applicant,
    "applicant.legal_person": LegalPerson,
    "account": Account,
    "settlement": Settlement,
    "store": Store,
    "brands[]": Brand,
}
_REQUIRED: tuple[Path, ...] = (("store", "category"), ("store", "type"))

# What pydantic calls a problem → what people call it; `missing` and `extra_forbidden` are worded below.
_WORDING = {
    "model_type": ("must be a group of keys, each on a line of its own as `key: value`", "应为一组 `键: 值`"),
    "tuple_type": ("must be a list, such as [a, b]", "应为列表，例如 [a, b]"),
    "string_type": ("must be a text, not a list or a group of keys", "应为文字，而不是列表或一组键"),
    "enum": (f"must be one of: {', '.join(Relation)}", f"应为以下之一：{'、'.join(Relation)}"),
    "greater_than_equal": ("must be a Nice class from 1 to 45", "应为 1 至 45 的尼斯分类"),
    "less_than_equal": ("must be a Nice class from 1 to 45", "应为 1 至 45 的尼斯分类"),
    "int": ("must be a whole number", "应为整数"),
}


def read_form(content: bytes, *, file: str) -> Form:
    """Return the form with every part of it that is valid and every problem of the rest; never raises.

    Scalars are taken as they are written, so an unquoted number, `no` or a leading zero loses nothing. A value
    that is not valid is left out; a brand without a valid name is left out as a whole.

    Args:
        content: YAML, or JSON if the name ends so; UTF-8, or GB 18030 as older Windows in China writes it.
        file: Name to put on the form, and to tell its kind.
    """
    is_json = file.casefold().endswith(".json")
    try:
        tree = parse_form(content, is_json=is_json)
    except FormError as error:
        return Form(file, Application(), (FormProblem(field="", message=error.message),))
    if tree is None:
        tree = {}
    if not isinstance(tree, dict):
        return Form(file, Application(), (_problem((), *_WORDING["model_type"]),))
    problems: dict[Path, FormProblem] = {}
    pruned = _prune(tree, (), problems)
    application = _validate(pruned, problems)
    for path in _REQUIRED:
        if _at(pruned, path) is None and not any(path[: len(known)] == known for known in problems):
            problems[path] = _problem(path, "is missing; it must be given", "缺失，必须填写")
    if not problems:
        return Form(file, application)
    return Form(file, application, tuple(_with_lines(problems, lines_of(content))))


def _prune(node: Tree, path: Path, problems: dict[Path, FormProblem]) -> Tree:
    """Return the tree without keys that hold nothing, which count as absent, and without overlong texts."""
    if isinstance(node, dict):
        kept = {key: _prune(value, (*path, key), problems) for key, value in node.items()}
        return {key: value for key, value in kept.items() if value is not None}
    if isinstance(node, list):
        for index, item in enumerate(node):
            if item is None:
                where = (*path, index)
                problems[where] = _problem(where, "holds nothing; fill it in or take it out", "为空；请填写或删除")
        items = (_prune(item, (*path, index), problems) for index, item in enumerate(node))
        # The positions of problems found later count from what is left; only forms with both kinds notice.
        return [item for item in items if item is not None]
    if node is not None and len(node) > _MAX_TEXT:
        problems[path] = _problem(path, f"is longer than {_MAX_TEXT} characters", f"超过 {_MAX_TEXT} 个字符")
        return None
    return node


def _validate(tree: Tree, problems: dict[Path, FormProblem]) -> Application:
    """Return the application made of the valid parts: what is not valid is noted, cut out, and the rest tried again."""
    while True:
        try:
            return Application.model_validate(tree)
        except ValidationError as error:
            found = dict(_locate(detail) for detail in error.errors(include_url=False) if _counts(tree, detail))
        for path, problem in found.items():
            problems.setdefault(path, problem)
        spoilt = {_smallest_removable(path) for path in found}
        smaller = _without(tree, spoilt, ())
        if () in spoilt or smaller == tree:
            return Application()
        tree = smaller


def _counts(tree: Tree, detail: ErrorDetails) -> bool:
    """Whether an error is meant: of `category`'s two forms, text and list, only the one that was tried counts."""
    *parents, branch = detail["loc"] or ("",)
    if branch == "str":
        return not isinstance(_at(tree, tuple(parents)), list)
    return branch != "tuple[str, ...]"


def _at(tree: Tree, path: tuple[str | int, ...]) -> Tree:
    for step in path:
        if isinstance(tree, dict) and isinstance(step, str):
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
        else:
            return None
    return tree


def _locate(detail: ErrorDetails) -> tuple[Path, FormProblem]:
    """Return where an error stands and what it is; pydantic's names for the branches of a union are left out."""
    path = tuple(step for step in detail["loc"] if isinstance(step, int) or (step.isidentifier() and step != "str"))
    if detail["type"] == "missing":
        return path, _problem(path, "is missing; it must be given", "缺失，必须填写")
    if detail["type"] == "extra_forbidden":
        path = detail["loc"]
        return path, _unknown_key(path)
    kind = "int" if detail["type"].startswith("int") else detail["type"]
    return path, _problem(path, *_WORDING.get(kind, ("is not valid", "无效")))


def _unknown_key(path: Path) -> FormProblem:
    group = _dotted(tuple("[]" if isinstance(step, int) else step for step in path[:-1]))
    known = list(_GROUPS[group].model_fields) if group in _GROUPS else []
    near = meant_by(str(path[-1]), known)
    if near:
        return _problem(
            path, f"is not a key of the form; did you mean `{near}`?", f"不是申请表的字段；是否应为 `{near}`？"
        )
    names = ", ".join(known)
    return _problem(path, f"is not a key of the form; known here: {names}", f"不是申请表的字段；此处可用：{names}")


def _smallest_removable(path: Path) -> Path:
    """Return what goes with a value that is not valid: with a brand's name the whole brand, else the value alone."""
    return path[:2] if path[:1] == ("brands",) and path[2:] == ("name",) else path


def _without(node: Tree, spoilt: set[Path], path: Path) -> Tree:
    if isinstance(node, dict):
        return {k: _without(value, spoilt, (*path, k)) for k, value in node.items() if (*path, k) not in spoilt}
    if isinstance(node, list):
        return [_without(value, spoilt, (*path, i)) for i, value in enumerate(node) if (*path, i) not in spoilt]
    return node


def _dotted(path: Path) -> str:
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif step == "[]":
            text += step
        else:
            text += f".{step}" if text else step
    return text


def _with_lines(problems: dict[Path, FormProblem], line: Callable[[Path], int | None]) -> Iterator[FormProblem]:
    """Yield the problems, each with its line as far as that can be told."""
    # What stands in a list after something that was left out counts from what remains.
    left_out = {path[:-1] for path in problems if path and isinstance(path[-1], int)}
    for path, problem in problems.items():
        is_moved = any(path[: len(above)] == above and len(path) > len(above) + 1 for above in left_out)
        number = None if is_moved else line(path)
        yield problem if number is None else _at_line(problem, number)


def _at_line(problem: FormProblem, line: int) -> FormProblem:
    en, zh = problem.message.en, problem.message.zh
    return FormProblem(field=problem.field, message=Message(en=f"{en} (line {line})", zh=f"{zh}（第 {line} 行）"))


def _problem(path: Path, en: str, zh: str) -> FormProblem:
    field = _dotted(path)
    name, name_zh = (f"`{field}`", f"`{field}` ") if field else ("the form", "申请表")
    return FormProblem(field=field, message=Message(en=f"{name} {en}", zh=f"{name_zh}{zh}"))


def application_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the form, for editors: made from the records, so that the two agree."""
    schema: dict[str, Any] = plain_schema(Application.model_json_schema(schema_generator=DescribedSchema))
    schema["required"] = ["store"]
    groups = schema["$defs"]
    groups["Store"]["required"] = ["category", "type"]
    for group, key in (
        ("Applicant", "unified_social_credit_code"),
        ("LegalPerson", "id_number"),
        ("Account", "id"),
        ("Brand", "trademark_number"),
    ):
        # Written without quotes these are numbers to YAML; the form takes them as they are written.
        groups[group]["properties"][key]["type"] = ["string", "integer"]
    for group, key, examples in _EXAMPLES:
        groups[group]["properties"][key]["examples"] = list(examples)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Application form of a dossier",
        "description": "What a seller says of the company, the store and its brands.",
    }


# Which of these are valid is the rulebook's business: they are proposed, not prescribed.
_EXAMPLES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Account", "login", ("email", "alipay", "taobao")),
    ("Settlement", "channel", ("international_alipay", "worldfirst")),
    ("Store", "type", ("official", "exclusive", "specialised", "other")),
    ("Brand", "office", ("CNIPA", "USPTO", "EUIPO", "UKIPO", "WIPO")),
)
