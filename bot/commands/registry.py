"""Every command Usher knows. A new one is a file of its own and a line here."""

from __future__ import annotations

from functools import cache

from bot.commands import (
    apps,
    assign,
    audit,
    cancel,
    delivery,
    expiring,
    extend,
    extend_undo,
    guest_settings,
    guests,
    invite,
    link,
    packages,
    report,
    resend,
    reset,
    restore,
    retry,
    revoke,
    sign_in,
    status,
    unblock,
    who,
    why,
)
from bot.commands import help as help_
from bot.commands.accounts import remove
from bot.commands.approving import decide as approval_decide
from bot.commands.approving import listing as approvals
from bot.commands.building import changing, clone, edit, linting, resume, share, switching, undo, view
from bot.commands.building import delete as package_delete
from bot.commands.building import new as package_new
from bot.commands.catalogs import add as catalog_add
from bot.commands.catalogs import delegate, delegations, delete, listing, new, rename, show, state, undelegate
from bot.commands.catalogs import remove as catalog_remove
from bot.commands.command import Command
from bot.commands.extensions import decide
from bot.commands.filing import apply, diff, export
from bot.commands.noticing import choosing, schedule
from bot.commands.noticing import picked as digest_picked
from bot.commands.organizations import add as org_add
from bot.commands.organizations import listing as orgs
from bot.commands.organizations import remove as org_remove
from bot.commands.organizations import show as org
from bot.commands.organizations import sponsors as org_sponsors
from bot.commands.organizations import state as org_state
from bot.commands.reviewing import verbs as reviewing
from bot.commands.sponsoring import adopt, handover, picked, running, sponsor, unsponsor
from bot.commands.sponsoring import listing as sponsored
from bot.commands.stale import acting as stale_acting
from bot.commands.stale import report as stale

COMMANDS: tuple[Command, ...] = (
    invite.COMMAND,
    assign.COMMAND,
    status.COMMAND,
    why.COMMAND,
    approvals.COMMAND,
    *approval_decide.COMMANDS,
    packages.COMMAND,
    package_new.COMMAND,
    view.COMMAND,
    edit.COMMAND,
    *switching.COMMANDS,
    clone.COMMAND,
    package_delete.COMMAND,
    linting.COMMAND,
    changing.COMMAND,
    guests.COMMAND,
    who.COMMAND,
    link.COMMAND,
    resend.COMMAND,
    expiring.COMMAND,
    expiring.PICKED,
    schedule.COMMAND,
    choosing.COMMAND,
    digest_picked.COMMAND,
    extend.COMMAND,
    extend_undo.COMMAND,
    *decide.COMMANDS,
    revoke.COMMAND,
    delivery.COMMAND,
    *reviewing.COMMANDS,
    audit.COMMAND,
    report.COMMAND,
    retry.COMMAND,
    remove.COMMAND,
    restore.COMMAND,
    unblock.COMMAND,
    reset.COMMAND,
    sponsor.COMMAND,
    sponsor.CHOSEN,
    unsponsor.COMMAND,
    sponsored.COMMAND,
    sponsored.WHOSE,
    picked.COMMAND,
    handover.COMMAND,
    handover.CHOSEN,
    handover.NO,
    *running.COMMANDS,
    adopt.COMMAND,
    stale.COMMAND,
    *stale_acting.COMMANDS,
    listing.COMMAND,
    show.COMMAND,
    new.COMMAND,
    *state.COMMANDS,
    catalog_add.COMMAND,
    catalog_remove.COMMAND,
    rename.COMMAND,
    delete.COMMAND,
    delegations.COMMAND,
    delegate.COMMAND,
    undelegate.COMMAND,
    orgs.COMMAND,
    org.COMMAND,
    org_add.COMMAND,
    *org_sponsors.COMMANDS,
    *org_state.COMMANDS,
    org_remove.COMMAND,
    guest_settings.COMMAND,
    apps.COMMAND,
    sign_in.SIGN_IN,
    sign_in.SIGN_OUT,
    help_.COMMAND,
    cancel.COMMAND,
    export.COMMAND,
    diff.COMMAND,
    apply.COMMAND,
    share.COMMAND,
    resume.COMMAND,
    undo.COMMAND,
)


@cache
def by_word() -> dict[str, Command]:
    """Name or alias of one word or two, case-folded -> command."""
    return {word: one for one in COMMANDS if not one.by_card for word in (one.name, *one.aliases)}


@cache
def by_verb() -> dict[str, Command]:
    """Card verb -> command."""
    return {verb: one for one in COMMANDS for verb in (one.name, *one.verbs)}
