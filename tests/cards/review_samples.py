"""Access reviews in each of their states, for those who run them and for their reviewers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.outcomes import (
    CampaignList,
    CampaignRow,
    CampaignShown,
    Choice,
    Press,
    ReviewCard,
    ReviewerProgress,
    ReviewLine,
    ReviewResult,
    SeveralForm,
)
from bot.domain.reviews.campaigns import Campaign, CampaignState, Gap, Kind
from bot.domain.reviews.facts import Advice, Decision, Item, Reviewer, RoundRef, tally
from cards import campaign, campaigns, review_card, review_result, review_several
from tests.cards.sample import Sample

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ADELE = "44444444-4444-4444-8444-444444444442"
REF = RoundRef("d1", "i1")
ZONE = "Europe/Berlin"
OPEN = Campaign(
    id="0d5b2f5e-0000-5000-8000-00000000000a",
    package_id="99999999-9999-4999-8999-999999999991",
    package_name="Invited users package",
    catalog_id="88888888-8888-4888-8888-888888888881",
    begun_at=NOW,
    by_id="33333333-3333-4333-8333-333333333333",
    by_name="Alex Wilber",
    people=(Reviewer(ADELE, "Adele Vance"), Reviewer("lee", "Lee Gu")),
    asks=(("ana", (ADELE,)),),
    rounds=(REF,),
    starts_at=NOW,
    ends_at=NOW + timedelta(days=7),
    state=CampaignState.OPEN,
)


def item(number: int, name: str, **more: object) -> Item:
    return replace(Item(f"item-{number}", REF, f"person-{number}", name), **more)


ITEMS = (
    item(1, "Ana Silva", advice=Advice.KEEP),
    item(2, "Ben Ortiz", decision=Decision.KEEP, reason="Runs the audit", by_id=ADELE, by_name="Adele Vance", at=NOW),
    item(3, "Carla Reyes", decision=Decision.REMOVE, reason="Left in May", by_id="lee", by_name="Lee Gu", at=NOW),
    item(4, "Dan Kim", decision=Decision.DONT_KNOW, by_id=ADELE, by_name="Adele Vance", advice=Advice.REMOVE),
)
APPLIED = tuple(replace(one, applied="AppliedSuccessfully") for one in ITEMS)
GAP = Gap("p2", "Partners", "Microsoft 365 refused this.")
SHOWN = CampaignShown(
    OPEN, tally(ITEMS), (ReviewerProgress("Lee Gu", 1, 3), ReviewerProgress("Adele Vance", 2, 2)), 1, ZONE
)
LINES = (
    ReviewLine(
        ITEMS[0],
        "ana@fabrikam.com",
        NOW - timedelta(days=40),
        NOW + timedelta(days=14),
        ("Megan Bowen",),
        NOW - timedelta(days=2),
    ),
    ReviewLine(ITEMS[1], "ben@fabrikam.com", NOW - timedelta(days=4), None, ()),
    ReviewLine(ITEMS[2], "carla@northwindtraders.com", problem="This review asks for a reason."),
)
CARD = ReviewCard(OPEN, ADELE, LINES, 0, 3, 2, 13, time_zone=ZONE)
DATA = {"campaign": OPEN.id}


def state(name: CampaignState, **more: object) -> CampaignShown:
    return replace(SHOWN, campaign=replace(OPEN, state=name, **more))


CAMPAIGNS = {
    "gaps": replace(SHOWN, campaign=replace(OPEN, gaps=(GAP,))),
    "nobody-asked": replace(SHOWN, campaign=replace(OPEN, kind=Kind.ENTRA, people=()), reviewers=()),
    "begun": replace(SHOWN, campaign=replace(OPEN, state=CampaignState.BEGUN, rounds=()), counts=tally(())),
    "open": replace(SHOWN, campaign=replace(OPEN, unreached=("Lee Gu",))),
    "closed": state(CampaignState.CLOSED, stopped_by="Alex Wilber"),
    "applying": state(CampaignState.APPLYING, applied_by="Alex Wilber"),
    "applied": state(CampaignState.APPLIED, applied_by="Alex Wilber", removed=1),
    "failed": replace(
        state(CampaignState.FAILED, reason="Usher lacks the permission AccessReview.ReadWrite.All."),
        counts=tally(()),
        reviewers=(),
    ),
    "entra": state(
        CampaignState.CLOSED, kind=Kind.ENTRA, by_id="", by_name="the package's policy", applies_itself=True, asks=()
    ),
}
SAMPLES = {
    **{f"review-{name}": Sample(campaign.card, campaign.text, one) for name, one in CAMPAIGNS.items()},
    "reviewer-page": Sample(review_card.card, review_card.text, CARD),
    "reviewer-saved": Sample(
        review_card.card,
        review_card.text,
        replace(CARD, page=1, note="✔ 2 decisions saved. You can change them until the review ends."),
    ),
    "reviewer-my-access": Sample(
        review_card.card,
        review_card.text,
        replace(CARD, link="https://myaccess.microsoft.com/@contoso.onmicrosoft.com#/access-reviews"),
    ),
    "reviewer-over": Sample(
        review_card.card, review_card.text, replace(CARD, campaign=replace(OPEN, state=CampaignState.CLOSED))
    ),
    "reviewer-nobody": Sample(review_card.card, review_card.text, replace(CARD, lines=(), pages=1, done=0, total=0)),
    "review-several": Sample(
        review_several.card,
        review_several.text,
        SeveralForm(
            OPEN.id,
            OPEN.package_name,
            (Choice("Everybody who is still open (2)", "open"), *(Choice(one.person_name, one.id) for one in ITEMS)),
            52,
            problems={"decision": "Choose what you decide."},
        ),
    ),
    "reviews": Sample(
        campaigns.card,
        campaigns.text,
        CampaignList(
            (
                CampaignRow(OPEN, tally(ITEMS), 1),
                CampaignRow(replace(OPEN, state=CampaignState.APPLIED, package_name="Partner project"), tally(())),
            ),
            (Press("Decide: “Invited users package”", "review.open", DATA),),
            ZONE,
        ),
    ),
    "reviews-none": Sample(campaigns.card, campaigns.text, CampaignList(())),
    "review-result": Sample(
        review_result.card,
        review_result.text,
        ReviewResult(
            replace(OPEN, state=CampaignState.APPLIED),
            APPLIED,
            tally(APPLIED),
            (Press("As CSV", "review.csv", DATA),),
            ZONE,
        ),
    ),
}
