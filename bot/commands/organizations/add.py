"""`org add`: connect a partner by domain or tenant, after a look at those that are much like them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.command import Ask, Command, Value, text_of
from bot.commands.organizations import which
from bot.domain import clauses
from bot.domain.building import partners
from bot.domain.building.organizations import ConnectedOrganization, IdentitySource
from bot.domain.building.partners import Partner
from bot.domain.outcomes import Field, Form, Outcome, Press, Said, Tone
from bot.domain.roles import Act

USAGE = 'org add fabrikam.com name:"Fabrikam"'
_CONNECT = "connect organization"
_SURE = "org.add.sure"


@dataclass(frozen=True, slots=True)
class Adding:
    """`source`: a domain or tenant id as typed. `sure`: those much alike were seen. `sent`: from the form."""

    source: str = ""
    name: str = ""
    sure: bool = False
    sent: bool = False


def parse(words: str, value: Value) -> Adding:
    """`fabrikam.com`, `"Fabrikam" fabrikam.com`, `fabrikam.com name:"Fabrikam"`, or the form."""
    if value:
        verb = text_of(value, "verb")
        name = " ".join(text_of(value, "name").split())
        return Adding(text_of(value, "source"), name, verb == _SURE, verb in ("org.add", _SURE))
    read = clauses.read(words, ("name", "domain", "tenant"))
    loose = [word for word in (*read.bare, *read.quoted) if not partners.read(word).problem]
    source = read.given.get("domain") or read.given.get("tenant") or (loose[0] if loose else "")
    named = [word for word in read.quoted if word != source]
    if not source:
        source = " ".join(read.bare)
    return Adding(source[:256], (read.given.get("name") or (named[0] if named else ""))[:256])


async def run(wanted: Adding, ask: Ask) -> Outcome:
    """The new organization, or those much like it, or the form with what is missing or wrong."""
    partner = partners.read(wanted.source) if wanted.source else Partner()
    if not partner.key:
        return _form(wanted, partner.problem or ("Give a domain or a tenant id." if wanted.sent else ""))
    own = await _own(partner, ask)
    name = wanted.name or partner.usual_name
    if own or not name:
        return _form(wanted, own, "" if name else "Give the organization a name.")
    known = await ask.deps.catalogs.organizations()
    there = partners.connected(partner, known)
    if there:
        lines = await ask.deps.ledger.trail(_claim(partner), limit=1)
        ours = any(line.detail == ask.turn.key for line in lines)
        return await _done(there, ask) if ours else await which.details(there, ask, said="It is connected already.")
    near = () if wanted.sure else partners.alike(partner, name, known)
    return _look(partner, name, near) if near else await _connect(partner, name, ask)


async def _own(partner: Partner, ask: Ask) -> str:
    """Our own people need no connected organization."""
    tenant = await ask.deps.directory.tenant()
    ours = {tenant.id.casefold(), tenant.domain.casefold(), ask.person.address.rpartition("@")[2].casefold()}
    return f"{partner.key} is this organisation itself." if partner.key in ours else ""


def _look(partner: Partner, name: str, near: Sequence[ConnectedOrganization]) -> Said:
    data = {"source": partner.key, "name": name}
    shown = tuple(Press(f"Show {one.name}", "org", {"organization": one.id}) for one in near[:4])
    return Said(
        f"Before I connect {partner.key} as “{name}”",
        "This is much like what is connected already. Nothing was written yet.",
        Tone.WARNING,
        points=tuple(f"{one.name}: {which.sources(one)}" for one in near[:4]),
        presses=(*shown, Press("Connect it all the same", _SURE, data)),
    )


async def _connect(partner: Partner, name: str, ask: Ask) -> Outcome:
    await ask.record(_CONNECT, _claim(partner), detail=ask.turn.key)
    made = await ask.deps.catalogs.create_organization(name, domain=partner.domain, tenant_id=partner.tenant_id)
    source = IdentitySource(name, partner.domain, partner.tenant_id)
    return await _done(ConnectedOrganization(made, name, sources=(source,)), ask)


async def _done(organization: ConnectedOrganization, ask: Ask) -> Said:
    await ask.record(_CONNECT, organization.id, result="done", detail=organization.name)
    said = "Connected and configured. Its people can ask for packages whose policies let them."
    return await which.details(organization, ask, said=said)


def _form(wanted: Adding, source: str, name: str = "") -> Form:
    problems = {"source": source, "name": name}
    return Form(
        title="Connect an organization",
        fields=(
            Field(
                "source",
                "Domain, or Microsoft Entra tenant id",
                wanted.source,
                placeholder="fabrikam.com",
                required="Give a domain or a tenant id.",
            ),
            Field("name", "Name", wanted.name, placeholder="Left empty: made from the domain"),
        ),
        verb="org.add",
        submit="Connect",
        sentence=USAGE,
        problems={field: said for field, said in problems.items() if said},
    )


def _claim(partner: Partner) -> str:
    """What the audit trail calls an organization that has no id yet."""
    return f"organization {partner.key}"


COMMAND = Command(
    name="org add",
    usage=USAGE,
    summary="Connect a partner by domain or tenant id (just “org add” opens a form).",
    parse=parse,
    run=run,
    aliases=("org new", "org connect"),
    verbs=("org.add", _SURE),
    act=Act.ORGANIZE,
    replaces=True,
    group="orgs",
)
