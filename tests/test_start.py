"""What a start costs: nothing is loaded that a server never uses, nor kept on the path of the garbage collector."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def shown(code: str) -> str:
    """What Python prints for the code, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_no_command_line_program_of_a_library_is_loaded() -> None:
    loaded = shown("import app, sys; print(*sys.modules)").split()

    assert "httpx" in loaded
    assert not {"rich", "pygments"} & set(loaded)


def test_only_the_card_classes_that_cards_use_are_completed() -> None:
    code = (
        "import cards, microsoft_teams.cards.core as core\n"
        "made = [one for one in vars(core).values() if isinstance(one, type) and issubclass(one, core.BaseModel)]\n"
        "print(*(one.__name__ for one in made if one.__pydantic_complete__))"
    )

    complete = shown(code).split()

    assert {"AdaptiveCard", "TextBlock", "ExecuteAction"} <= set(complete)
    assert len(complete) < 30


def test_the_rest_of_pydantic_is_as_it_was() -> None:
    assert shown("import cards, pydantic; print(pydantic.BaseModel.model_config)") == "{}"


def test_the_garbage_collector_rests_until_the_product_serves_and_then_leaves_out_what_lasts() -> None:
    code = "import app, gc; print(gc.isenabled()); app._collect_from_now_on(); print(gc.isenabled(), gc.get_freeze_count())"

    resting, serving, frozen = shown(code).split()

    assert (resting, serving) == ("False", "True")
    assert int(frozen) > 100_000
