"""Basics: name, description, catalog, and whether the package is hidden."""

from __future__ import annotations

from bot.domain.outcomes import WizardPage
from cards import fields
from cards.elements import CardElement, words
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
        _catalog(outcome),
        *problem(outcome, "catalog"),
        *toggle(outcome, "hidden", "Hidden", "Only people who have its link can find it", on=draft.hidden == "yes"),
    ]


def _catalog(outcome: WizardPage) -> CardElement:
    choices = outcome.choices.get("catalog", ())
    if not choices:
        return words(f"Catalog: {outcome.names.get(outcome.draft.catalog, outcome.draft.catalog) or 'General'}")
    return fields.one_of("catalog", "Catalog", choices, outcome.draft.catalog)
