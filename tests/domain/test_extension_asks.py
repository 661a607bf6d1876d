from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.extension_asks import AskState, ExtensionAsk, ask_of
from tests.cards.keep_samples import END, NOW, QUESTION

_ACTS = st.lists(st.sampled_from(["extend", "let end", "take back"]), max_size=6)


def _after(acts: list[str]) -> ExtensionAsk:
    question = QUESTION
    for number, act in enumerate(acts):
        now, who = NOW + timedelta(minutes=number), f"person-{number}"
        match act:
            case "extend":
                question = question.extended(who, who, END + timedelta(days=number), now)
            case "let end":
                question = question.let_end(who, who, now)
            case _:
                question = question.taken_back(who, who, now)
    return question


@given(_ACTS)
def test_a_new_end_stands_exactly_while_it_is_extended(acts: list[str]) -> None:
    question = _after(acts)

    assert (question.new_end is not None) == (question.state is AskState.EXTENDED)
    assert (question.decided_at is None) == (question.state is AskState.ASKED)
    assert bool(question.by_id) == (question.state is not AskState.ASKED)


@given(_ACTS)
def test_whoever_lets_it_end_never_takes_back_an_extension(acts: list[str]) -> None:
    extended = _after([*acts, "extend"])

    assert extended.let_end("late", "late", NOW) == extended


def test_each_decision_is_told_under_a_name_of_its_own() -> None:
    let_end = QUESTION.let_end("lee", "Lee Gu", NOW)
    extended = let_end.extended("megan", "Megan Bowen", END, NOW + timedelta(minutes=1))

    assert len({QUESTION.decision, let_end.decision, extended.decision}) == 3


def test_a_question_is_found_by_the_change_that_answers_it() -> None:
    assert ask_of(QUESTION.change_id) == QUESTION.id
