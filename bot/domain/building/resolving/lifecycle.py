"""When access ends, how it is prolonged, reviewed, and what is called on the way."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

from bot.domain import spoken
from bot.domain.building import lengths
from bot.domain.building.describing import LAST_SECOND, NO_ANSWERS
from bot.domain.building.drafts import NONE, PolicyWish, ReviewWish
from bot.domain.building.refs import SELF, standard
from bot.domain.building.resolving.inquiry import Inquiry
from bot.domain.building.resolving.stages import subjects
from bot.domain.building.terms import Extension, Frequency, Moment, NoAnswer, Review
from bot.domain.ends import MOST_DAYS
from bot.domain.packages import Expiration

_FREQUENCIES = {one.value: one for one in Frequency} | {"yes": Frequency.QUARTERLY}
_PERIODS = {
    Frequency.WEEKLY: 7,
    Frequency.MONTHLY: 28,
    Frequency.QUARTERLY: 89,
    Frequency.HALF_YEARLY: 180,
    Frequency.YEARLY: 365,
}


def ends(inquiry: Inquiry, wish: PolicyWish) -> Expiration:
    """When access given through the policy ends; not saying it is a problem."""
    kind = wish.ends or ("date" if wish.until else "days" if wish.length else "")
    if kind == "never":
        return Expiration()
    if kind == "date":
        return Expiration(on=_until(inquiry, wish.until))
    if kind in ("days", "hours"):
        return Expiration(after=_after(inquiry, wish.length, kind))
    inquiry.problem("ends", f"Say when access ends: days:14, until:{_example(inquiry)}, hours:8 or never.")
    return Expiration()


def _example(inquiry: Inquiry) -> str:
    return f"{inquiry.now.year + 1}-12-24"


def _after(inquiry: Inquiry, text: str, kind: str) -> timedelta | None:
    bare = text.strip()
    length = lengths.read(f"{bare}h" if kind == "hours" and bare.isdigit() else bare)
    most = MOST_DAYS if kind == "days" else MOST_DAYS * 24
    if length is None or not timedelta(0) < length <= timedelta(days=MOST_DAYS):
        inquiry.problem("length", f"Give a number of {kind} from 1 to {most}.")
        return None
    return length


def _until(inquiry: Inquiry, text: str) -> datetime | None:
    at = _moment(inquiry, text)
    if at is None:
        inquiry.problem("until", f"Give a date like {_example(inquiry)}.")
    elif at <= inquiry.now:
        inquiry.problem("until", "That day is over. Give a day in the future.")
    elif at > inquiry.now + timedelta(days=MOST_DAYS):
        inquiry.problem("until", f"Access can last {MOST_DAYS} days at most. Give an earlier day.")
    return at


def _moment(inquiry: Inquiry, text: str) -> datetime | None:
    """A day, which ends access with its last second here, or a whole moment in ISO form; None for anything else."""
    bare = text.strip()
    day = spoken.read_date(bare)
    try:
        if day is None and "T" in bare:
            at = datetime.fromisoformat(bare)
            return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=inquiry.zone).astimezone(UTC)
        return _last_second(inquiry, day)
    except (ValueError, OverflowError):
        return None


def _last_second(inquiry: Inquiry, day: date | None) -> datetime | None:
    # Not midnight: whoever reads the end, here or in the portal, would see the day after.
    return datetime.combine(day, LAST_SECOND, inquiry.zone).astimezone(UTC) if day else None


def extending(inquiry: Inquiry, text: str, *, approved: bool, usual: bool) -> tuple[bool, bool]:
    """(whether people may ask for more time, whether that needs approval)."""
    if text == "approval":
        if not approved:
            inquiry.problem("extend", "More time shall need approval, but nobody approves. Name approvers.")
        return True, True
    if text not in ("", "yes", "no"):
        inquiry.problem("extend", "Say yes, no or approval: whether people may ask for more time.")
    return (usual if not text else text == "yes"), False


def review(inquiry: Inquiry, wish: ReviewWish, earlier: ReviewWish) -> Review | None:
    """The access reviews a draft asks for, None for none; what it leaves out is as in the `earlier` ones.

    Entra sets the first date by itself, so without another one it stays.
    """
    said = wish.frequency or ("yes" if wish != ReviewWish() else "no")
    if said == "no":
        return None
    if earlier.frequency not in ("", "no"):
        wish = _over(earlier, wish)
        said = wish.frequency
    elif earlier.starts and not wish.starts:
        wish = replace(wish, starts=earlier.starts)
    if said not in _FREQUENCIES:
        known = ", ".join(one.value for one in Frequency)
        inquiry.problem("review", f"Say how often access is reviewed: {known}, or no.")
        return None
    frequency = _FREQUENCIES[said]
    refs = [standard(one) for one in wish.reviewers]
    usual = Review(frequency)
    return Review(
        frequency=frequency,
        reviewers=subjects(inquiry, "review", tuple(one for one in refs if one != SELF), job="A reviewer"),
        self_review=SELF in refs or not refs,
        fallbacks=subjects(inquiry, "review", wish.fallbacks, job="A fallback reviewer"),
        duration=_duration(inquiry, wish.days, frequency),
        no_answer=_no_answer(inquiry, wish.no_answer),
        recommendations=inquiry.yes("review", wish.recommendations, usual=usual.recommendations),
        needs_justification=inquiry.yes("review", wish.justification, usual=usual.needs_justification),
        starts_at=_starts(inquiry, wish.starts),
    )


def _over(earlier: ReviewWish, wish: ReviewWish) -> ReviewWish:
    given = {field.name: value for field in fields(ReviewWish) if (value := getattr(wish, field.name))}
    if given.get("frequency") == "yes":
        del given["frequency"]
    another = given.get("frequency", earlier.frequency) != earlier.frequency
    # Weeks to answer fit a yearly review, but no weekly one: another rhythm takes its own usual time.
    return replace(replace(earlier, days="") if another else earlier, **given)


def _duration(inquiry: Inquiry, text: str, frequency: Frequency) -> timedelta:
    most = _PERIODS[frequency] - 1
    usual = timedelta(days=min(25, most - 1))
    length = lengths.read(text) if text else usual
    if length is None or not timedelta(0) < length <= timedelta(days=most):
        inquiry.problem("review", f"A {frequency.value} review can be open for 1 to {most} days.")
        return usual
    return length


def _no_answer(inquiry: Inquiry, text: str) -> NoAnswer:
    if text and text not in NO_ANSWERS:
        inquiry.problem("review", "Say what happens when nobody answers: keep, remove or recommend.")
    return NO_ANSWERS.get(text, NoAnswer.KEEP)


def _starts(inquiry: Inquiry, text: str) -> datetime | None:
    at = _moment(inquiry, text) if text else None
    if text and at is None:
        inquiry.problem("review", f"Give the first review's date like {_example(inquiry)}.")
    return at


def extensions(inquiry: Inquiry, given: tuple[tuple[str, str], ...]) -> tuple[Extension, ...]:
    """Custom extensions of the catalog, each at its moment."""
    if given == ((NONE, NONE),):
        return ()
    moments = {one.value.casefold(): one for one in Moment}
    made: list[Extension] = []
    for said, ref in given:
        at = moments.get(said.casefold())
        if at is None:
            known = "requested, approved, granted, removed, 14-days or 1-day"
            inquiry.problem("extensions", f"“{said[:40]}” is no moment to call an extension at. Choose {known}.")
            continue
        found = inquiry.one(
            "extensions",
            ref,
            inquiry.found.extensions,
            called=lambda one: one.name,
            key=lambda one: one.id,
            what="custom extension",
        )
        if found and at not in found.moments:
            inquiry.problem("extensions", f"“{found.name}” cannot be called then: it is for other moments.")
        elif found:
            made.append(Extension(at, found.id, found.name))
    return tuple(dict.fromkeys(made))
