"""Samples of the cards about catalogs and connected organizations."""

from bot.domain.building.blueprints import Named
from bot.domain.building.delegation import CatalogAssignment
from bot.domain.building.organizations import ConnectedOrganization, IdentitySource, OrganizationState
from bot.domain.building.resources import Resource, ResourceCandidate, Role, System
from bot.domain.outcomes import (
    CatalogDetails,
    CatalogEntry,
    CatalogList,
    Choice,
    Field,
    FieldKind,
    Form,
    OrganizationList,
    Press,
    Style,
)
from bot.domain.packages import Catalog
from bot.domain.roles import CatalogRole
from cards import catalog, catalogs, form, organizations
from tests.cards.sample import Sample

GENERAL = Catalog("c1", "General", True, True, "Built-in catalog.")
PARTNERS = Catalog("c2", "Partners", True, False, "What partners work with.")
READERS = ResourceCandidate(
    Resource(System.GROUP, "g1", "Partner Readers", "r1"), (Role("Member_g1", "Member"), Role("Owner_g1", "Owner"))
)
SAMPLES = {
    "catalogs": Sample(
        catalogs.card,
        catalogs.text,
        CatalogList(
            (
                CatalogEntry(GENERAL, 2, 2),
                CatalogEntry(PARTNERS, 1, None),
                CatalogEntry(Catalog("c3", "Drafts", False, False), 0, 0),
            ),
            (Press("New catalog", "catalog new"), Press("General", "catalog", {"catalog": "c1"})),
        ),
    ),
    "catalog": Sample(
        catalog.card,
        catalog.text,
        CatalogDetails(
            PARTNERS,
            (READERS, ResourceCandidate(Resource(System.SITE, "https://contoso.example/sites/p", "Partners"), ())),
            (Named("p1", "Partner project"),),
            (
                CatalogAssignment("a1", CatalogRole.OWNER, "u1", "Megan Bowen"),
                CatalogAssignment("a2", CatalogRole.PACKAGE_MANAGER, "u2", "Adele Vance"),
                CatalogAssignment("a3", CatalogRole.PACKAGE_MANAGER, "u3"),
            ),
            (Press("Unpublish", "catalog.unpublish", {"catalog": "c2"}),),
            "Published: people can ask for what is in it.",
        ),
    ),
    "organizations": Sample(
        organizations.card,
        organizations.text,
        OrganizationList(
            (
                ConnectedOrganization(
                    "o1",
                    "Fabrikam",
                    sources=(IdentitySource("Fabrikam", domain="fabrikam.com"),),
                    internal_sponsors=(Named("u1", "Megan Bowen"),),
                ),
                ConnectedOrganization(
                    "o2",
                    "Adatum",
                    OrganizationState.PROPOSED,
                    sources=(IdentitySource("Adatum", tenant_id="bbbbbbbb-0000-4000-8000-000000000001"),),
                ),
            ),
            (Press("Connect an organization", "org add"),),
        ),
    ),
    "form": Sample(
        form.card,
        form.text,
        Form(
            "Who shall work in “Partners”?",
            (
                Field("person", "E-mail address", "ben@fabrikam", placeholder="adele@contoso.com", required="Who?"),
                Field("role", "Role", "Owner", FieldKind.BUTTONS, (Choice("Owner", "Owner"), Choice("Reader", "R"))),
                Field("why", "Reason", kind=FieldKind.PARAGRAPH),
            ),
            "delegate.give",
            "Give the role",
            'delegate catalog "Partners" owner adele@contoso.com',
            {"catalog": "c2"},
            ("Guests cannot work in a catalog.",),
            {"person": "Nobody here has this address."},
            Style.PRIMARY,
        ),
    ),
}
