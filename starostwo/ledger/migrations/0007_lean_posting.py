"""Posting with fewer steps, and the running balances of settlements that reports of what is overdue read.

What a line says is joined to its account and classification once; functions that were planned anew for each
voucher keep their plans. The text that is hashed, the checks and the order of locks stay as they were.

Law: u.o.r. art. 14, 20-25.
"""

from importlib import import_module

from django.conf import settings
from django.db import migrations

before = import_module("starostwo.ledger.migrations.0002_posting")

POSITION = """
CREATE OR REPLACE FUNCTION ledger_position(c ledger_classification, detail text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT c.kind || coalesce('.' || nullif(c.division, ''), '') || coalesce('.' || nullif(c.chapter, ''), '')
        || '.' || CASE WHEN detail = 'GROUP' AND c.kind = 'W' AND c."group" <> '' THEN 'g' || c."group"
                       ELSE c.paragraph END
$$;
"""

TEXT = """
CREATE OR REPLACE FUNCTION ledger_voucher_text(v ledger_voucher) RETURNS text LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN jsonb_strip_nulls(jsonb_build_object(
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
    ), '');
END
$$;
"""

KNOWN = """
CREATE TYPE ledger_known AS (
    v int, n int, account_id bigint, classification_id bigint, counterparty_id bigint, settlement_id bigint,
    contract_id bigint, debit bigint, credit bigint, text text, month int, kind text,
    is_balance boolean, control text, settles boolean, owner_id bigint, position text, fault text
);

CREATE FUNCTION ledger_known_lines(batch jsonb, y ledger_fiscalyear) RETURNS ledger_known[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
    SELECT coalesce(array_agg(ROW(
        l.v, l.n, l.account_id, l.classification_id, l.counterparty_id, l.settlement_id, l.contract_id,
        l.debit, l.credit, l.text, l.month, l.kind,
        a.kind = 'BALANCE', a.control, 'SETTLEMENT' = ANY (a.requires),
        CASE WHEN 'COUNTERPARTY' = ANY (a.requires) THEN l.counterparty_id END,
        CASE WHEN a.control <> '' AND c.id IS NOT NULL THEN ledger_position(c, y.detail) END,
        CASE
            WHEN a.id IS NULL THEN 'LG003 ACCOUNT'
            WHEN NOT a.is_posting THEN 'LG003 POSTING'
            WHEN (l.debit = 0) = (l.credit = 0) THEN 'LG009 SIDE'
            WHEN c.year <> y.year THEN 'LG005 YEAR'
            WHEN 'CLASSIFICATION' = ANY (a.requires) AND c.id IS NULL THEN 'LG004 CLASSIFICATION'
            WHEN 'INCOME' = ANY (a.requires) AND coalesce(c.kind, '') <> 'D' THEN 'LG004 INCOME'
            WHEN 'SPENDING' = ANY (a.requires) AND coalesce(c.kind, '') <> 'W' THEN 'LG004 SPENDING'
            WHEN a.control IN ('PAID', 'COMMITTED') AND coalesce(c.kind, '') NOT IN ('W', 'R')
                THEN 'LG004 SPENDING'
            WHEN 'COUNTERPARTY' = ANY (a.requires) AND l.counterparty_id IS NULL THEN 'LG004 COUNTERPARTY'
            WHEN 'SETTLEMENT' = ANY (a.requires) AND l.settlement_id IS NULL THEN 'LG004 SETTLEMENT'
            WHEN s.counterparty_id <> l.counterparty_id THEN 'LG004 COUNTERPARTY'
            WHEN 'TASK' = ANY (a.requires) AND coalesce(c.task, '') = '' THEN 'LG004 TASK'
            WHEN 'FUNDING' = ANY (a.requires) AND coalesce(c.funding, '') = '' THEN 'LG004 FUNDING'
            WHEN 'PROJECT' = ANY (a.requires) AND coalesce(c.project, '') = '' THEN 'LG004 PROJECT'
        END
    )::ledger_known ORDER BY l.v, l.n), '{}')
    FROM ledger_lines(batch) l
    LEFT JOIN LATERAL (
        SELECT * FROM ledger_account x WHERE x.id = l.account_id AND x.fiscal_year_id = y.id OFFSET 0
    ) a ON true
    LEFT JOIN LATERAL (SELECT * FROM ledger_classification x WHERE x.id = l.classification_id OFFSET 0) c ON true
    LEFT JOIN LATERAL (SELECT * FROM ledger_settlement x WHERE x.id = l.settlement_id OFFSET 0) s ON true
    );
END
$$;
"""

