"""The bytes of an application form → a plain tree in which every scalar is text as it was written.

YAML guesses types: `no` becomes false, 012345 an octal number, 2026-11-24 a date. A trademark number is none of
these, so nothing is guessed here. Built on the parser's events, not on a loader: aliases (which can double a form
thirty times over), tags, repeated keys and depth are refused before anything grows.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NoReturn, TypeAlias

import yaml

from pipeline.model import Message
from pipeline.text import clean, clean_lines
from pipeline.yaml_lines import line_of

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"

_MAX_NODES = 5_000
_MAX_DEPTH = 12
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class FormError(ValueError):
    """The form as a whole cannot be read; `message` says where and why, in both languages."""

    def __init__(self, *, en: str, zh: str) -> None:
        super().__init__(en)
        self.message = Message(en=en, zh=zh)


def parse_form(content: bytes, *, is_json: bool) -> Tree:
    """Return mappings, lists and texts; what is written as nothing, `null` or an empty text is None.

    Raises:
        FormError: The text is no valid YAML (or JSON), or uses what a form has no need for.
    """
    text = clean_lines(_decode(content))
    return _parse_json(text) if is_json else _parse_yaml(text)


def lines_of(content: bytes) -> Callable[[Sequence[str | int]], int | None]:
    """Return what tells on which line of a form that could be parsed a value stands; None where that cannot be told.

    JSON is YAML, but for some that is indented by tabs.
    """
    try:
        root = yaml.compose(clean_lines(_decode(content)), Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return lambda _: None
    return lambda place: line_of(root, place)


def _decode(content: bytes) -> str:
    has_utf16_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if has_utf16_mark else ["utf-8-sig", "gb18030"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FormError(en="the form is not UTF-8 text; save it as UTF-8", zh="申请表不是 UTF-8 文本；请以 UTF-8 编码保存")


def _text(value: str) -> str | None:
    return clean(value) or None


def _parse_json(text: str) -> Tree:
    def whole(pairs: list[tuple[str, Any]]) -> dict[str, Tree]:
        mapping: dict[str, Tree] = {}
        for key, value in pairs:
            _add(mapping, key, value, "")
        return mapping

    try:
        # Numbers stay as written: 1e3 and 0012 are no numbers here but text.
        tree = json.loads(text, object_pairs_hook=whole, parse_int=str, parse_float=str, parse_constant=str)
    except FormError:
        raise
    except json.JSONDecodeError as error:
        place, place_zh = (
            f" at line {error.lineno}, column {error.colno}",
            f"（第 {error.lineno} 行第 {error.colno} 列）",
        )
        raise FormError(
            en=f"the form is not valid JSON{place}: {error.msg}", zh=f"申请表不是有效的 JSON{place_zh}"
        ) from error
    except RecursionError as error:
        raise _too_complex() from error
    return _plain(tree, _Budget())


class _Budget:
    """Counts nodes and depth, so that a form of a megabyte cannot become a day's work."""

    def __init__(self) -> None:
        self.nodes = 0

    def spend(self, depth: int) -> None:
        self.nodes += 1
        if self.nodes > _MAX_NODES or depth > _MAX_DEPTH:
            raise _too_complex()


def _plain(node: object, budget: _Budget, depth: int = 0) -> Tree:
    budget.spend(depth)
    if isinstance(node, dict):
        return {key: _plain(value, budget, depth + 1) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value, budget, depth + 1) for value in node]
    if isinstance(node, bool):
        return "true" if node else "false"
    return None if node is None else _text(str(node))


def _parse_yaml(text: str) -> Tree:
    try:
        # The pure-Python parser: the C one nests on the C stack.
        events = _body(yaml.parse(text, Loader=yaml.BaseLoader))
        tree = _build(next(events), events, _Budget())
        for _ in events:  # Whatever follows the document is read too, so that it cannot hide there.
            pass
    except yaml.MarkedYAMLError as error:
        place, place_zh = _place(error.problem_mark or error.context_mark)
        raise FormError(
            en=f"the form is not valid YAML{place}: {error.problem}", zh=f"申请表不是有效的 YAML{place_zh}"
        ) from error
    except yaml.YAMLError as error:
        raise FormError(
            en="the form holds characters that YAML does not allow", zh="申请表含有 YAML 不允许的字符"
        ) from error
    except FormError:
        raise
    except (RecursionError, ValueError) as error:
        raise _too_complex() from error
    return tree


def _body(events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    """Yield the events of the one document that a form is; an empty form is an empty mapping."""
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                _refuse(event, "the form holds a second document after `---`", "申请表在 `---` 之后还有第二个文档")
        elif not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
            yield event
    if not documents:
        yield yaml.MappingStartEvent(None, None, True)
        yield yaml.MappingEndEvent()


def _build(event: Any, events: Iterator[yaml.Event], budget: _Budget, depth: int = 0) -> Tree:
    budget.spend(depth)
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        _refuse(
            event, "anchors and aliases (& and *) are not allowed in a form", "申请表中不允许使用锚点和别名（& 与 *）"
        )
    if event.tag not in (None, "!"):
        _refuse(event, "tags (!) are not allowed in a form", "申请表中不允许使用标签（!）")
    if isinstance(event, yaml.ScalarEvent):
        is_null = event.style is None and event.value in _NULLS
        return None if is_null else _text(event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Tree] = []
        while not isinstance(item := next(events), yaml.SequenceEndEvent):
            items.append(_build(item, events, budget, depth + 1))
        return items
    mapping: dict[str, Tree] = {}
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        if not isinstance(key, yaml.ScalarEvent):
            _refuse(key, "a key must be a plain word", "键必须是普通文字")
        place = _place(key.start_mark)
        _build(key, events, budget, depth + 1)
        _add(mapping, key.value, _build(next(events), events, budget, depth + 1), *place)
    return mapping


def _add(mapping: dict[str, Tree], key: str, value: Tree, place: str = "", place_zh: str = "") -> None:
    name = clean(key)[:80]
    if name in mapping:
        raise FormError(
            en=f"the key `{name}` stands twice in one place{place}; keep one",
            zh=f"键 `{name}` 重复{place_zh}；请只保留一个",
        )
    mapping[name] = value


def _place(mark: Any) -> tuple[str, str]:
    if mark is None:
        return "", ""
    return f" at line {mark.line + 1}, column {mark.column + 1}", f"（第 {mark.line + 1} 行第 {mark.column + 1} 列）"


def _refuse(event: yaml.Event, en: str, zh: str) -> NoReturn:
    place, place_zh = _place(event.start_mark)
    raise FormError(en=f"{en}{place}", zh=f"{zh}{place_zh}")


def _too_complex() -> FormError:
    return FormError(
        en=f"the form is nested deeper than {_MAX_DEPTH} levels or has over {_MAX_NODES} values; make it simpler",
        zh=f"申请表嵌套超过 {_MAX_DEPTH} 层或超过 {_MAX_NODES} 个值；请简化",
    )
