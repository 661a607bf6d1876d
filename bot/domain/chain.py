"""The audit trail as a chain: each entry holds the digest of the one before, so that no change stays unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime

from bot.domain.audit import AuditEntry

START = "0" * 64
"""What the first entry has in place of a digest before it."""

_COVERED = tuple(field.name for field in fields(AuditEntry) if field.name != "number")
_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode

CHANGED = "what it says was changed after it was written"
UNLINKED = "it does not follow the entry before it: something was removed, inserted or moved here"
SHORT = "the record ends before its last known entry: the newest entries were removed, or some were added by hand"


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it is stored, with the digest of the entry before and its own (hexadecimal)."""

    entry: AuditEntry
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Fault:
    """The first entry that is not as it was written. `at` None: an entry that is not there."""

    number: int
    at: datetime | None
    what: str


@dataclass(frozen=True, slots=True)
class Proof:
    """How far the chain was followed. `digest` and `number` are those of the last entry that is in order."""

    entries: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    number: int = 0
    digest: str = START
    fault: Fault | None = None


def digest(previous: str, entry: AuditEntry) -> str:
    """SHA-256 over the digest before and the entry as canonical JSON. Its form must never change."""
    said = {name: getattr(entry, name) for name in _COVERED}
    said["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    written = _canonical(said)
    return hashlib.sha256(f"{previous}\n{written}".encode()).hexdigest()


def follow(proof: Proof, links: Iterable[Link]) -> Proof:
    """The proof with these next links, in the order of their numbers; it ends at the first fault."""
    entries, number, last, first_at, last_at = (
        proof.entries,
        proof.number,
        proof.digest,
        proof.first_at,
        proof.last_at,
    )
    fault = proof.fault
    for link in () if fault else links:
        what = _wrong(last, link)
        if what:
            fault = Fault(link.entry.number, link.entry.at, what)
            break
        entries, number, last, last_at = entries + 1, link.entry.number, link.digest, link.entry.at
        first_at = first_at or last_at
    return Proof(entries, first_at, last_at, number, last, fault)


def close(proof: Proof, *, number: int, digest: str) -> Proof:
    """The proof after the last link: it must be the one the ledger knows as its newest."""
    if proof.fault or (proof.number, proof.digest) == (number, digest):
        return proof
    return replace(proof, fault=Fault(max(number, proof.number), None, SHORT))


def _wrong(before: str, link: Link) -> str:
    if link.previous != before:
        return UNLINKED
    return "" if digest(before, link.entry) == link.digest else CHANGED
