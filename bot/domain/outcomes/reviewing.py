"""What commands about access reviews come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.outcomes.parts import Choice, Press
from bot.domain.reviews.campaigns import Campaign
from bot.domain.reviews.facts import Decision, Item


@dataclass(frozen=True, slots=True)
class ReviewerProgress:
    """How far one reviewer is."""

    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class CampaignShown:
    """A review as those who run it see it, kept up to date until it is over. Times in `time_zone` (IANA name)."""

    campaign: Campaign
    counts: dict[Decision, int]
    reviewers: tuple[ReviewerProgress, ...] = ()
    losing: int = 0
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One person on a reviewer's card, with what is known. `seen_at` None: `seen_known` says whether that means never."""

    item: Item
    address: str = ""
    since: datetime | None = None
    ends_at: datetime | None = None
    sponsors: tuple[str, ...] = ()
    seen_at: datetime | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """What one reviewer decides, page by page (from 0). `link`: My Access, where signing in here is not set up.

    `done` of `total` are decided over all pages.
    """

    campaign: Campaign
    reviewer_id: str
    lines: tuple[ReviewLine, ...]
    page: int
    pages: int
    done: int
    total: int
    note: str = ""
    link: str = ""
    time_zone: str = "UTC"

    @property
    def facts(self) -> tuple[object, ...]:
        """What makes it another card when it changes."""
        return facts(self.campaign, tuple(one.item for one in self.lines), self.page, self.done, self.total)


def facts(campaign: Campaign, items: tuple[Item, ...], page: int, done: int, total: int) -> tuple[object, ...]:
    """What makes a reviewer's card another one when it changes."""
    return (campaign.state, campaign.ends_at, items, page, done, total)


@dataclass(frozen=True, slots=True)
class SeveralForm:
    """Decide about several people at once: whom, how, and why. `total`: how many there are to choose from."""

    campaign_id: str
    package: str
    choices: tuple[Choice, ...]
    total: int
    reason: str = ""
    problems: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One review in a list. `mine`: how many people still wait for the one who asks."""

    campaign: Campaign
    counts: dict[Decision, int]
    mine: int = 0


@dataclass(frozen=True, slots=True)
class CampaignList:
    """Reviews under way and lately over. `presses` open one of them."""

    rows: tuple[CampaignRow, ...]
    presses: tuple[Press, ...] = ()
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """What was decided about whom, and what came of it."""

    campaign: Campaign
    items: tuple[Item, ...]
    counts: dict[Decision, int]
    presses: tuple[Press, ...] = ()
    time_zone: str = "UTC"
