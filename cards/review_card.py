"""The card on which a reviewer decides: a few people a page, with what is known of each, and Keep, Remove or Don't know."""

from __future__ import annotations

from typing import Any

from bot.domain.outcomes import Choice, Press, ReviewCard, ReviewLine, Style
from bot.domain.reviews.campaigns import CampaignState
from bot.domain.reviews.facts import Decision
from cards import fields
from cards.elements import CardElement, box, finished, heading, small, words
from cards.literal import plain
from cards.presses import action, actions, row
from cards.review_words import advice, decided, named, standing
from cards.tones import MARKS
from cards.when import day

_WORDS = {Decision.KEEP: "keep", Decision.REMOVE: "remove", Decision.DONT_KNOW: "unsure", Decision.OPEN: ""}
_CHOICES = (Choice("Keep", "keep"), Choice("Remove", "remove"), Choice("Don't know", "unsure"))
_MOST_REASON = 500


def card(outcome: ReviewCard) -> dict[str, Any]:
    """Fields as long as people can decide; afterwards what was decided."""
    tone, said = standing(outcome.campaign)
    mark = MARKS[tone]
    body: list[CardElement] = [
        words(f"{mark.icon} {said}", colour=mark.colour, bold=True),
        heading(_title(outcome)),
        words(_lead(outcome)),
        *([words(outcome.note, bold=True)] if outcome.note else []),
    ]
    for number, line in enumerate(outcome.lines):
        body.append(_person(number, line, outcome))
    if not outcome.lines:
        body.append(words(_nobody(outcome)))
    return finished([*body, *row(_actions(outcome))], text(outcome))


def text(outcome: ReviewCard) -> str:
    """The same in plain text, with the way to decide by hand."""
    said = [_title(outcome), _lead(outcome), *([plain(outcome.note, 300)] if outcome.note else [])]
    for line in outcome.lines:
        said += [f"{_who(line)}: {decided(line.item)}", f"  {_known(line, outcome)}"]
        if line.problem:
            said.append(f"  ✖ {plain(line.problem, 200)}")
    return "\n".join(said if outcome.lines else [*said, _nobody(outcome)])


def _is_open(outcome: ReviewCard) -> bool:
    return outcome.campaign.state is CampaignState.OPEN


def _title(outcome: ReviewCard) -> str:
    return f"Who still needs {named(outcome.campaign, 'this access package')}?"


def _lead(outcome: ReviewCard) -> str:
    page = f" Page {outcome.page + 1} of {outcome.pages}." if outcome.pages > 1 else ""
    if not _is_open(outcome):
        return f"You decided {outcome.done} of {outcome.total}.{page}"
    until = f" until {day(outcome.campaign.ends_at, outcome.time_zone)}" if outcome.campaign.ends_at else ""
    reason = " A reason is required." if outcome.campaign.reason_required else ""
    return f"{outcome.done} of {outcome.total} decided. You can decide, and change your mind,{until}.{reason}{page}"


def _nobody(outcome: ReviewCard) -> str:
    return "There is nobody for you to decide about in this review."


def _person(number: int, line: ReviewLine, outcome: ReviewCard) -> CardElement:
    parts: list[CardElement] = [words(_who(line), bold=True), small(_known(line, outcome))]
    if not _is_open(outcome) or outcome.link:
        parts.append(words(decided(line.item), spacing="Small"))
        return box(parts, style="emphasis", spacing="Medium")
    if not line.item.is_open and line.item.by_id != outcome.reviewer_id:
        parts.append(small(f"Already decided: {decided(line.item)}"))
    name = plain(line.item.person_name, 60)
    parts += [
        fields.one_of(
            f"decision{number}",
            f"Decision about {name}",
            _CHOICES,
            _WORDS[line.item.decision],
            short=True,
            placeholder="Choose",
        ),
        fields.line(
            f"reason{number}",
            f"Reason for {name}",
            line.item.reason,
            placeholder="For the record",
            limit=_MOST_REASON,
        ),
        *fields.problem(line.problem),
    ]
    return box(parts, style="emphasis", spacing="Medium")


def _who(line: ReviewLine) -> str:
    name, address = plain(line.item.person_name, 80), plain(line.address, 120)
    return f"{name} ({address})" if name and address and name != address else name or address or "Somebody"


def _known(line: ReviewLine, outcome: ReviewCard) -> str:
    zone = outcome.time_zone
    seen = day(line.seen_at, zone) if line.seen_at else "not known"
    sponsors = ", ".join(plain(one, 60) for one in line.sponsors[:3]) or "none"
    return f"Last sign-in: {seen} · {_access(line, zone)} · Sponsor: {sponsors} · Entra recommends: {advice(line.item)}"


def _access(line: ReviewLine, zone: str) -> str:
    if line.since is None and line.ends_at is None:
        return "Access: not known"
    since = f"Access since {day(line.since, zone)}" if line.since else "Access"
    return f"{since}, ends {day(line.ends_at, zone)}" if line.ends_at else f"{since}, without an end"


def _actions(outcome: ReviewCard) -> list[Any]:
    data: dict[str, Any] = {"campaign": outcome.campaign.id, "page": outcome.page}
    found: list[Any] = []
    if _is_open(outcome) and outcome.lines and not outcome.link:
        items = {f"item{number}": line.item.id for number, line in enumerate(outcome.lines)}
        items |= {f"was{number}": line.item.stamp for number, line in enumerate(outcome.lines)}
        found.append(
            action(Press("Save decisions", "review.decide", {**data, **items}, style=Style.PRIMARY), with_inputs=True)
        )
        if outcome.total > 1:
            found += actions((Press("Several at once…", "review.several", {"campaign": outcome.campaign.id}),))
    if outcome.link and _is_open(outcome):
        found += actions((Press("Decide in My Access", url=outcome.link),))
    if outcome.page > 0:
        found += actions((Press("Previous page", "review.page", {**data, "page": outcome.page - 1}),))
    if outcome.page + 1 < outcome.pages:
        found += actions((Press("Next page", "review.page", {**data, "page": outcome.page + 1}),))
    return found
