"""The SQL of posting: the one way into the books, written once and put into the database by a migration.

A batch is one JSON object: {"journal": id, "vouchers": [{..., "lines": [...]}]}; amounts are grosze. Locks are
taken in one order: limits, settlements, balances, last the journal's head, which is the row that all posters of
a journal want. Whoever closes a month takes the heads too, so a month is closed either before or after a
voucher, never beside it. Refusals carry an SQLSTATE of class LG and a detail that a program can read.

Law: u.o.r. art. 14, 20-25.
"""

from django.conf import settings
from django.db import migrations

LINES = """
CREATE TYPE ledger_entry AS (
    v int, n int, account_id bigint, classification_id bigint, counterparty_id bigint, settlement_id bigint,
    contract_id bigint, debit bigint, credit bigint, text text, month int, kind text
);

CREATE FUNCTION ledger_lines(batch jsonb) RETURNS SETOF ledger_entry LANGUAGE sql IMMUTABLE AS $$
    SELECT v.n::int, l.n::int, (l.o->>'account')::bigint, (l.o->>'classification')::bigint,
        (l.o->>'counterparty')::bigint, (l.o->>'settlement')::bigint, (l.o->>'contract')::bigint,
        coalesce((l.o->>'debit')::bigint, 0), coalesce((l.o->>'credit')::bigint, 0),
        coalesce(l.o->>'text', ''), (v.o->>'month')::int, v.o->>'kind'
    FROM jsonb_array_elements(batch->'vouchers') WITH ORDINALITY v(o, n),
         jsonb_array_elements(v.o->'lines') WITH ORDINALITY l(o, n)
$$;
"""

TEXT = """
CREATE FUNCTION ledger_voucher_text(v ledger_voucher) RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'number', v.number, 'month', v.month, 'kind', v.kind, 'external_number', v.external_number,
        'issued_on', v.issued_on, 'operation_on', v.operation_on, 'text', v.text,
        'posted_at', to_char(v.posted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'posted_by', v.posted_by, 'posted_by_name', v.posted_by_name, 'prepared_by', v.prepared_by,
        'document', v.document, 'origin', v.origin, 'corrects', v.corrects_id, 'correction', v.correction,
        'total', v.total, 'turnover', v.turnover
    ))::text || E'\\n' || coalesce((
        SELECT string_agg(jsonb_strip_nulls(jsonb_build_object(
            'account', a.number, 'debit', l.debit, 'credit', l.credit, 'text', l.text,
            'classification', CASE WHEN c.id IS NOT NULL THEN jsonb_build_array(
                c.kind, c.division, c.chapter, c.paragraph, c.task, c.funding, c.project, c.disposer) END,
            'counterparty', l.counterparty_id, 'settlement', l.settlement_id, 'contract', l.contract_id
        ))::text, E'\\n' ORDER BY l.position)
        FROM ledger_line l JOIN ledger_account a ON a.id = l.account_id
        LEFT JOIN ledger_classification c ON c.id = l.classification_id
        WHERE l.voucher_id = v.id
    ), '')
$$;
"""

POSITION = """
CREATE FUNCTION ledger_position(c ledger_classification, detail text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT concat_ws('.', c.kind, nullif(c.division, ''), nullif(c.chapter, ''),
        CASE WHEN detail = 'GROUP' AND c.kind = 'W' AND c."group" <> '' THEN 'g' || c."group"
             ELSE c.paragraph END)
$$;
"""

