"""`catalog publish`, `unpublish`, `external` and `internal`: whether anybody, and whether guests, can ask."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.commands.catalogs import show, which
from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.naming import Which
from bot.domain.outcomes import Outcome, Press, Said, Style, Tone
from bot.domain.packages import Catalog
from bot.domain.roles import Act


@dataclass(frozen=True, slots=True)
class Change:
    """One of the four. `harm` says what people lose, "" when nobody loses anything; `done` what holds afterwards."""

    word: str
    button: str
    summary: str
    harm: str
    done: str
    alias: str

    def of(self, catalog: Catalog) -> Catalog:
        """The catalog as it shall be."""
        if self.word in ("publish", "unpublish"):
            return replace(catalog, published=self.word == "publish")
        return replace(catalog, external=self.word == "external")

    def question(self, name: str) -> str:
        """The button's words around the name of a catalog: “Hide X from outside?”."""
        verb, gap, rest = self.button.partition(" ")
        return f"{verb} “{name}”{gap}{rest}?"


CHANGES = (
    Change(
        "publish",
        "Publish",
        "Publish a catalog: people can ask for what is in it.",
        "",
        "Published: people can ask for what is in it.",
        "catalog enable",
    ),
    Change(
        "unpublish",
        "Unpublish",
        "Take a catalog out of sight: nobody can ask (asks before it acts).",
        "Nobody can ask for what is in it any more, neither from inside nor from outside. Whoever has access keeps it.",
        "No longer published: nobody can ask for what is in it.",
        "catalog disable",
    ),
    Change(
        "external",
        "Make visible outside",
        "Let guests ask for what is in a catalog.",
        "",
        "Visible outside: guests can ask for what is in it.",
        "catalog outside",
    ),
    Change(
        "internal",
        "Hide from outside",
        "Keep guests from asking for what is in a catalog (asks before it acts).",
        "Guests cannot ask for what is in it any more, also not through links they have. Whoever has access keeps it.",
        "No longer visible outside: guests cannot ask for what is in it.",
        "catalog inside",
    ),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """The catalog, and whether a card's "yes" came along."""

    which: Which
    sure: bool = False


async def _run(change: Change, wish: Wish, ask: Ask) -> Outcome:
    """The catalog as it is afterwards; what takes something from people asks first."""
    verb = f"catalog.{change.word}"
    found = await which.find(wish.which, ask, press=Press("", verb), usage=_usage(change))
    if isinstance(found, Said):
        return found
    refused = await ask.refuse(Act.CHANGE_CATALOG, found.id)
    if refused:
        return refused
    wanted = change.of(found)
    if wanted == found:
        return await which.details(found, ask, said="It was like that already; nothing was changed.")
    inside = await which.packages_in(found, ask) if change.harm else ()
    if inside and not wish.sure:
        return _question(change, found, inside)
    async with ask.doing(f"{change.word} catalog", found.id, detail=found.name):
        await ask.deps.catalogs.update_catalog(found, wanted)
    return await which.details(wanted, ask, said=change.done)


def _question(change: Change, catalog: Catalog, inside: tuple[str, ...]) -> Said:
    data = {"catalog": catalog.id}
    number = f"{len(inside)} access package{'' if len(inside) == 1 else 's'}"
    return Said(
        change.question(catalog.name),
        f"It holds {number}. {change.harm}",
        Tone.WARNING,
        points=inside[:10],
        presses=(
            Press(f"Yes, {change.button.lower()}", f"catalog.{change.word}.yes", data, style=Style.DANGER),
            Press("No, leave it", show.KEEP, data),
        ),
    )


def _usage(change: Change) -> str:
    return f'catalog {change.word} "Partners"'


def _command(change: Change) -> Command:
    yes = f"catalog.{change.word}.yes"

    def parse(words: str, value: Value) -> Wish:
        """Only a card can say yes."""
        return Wish(which.parse(words, value), text_of(value, "verb") == yes)

    run: Callable[[Wish, Ask], Awaitable[Outcome]] = lambda wish, ask: _run(change, wish, ask)  # noqa: E731
    return Command(
        name=f"catalog {change.word}",
        usage=_usage(change),
        summary=change.summary,
        parse=parse,
        run=run,
        aliases=(change.alias,),
        verbs=(f"catalog.{change.word}", yes),
        act=Act.CHANGE_CATALOG,
        replaces=True,
        group="catalogs",
    )


COMMANDS = tuple(_command(change) for change in CHANGES)
