"""When access shall end, as a person asks for it: days, a date, or what the policy says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.packages import Policy

MOST_DAYS = 3660
"""Entra's own limit on an expiration in days."""

_OVER = "That day is over. Give a day in the future."


@dataclass(frozen=True, slots=True)
class Ends:
    """At most one of `days` (1 to 3660) and `on` (a calendar day, the last one with access) is set.

    With neither, access ends as the assignment policy says.
    """

    days: int | None = None
    on: date | None = None

    def moment(self, start: datetime, zone: ZoneInfo) -> datetime | None:
        """The UTC instant at which access ends, None when the policy decides. A date ends with its day in `zone`."""
        if self.days is not None:
            return start + timedelta(days=self.days)
        if self.on is not None:
            # Not midnight: whoever reads the end, here or in the portal, would see the day after.
            return datetime.combine(self.on, time(23, 59, 59), zone).astimezone(UTC)
        return None

    def problem(self, now: datetime, zone: ZoneInfo, policy: Policy | None) -> str | None:
        """Why this end cannot be, in plain words, or None. `policy` caps it where one is known."""
        if self.days is not None and not 1 <= self.days <= MOST_DAYS:
            return f"Give a number of days from 1 to {MOST_DAYS}."
        if self.on is not None and abs(self.on.year - now.year) > MOST_DAYS // 365 + 1:
            # Told apart first: near the edges of the calendar no instant can be computed.
            return _OVER if self.on.year < now.year else f"Access can last {MOST_DAYS} days at most."
        wanted = self.moment(now, zone)
        if wanted is None:
            return None
        if wanted <= now:
            return _OVER
        if wanted > now + timedelta(days=MOST_DAYS):
            return f"Access can last {MOST_DAYS} days at most."
        longest = policy.expiration.end(now) if policy else None
        # A named day counts as allowed on the day the policy's own time runs out.
        grace = timedelta(days=1) if self.on else timedelta()
        if longest is not None and wanted > longest + grace:
            last = longest.astimezone(zone)
            return f"The package allows access until {last.day} {last:%B %Y} at most."
        return None

    def to_json(self) -> dict[str, int | str]:
        """`{}`, `{"days": 14}` or `{"on": "2026-12-24"}`."""
        if self.days is not None:
            return {"days": self.days}
        return {"on": self.on.isoformat()} if self.on else {}

    @classmethod
    def from_json(cls, data: dict[str, int | str]) -> Ends:
        """What `to_json` wrote."""
        on = data.get("on")
        days = data.get("days")
        return cls(int(days) if days is not None else None, date.fromisoformat(str(on)) if on else None)