CHECK = """
CREATE FUNCTION ledger_check_lines(batch jsonb, lines ledger_known[], y ledger_fiscalyear) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    bad record;
BEGIN
    SELECT x.n AS v INTO bad FROM jsonb_array_elements(batch->'vouchers') WITH ORDINALITY x(o, n)
    WHERE jsonb_array_length(x.o->'lines') = 0 LIMIT 1;
    IF FOUND THEN
        PERFORM ledger_refuse('LG007', 'a voucher without lines', jsonb_build_object('voucher', bad.v));
    END IF;

    SELECT l.v, l.n, l.account_id, l.fault INTO bad FROM unnest(lines) l
    WHERE l.fault IS NOT NULL ORDER BY l.v, l.n LIMIT 1;
    IF FOUND THEN
        PERFORM ledger_refuse(split_part(bad.fault, ' ', 1), 'a line is not as its account wants',
            jsonb_build_object('voucher', bad.v, 'line', bad.n, 'what', split_part(bad.fault, ' ', 2),
                               'account', bad.account_id));
    END IF;

    SELECT l.v, sum(l.debit) - sum(l.credit) AS difference INTO bad FROM unnest(lines) l WHERE l.is_balance
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
               > make_date(y.year, (x.o->>'month')::int, 1))
    LIMIT 1;
    IF FOUND THEN
        PERFORM ledger_refuse('LG008', 'a voucher does not belong to that month',
            jsonb_build_object('voucher', bad.v));
    END IF;

    SELECT l.v INTO bad
    FROM jsonb_array_elements(batch->'vouchers') WITH ORDINALITY x(o, n)
    JOIN unnest(lines) l ON l.v = x.n
    LEFT JOIN ledger_voucher w ON w.id = (x.o->>'corrects')::bigint
    LEFT JOIN ledger_fiscalyear of_corrected ON of_corrected.id = w.fiscal_year_id
    WHERE x.o->>'corrects' IS NOT NULL
    GROUP BY l.v
    HAVING bool_or(of_corrected.book_id IS NULL OR of_corrected.book_id <> y.book_id)
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
CREATE FUNCTION ledger_add_lines(lines ledger_known[], y ledger_fiscalyear) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    positions text[];
BEGIN
    SELECT array_agg(DISTINCT l.position) INTO positions FROM unnest(lines) l WHERE l.position IS NOT NULL;
    IF positions IS NOT NULL THEN
        IF (SELECT count(*) FROM ledger_limit t WHERE t.fiscal_year_id = y.id AND t.position = ANY (positions))
           < cardinality(positions) THEN
            INSERT INTO ledger_limit (fiscal_year_id, position, plan, committed, paid, overcommitted)
            SELECT y.id, p, 0, 0, 0, 0 FROM unnest(positions) p ORDER BY p ON CONFLICT DO NOTHING;
        END IF;
        PERFORM 1 FROM ledger_limit t WHERE t.fiscal_year_id = y.id AND t.position = ANY (positions)
        ORDER BY t.position FOR UPDATE;
        UPDATE ledger_limit t SET committed = t.committed + s.committed, paid = t.paid + s.paid
        FROM (
            SELECT l.position,
                coalesce(sum(l.credit) FILTER (WHERE l.control = 'COMMITTED'), 0) AS committed,
                coalesce(sum(l.credit) FILTER (WHERE l.control = 'PAID'), 0)
                    + coalesce(sum(l.debit) FILTER (WHERE l.control = 'RECEIVED'), 0) AS paid
            FROM unnest(lines) l WHERE l.position IS NOT NULL GROUP BY 1
        ) s WHERE t.fiscal_year_id = y.id AND t.position = s.position
          AND (s.committed <> 0 OR s.paid <> 0);
    END IF;

    IF EXISTS (SELECT 1 FROM unnest(lines) l WHERE l.settles) THEN
        INSERT INTO ledger_settlementsum AS t (settlement_id, debit, credit, moved_in)
        SELECT l.settlement_id, sum(l.debit), sum(l.credit), max(100 * y.year + l.month)
        FROM unnest(lines) l WHERE l.settles AND l.kind <> 'BP'
        GROUP BY 1 ORDER BY 1
        ON CONFLICT (settlement_id) DO UPDATE
        SET debit = t.debit + excluded.debit, credit = t.credit + excluded.credit,
            moved_in = greatest(t.moved_in, excluded.moved_in);
        INSERT INTO ledger_settlementbalance AS t
            (settlement_id, account_id, month, classification_id, debit, credit)
        SELECT l.settlement_id, l.account_id, l.month, l.classification_id, sum(l.debit), sum(l.credit)
        FROM unnest(lines) l WHERE l.settles
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
        ON CONFLICT (settlement_id, account_id, month, classification_id) DO UPDATE
        SET debit = t.debit + excluded.debit, credit = t.credit + excluded.credit;
    END IF;

    INSERT INTO ledger_balance AS t (account_id, month, classification_id, counterparty_id, debit, credit)
    SELECT l.account_id, l.month, l.classification_id, l.owner_id, sum(l.debit), sum(l.credit)
    FROM unnest(lines) l
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (account_id, month, classification_id, counterparty_id) DO UPDATE
    SET debit = t.debit + excluded.debit, credit = t.credit + excluded.credit;
END
$$;
"""

