"""What every record is, and the rectangles that they hold."""

from typing import Annotated, Any, ClassVar, Self, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

Edges: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom in fractions of the page as shown, from its top left; may lie outside 0 to 1."""


class Record(BaseModel):
    """A frozen value that crosses a process or file boundary; unknown keys are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    # Of the fields. One set for all records that have every field: they are frozen, and their copies copy it.
    _names: ClassVar[set[str]] = set()

    @classmethod
    def __pydantic_init_subclass__(cls, **stated: Any) -> None:
        super().__pydantic_init_subclass__(**stated)
        cls._names = set(cls.model_fields)

    @classmethod
    def trusted(cls, **values: Any) -> Self:
        """Return a record without checking its values: for what is made thousands of times of values that are right.

        Args:
            values: Every field under its name, in the order of declaration.
        """
        return cls._made(values)

    def but(self, **values: Any) -> Self:
        """Return the record with other values, without checking them: quicker than `trusted` where many are alike.

        Not for a class with cached properties, which would be taken along.
        """
        return self._made(vars(self) | values)

    @classmethod
    def _made(cls, values: dict[str, Any]) -> Self:
        made: Self = _bare(cls)
        _set_values(made, values)
        _set_stated(made, cls._names)
        _set_extra(made, None)
        _set_private(made, None)
        return made


_bare = object.__new__
# What pydantic itself sets of a model; a frozen one refuses every other way.
_set_values, _set_stated, _set_extra, _set_private = (
    vars(BaseModel)[slot].__set__
    for slot in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)


class Box(Record):
    """A rectangle on a page, in fractions of its width and height, from the top left."""

    left: float = Field(ge=0, le=1, allow_inf_nan=False)
    top: float = Field(ge=0, le=1, allow_inf_nan=False)
    right: float = Field(ge=0, le=1, allow_inf_nan=False)
    bottom: float = Field(ge=0, le=1, allow_inf_nan=False)

    @property
    def width(self) -> float:
        """Width as a fraction of the page's width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height as a fraction of the page's height."""
        return self.bottom - self.top

    def rounded(self) -> "Box":
        """Return the box with its edges rounded to four digits."""
        left, top, right, bottom = (round(edge, 4) for edge in (self.left, self.top, self.right, self.bottom))
        return Box(left=left, top=top, right=right, bottom=bottom)

    def turned(self, degrees: int) -> "Box":
        """Return where it lies once its page is turned clockwise, by quarters."""
        box = self
        for _ in range(degrees // 90 % 4):
            box = Box(left=1 - box.bottom, top=box.left, right=1 - box.top, bottom=box.right)
        return box

    @property
    def edges(self) -> Edges:
        """Left, top, right and bottom."""
        return self.left, self.top, self.right, self.bottom

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share some area."""
        return self.shared_area(other) > 0

    def shared_area(self, other: "Box") -> float:
        """Return the area that the two share, as a fraction of the page."""
        return shared_area(self.edges, other.edges)

    def grown(self, *, across: float, down: float) -> "Box":
        """Return the box with so much more on all sides, as far as the page goes."""
        return Box(
            left=max(self.left - across, 0.0),
            top=max(self.top - down, 0.0),
            right=min(self.right + across, 1.0),
            bottom=min(self.bottom + down, 1.0),
        )

    @property
    def center(self) -> tuple[float, float]:
        """Middle of the box: x, y."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def shared_sides(one: Edges, other: Edges) -> tuple[float, float]:
    """Return how wide and how high the part is that two rectangles share; negative as far as they are apart."""
    return min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])


def shared_area(one: Edges, other: Edges) -> float:
    """Return the area that two rectangles share."""
    across, down = shared_sides(one, other)
    return max(across, 0.0) * max(down, 0.0)


WHOLE_PAGE = Box(left=0, top=0, right=1, bottom=1)


def _box_from_json(value: object) -> object:
    if isinstance(value, list | tuple) and len(value) == 4:
        return dict(zip(("left", "top", "right", "bottom"), value, strict=True))
    return value


def _box_to_json(box: Box) -> list[float]:
    return [round(edge, 4) for edge in (box.left, box.top, box.right, box.bottom)]


JsonBox = Annotated[
    Box,
    BeforeValidator(_box_from_json),
    PlainSerializer(_box_to_json, return_type=list[float]),
    WithJsonSchema(
        {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1}, "minItems": 4, "maxItems": 4}
    ),
]
"""A box that reports write as `[left, top, right, bottom]`, rounded to four digits."""
