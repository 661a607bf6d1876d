"""Every page of the wizard that describes an access package, empty, filled in, and with something wrong."""

from dataclasses import replace

from bot.domain.building.drafts import PackageDraft, QuestionWish, ResourceWish, ReviewWish, StageWish
from bot.domain.building.pages import Page
from bot.domain.building.terms import Moment
from bot.domain.outcomes import Ambiguous, Choice, Finding, PackageReview, ResourceRow, Tone, WizardPage
from cards import package_review, wizard
from tests.cards.sample import Sample

APP = "66666666-6666-4666-8666-666666666661"
GROUP = "77777777-7777-4777-8777-777777777771"
GENERAL = "88888888-8888-4888-8888-888888888881"
ADELE = "adele@contoso.com"
DRAFT = PackageDraft(
    name="Invited users package",
    description="Opens App4Guest for guests.",
    catalog=GENERAL,
    resources=(ResourceWish("app", APP, "Default Access"), ResourceWish("group", GROUP, "Member")),
    audience="specific",
    targets=("megan@contoso.com", "77777777-7777-4777-8777-777777777772"),
    approve="yes",
    stages=(StageWish((ADELE,), days="7", justification="yes"), StageWish(("manager",), fallbacks=(ADELE,))),
    requests="yes",
    questions=(
        QuestionWish("Why do you need it?", "long", "yes", translations=(("de", "Wozu brauchen Sie es?"),)),
        QuestionWish("Which team?", "choice", "no", ("Audit", "Sales")),
    ),
    ends="days",
    length="14",
    timeline="yes",
    extend="approval",
    review=ReviewWish("quarterly", ("self",), "25", "remove"),
    extensions=((Moment.REQUESTED.value, "x1"),),
    incompatible_packages=("Staff handbook",),
)
EMPTY = WizardPage("b-1", "0123456789abcdef", Page.BASICS, choices={"catalog": (Choice("General", GENERAL),)})
FILLED = replace(
    EMPTY,
    draft=DRAFT,
    choices={
        "catalog": (Choice("General", GENERAL), Choice("Partners", "88888888-8888-4888-8888-888888888882")),
        "app": (Choice("App4Guest", APP),),
        "group": (Choice("Partner Readers (will be added to the catalog)", GROUP),),
        "extension.0": (Choice("Ask the ticket system", "x1"),),
    },
    rows=(
        ResourceRow("App4Guest", "app", "Default Access", (Choice("Default Access", "Default Access"),)),
        ResourceRow(
            "Partner Readers",
            "group",
            "Member",
            (Choice("Member", "Member"), Choice("Owner", "Owner")),
            "Will be added to the catalog",
        ),
    ),
    names={
        "megan@contoso.com": "Megan Bowen",
        "77777777-7777-4777-8777-777777777772": "Project Phoenix",
        ADELE: "Adele Vance",
    },
)
WRONG = replace(
    FILLED,
    page=Page.REQUESTS,
    problems={"stages": "“Alex” may mean Alex Wilber, Alex Weber. Choose one.", "targets": "Ben Ortiz is a guest."},
    ambiguous=(Ambiguous("stages", "Alex", (Choice("Alex Wilber", "a1"), Choice("Alex Weber", "a2"))),),
    notes=("I did not understand “aprove”. Did you mean “approve”?",),
)
REVIEW = PackageReview(
    "b-1",
    "0123456789abcdef",
    "Invited users package",
    (
        ("Basics", ("Catalog: General", "Visibility: shown in My Access to all who may ask")),
        ("Resource roles", ("App4Guest (application): Default Access",)),
        ("Requests", ("Who can ask: Everybody in this directory, guests included", "Approval: not needed")),
        ("Lifecycle", ("Access ends: 14 days after it was given", "Timeline: people may ask for their own dates")),
    ),
    ("Make the access package", "Add App4Guest: Default Access", "Add the policy “Initial policy”"),
    (Finding("There is no policy for direct assignment.", Tone.INFO, code="no-direct-policy"),),
)


def _page(outcome: WizardPage) -> Sample:
    return Sample(wizard.card, wizard.text, outcome)


SAMPLES = {
    "wizard_basics_new": _page(EMPTY),
    **{f"wizard_{page.value}": _page(replace(FILLED, page=page)) for page in Page if page is not Page.REVIEW},
    **{
        f"wizard_{page.value}_new": _page(replace(EMPTY, page=page))
        for page in (Page.RESOURCES, Page.REQUESTS, Page.QUESTIONS, Page.LIFECYCLE)
    },
    "wizard_questions_editing": _page(replace(FILLED, page=Page.QUESTIONS, editing=1)),
    "wizard_wrong": _page(WRONG),
    "package_review": Sample(package_review.card, package_review.text, REVIEW),
    "package_review_calm": Sample(package_review.card, package_review.text, replace(REVIEW, findings=())),
}