POST = """
CREATE OR REPLACE FUNCTION ledger_post(batch jsonb, posted_at timestamptz)
RETURNS TABLE (voucher_id bigint, voucher_number int, voucher_hash bytea)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    y ledger_fiscalyear;
    head ledger_journalhead;
    item jsonb;
    nth bigint;
    made ledger_voucher;
    lines ledger_known[];
    ids bigint[];
    totals bigint[];
BEGIN
    SELECT f.* INTO y FROM ledger_journal j JOIN ledger_fiscalyear f ON f.id = j.fiscal_year_id
    WHERE j.id = (batch->>'journal')::bigint;
    IF NOT FOUND THEN
        PERFORM ledger_refuse('LG000', 'no such journal', '{}');
    END IF;
    lines := ledger_known_lines(batch, y);
    PERFORM ledger_check_lines(batch, lines, y);
    PERFORM ledger_add_lines(lines, y);

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
        SELECT l.v, coalesce(sum(l.debit) FILTER (WHERE l.is_balance), 0)::bigint AS total
        FROM unnest(lines) l GROUP BY l.v
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

FILL = """
INSERT INTO ledger_settlementbalance (settlement_id, account_id, month, classification_id, debit, credit)
SELECT l.settlement_id, l.account_id, v.month, l.classification_id, sum(l.debit), sum(l.credit)
FROM ledger_line l JOIN ledger_voucher v ON v.id = l.voucher_id
JOIN ledger_account a ON a.id = l.account_id AND 'SETTLEMENT' = ANY (a.requires)
WHERE l.settlement_id IS NOT NULL
GROUP BY 1, 2, 3, 4;
UPDATE ledger_settlementsum t SET moved_in = x.moved_in FROM (
    SELECT l.settlement_id, max(100 * y.year + v.month) AS moved_in
    FROM ledger_line l JOIN ledger_voucher v ON v.id = l.voucher_id AND v.kind <> 'BP'
    JOIN ledger_fiscalyear y ON y.id = v.fiscal_year_id
    JOIN ledger_account a ON a.id = l.account_id AND 'SETTLEMENT' = ANY (a.requires)
    WHERE l.settlement_id IS NOT NULL GROUP BY 1
) x WHERE x.settlement_id = t.settlement_id;
"""
EMPTY = "DELETE FROM ledger_settlementbalance;"

FUNCTIONS = (
    POSITION
    + TEXT
    + KNOWN
    + CHECK
    + SUMS
    + POST
    + """
DROP FUNCTION ledger_check(jsonb, ledger_entry[], bigint, int);
DROP FUNCTION ledger_add_sums(ledger_entry[], bigint, text);
"""
)
FUNCTIONS_BACK = (
    before.CHECK[before.CHECK.index("CREATE FUNCTION ledger_check("):] + before.SUMS
    + (before.POSITION + before.TEXT + before.POST).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    + """
DROP FUNCTION ledger_add_lines(ledger_known[], ledger_fiscalyear);
DROP FUNCTION ledger_check_lines(jsonb, ledger_known[], ledger_fiscalyear);
DROP FUNCTION ledger_known_lines(jsonb, ledger_fiscalyear);
DROP TYPE ledger_known;
"""
)  # fmt: skip
GRANTS = before._for_app_role(
    f"REVOKE ALL ON ledger_settlementbalance FROM {settings.APP_ROLE};",
    f"GRANT SELECT ON ledger_settlementbalance TO {settings.APP_ROLE};",
)
GRANTS_BACK = before._for_app_role(
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON ledger_settlementbalance TO {settings.APP_ROLE};"
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_settlement_balances")]
    operations = [
        migrations.RunSQL(FILL, EMPTY),
        migrations.RunSQL(FUNCTIONS, FUNCTIONS_BACK),
        migrations.RunSQL(GRANTS, GRANTS_BACK),
    ]
