"""Whatever is done to a chain of entries afterwards is found, and at the right place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.audit import AuditEntry
from bot.domain.chain import CHANGED, SHORT, START, UNLINKED, Link, Proof, close, digest, follow

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXTS = ("actor", "act", "target", "result", "detail", "package", "key", "message", "conversation")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
moments = st.timedeltas(timedelta(0), timedelta(days=4000)).map(lambda after: NOW + after)
entries = st.builds(AuditEntry, moments, *([texts] * len(TEXTS)))


def chained(some: list[AuditEntry]) -> list[Link]:
    links: list[Link] = []
    last = START
    for number, entry in enumerate(some, 1):
        previous, last = last, digest(last, entry)
        links.append(Link(replace(entry, number=number * 2), previous, last))
    return links


chains = st.lists(entries, min_size=2, max_size=7).map(chained)


def proven(links: list[Link], end: Link) -> Proof:
    return close(follow(Proof(), links), number=end.entry.number, digest=end.digest)


@given(chains, st.integers(1, 3))
def test_an_untouched_chain_holds_in_pages_of_any_size(links: list[Link], page: int) -> None:
    proof = Proof()
    for start in range(0, len(links), page):
        proof = follow(proof, links[start : start + page])
    proof = close(proof, number=links[-1].entry.number, digest=links[-1].digest)

    assert proof == proven(links, links[-1])
    assert (proof.fault, proof.entries, proof.digest) == (None, len(links), links[-1].digest)
    assert (proof.first_at, proof.last_at) == (links[0].entry.at, links[-1].entry.at)


@given(chains, st.data(), st.sampled_from(TEXTS), texts)
def test_a_changed_entry_is_found(links: list[Link], data: st.DataObject, field: str, text: str) -> None:
    at = data.draw(st.integers(0, len(links) - 1))
    entry = links[at].entry
    changed = replace(entry, **{field: text if text != getattr(entry, field) else f"{text}!"})

    proof = proven([*links[:at], replace(links[at], entry=changed), *links[at + 1 :]], links[-1])

    assert proof.fault is not None
    assert (proof.fault.number, proof.fault.what, proof.entries) == (entry.number, CHANGED, at)


@given(chains, st.data())
def test_an_entry_moved_in_time_is_found(links: list[Link], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(links) - 1))
    entry = replace(links[at].entry, at=links[at].entry.at + timedelta(microseconds=1))

    fault = proven([*links[:at], replace(links[at], entry=entry), *links[at + 1 :]], links[-1]).fault

    assert fault is not None
    assert (fault.number, fault.what) == (entry.number, CHANGED)


@given(chains, st.data())
def test_an_entry_changed_together_with_its_digest_breaks_the_next_or_the_end(
    links: list[Link], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(links) - 1))
    entry = replace(links[at].entry, actor=links[at].entry.actor + "x")
    forged = Link(entry, links[at].previous, digest(links[at].previous, entry))

    fault = proven([*links[:at], forged, *links[at + 1 :]], links[-1]).fault

    assert fault is not None
    assert fault.what == (UNLINKED if at + 1 < len(links) else SHORT)


@given(chains, st.data())
def test_removed_entries_are_found_at_the_end_too(links: list[Link], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(links) - 1))
    after = data.draw(st.integers(first + 1, len(links)))

    fault = proven(links[:first] + links[after:], links[-1]).fault

    assert fault is not None
    assert fault.what == (UNLINKED if after < len(links) else SHORT)


@given(chains, entries, st.data())
def test_an_inserted_entry_is_found_however_well_it_is_linked(
    links: list[Link], entry: AuditEntry, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(links)))
    previous = links[at - 1].digest if at else START
    forged = Link(replace(entry, number=at * 2 + 1), previous, digest(previous, entry))

    fault = proven([*links[:at], forged, *links[at:]], links[-1]).fault

    assert fault is not None
    assert fault.what == (UNLINKED if at < len(links) else SHORT)


@given(chains, st.data())
def test_swapped_entries_are_found(links: list[Link], data: st.DataObject) -> None:
    one, two = data.draw(st.lists(st.integers(0, len(links) - 1), min_size=2, max_size=2, unique=True).map(sorted))
    swapped = list(links)
    swapped[one], swapped[two] = links[two], links[one]

    proof = proven(swapped, links[-1])

    assert proof.fault is not None
    assert (proof.fault.what, proof.entries) == (UNLINKED, one)


def test_the_digest_has_the_form_it_always_had() -> None:
    entry = AuditEntry(NOW, "alex", "invite", "ana@fabrikam.com", "claimed", "Pakét", "package", "key", "1:2", "a:1")
    elsewhere = replace(entry, at=NOW.astimezone(timezone(timedelta(hours=9))), number=5)

    assert (
        digest(START, entry)
        == digest(START, elsewhere)
        == ("ff6962e21b0e8513130fa3395447cdf401cd4a5c1589f76a396929e5773c42f5")
    )


def test_nothing_recorded_is_in_order() -> None:
    assert close(Proof(), number=0, digest=START).fault is None
