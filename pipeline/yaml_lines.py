"""On which line of a YAML file a value stands."""

from collections.abc import Sequence

import yaml


def line_of(node: yaml.Node | None, place: Sequence[str | int]) -> int:
    """Return the line, counting from 1, of the value at a place or of the closest one around it.

    Args:
        node: The document's root; None of an empty one.
        place: Keys and positions from 0 that lead to the value.
    """
    line = 1
    for step in place:
        below = _below(node, step)
        if below is None:
            break
        line, node = below
    return line


def _below(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        below = node.value[step]
        return below.start_mark.line + 1, below
    return None
