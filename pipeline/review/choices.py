"""What the queue can be filtered by: the categories and store types that dossiers on the desk have."""

from collections.abc import Mapping

from sqlalchemy import Engine, select

from pipeline.review.intake import Intake
from pipeline.review.tables import CASES


class Choices:
    """Looked up once for every time that dossiers were taken in, since every page of the queue asks for them."""

    def __init__(self, engine: Engine, intake: Intake) -> None:
        """Look into the desk's database; `intake` tells when there is something new."""
        self._engine, self._intake = engine, intake
        self._found: tuple[int, Mapping[str, tuple[str, ...]]] | None = None

    def __call__(self) -> Mapping[str, tuple[str, ...]]:
        """Return them by `category` and `store_type`."""
        taken = self._intake.taken
        if self._found is None or self._found[0] != taken:
            self._found = (taken, self._look_up())
        return self._found[1]

    def _look_up(self) -> Mapping[str, tuple[str, ...]]:
        found = {}
        with self._engine.connect() as connection:
            for column in (CASES.c.category, CASES.c.store_type):
                query = select(column).where(column.is_not(None)).distinct().order_by(column)
                found[column.name] = tuple(connection.execute(query).scalars())
        return found
