"""`package lint`: what is likely wrong with a package, or with all of them, and what mends it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.commands.building import which
from bot.commands.command import Ask, Command, Value
from bot.domain.building.blueprints import Blueprint
from bot.domain.building.lint import lint
from bot.domain.building.mending import Mend, mend
from bot.domain.outcomes import Finding, LintedPackage, LintLine, LintReport, Outcome, Press, Said, Tone
from bot.domain.roles import Act

USAGE = 'package lint "Invited users package"'
_ALL = frozenset(["", "all", "*", "everything", "every package", "all packages"])
_GRAVITY = {Tone.BAD: 0, Tone.WARNING: 1, Tone.INFO: 2}
_MOST_BUTTONS = 5


def parse(words: str, value: Value) -> str:
    """The package, "" for all."""
    wanted = which.named(words, value)
    return "" if wanted.casefold() in _ALL else wanted


async def run(wanted: str, ask: Ask) -> Outcome:
    """Read fresh from Entra: the packages, and whether the people and groups they name still work."""
    return await (_one(wanted, ask) if wanted else _all(ask))


async def _one(wanted: str, ask: Ask) -> Outcome:
    found = await which.package_of(wanted, ask, verb="package lint", usage=USAGE)
    if isinstance(found, Said):
        return found
    package = await ask.deps.governance.blueprint(found.id)
    findings = (await _linted([package], ask))[0]
    show = Press("Show package", "package", {"package": package.id})
    if not findings:
        text = "Somebody can ask for it or be assigned, somebody can approve, and access ends."
        return Said(f"“{package.name}” is in order", text, Tone.GOOD, presses=(show,))
    mends = [mend(one, package) for one in findings]
    buttons = _buttons(package, mends, ask) if ask.may(Act.BUILD, package.catalog.id) else ()
    return LintReport((_shown(package, findings),), presses=(*buttons[:_MOST_BUTTONS], show))


async def _all(ask: Ask) -> Outcome:
    """The worst first; only packages in catalogs this person may look into."""
    packages = [one for one in await ask.deps.governance.blueprints() if ask.may(Act.READ, one.catalog.id)]
    found = list(zip(packages, await _linted(packages, ask), strict=True))
    ill = sorted(((one, findings) for one, findings in found if findings), key=_gravity)
    presses = tuple(Press(f"Mend “{one.name}”", "package lint", {"package": one.id}) for one, _ in ill[:_MOST_BUTTONS])
    everything = Press("Show access packages", "packages")
    return LintReport(
        tuple(_shown(one, findings) for one, findings in ill),
        healthy=len(packages) - len(ill),
        presses=(*presses, everything),
    )


async def _linted(packages: list[Blueprint], ask: Ask) -> list[tuple[Finding, ...]]:
    facts = await ask.deps.governance.facts(packages)
    return [lint(one, facts, now=ask.now) for one in packages]


def _gravity(pair: tuple[Blueprint, tuple[Finding, ...]]) -> tuple[tuple[int, ...], str]:
    """More problems before fewer, then more warnings, then by name."""
    package, findings = pair
    tones = [_GRAVITY.get(one.tone, 2) for one in findings]
    return tuple(-tones.count(grade) for grade in range(3)), package.name.casefold()


def _shown(package: Blueprint, findings: Iterable[Finding]) -> LintedPackage:
    lines = []
    for one in findings:
        mended = mend(one, package)
        lines.append(LintLine(one, mended.sentence if mended else ""))
    return LintedPackage(package.id, package.name, tuple(lines))


def _buttons(package: Blueprint, mends: Iterable[Mend | None], ask: Ask) -> tuple[Press, ...]:
    """One for each way to mend that needs nothing more to be said, and that this person may use."""
    presses: dict[tuple[str, str], Press] = {}
    for one in mends:
        if one is None or not one.verb or not ask.may(one.act, package.catalog.id):
            continue
        data = {"package": package.id, "words": one.words} if one.act is Act.BUILD else dict(one.data)
        presses.setdefault((one.verb, one.words), Press(one.title, one.verb, data))
    return tuple(presses.values())


COMMAND = Command(
    name="package lint",
    usage="package lint all",
    summary="What is likely wrong with access packages, the worst first, and what mends it.",
    parse=parse,
    run=run,
    aliases=("lint",),
    act=Act.READ,
    group="package",
)
