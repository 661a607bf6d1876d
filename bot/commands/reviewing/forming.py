"""What is shown before a review begins: the form that asks what is missing, and the preview with a Yes."""

from __future__ import annotations

from bot.commands.command import Ask
from bot.commands.reviewing.asking import Plan
from bot.domain.outcomes import Choice, Field, FieldKind, Form, Press, Said, Style, Tone
from bot.domain.packages import AccessPackage
from bot.domain.reviews.campaigns import Kind
from bot.domain.reviews.facts import Unanswered
from bot.domain.reviews.wishes import USUAL_DAYS, ReviewWish
from bot.domain.wording import day

MOST_NAMES = 6
UNANSWERED = {
    Unanswered.KEEP: "They keep the access",
    Unanswered.REMOVE: "They lose the access",
    Unanswered.ADVICE: "Entra's recommendation is followed",
}
_KINDS = (
    Choice("People I name below", Kind.PEOPLE.value),
    Choice("The guests' sponsors", Kind.SPONSORS.value),
    Choice("Managers", Kind.MANAGERS.value),
)


def form(wish: ReviewWish, package: AccessPackage, *, problems: dict[str, str]) -> Form:
    """Everything a review needs, with what was said already filled in."""
    notes = tuple(f"I did not understand “{word}”." for word in wish.unknown[:3])
    otherwise = tuple(Choice(title, one.value) for one, title in UNANSWERED.items())
    return Form(
        title=f"Review who holds “{package.name}”",
        fields=(
            Field("kind", "Who reviews", (wish.kind or Kind.PEOPLE).value, FieldKind.BUTTONS, _KINDS),
            Field(
                "people", "Reviewers, by e-mail address", ", ".join(wish.people)[:200], placeholder="adele@contoso.com"
            ),
            Field("days", "For how many days", wish.days or str(USUAL_DAYS), placeholder="7"),
            Field(
                "unanswered",
                "Of whom nobody decides",
                (wish.unanswered or Unanswered.KEEP).value,
                FieldKind.BUTTONS,
                otherwise,
            ),
            Field(
                "reason",
                "Must reviewers give a reason?",
                "yes" if wish.reason else "no",
                FieldKind.BUTTONS,
                (Choice("No", "no"), Choice("Yes", "yes")),
            ),
        ),
        verb="review.submit",
        submit="Preview",
        sentence=f'review "{package.name}" by adele@contoso.com for 7 days',
        data={"package": package.id},
        notes=notes,
        problems=problems,
    )


def preview(plan: Plan, wish: ReviewWish, ask: Ask) -> Said:
    """Who is reviewed by whom, until when, and what happens then; Yes begins exactly this."""
    count = len(plan.asks)
    data = {
        "package": plan.package.id,
        "kind": plan.kind.value,
        "people": ", ".join(wish.people)[:1500],
        "days": str(plan.days),
        "unanswered": plan.unanswered.value,
        "reason": "yes" if plan.reason_required else "no",
    }
    yes = {**data, "stamp": f"{ask.turn.key[:80]}|{plan.digest}"}
    words = f"review:quarterly no-answer:{_NO_ANSWER[plan.unanswered]}"
    return Said(
        f"Review who holds “{plan.package.name}”?",
        "Each reviewer gets one card here and a mail from Entra. Nobody loses access before an administrator applies "
        "what was decided.",
        facts=(
            ("Under review", "1 person" if count == 1 else f"{count} people"),
            ("Reviewers", _reviewers(plan)),
            ("Until", f"{day(plan.ends_at, ask.zone)} ({plan.days} {'day' if plan.days == 1 else 'days'})"),
            ("Of whom nobody decides", UNANSWERED[plan.unanswered]),
            ("A reason", "is required" if plan.reason_required else "is welcome"),
        ),
        points=plan.notes,
        tone=Tone.INFO,
        presses=(
            Press("Yes, start", "review.yes", yes, style=Style.PRIMARY),
            Press("Change…", "review.change", data),
            Press("Every quarter instead…", "package edit", {"package": plan.package.id, "words": words}),
            Press("No", "review.no", {}),
        ),
    )


_NO_ANSWER = {Unanswered.KEEP: "keep", Unanswered.REMOVE: "remove", Unanswered.ADVICE: "recommend"}


def _reviewers(plan: Plan) -> str:
    load = plan.load
    known = [one for one in plan.people if load[one.id]]
    said = [f"{one.name or 'somebody'} ({load[one.id]})" for one in known[:MOST_NAMES]]
    more = len(known) - len(said)
    return ", ".join(said) + (f" and {more} more" if more > 0 else "") or "nobody"
