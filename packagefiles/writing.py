"""Write access packages as a file for people: every setting, in the order of the portal's wizard, with comments."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.building.drafts import PackageDraft, PolicyWish, QuestionWish, ResourceWish, ReviewWish, StageWish
from bot.domain.building.filed import FiledPackage
from packagefiles import words
from packagefiles.lengths import spoken
from packagefiles.lines import Lines

_AUDIENCES = "all-users (guests too), members, specific, specific-organizations, all-organizations, anyone, admins-only"
_ABOUT = (
    "Change what you like and send the file back with: package apply",
    "What you leave out stays as it is. Nothing goes because this file does not name it: to take a resource or a",
    'policy out, write “remove: yes” beside it. An empty list or text, [] or "", means: none.',
)


def write(packages: Sequence[FiledPackage], *, about: str, time_zone: str) -> str:
    """The file; `read` takes it back. `about`: one line on where it comes from. `time_zone`: that of its dates."""
    lines = Lines()
    for remark in (about, *_ABOUT):
        lines.remark(remark)
    lines.word("usher", words.VERSION, "the version of this format")
    if time_zone:
        lines.put("time-zone", time_zone, "dates end at midnight there")
    with lines.list("packages"):
        for one in packages:
            with lines.entry():
                _package(lines, one)
    return lines.text()


def _package(lines: Lines, filed: FiledPackage) -> None:
    draft = filed.draft
    lines.names = filed.names
    lines.put("name", draft.name)
    if filed.id:
        lines.put("id", filed.id, "another package has the same name")
    lines.put("catalog", draft.catalog)
    lines.put("description", draft.description)
    lines.word("hidden", draft.hidden, "yes: only people with the link find it")
    with lines.list("resources"):
        for wish in draft.resources:
            _resource(lines, wish)
    with lines.list("policies"):
        for number, policy in enumerate(_policies(draft)):
            with lines.entry():
                _policy(lines, policy, first=number == 0)
    with lines.block("incompatible", "who has one of these cannot ask"):
        lines.texts("packages", draft.incompatible_packages)
        lines.texts("groups", draft.incompatible_groups)


def _policies(draft: PackageDraft) -> tuple[PolicyWish, ...]:
    first = PolicyWish(**{name: getattr(draft, name) for name in PolicyWish.__dataclass_fields__})
    return (() if first == PolicyWish() else (first,)) + draft.others


def _resource(lines: Lines, wish: ResourceWish) -> None:
    with lines.entry():
        lines.put(wish.kind, wish.ref)
        lines.put("role", wish.role)


def _policy(lines: Lines, wish: PolicyWish, *, first: bool) -> None:
    lines.put("name", wish.policy)
    lines.put("description", wish.policy_description)
    lines.word("for", wish.audience, _AUDIENCES if first else "")
    if wish.targets:
        lines.texts("targets", wish.targets)
    lines.word("requests", wish.requests, "no: nobody can ask at the moment" if first else "")
    if wish.stages:
        with lines.list("approval"):
            for stage in wish.stages:
                _stage(lines, stage)
    else:
        lines.word("approval", wish.approve, "no, or up to three stages with approvers" if first else "")
    lines.word("justification", wish.justification, "yes: whoever asks must say why" if first else "")
    with lines.list("questions"):
        for question in wish.questions:
            _question(lines, question)
    _lifecycle(lines, wish, first=first)


def _lifecycle(lines: Lines, wish: PolicyWish, *, first: bool) -> None:
    lines.word("ends", _ends(wish), "14 days, 8 hours, a date like 2027-12-24, or never" if first else "")
    lines.word("timeline", wish.timeline, "yes: whoever asks may choose the days" if first else "")
    lines.word("extend", wish.extend, "yes, no, or approval: whether people may ask for more time" if first else "")
    _review(lines, wish.review)
    moments = {moment: word for word, moment in words.MOMENTS.items()}
    with lines.list("extensions"):
        for at, name in wish.extensions:
            with lines.entry():
                lines.word("at", moments.get(at, at))
                lines.put("name", name)


def _ends(wish: PolicyWish) -> str:
    if wish.ends == "hours":
        return spoken(f"{wish.length}h" if wish.length.isdigit() else wish.length)
    return {"days": spoken(wish.length), "date": wish.until}.get(wish.ends, wish.ends)


def _stage(lines: Lines, stage: StageWish) -> None:
    with lines.entry():
        lines.texts("approvers", stage.approvers)
        for name, refs in (
            ("fallbacks", stage.fallbacks),
            ("alternates", stage.alternates),
            ("alternate-fallbacks", stage.alternate_fallbacks),
        ):
            if refs:
                lines.texts(name, refs)
        lines.word("alternates-after", spoken(stage.alternates_after))
        lines.word("decide-within", spoken(stage.days))
        lines.word("justification", stage.justification)


def _question(lines: Lines, wish: QuestionWish) -> None:
    with lines.entry():
        lines.put("question", wish.text)
        lines.word("kind", wish.kind)
        lines.word("required", wish.required)
        if wish.choices:
            _choices(lines, wish)
        _translations(lines, wish.translations)
        lines.put("pattern", wish.pattern)
        if wish.editable != "yes":
            lines.word("editable", wish.editable)


def _choices(lines: Lines, wish: QuestionWish) -> None:
    """Bare texts, unless one is stored under another value or is translated."""
    if not wish.choice_values and not wish.choice_translations:
        lines.texts("choices", wish.choices)
        return
    values = dict(wish.choice_values)
    with lines.list("choices"):
        for text in wish.choices:
            with lines.entry():
                lines.put("text", text)
                lines.put("value", values.get(text, ""))
                _translations(lines, tuple((tag, said) for one, tag, said in wish.choice_translations if one == text))


def _translations(lines: Lines, given: tuple[tuple[str, str], ...]) -> None:
    if given:
        with lines.block("translations"):
            for tag, text in given:
                lines.put(tag, text)


def _review(lines: Lines, wish: ReviewWish) -> None:
    if wish.frequency in ("", "no"):
        lines.word("review", wish.frequency)
        return
    with lines.block("review"):
        lines.word("every", wish.frequency)
        lines.texts("reviewers", wish.reviewers)
        if wish.fallbacks:
            lines.texts("fallbacks", wish.fallbacks)
        lines.word("lasts", spoken(wish.days))
        lines.word("no-answer", wish.no_answer, "keep, remove or recommend")
        lines.word("recommendations", wish.recommendations)
        lines.word("justification", wish.justification)
        lines.word("starts", wish.starts)
