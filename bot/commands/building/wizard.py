"""Turn the wizard's pages: keep what was sent, look it up, and show the page that comes next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.commands.building import changing, drafting, wizard_view
from bot.commands.building.understanding import Understood, understand, with_offers
from bot.commands.command import Ask
from bot.domain.building.builds import Build
from bot.domain.building.drafts import PackageDraft
from bot.domain.building.filling import as_shown, choose, fill
from bot.domain.building.inputs import Given
from bot.domain.building.merging import merged
from bot.domain.building.pages import ORDER, Page, page_stored, page_with
from bot.domain.building.sentence import Reading
from bot.domain.outcomes import Outcome, PackageChange, PackageReview, WizardPage

_ELSEWHERE = "This draft went on elsewhere; here it is as it stands now. What this card sent was not taken."


@dataclass(frozen=True, slots=True)
class Turned:
    """A button of the wizard, or words in its place.

    `page` is the page of the card (None for words: the present one), `given` its fields, `reading` what was typed. `to`
    names a page to go to, `editing` the question to change.
    """

    verb: str
    build_id: str
    stamp: str = ""
    page: Page | None = None
    given: Given | None = None
    reading: Reading | None = None
    to: Page | None = None
    editing: int | None = None


async def turn(wanted: Turned, build: Build, ask: Ask) -> Outcome:
    """What was sent is in the draft before anything is looked up, so that nothing typed is ever lost."""
    build, taken = await drafting.change(build, ask, lambda found: _taken(found, wanted), stamp=wanted.stamp)
    if not taken:
        return await present(build, ask, notes=(_ELSEWHERE,))
    here = wanted.page or page_stored(build.page)
    understood = await understand(build.draft, ask, before=build.before, offering=not _nears_review(wanted, here))
    page = _target(wanted, here, understood)
    if page is Page.REVIEW:
        return await to_review(build, understood, ask, notes=_notes(wanted))
    understood = await with_offers(understood, ask)
    awaited = _awaited(wanted, here, understood) if page is here else {}
    if awaited:
        kept = {field: said for field, said in understood.problems.items() if field not in awaited}
        understood = replace(understood, problems=kept)
    build = await drafting.turn_to(build, page, ask)
    sent = wanted.verb == "package.next" and page is here
    editing = wanted.editing if wanted.verb == "package.pick" else _faulty_question(wanted, build, understood)
    return wizard_view.page(
        build, understood, ask, sent=sent, notes=(*awaited.values(), *_notes(wanted)), editing=editing
    )


async def present(build: Build, ask: Ask, *, notes: tuple[str, ...] = ()) -> WizardPage | PackageReview | PackageChange:
    """The page the draft stands on."""
    if page_stored(build.page) is Page.REVIEW:
        understood = await understand(build.draft, ask, before=build.before, offering=False)
        return await to_review(build, understood, ask, notes=notes)
    return wizard_view.page(build, await understand(build.draft, ask, before=build.before), ask, notes=notes)


async def clarify(build: Build, reading: Reading, ask: Ask) -> WizardPage | PackageReview | PackageChange:
    """The page where the first contradiction of a sentence is settled; all else that was said is filled in."""
    build = await drafting.turn_to(build, page_with(reading.contradictions[0].field), ask)
    return await present(build, ask, notes=notes_of(reading))


async def to_review(
    build: Build, understood: Understood, ask: Ask, *, notes: tuple[str, ...] = ()
) -> WizardPage | PackageReview | PackageChange:
    """The review (of a change: what differs), or the first page on which something is missing or wrong."""
    blueprint = understood.resolution.blueprint
    if blueprint is None or understood.problems:
        pages = [page_with(field) for field in understood.problems]
        build = await drafting.turn_to(build, min(pages, key=ORDER.index, default=Page.BASICS), ask)
        return wizard_view.page(build, await with_offers(understood, ask), ask, sent=True, notes=notes)
    build = await drafting.reviewed(await drafting.turn_to(build, Page.REVIEW, ask), blueprint, ask)
    if build.before:
        return await changing.of_form(build, build.before, blueprint, ask, notes)
    return await wizard_view.review(build, blueprint, ask, notes)


def _taken(build: Build, wanted: Turned) -> Build:
    """The build with what was sent in its draft."""
    draft, given = build.draft, wanted.given or {}
    if wanted.verb == "package.next" and wanted.page is None:
        draft = as_shown(draft, page_stored(build.page))
    elif wanted.page and given:
        draft = choose(fill(draft, wanted.page, given), given)
    if wanted.reading:
        draft = merged(draft, wanted.reading.draft, wanted.reading.dropped)
    return replace(build, draft=draft)


def _nears_review(wanted: Turned, here: Page) -> bool:
    """Whether the review, where nothing is chosen from a list, comes next unless something is wrong."""
    match wanted.verb:
        case "package.next":
            return here.following is Page.REVIEW
        case "package.goto":
            return wanted.to is Page.REVIEW
    return here is Page.REVIEW


def _target(wanted: Turned, here: Page, understood: Understood) -> Page:
    wrong = [page_with(field) for field in understood.problems]
    if wanted.reading and wanted.reading.contradictions:
        return page_with(wanted.reading.contradictions[0].field)
    match wanted.verb:
        case "package.next":
            return here if here in wrong else here.following
        case "package.back":
            return here.preceding
        case "package.goto":
            return wanted.to or here
        case "package.typed":
            said = _said(wanted.reading.draft) if wanted.reading else ()
            return next((page_with(field) for field in understood.problems if field in said), here)
    return here


def _said(draft: PackageDraft) -> tuple[str, ...]:
    """The fields somebody gave, those of the end together."""
    given = [
        name for name in PackageDraft.__dataclass_fields__ if getattr(draft, name) != getattr(PackageDraft(), name)
    ]
    ends = ("ends", "length", "until")
    return (*given, *ends) if any(name in given for name in ends) else tuple(given)


def _awaited(wanted: Turned, here: Page, understood: Understood) -> dict[str, str]:
    """Fields the page did not have until now, because only the answer just given asks for them: no mistake of anybody."""
    given = wanted.given or {}
    if wanted.verb != "package.next" or here is not Page.REQUESTS or "audience" not in given:
        return {}
    said = {
        "targets": ("targets", "Now name who can request it."),
        "stages": ("stage.0.approvers", "Now say who approves in each stage."),
    }
    draft = understood.draft
    asked = {"targets": not draft.targets, "stages": not any(one.approvers for one in draft.stages)}
    return {
        field: note
        for field, (name, note) in said.items()
        if field in understood.problems and name not in given and asked[field]
    }


def _faulty_question(wanted: Turned, build: Build, understood: Understood) -> int | None:
    """A question just saved stays in the editor while something is wrong with it."""
    if "questions" not in understood.problems or page_stored(build.page) is not Page.QUESTIONS:
        return None
    said = (wanted.given or {}).get("editing")
    last = len(build.draft.questions) - 1
    number = int(said) if isinstance(said, str) and said.isascii() and said.isdigit() and len(said) < 4 else last
    return number if wanted.verb in ("package.update", "package.next") and 0 <= number <= last else None


def _notes(wanted: Turned) -> tuple[str, ...]:
    return notes_of(wanted.reading) if wanted.reading else ()


def notes_of(reading: Reading) -> tuple[str, ...]:
    """What of typed words contradicts itself, cannot be had, was read otherwise than written, or not at all."""
    notes = [*(one.text for one in reading.contradictions[:5]), *reading.remarks]
    notes += [f"I read “{was}” as “{became}”." for was, became in reading.corrected[:3]]
    for word, near in reading.unknown[:5]:
        hint = f" Did you mean “{near}”?" if near else ""
        notes.append(f"I did not understand “{word}”.{hint}")
    return tuple(notes)