CHECK = """
CREATE FUNCTION ledger_refuse(code text, message text, detail jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = code, MESSAGE = message, DETAIL = detail::text;
END
$$;

CREATE FUNCTION ledger_check(batch jsonb, lines ledger_entry[], fiscal_year bigint, of_year int) RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    SELECT x.n AS v INTO bad FROM jsonb_array_elements(batch->'vouchers') WITH ORDINALITY x(o, n)
    WHERE jsonb_array_length(x.o->'lines') = 0 LIMIT 1;
    IF FOUND THEN
        PERFORM ledger_refuse('LG007', 'a voucher without lines', jsonb_build_object('voucher', bad.v));
    END IF;

    SELECT l.v, l.n, l.account_id AS account, w.what, w.code INTO bad
    FROM unnest(lines) l
    LEFT JOIN ledger_account a ON a.id = l.account_id AND a.fiscal_year_id = fiscal_year
    LEFT JOIN ledger_classification c ON c.id = l.classification_id
    LEFT JOIN ledger_settlement s ON s.id = l.settlement_id
    CROSS JOIN LATERAL (VALUES
        (a.id IS NULL, 'LG003', 'ACCOUNT'),
        (NOT a.is_posting, 'LG003', 'POSTING'),
        ((l.debit = 0) = (l.credit = 0), 'LG009', 'SIDE'),
        (c.year <> of_year, 'LG005', 'YEAR'),
        ('CLASSIFICATION' = ANY (a.requires) AND c.id IS NULL, 'LG004', 'CLASSIFICATION'),
        ('INCOME' = ANY (a.requires) AND coalesce(c.kind, '') <> 'D', 'LG004', 'INCOME'),
        ('SPENDING' = ANY (a.requires) AND coalesce(c.kind, '') <> 'W', 'LG004', 'SPENDING'),
        (a.control IN ('PAID', 'COMMITTED') AND coalesce(c.kind, '') NOT IN ('W', 'R'), 'LG004', 'SPENDING'),
        ('COUNTERPARTY' = ANY (a.requires) AND l.counterparty_id IS NULL, 'LG004', 'COUNTERPARTY'),
        ('SETTLEMENT' = ANY (a.requires) AND l.settlement_id IS NULL, 'LG004', 'SETTLEMENT'),
        (s.counterparty_id <> l.counterparty_id, 'LG004', 'COUNTERPARTY'),
        ('TASK' = ANY (a.requires) AND coalesce(c.task, '') = '', 'LG004', 'TASK'),
        ('FUNDING' = ANY (a.requires) AND coalesce(c.funding, '') = '', 'LG004', 'FUNDING'),
        ('PROJECT' = ANY (a.requires) AND coalesce(c.project, '') = '', 'LG004', 'PROJECT')
    ) AS w(is_so, code, what)
    WHERE w.is_so ORDER BY l.v, l.n LIMIT 1;
    IF FOUND THEN
        PERFORM ledger_refuse(bad.code, 'a line is not as its account wants', jsonb_build_object(
            'voucher', bad.v, 'line', bad.n, 'what', bad.what, 'account', bad.account));
    END IF;

    SELECT l.v, sum(l.debit) - sum(l.credit) AS difference INTO bad
    FROM unnest(lines) l JOIN ledger_account a ON a.id = l.account_id AND a.kind = 'BALANCE'
    GROUP BY l.v HAVING sum(l.debit) <> sum(l.credit) ORDER BY l.v LIMIT 1;
    IF FOUND THEN
        PERFORM ledger_refuse('LG001', 'a voucher does not balance',
            jsonb_build_object('voucher', bad.v, 'difference', bad.difference));
    END IF;

    SELECT x.n AS v INTO bad FROM jsonb_array_elements(batch->'vouchers') WITH ORDINALITY x(o, n)
    WHERE (x.o->>'month')::int NOT BETWEEN 0 AND 13
       OR ((x.o->>'month')::int = 0) <> (x.o->>'kind' IN ('BO', 'BP'))
       OR ((x.o->>'month')::int = 13 AND x.o->>'kind' NOT IN ('ZR', 'PK'))
       OR ((x.o->>'month')::int BETWEEN 1 AND 12
           AND date_trunc('month', (x.o->>'operation_on')::date)
               > make_date(of_year, (x.o->>'month')::int, 1))
    LIMIT 1;
    IF FOUND THEN
        PERFORM ledger_refuse('LG008', 'a voucher does not belong to that month',
            jsonb_build_object('voucher', bad.v));
    END IF;

    SELECT l.v INTO bad
    FROM unnest(lines) l
    JOIN jsonb_array_elements(batch->'vouchers') WITH ORDINALITY x(o, n) ON x.n = l.v
    LEFT JOIN ledger_voucher w ON w.id = (x.o->>'corrects')::bigint
    LEFT JOIN ledger_fiscalyear y ON y.id = w.fiscal_year_id
    LEFT JOIN ledger_fiscalyear now_in ON now_in.id = fiscal_year
    WHERE x.o->>'corrects' IS NOT NULL
    GROUP BY l.v
    HAVING bool_or(y.book_id IS NULL OR y.book_id <> now_in.book_id)
        OR NOT CASE min(x.o->>'correction') WHEN 'RED' THEN bool_and(l.debit + l.credit < 0)
                                            WHEN 'BLACK' THEN bool_and(l.debit + l.credit > 0)
                                            ELSE false END
    LIMIT 1;
    IF FOUND THEN
        PERFORM ledger_refuse('LG006', 'a correction has entries of one sign only',
            jsonb_build_object('voucher', bad.v));
    END IF;
END
$$;
"""

