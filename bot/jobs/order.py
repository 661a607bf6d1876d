"""Say what a run is to do and by which id it is known; both are stored, so their form must stay."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from urllib.parse import quote

from bot.jobs.job import Payload


@dataclass(frozen=True, slots=True)
class Order:
    """One run of the job `name` for `key`. Later generations are successors and repetitions of the first."""

    name: str
    key: str
    generation: int
    payload: Payload

    @property
    def run_id(self) -> str:
        """Unique, whatever characters name and key hold."""
        return f"{run_prefix(self.name)}{_quoted(self.key)}/{self.generation}"

    @property
    def before(self) -> Order | None:
        """The run this one follows; None for the first."""
        return replace(self, generation=self.generation - 1) if self.generation > 1 else None

    def to_json(self) -> str:
        """ASCII text for `from_json`. Raises TypeError when the payload is not JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Order:
        """The order that `to_json` wrote."""
        return cls(**json.loads(text))


def run_prefix(name: str) -> str:
    """What the ids of all runs of a job begin with, and of no other's."""
    return f"{_quoted(name)}/"


def _quoted(text: str) -> str:
    return quote(text, safe="", errors="surrogatepass")
