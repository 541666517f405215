"""The promise that a due holds the sums of its money, kept by the database at the end of each transaction."""

import pgtrigger

SUMS_AGREE = """
IF EXISTS (
    SELECT 1 FROM intake_due AS due WHERE due.id = {row}
    AND (due.received <> (SELECT coalesce(sum(amount), 0) FROM intake_payment WHERE due_id = due.id)
      OR due.given_back <> (SELECT coalesce(sum(amount), 0) FROM intake_givenback WHERE due_id = due.id))
) THEN
    RAISE EXCEPTION 'the sums of due % differ from its money', {row};
END IF;
RETURN NULL;
"""


def sums_agree(*, row: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """Compare a due with its money; `row` is the column that names the due."""
    return pgtrigger.Trigger(
        name="sums_agree",
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        func=SUMS_AGREE.format(row=row),
    )