SUMS = """
CREATE FUNCTION ledger_add_sums(lines ledger_entry[], fiscal_year bigint, detail text) RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM unnest(lines) l JOIN ledger_account a ON a.id = l.account_id
               WHERE a.control <> '') THEN
        INSERT INTO ledger_limit (fiscal_year_id, position, plan, committed, paid, overcommitted)
        SELECT DISTINCT fiscal_year, ledger_position(c, detail), 0, 0, 0, 0
        FROM unnest(lines) l JOIN ledger_account a ON a.id = l.account_id AND a.control <> ''
        JOIN ledger_classification c ON c.id = l.classification_id
        ORDER BY 2 ON CONFLICT DO NOTHING;

        PERFORM 1 FROM ledger_limit WHERE fiscal_year_id = fiscal_year AND position IN (
            SELECT ledger_position(c, detail)
            FROM unnest(lines) l JOIN ledger_account a ON a.id = l.account_id AND a.control <> ''
            JOIN ledger_classification c ON c.id = l.classification_id
        ) ORDER BY position FOR UPDATE;

        UPDATE ledger_limit t SET committed = t.committed + s.committed, paid = t.paid + s.paid
        FROM (
            SELECT ledger_position(c, detail) AS position,
                coalesce(sum(l.credit) FILTER (WHERE a.control = 'COMMITTED'), 0) AS committed,
                coalesce(sum(l.credit) FILTER (WHERE a.control = 'PAID'), 0)
                    + coalesce(sum(l.debit) FILTER (WHERE a.control = 'RECEIVED'), 0) AS paid
            FROM unnest(lines) l JOIN ledger_account a ON a.id = l.account_id AND a.control <> ''
            JOIN ledger_classification c ON c.id = l.classification_id
            GROUP BY 1
        ) s WHERE t.fiscal_year_id = fiscal_year AND t.position = s.position
          AND (s.committed <> 0 OR s.paid <> 0);
    END IF;

    INSERT INTO ledger_settlementsum AS t (settlement_id, debit, credit)
    SELECT l.settlement_id, sum(l.debit), sum(l.credit) FROM unnest(lines) l
    JOIN ledger_account a ON a.id = l.account_id AND 'SETTLEMENT' = ANY (a.requires)
    WHERE l.settlement_id IS NOT NULL AND l.kind <> 'BP'
    GROUP BY 1 ORDER BY 1
    ON CONFLICT (settlement_id) DO UPDATE
    SET debit = t.debit + excluded.debit, credit = t.credit + excluded.credit;

    INSERT INTO ledger_balance AS t (account_id, month, classification_id, counterparty_id, debit, credit)
    SELECT l.account_id, l.month, l.classification_id,
        CASE WHEN 'COUNTERPARTY' = ANY (a.requires) THEN l.counterparty_id END, sum(l.debit), sum(l.credit)
    FROM unnest(lines) l JOIN ledger_account a ON a.id = l.account_id
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (account_id, month, classification_id, counterparty_id) DO UPDATE
    SET debit = t.debit + excluded.debit, credit = t.credit + excluded.credit;
END
$$;
"""

