"""The six plain steps that a resident sees."""

from datetime import date

import pytest

from starostwo.records.rules.resident_steps import Progress, StepName, current_step_name, plain_steps

D1, D2, D3, D4, D5, D6 = (date(2026, 3, day) for day in (2, 3, 4, 5, 10, 12))


@pytest.mark.parametrize(
    ("progress", "step", "why"),
    [
        (Progress(D1), StepName.RECEIVED, "only registered"),
        (Progress(D1, D2), StepName.ASSIGNED, "somebody has it"),
        (Progress(D1, D2, D3), StepName.IN_PROGRESS, "a case was opened"),
        (Progress(D1, None, D3), StepName.IN_PROGRESS, "a case opened without an assignment"),
        (Progress(D1, D2, D3, D4, is_call_open=True), StepName.WAITS_FOR_YOU, "a call was served"),
        (Progress(D1, D2, D3, D4), StepName.IN_PROGRESS, "the call was answered"),
        (Progress(D1, D2, D3, D4, True, D5), StepName.SETTLED, "a decision ends the waiting"),
        (Progress(D1, D2, D3, None, False, D5, D6), StepName.SERVED, "the decision was opened"),
        (
            Progress(D1, D2, D3, None, False, None, D6),
            StepName.IN_PROGRESS,
            "a served notice settles nothing",
        ),
    ],
)
@pytest.mark.law("k.p.a. art. 9")
def test_current_step(progress: Progress, step: StepName, why: str) -> None:
    assert current_step_name(progress) == step, why


def test_all_six_steps_are_shown_in_order_with_their_days() -> None:
    steps = plain_steps(Progress(D1, D2, D3, None, False, D5))

    assert [(step.label, step.on, step.state) for step in steps] == [
        ("otrzymane", D1, "done"),
        ("przydzielone", D2, "done"),
        ("w toku", D3, "done"),
        ("czeka na Ciebie", None, "skipped"),
        ("rozstrzygnięte", D5, "current"),
        ("doręczone", None, "to_come"),
    ]
    assert [step.name for step in steps if step.is_current] == [StepName.SETTLED]
