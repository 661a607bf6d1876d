"""Lifecycle: when access ends, whether it can be extended, who reviews it, and what keeps people apart."""

from __future__ import annotations

from bot.domain.building.drafts import PackageDraft, ReviewWish
from bot.domain.building.filling import MOMENTS
from bot.domain.building.terms import Moment
from bot.domain.outcomes import Choice, WizardPage
from cards import fields
from cards.elements import CardElement, subheading
from cards.wizard_pages.entries import entry, more, names, pick, problem, toggle

_ENDS = (
    Choice("After a number of days", "days"),
    Choice("After a number of hours", "hours"),
    Choice("On a date", "date"),
    Choice("Never", "never"),
)
_EXTEND = (
    Choice("No", "no"),
    Choice("Yes, without approval", "yes"),
    Choice("Yes, with approval", "approval"),
)
_REVIEWS = (
    Choice("No reviews", "no"),
    Choice("Every week", "weekly"),
    Choice("Every month", "monthly"),
    Choice("Every three months", "quarterly"),
    Choice("Twice a year", "half-yearly"),
    Choice("Every year", "yearly"),
)
_NO_ANSWER = (
    Choice("Access stays", "keep"),
    Choice("Access is removed", "remove"),
    Choice("What Entra recommends", "recommend"),
)
_MOMENTS = {
    Moment.REQUESTED: "When somebody requests",
    Moment.APPROVED: "When a request is approved",
    Moment.GRANTED: "When access is given",
    Moment.REMOVED: "When access ends",
    Moment.FOURTEEN_DAYS: "14 days before access ends",
    Moment.ONE_DAY: "One day before access ends",
}


def body(outcome: WizardPage) -> list[CardElement]:
    """The end, what people can do about it, and reviews; the rest is folded away."""
    draft = outcome.draft
    ends = draft.ends or "days"
    shown = pick(outcome, "ends", "Access ends", _ENDS, ends)
    shown += entry(outcome, "length", "How many days or hours", draft.length, placeholder="14", limit=10)
    shown += [fields.date("until", "Last day, when it ends on a date", draft.until), *problem(outcome, "until")]
    timeline = "Requestors may ask for a time of their own"
    shown += toggle(outcome, "timeline", "Timeline", timeline, on=draft.timeline == "yes")
    shown += pick(outcome, "extend", "People can ask for more time", _EXTEND, draft.extend or _usual_extend(draft))
    shown += pick(outcome, "review.frequency", "Access reviews", _REVIEWS, _frequency(draft), field="review")
    rarer = [*_review(outcome), *_apart(outcome), *_extensions(outcome)]
    return [*shown, *more("More: reviews, exclusions…", rarer, shown=_holds(outcome))]


def _usual_extend(draft: PackageDraft) -> str:
    """As it is when nobody says anything: who cannot ask cannot ask for more time either."""
    return "no" if draft.audience == "admins-only" else "yes"


def _holds(outcome: WizardPage) -> bool:
    draft = outcome.draft
    given = draft.extensions or draft.incompatible_packages or draft.incompatible_groups
    wrong = any(field in outcome.problems for field in ("extensions", "incompatible_packages", "incompatible_groups"))
    return bool(given) or wrong or _frequency(draft) != "no"


def _frequency(draft: PackageDraft) -> str:
    said = draft.review.frequency or ("yes" if draft.review != ReviewWish() else "no")
    return "quarterly" if said == "yes" else said


def _review(outcome: WizardPage) -> list[CardElement]:
    review = outcome.draft.review
    return [
        subheading("Reviews"),
        *names(
            outcome,
            "review.reviewers",
            "Reviewers",
            review.reviewers,
            placeholder="self, manager, sponsors, or names and addresses",
        ),
        *entry(outcome, "review.days", "Days a review lasts", review.days, placeholder="25", limit=10),
        *pick(outcome, "review.no_answer", "When nobody answers", _NO_ANSWER, review.no_answer or "keep"),
    ]


def _apart(outcome: WizardPage) -> list[CardElement]:
    draft = outcome.draft
    return [
        subheading("Separation of duties"),
        *names(
            outcome,
            "incompatible_packages",
            "Who has one of these packages cannot ask",
            draft.incompatible_packages,
            placeholder="Names of packages",
        ),
        *names(
            outcome,
            "incompatible_groups",
            "Who is in one of these groups cannot ask",
            draft.incompatible_groups,
            placeholder="Names of groups",
        ),
    ]


def _extensions(outcome: WizardPage) -> list[CardElement]:
    """A list for each moment at which some extension of the catalog can be called."""
    stands = dict(outcome.draft.extensions)
    shown: list[CardElement] = []
    for at, moment in enumerate(MOMENTS):
        offered = outcome.choices.get(f"extension.{at}", ())
        if offered:
            choices = (Choice("Nothing is called", "none"), *offered)
            chosen = stands.get(moment.value, "none")
            shown.append(fields.one_of(f"extension.{at}", _MOMENTS[moment], choices, chosen, short=True, room=600))
    wrong = problem(outcome, "extensions")
    return [subheading("Custom extensions"), *shown, *wrong] if shown or wrong else []