POST = """
CREATE FUNCTION ledger_post(batch jsonb, posted_at timestamptz)
RETURNS TABLE (voucher_id bigint, voucher_number int, voucher_hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    y ledger_fiscalyear;
    head ledger_journalhead;
    item jsonb;
    nth bigint;
    made ledger_voucher;
    lines ledger_entry[];
    ids bigint[];
    totals bigint[];
BEGIN
    SELECT f.* INTO y FROM ledger_journal j JOIN ledger_fiscalyear f ON f.id = j.fiscal_year_id
    WHERE j.id = (batch->>'journal')::bigint;
    IF NOT FOUND THEN
        PERFORM ledger_refuse('LG000', 'no such journal', '{}');
    END IF;
    SELECT coalesce(array_agg(l), '{}') INTO lines FROM ledger_lines(batch) l;
    PERFORM ledger_check(batch, lines, y.id, y.year);
    PERFORM ledger_add_sums(lines, y.id, y.detail);

    SELECT * INTO STRICT head FROM ledger_journalhead WHERE journal_id = (batch->>'journal')::bigint FOR UPDATE;
    SELECT x.n INTO nth FROM jsonb_array_elements(batch->'vouchers') WITH ORDINALITY x(o, n)
    LEFT JOIN ledger_period p ON p.fiscal_year_id = y.id AND p.month = (x.o->>'month')::int
    WHERE p.state IS NULL OR NOT (
        p.state = 'OPEN' OR (p.state = 'SOFT' AND coalesce((x.o->>'soft')::boolean, false)))
    LIMIT 1;
    IF FOUND THEN
        PERFORM ledger_refuse('LG002', 'the month is closed', jsonb_build_object('voucher', nth));
    END IF;

    SELECT array_agg(nextval('ledger_voucher_id_seq')) INTO ids
    FROM generate_series(1, jsonb_array_length(batch->'vouchers'));
    INSERT INTO ledger_line (voucher_id, position, account_id, classification_id, counterparty_id,
        settlement_id, contract_id, debit, credit, text)
    SELECT ids[l.v], l.n, l.account_id, l.classification_id, l.counterparty_id, l.settlement_id,
        l.contract_id, l.debit, l.credit, l.text
    FROM unnest(lines) l ORDER BY l.v, l.n;
    SELECT array_agg(s.total ORDER BY s.v) INTO totals FROM (
        SELECT l.v, coalesce(sum(l.debit) FILTER (WHERE a.kind = 'BALANCE'), 0)::bigint AS total
        FROM unnest(lines) l JOIN ledger_account a ON a.id = l.account_id GROUP BY l.v
    ) s;

    FOR item, nth IN SELECT x.o, x.n FROM jsonb_array_elements(batch->'vouchers') WITH ORDINALITY x(o, n)
    LOOP
        made.id := ids[nth];
        made.total := totals[nth];
        head.number := head.number + 1;
        head.turnover := head.turnover + made.total;
        made.journal_id := head.journal_id;
        made.fiscal_year_id := y.id;
        made.number := head.number;
        made.turnover := head.turnover;
        made.month := (item->>'month')::int;
        made.kind := item->>'kind';
        made.external_number := coalesce(item->>'external_number', '');
        made.issued_on := (item->>'issued_on')::date;
        made.operation_on := (item->>'operation_on')::date;
        made.text := item->>'text';
        made.posted_at := ledger_post.posted_at;
        made.posted_by := batch->>'posted_by';
        made.posted_by_name := batch->>'posted_by_name';
        made.prepared_by := coalesce(item->>'prepared_by', '');
        made.document := coalesce(item->>'document', '');
        made.origin := item->>'origin';
        made.corrects_id := (item->>'corrects')::bigint;
        made.correction := coalesce(item->>'correction', '');
        made.prev_hash := head.hash;
        made.hash := sha256(head.hash || convert_to(ledger_voucher_text(made), 'UTF8'));
        INSERT INTO ledger_voucher SELECT (made).*;
        head.hash := made.hash;
        voucher_id := made.id;
        voucher_number := made.number;
        voucher_hash := made.hash;
        RETURN NEXT;
    END LOOP;
    UPDATE ledger_journalhead SET number = head.number, turnover = head.turnover, hash = head.hash
    WHERE journal_id = head.journal_id;
END
$$;
"""

