"""Find the access package somebody means: by id from a card, by name or a part of it as typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.commands.command import Ask, Value, text_of
from bot.domain.matching import match
from bot.domain.outcomes import Press, Said, Tone
from bot.domain.packages import AccessPackage
from bot.domain.roles import Act

MOST_NAME = 256
MOST_CHOICES = 6
_QUOTED = re.compile(r"\s*[\"“”„«»]\s*([^\"“”„«»]*?)\s*[\"“”«»]\s*")


def named(words: str, value: Value) -> str:
    """The name as typed, without its quotation marks; from a card the id it carries."""
    if value:
        return text_of(value, "package", most=MOST_NAME)
    return parted(words)[0]


def parted(words: str) -> tuple[str, str]:
    """(name, what follows it): a name in quotation marks ends with them, any other takes all words."""
    quoted = _QUOTED.match(words)
    name, rest = (quoted[1], words[quoted.end() :]) if quoted else (words, "")
    return " ".join(name.strip(" .,;!?\"'“”„").split())[:MOST_NAME], rest.strip()


def is_quoted(words: str) -> bool:
    """Whether the words begin with a name in quotation marks."""
    return words.strip()[:1] in tuple('"“”„«»')


async def package_of(
    wanted: str, ask: Ask, *, verb: str, usage: str, data: Mapping[str, str] = {}
) -> AccessPackage | Said:
    """The one package that is meant and that this person may look at; else a question with buttons, or the refusal.

    `verb` and `data` are what a button sends besides the package, so that the command goes on with the one chosen.
    """
    if not wanted:
        return Said("Which access package?", f"For example: {usage}", Tone.WARNING, presses=(_ALL,))
    found = one_of(wanted, await ask.deps.directory.packages(), verb=verb, data=data)
    if isinstance(found, Said):
        return found
    return await ask.refuse(Act.READ, found.catalog.id) or found


def one_of(
    wanted: str, packages: tuple[AccessPackage, ...], *, verb: str, data: Mapping[str, str] = {}
) -> AccessPackage | Said:
    """The one of these packages that is meant, or a question with buttons."""
    found = match(wanted, packages, name=lambda one: one.name, key=lambda one: one.id)
    several = found.several or (() if found.one else _holding(wanted, packages))
    one = found.one or (several[0] if len(several) == 1 else None)
    if one is not None:
        return one
    if several:
        text = "Choose one." if len(several) <= MOST_CHOICES else "These are the first; type more of the name."
        return Said(
            f"Several access packages fit “{wanted}”", text, Tone.WARNING, presses=_choices(several, verb, data)
        )
    near = _choices(found.near, verb, data)
    text = "Did you mean one of these?" if near else "Type packages to see them all."
    return Said(f"There is no access package “{wanted}”", text, Tone.WARNING, presses=near or (_ALL,))


def _holding(wanted: str, packages: Iterable[AccessPackage]) -> tuple[AccessPackage, ...]:
    """Packages whose name holds these words."""
    bare = " ".join(wanted.split()).casefold()
    return tuple(one for one in packages if bare in " ".join(one.name.split()).casefold())


def _choices(packages: Iterable[AccessPackage], verb: str, data: Mapping[str, str]) -> tuple[Press, ...]:
    chosen = list(packages)[:MOST_CHOICES]
    names = [one.name.casefold() for one in chosen]
    return tuple(
        Press(
            one.name if names.count(one.name.casefold()) == 1 else f"{one.name} ({one.catalog.name})",
            verb,
            {**data, "package": one.id},
        )
        for one in chosen
    )


_ALL = Press("Show access packages", "packages")
