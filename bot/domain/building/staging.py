"""Approval stages as the clauses of a sentence name them, one after the other."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.domain.building import values
from bot.domain.building.drafts import StageWish
from bot.domain.building.phrases import Token, plainly, taken
from bot.domain.building.refs import standard
from bot.domain.building.singles import Singles

_NEXT = re.compile(r"\s*(?:>|(?<!\S)then(?!\S))\s*", re.IGNORECASE)
_PEOPLE = {"fallback": "fallbacks", "alternate": "alternates", "alternate-fallback": "alternate_fallbacks"}
MOST = 20


class Staging:
    """Each `approver:` opens a stage; what is said about a stage belongs to the last one opened.

    What is said before the first `approver:` belongs to the first stage.
    """

    KEYS = frozenset(
        "approver stages fallback alternate alternate-fallback decide alternate-after approver-justification".split()
    )

    def __init__(self, singles: Singles) -> None:
        self._singles = singles
        self._stages: list[StageWish] = []

    def clause(self, key: str, rest: list[Token]) -> None:
        """Reads what one of KEYS takes from the front of `rest`."""
        match key:
            case "approver":
                self._approvers(taken(rest))
            case "stages":
                self._singles.give("stage count", values.number(rest).lstrip("0") or "0", field="stages")
            case "decide":
                self._single("days", values.days(rest))
            case "alternate-after":
                self._single("alternates_after", values.days(rest))
            case "approver-justification":
                self._single("justification", values.yes_no(rest))
            case _:
                name = _PEOPLE[key]
                self._amend(**{name: (*getattr(self._last(), name), *values.people(rest))})
        self._singles.note("stages")

    def _single(self, name: str, value: str) -> None:
        self._singles.give(f"{name} of stage {max(len(self._stages), 1)}", value, field="stages")
        self._amend(**{name: value})

    def _approvers(self, values: list[Token]) -> None:
        """`Megan, Adele` are one stage, `manager > Megan` and `manager then Megan` two."""
        joined = ""
        for token in values:
            apart = "" if not joined or token.text.startswith((",", ";")) else " "
            joined += apart + token.text
        for part in _NEXT.split(plainly(joined)):
            parted = part.split(";" if ";" in part else ",")
            people = tuple(standard(one) for one in parted if one.strip())
            if people and len(self._stages) == 1 and not self._stages[0].approvers:
                self._amend(approvers=people)
            elif people and len(self._stages) < MOST:
                self._stages.append(StageWish(people))

    def _last(self) -> StageWish:
        return self._stages[-1] if self._stages else StageWish()

    def _amend(self, **changes: Any) -> None:
        self._stages[-1:] = [replace(self._last(), **changes)]

    def stages(self) -> tuple[StageWish, ...]:
        """The stages; `stages:1` puts all approvers into one, a larger number leaves room for those not named yet."""
        said = self._singles.values.get("stage count", "")
        if not said.isdecimal():
            return tuple(self._stages)
        count = min(int(said[:4]), MOST)
        if count != 1 and count < sum(1 for stage in self._stages if stage.approvers):
            self._singles.clash("stages", "stage count", f"{len(self._stages)} stages with approvers")
        if count == 1 and self._stages:
            everybody = tuple(dict.fromkeys(one for stage in self._stages for one in stage.approvers))
            return (replace(self._stages[0], approvers=everybody),)
        return (*self._stages, *[StageWish()] * (count - len(self._stages)))