PLAN = """
CREATE FUNCTION ledger_change_limit(of_year bigint, of_position text, plan_by bigint, overcommitted_by bigint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO ledger_limit (fiscal_year_id, position, plan, committed, paid, overcommitted)
    VALUES (of_year, of_position, 0, 0, 0, 0) ON CONFLICT DO NOTHING;
    UPDATE ledger_limit SET plan = plan + plan_by, overcommitted = overcommitted + overcommitted_by
    WHERE fiscal_year_id = of_year AND position = of_position;
END
$$;

CREATE FUNCTION ledger_begin_journal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO ledger_journalhead (journal_id, number, turnover, hash) VALUES (NEW.id, 0, 0, '');
    RETURN NULL;
END
$$;
CREATE TRIGGER ledger_begin_journal AFTER INSERT ON ledger_journal
    FOR EACH ROW EXECUTE FUNCTION ledger_begin_journal();

CREATE FUNCTION ledger_set_period(of_period bigint, to_state text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM ledger_journalhead h JOIN ledger_journal j ON j.id = h.journal_id
    JOIN ledger_period p ON p.fiscal_year_id = j.fiscal_year_id
    WHERE p.id = of_period ORDER BY h.journal_id FOR UPDATE OF h;
    UPDATE ledger_period SET state = to_state WHERE id = of_period;
END
$$;
"""

FUNCTIONS = LINES + TEXT + POSITION + CHECK + SUMS + POST + PLAN
FUNCTIONS_BACK = """
DROP FUNCTION ledger_set_period(bigint, text);
DROP TRIGGER ledger_begin_journal ON ledger_journal;
DROP FUNCTION ledger_begin_journal();
DROP FUNCTION ledger_change_limit(bigint, text, bigint, bigint);
DROP FUNCTION ledger_post(jsonb, timestamptz);
DROP FUNCTION ledger_add_sums(ledger_entry[], bigint, text);
DROP FUNCTION ledger_check(jsonb, ledger_entry[], bigint, int);
DROP FUNCTION ledger_refuse(text, text, jsonb);
DROP FUNCTION ledger_position(ledger_classification, text);
DROP FUNCTION ledger_voucher_text(ledger_voucher);
DROP FUNCTION ledger_lines(jsonb);
DROP TYPE ledger_entry;
"""

POSTED = ("ledger_voucher", "ledger_line")
SUMMED = ("ledger_balance", "ledger_settlementsum", "ledger_limit", "ledger_journalhead")
LOCK = """
CREATE FUNCTION ledger_posted_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Zapisów księgowych nie wolno zmieniać: % na tabeli %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
""" + "".join(
    f"CREATE TRIGGER ledger_posted_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_posted_stays();\n"
    for table in POSTED
)
LOCK_BACK = "".join(f"DROP TRIGGER ledger_posted_stays ON {table};\n" for table in POSTED) + (
    "DROP FUNCTION ledger_posted_stays();"
)

WITH_APP_ROLE = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}' AND rolname <> current_user) THEN
        {statements}
    END IF;
END $$;
"""


def _for_app_role(*statements: str) -> str:
    return WITH_APP_ROLE.format(role=settings.APP_ROLE, statements="\n        ".join(statements))


TABLES = ", ".join((*POSTED, *SUMMED))
CALLED = (
    "ledger_post(jsonb, timestamptz)",
    "ledger_change_limit(bigint, text, bigint, bigint)",
    "ledger_set_period(bigint, text)",
)
REVOKED = "REVOKE ALL ON FUNCTION " + ", ".join(CALLED) + " FROM PUBLIC;"
GRANTS = _for_app_role(
    f"REVOKE ALL ON {TABLES}, ledger_period FROM {settings.APP_ROLE};",
    f"GRANT SELECT ON {TABLES} TO {settings.APP_ROLE};",
    f"GRANT SELECT, INSERT ON ledger_period TO {settings.APP_ROLE};",
    *(f"GRANT EXECUTE ON FUNCTION {name} TO {settings.APP_ROLE};" for name in CALLED),
)
GRANTS_BACK = _for_app_role(
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON {TABLES}, ledger_period TO {settings.APP_ROLE};"
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_books")]
    operations = [
        migrations.RunSQL(FUNCTIONS, FUNCTIONS_BACK),
        migrations.RunSQL(REVOKED, migrations.RunSQL.noop),
        migrations.RunSQL(LOCK, LOCK_BACK),
        migrations.RunSQL(GRANTS, GRANTS_BACK),
    ]
