"""The sandbox's clock: real time plus an offset that tests may move forward."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


def stamp(moment: datetime, *, fraction: bool = False) -> str:
    """Writes a moment as Graph does: UTC, whole seconds or with a fraction of seven digits, trailing Z."""
    text = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f0Z")
    return text if fraction else f"{text[:19]}Z"


class Clock:
    """Moves with real time; `advance` jumps ahead; `at` shows one moment while a timer that was due then runs."""

    def __init__(self) -> None:
        self._offset = timedelta()
        self._pinned: datetime | None = None

    def now(self) -> datetime:
        """The sandbox's present, aware UTC."""
        return self._pinned or datetime.now(UTC) + self._offset

    def text(self, *, fraction: bool = False) -> str:
        """The present as Graph writes it."""
        return stamp(self.now(), fraction=fraction)

    def advance(self, step: timedelta) -> None:
        """Jumps ahead by `step`; time never runs backwards (ValueError)."""
        if step < timedelta():
            raise ValueError("the clock only moves forward")
        self._offset += step

    def reset(self) -> None:
        """Back to real time."""
        self._offset = timedelta()

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Within the block, `now()` is `moment` (a timer sees the time it was due, however late it runs)."""
        before, self._pinned = self._pinned, moment
        try:
            yield
        finally:
            self._pinned = before
