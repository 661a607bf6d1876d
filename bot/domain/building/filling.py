"""Fill a draft with what a page of the wizard sent: names of fields to texts, any of which may be missing or odd."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from bot.domain.building.drafts import PackageDraft, QuestionWish, ResourceWish, StageWish
from bot.domain.building.inputs import Given, items, lines, text, translations, which
from bot.domain.building.pages import Page
from bot.domain.building.terms import MOST_STAGES, Moment

T = TypeVar("T")
KINDS = ("app", "group", "site")
"""Of a `ResourceWish`, in the order of the page."""

MOMENTS = tuple(Moment)
USUAL_AUDIENCE = "all-users"
"""Chosen on the page until somebody chooses another."""


def fill(draft: PackageDraft, page: Page, given: Given) -> PackageDraft:
    """The draft with every field of the page that was sent. A field that was not sent stays as it is; never raises."""
    match page:
        case Page.BASICS:
            return _texts(draft, given, "name", "description", "catalog", "hidden")
        case Page.RESOURCES:
            return replace(draft, resources=_resources(draft.resources, given))
        case Page.REQUESTS:
            return _requests(draft, given)
        case Page.QUESTIONS:
            return replace(draft, questions=_questions(draft.questions, given))
        case Page.LIFECYCLE:
            return _lifecycle(draft, given)
        case Page.REVIEW:
            return draft


def as_shown(draft: PackageDraft, page: Page) -> PackageDraft:
    """The draft with what the page shows chosen already, for somebody who types `next` instead of pressing it."""
    if page is Page.REQUESTS and not draft.audience:
        return replace(draft, audience="specific" if draft.targets else USUAL_AUDIENCE)
    return draft


def _texts(draft: PackageDraft, given: Given, *names: str) -> PackageDraft:
    sent: dict[str, Any] = {name: said for name in names if (said := text(given, name)) is not None}
    return replace(draft, **sent)


def _resources(stands: tuple[ResourceWish, ...], given: Given) -> tuple[ResourceWish, ...]:
    """Roles as chosen, without those to remove, with those chosen from the lists or typed by name."""
    kept = [
        replace(one, role=_or(text(given, f"role.{at}"), one.role))
        for at, one in enumerate(stands)
        if text(given, f"remove.{at}") != "yes"
    ]
    added = [ResourceWish(kind, ref) for kind in KINDS if (ref := text(given, f"add.{kind}"))]
    name, kind = text(given, "add.name"), text(given, "add.kind")
    if name:
        added.append(ResourceWish(kind if kind in KINDS else "app", name))
    return (*kept, *(one for one in added if (one.kind, one.ref) not in {(two.kind, two.ref) for two in kept}))


def _requests(draft: PackageDraft, given: Given) -> PackageDraft:
    filled = _texts(draft, given, "audience", "requests", "justification")
    filled = replace(filled, targets=_or(items(given, "targets"), draft.targets))
    count = text(given, "approval")
    stages = tuple(_stage(one, at, given) for at, one in enumerate(draft.stages))
    if filled.audience == "admins-only" and "audience" in given:
        # The form's own default would say that people can ask.
        filled = replace(filled, requests="no")
    if count == "no":
        return replace(filled, approve="no", stages=())
    if count is None or count not in map(str, range(1, MOST_STAGES + 1)):
        return replace(filled, stages=stages)
    wanted = int(count)
    blank = (StageWish(),) * max(0, wanted - len(stages))
    return replace(filled, approve="yes", stages=(*stages, *blank)[:wanted])


def _stage(stage: StageWish, at: int, given: Given) -> StageWish:
    people: dict[str, Any] = {
        name: named
        for name in ("approvers", "fallbacks", "alternates")
        if (named := items(given, f"stage.{at}.{name}")) is not None
    }
    texts: dict[str, Any] = {
        name: said
        for name in ("days", "alternates_after", "justification")
        if (said := text(given, f"stage.{at}.{name}")) is not None
    }
    return replace(stage, **people, **texts)


def _questions(stands: tuple[QuestionWish, ...], given: Given) -> tuple[QuestionWish, ...]:
    """With the question of the editor in its place; `editing` is its number, anything else makes it a new one."""
    said = text(given, "question.text")
    at = text(given, "editing") or ""
    number = int(at) if at.isascii() and at.isdigit() and len(at) < 4 and int(at) < len(stands) else len(stands)
    if text(given, "unask") == "yes":
        return stands[:number] + stands[number + 1 :]
    if not said:
        return stands
    before = stands[number] if number < len(stands) else QuestionWish("")
    asked = replace(
        before,
        text=said,
        kind=_or(text(given, "question.kind"), before.kind),
        required=_or(text(given, "question.required"), before.required),
        choices=_or(lines(given, "question.choices"), before.choices),
        translations=_or(translations(given, "question.translations"), before.translations),
    )
    return (*stands[:number], asked, *stands[number + 1 :])


def _lifecycle(draft: PackageDraft, given: Given) -> PackageDraft:
    filled = _texts(draft, given, "ends", "length", "until", "timeline", "extend")
    reviewers = items(given, "review.reviewers")
    return replace(
        filled,
        review=replace(
            draft.review,
            frequency=_or(text(given, "review.frequency"), draft.review.frequency),
            reviewers=_or(reviewers, draft.review.reviewers),
            days=_or(text(given, "review.days"), draft.review.days),
            no_answer=_or(text(given, "review.no_answer"), draft.review.no_answer),
        ),
        extensions=_extensions(draft.extensions, given),
        incompatible_packages=_or(items(given, "incompatible_packages"), draft.incompatible_packages),
        incompatible_groups=_or(items(given, "incompatible_groups"), draft.incompatible_groups),
    )


def _extensions(stands: tuple[tuple[str, str], ...], given: Given) -> tuple[tuple[str, str], ...]:
    """One for each moment whose field was sent; those of other moments stay."""
    sent = {moment.value: text(given, f"extension.{at}") for at, moment in enumerate(MOMENTS)}
    kept = [one for one in stands if sent.get(one[0]) is None]
    return (*kept, *((moment, name) for moment, name in sent.items() if name and name != "none"))


def choose(draft: PackageDraft, given: Given) -> PackageDraft:
    """The draft with each reference that meant several things replaced by the one chosen under its `which`."""

    def one(ref: str) -> str:
        return (text(given, which(ref)) if ref else "") or ref

    def each(refs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(one, refs)))

    return replace(
        draft,
        catalog=one(draft.catalog),
        resources=tuple(replace(wish, ref=one(wish.ref), role=one(wish.role)) for wish in draft.resources),
        targets=each(draft.targets),
        stages=tuple(
            replace(
                stage,
                approvers=each(stage.approvers),
                fallbacks=each(stage.fallbacks),
                alternates=each(stage.alternates),
            )
            for stage in draft.stages
        ),
        review=replace(draft.review, reviewers=each(draft.review.reviewers)),
        extensions=tuple((moment, one(name)) for moment, name in draft.extensions),
        incompatible_packages=each(draft.incompatible_packages),
        incompatible_groups=each(draft.incompatible_groups),
    )


def _or(sent: T | None, stands: T) -> T:
    return stands if sent is None else sent
