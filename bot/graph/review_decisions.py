"""Decide in access reviews, which Graph lets only the reviewers do, with their own token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.reviews.facts import Verdict
from bot.errors import Forbidden, NotAsked, Rejected, SignInFailed, UsherError
from bot.graph.batch import Answers, Ask, send_all
from bot.graph.reviews import address_of
from bot.graph.wire import Wire, path

PERMISSION = "AccessReview.ReadWrite.All"


async def decide(wire: Wire, verdicts: Sequence[Verdict]) -> Mapping[str, Exception | None]:
    """Item id -> None where the decision of whoever holds the wire's token stands, otherwise why not.

    https://learn.microsoft.com/graph/api/accessreviewinstancedecisionitem-update
    """
    asks = [_ask(one) for one in {each.item_id: each for each in verdicts}.values()]
    if not asks:
        return {}
    answers = await send_all(wire, asks)
    return {ask.id: _refusal(answers, ask.id) for ask in asks}


def _ask(verdict: Verdict) -> Ask:
    address = f"{address_of(verdict.ref)}{path('/decisions/{}', verdict.item_id)}"
    body = {"decision": verdict.decision.value, "justification": verdict.reason}
    return Ask(verdict.item_id, address, method="PATCH", body=body)


def _refusal(answers: Answers, name: str) -> UsherError | None:
    try:
        answers[name]
    except SignInFailed:
        raise
    except UsherError as error:
        forbidden = isinstance(error, Forbidden) or (isinstance(error, Rejected) and error.code == "Forbidden")
        return NotAsked(error.detail, code=error.code) if forbidden else error
    return None
