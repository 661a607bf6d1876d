import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.cards.outcomes import any_of
from tests.cards.rules import broken, markdown
from tests.cards.samples import SAMPLES
from tests.cards.test_literal import shown

CARDS = {sample.card.__module__: sample for sample in SAMPLES.values()}


@pytest.mark.parametrize("name", CARDS)
@given(data=st.data())
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_no_outcome_makes_a_card_that_breaks_a_rule(name: str, data: st.DataObject) -> None:
    sample = CARDS[name]
    outcome = data.draw(any_of(type(sample.outcome)))

    card = sample.card(outcome)
    twin = sample.text(outcome)

    assert broken(card) == []
    assert twin.strip()
    for text in markdown(card):
        shown(text)
