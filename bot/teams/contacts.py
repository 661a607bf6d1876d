"""Keep the ledger's memory of how to write to people and teams up to date with what Teams sends."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from botbuilder.schema import Activity

from bot.domain.delivery import Contact, Reach
from bot.domain.turns import Conversation, Place, Turn
from bot.ports import Clock, Ledger
from bot.teams.turns import names_zone, person_of, place_of, to_reference

# What has not changed is written again after this long, so that a "blocked" noted by another replica goes.
AGAIN_SECONDS = 60.0
_MOST = 10_000


class Contacts:
    """Who was met where. Unchanged contacts cost no write."""

    def __init__(self, ledger: Ledger, clock: Clock, *, seconds: Callable[[], float] = time.monotonic) -> None:
        self._ledger = ledger
        self._clock = clock
        self._seconds = seconds
        self._written: OrderedDict[tuple[str, str], tuple[Any, float]] = OrderedDict()

    async def met(self, turn: Turn, activity: Activity) -> None:
        """The person who spoke can be written to as they just wrote; a former "blocked" is over."""
        caller, talk = turn.caller, turn.conversation
        zone = caller.time_zone if names_zone(activity) else ""
        known = (
            replace(caller, time_zone=zone),
            talk if talk.place is Place.PERSONAL else None,
            activity.from_property.id,
        )
        # By chat as well: somebody who goes back and forth between chats is still news only once.
        place = (caller.id, talk.id)
        earlier, at = self._written.get(place, (None, 0.0))
        if earlier == known and self._seconds() - at < AGAIN_SECONDS:
            return
        await self._ledger.remember(
            Contact(
                person_id=caller.id,
                teams_id=activity.from_property.id,
                conversation=known[1],
                reach=Reach.OK if known[1] else Reach.UNKNOWN,
                name=caller.name,
                locale=caller.locale,
                time_zone=zone,
                updated_at=self._clock.now(),
            )
        )
        self._written[place] = (known, self._seconds())
        if len(self._written) > _MOST:
            self._written.popitem(last=False)

    def forget(self, person_id: str) -> None:
        """Whatever this person says next is news: it ends what a refusal taught."""
        for place in [place for place in self._written if place[0] == person_id]:
            del self._written[place]

    async def installed(self, activity: Activity) -> None:
        """Usher was added to a 1:1 chat or a team."""
        team = _team(activity)
        if team:
            await self._ledger.remember_team(team)

    async def removed(self, activity: Activity) -> None:
        """Usher was taken out of a 1:1 chat or a team."""
        team, person_id = _team(activity), person_of(activity)
        if team:
            await self._ledger.forget_team(team.id)
        elif place_of(activity) is Place.PERSONAL and person_id:
            self.forget(person_id)
            await self._ledger.set_reach(person_id, Reach.NOT_INSTALLED.value, "BotNotInConversationRoster")


def _team(activity: Activity) -> Conversation | None:
    """The team's General channel (its id is the team's), or None outside teams."""
    channel_data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
    team = channel_data.get("team")
    team_id = team.get("id") if isinstance(team, dict) else None
    if not isinstance(team_id, str) or not team_id:
        return None
    return replace(to_reference(activity), conversation_id=team_id, place=Place.CHANNEL).to_conversation()
