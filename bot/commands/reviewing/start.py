"""`review`: have somebody look at who holds an access package, once, or again and again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands.building import edit, which
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.reviewing import asking, beginning, forming
from bot.commands.reviewing.asking import Plan
from bot.domain.outcomes import CampaignShown, Outcome, Said
from bot.domain.packages import AccessPackage
from bot.domain.reviews.campaigns import Kind
from bot.domain.reviews.facts import Unanswered
from bot.domain.reviews.wishes import ReviewWish, read
from bot.domain.roles import Act

USAGE = 'review "Invited users package" by adele@contoso.com for 7 days'
_SUBMIT, _CHANGE, _YES, _NO = "review.submit", "review.change", "review.yes", "review.no"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The wish; `step` is "ask", "form" (it came from one), "change", "yes" or "no"; `stamp` the preview that Yes belongs to."""

    wish: ReviewWish
    step: str = "ask"
    stamp: str = ""


def parse(words: str, value: Value) -> Wanted:
    """From a sentence, the form, or the preview's buttons."""
    if not value:
        return Wanted(read(words))
    step = {_SUBMIT: "form", _CHANGE: "change", _YES: "yes", _NO: "no"}.get(text_of(value, "verb"), "ask")
    kind, otherwise = text_of(value, "kind"), text_of(value, "unanswered")
    people = read(f"by {text_of(value, 'people', most=2000)}").people
    wish = ReviewWish(
        package=text_of(value, "package", most=256),
        kind=Kind(kind) if kind in (Kind.PEOPLE, Kind.SPONSORS, Kind.MANAGERS) else None,
        people=people if kind == Kind.PEOPLE else (),
        days=text_of(value, "days", most=10) or _whole(value.get("days")),
        unanswered=Unanswered(otherwise) if otherwise in set(Unanswered) else None,
        reason=value.get("reason") in ("yes", True),
    )
    return Wanted(wish, step, text_of(value, "stamp", most=120))


def _whole(value: object) -> str:
    return str(value) if type(value) is int else ""


async def run(wanted: Wanted, ask: Ask) -> Outcome:
    """The form, the preview, or the card of the review that begins."""
    if wanted.step == "no":
        return Said("No review was started", "Nothing was changed.")
    begun = await ask.deps.campaigns.begun_by(ask.turn.key)
    if begun:
        return await beginning.card(begun, ask)
    data = {"people": ", ".join(wanted.wish.people), "days": wanted.wish.days}
    if wanted.wish.kind:
        data["kind"] = wanted.wish.kind.value
    package = await which.package_of(wanted.wish.package, ask, verb="review", usage=USAGE, data=data)
    if isinstance(package, Said):
        return package
    refused = await ask.refuse(Act.REVIEW, package.catalog.id)
    if refused:
        return refused
    if wanted.wish.every:
        return await edit.run(edit.Edit(package.id, _recurring(wanted.wish)), ask)
    return await _once(wanted, package, ask)


def _recurring(wish: ReviewWish) -> str:
    """The policy's own reviews, as `package edit` says them."""
    words = [f"review:{wish.every}"]
    if wish.kind in (Kind.SPONSORS, Kind.MANAGERS):
        words.append(f"reviewer:{wish.kind.value.rstrip('s')}")
    words += [f"reviewer:{one}" for one in wish.people if "@" in one or one == "me"]
    if wish.days.isdigit():
        words.append(f"review-days:{wish.days}")
    if wish.unanswered:
        words.append(f"no-answer:{ {Unanswered.ADVICE: 'recommend'}.get(wish.unanswered, wish.unanswered.value) }")
    return " ".join(words)


async def _once(wanted: Wanted, package: AccessPackage, ask: Ask) -> Outcome:
    running = await beginning.running(package.id, ask)
    if running and wanted.step != "yes":
        return running
    if wanted.step == "change":
        return forming.form(wanted.wish, package, problems={})
    plan = await asking.plan(wanted.wish, package, ask)
    if isinstance(plan, Said):
        return plan
    if plan.problems or wanted.wish.unknown or wanted.wish.kind is None:
        problems = plan.problems if wanted.step != "ask" or wanted.wish.kind else {}
        return forming.form(wanted.wish, package, problems=problems)
    if wanted.step != "yes":
        return forming.preview(plan, wanted.wish, ask)
    return await _begin(wanted, plan, ask)


async def _begin(wanted: Wanted, plan: Plan, ask: Ask) -> Said | CampaignShown:
    """What was looked at begins; what has changed since is looked at once more."""
    stamp = wanted.stamp
    if not stamp or stamp.rpartition("|")[2] != plan.digest:
        changed = replace(plan, notes=("Something changed since you looked. Please look again.", *plan.notes))
        return forming.preview(changed, wanted.wish, ask)
    return await beginning.begin(plan, stamp, ask)


COMMAND = Command(
    name="review",
    usage=f'{USAGE} | review "Invited users package" by sponsors | review "Invited users package" every quarter',
    summary="Have people confirm who keeps an access package.",
    parse=parse,
    run=run,
    aliases=("recertify", "attest", "prüfen"),
    verbs=(_SUBMIT, _CHANGE, _YES, _NO),
    redraws=(_SUBMIT, _CHANGE, _YES, _NO),
)
