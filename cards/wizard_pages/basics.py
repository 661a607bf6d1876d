"""Basics: name, description, catalog, and whether the package is hidden."""

from __future__ import annotations

from bot.domain.outcomes import WizardPage
from cards import fields
from cards.elements import CardElement
from cards.wizard_pages.entries import entry, problem, toggle


def body(outcome: WizardPage) -> list[CardElement]:
    """Four fields."""
    draft = outcome.draft
    return [
        *entry(outcome, "name", "Name", draft.name, placeholder="Invited users package", limit=256),
        *entry(
            outcome,
            "description",
            "Description",
            draft.description,
            placeholder="What it opens and for whom: requestors read this",
            limit=1500,
            lines=True,
        ),
        fields.one_of("catalog", "Catalog", outcome.choices.get("catalog", ()), draft.catalog),
        *problem(outcome, "catalog"),
        *toggle(outcome, "hidden", "Hidden", "Only people who have its link can find it", on=draft.hidden == "yes"),
    ]
