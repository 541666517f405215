"""Database triggers that hold what no program may break: numbers, marks, closed cases.

Law: rozp. MSWiA 30.10.2006 par. 6 point 2 (closed cases do not change) and point 3 (nothing is deleted).
"""

import pgtrigger

LETTER_FIXED = tuple(
    """
    series year number identifier idempotency_key channel received_on registered_at registered_by_id
    """.split()
)
CASE_FIXED = tuple(
    """
    mark unit klass subgroup number year plan_class_id opened_on opened_at founder_id
    """.split()
)
CASE_FROZEN = tuple(
    """
    title description access outcome settled_on started_on term_amount term_unit term_law due_on
    is_suspended service_code first_letter_id mode
    """.split()
)
LETTER_FROZEN = tuple(
    """
    sender_name sender_town kind title letter_date sent_on access attachments format remarks
    dcmi_type delivery_way sender_reference fully_copied not_copied_reason case_id state
    """.split()
)

NEXT_OF_LETTERS = """
    IF NEW.number > 1 AND NOT EXISTS (
        SELECT 1 FROM records_letter WHERE series = NEW.series AND year = NEW.year AND number = NEW.number - 1
    ) THEN RAISE EXCEPTION 'a number of the register is skipped: %/%/%', NEW.series, NEW.number, NEW.year
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""
NEXT_OF_CASES = """
    IF EXISTS (
        SELECT 1 FROM records_subgroup
        WHERE unit = NEW.unit AND klass = NEW.klass AND year = NEW.year AND number = NEW.number AND {main}
    ) OR EXISTS (
        SELECT 1 FROM records_case
        WHERE unit = NEW.unit AND klass = NEW.klass AND year = NEW.year AND number = NEW.number
          AND subgroup = {of}
    ) THEN RAISE EXCEPTION 'the number of the list is taken: %.%.%.%',
        NEW.unit, NEW.klass, NEW.number, NEW.year
        USING ERRCODE = 'unique_violation';
    END IF;
    IF NEW.number > 1 AND NOT EXISTS (
        SELECT 1 FROM records_subgroup
        WHERE unit = NEW.unit AND klass = NEW.klass AND year = NEW.year AND number = NEW.number - 1 AND {main}
    ) AND NOT EXISTS (
        SELECT 1 FROM records_case
        WHERE unit = NEW.unit AND klass = NEW.klass AND year = NEW.year AND number = NEW.number - 1
          AND subgroup = {of}
    ) THEN RAISE EXCEPTION 'a number of the list is skipped: %.%.%.%',
        NEW.unit, NEW.klass, NEW.number, NEW.year
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""
REFUSE_IN_CLOSED_CASE = """
    IF EXISTS (SELECT 1 FROM records_case WHERE id = NEW.case_id AND state = 'CLOSED') THEN
        RAISE EXCEPTION 'case % is closed', NEW.case_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""
REFUSE_CHANGE_IN_CLOSED_CASE = """
    IF EXISTS (SELECT 1 FROM records_case WHERE id IN (OLD.case_id, NEW.case_id) AND state = 'CLOSED') THEN
        RAISE EXCEPTION 'letter % lies in a closed case', OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


def differs(columns: tuple[str, ...]) -> str:
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return f"ROW({old}) IS DISTINCT FROM ROW({new})"


CLOSED_CHANGES = f"""OLD.state = 'CLOSED' AND (
    {differs(CASE_FROZEN)} OR (NEW.state = 'CLOSED' AND NEW.closed_on IS DISTINCT FROM OLD.closed_on)
)"""


def letter_triggers() -> list[pgtrigger.Trigger]:
    """A register without gaps; what was received stays; letters of closed cases do not change."""
    return [
        pgtrigger.Protect(name="letters_stay", operation=pgtrigger.Delete),
        _fixed("what_was_received_stays", LETTER_FIXED),
        pgtrigger.Trigger(
            name="no_number_is_skipped",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=NEXT_OF_LETTERS,
        ),
        pgtrigger.Trigger(
            name="letters_of_closed_cases_stay",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=_changed(LETTER_FROZEN),
            func=REFUSE_CHANGE_IN_CLOSED_CASE,
        ),
    ]


def case_triggers() -> list[pgtrigger.Trigger]:
    """Lists without gaps; the mark stays for ever; a closed case does not change."""
    return [
        pgtrigger.Protect(name="cases_stay", operation=pgtrigger.Delete),
        _fixed("the_mark_stays", CASE_FIXED),
        pgtrigger.Trigger(
            name="no_case_number_is_skipped",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=NEXT_OF_CASES.format(main="NEW.subgroup = 0", of="NEW.subgroup"),
        ),
        pgtrigger.Protect(
            name="closed_is_closed",
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(CLOSED_CHANGES),
        ),
    ]


def subgroup_triggers() -> list[pgtrigger.Trigger]:
    """A sub-group takes a number of the list of its class and stays."""
    return [
        pgtrigger.Protect(name="subgroups_stay", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="no_subgroup_number_is_skipped",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=NEXT_OF_CASES.format(main="true", of="0"),
        ),
    ]


def of_closed_case(name: str, *, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """Refuse the change of a row that belongs to a closed case (column case_id)."""
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.Before, operation=operation, func=REFUSE_IN_CLOSED_CASE
    )


def _fixed(name: str, columns: tuple[str, ...]) -> pgtrigger.Trigger:
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update, condition=_changed(columns))


def _changed(columns: tuple[str, ...]) -> pgtrigger.Condition:
    return pgtrigger.Condition(differs(columns))
