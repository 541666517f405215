"""Rules of payments as tables: states by sums, references, account numbers, the QR text, signed messages."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from starostwo.intake.rules import gateway_messages, reference
from starostwo.intake.rules.gateway_messages import Forged, Order, Report
from starostwo.intake.rules.payment_states import MOVES, TRY_MOVES, Lifted, Said, State, Sums, after, state_of
from starostwo.intake.rules.transfer_code import AmountTooHigh, transfer_code
from starostwo.platform import bank_account

ATTEMPT = UUID("11111111-2222-3333-4444-555555555555")


@pytest.mark.parametrize(
    ("sums", "state", "why"),
    [
        (Sums(5400), State.DUE, "nothing came"),
        (Sums(5400, is_under_way=True), State.PENDING, "a try is under way"),
        (Sums(5400, 5400), State.PAID, "all of it came"),
        (Sums(5400, 5400, is_under_way=True), State.PAID, "a transfer came while a try was under way"),
        (Sums(5400, 3000), State.DUE, "a part came"),
        (Sums(5400, 3000, is_under_way=True), State.PENDING, "a part came, the rest is under way"),
        (Sums(5400, 10800), State.TO_GIVE_BACK, "it came twice"),
        (Sums(5400, 10800, 5400), State.PAID, "the second one went back"),
        (Sums(5400, 10800, 5000), State.TO_GIVE_BACK, "a part of the second one went back"),
        (Sums(5400, lifted=Lifted.WAIVED), State.WAIVED, "the payer is exempt"),
        (Sums(5400, lifted=Lifted.WAIVED, is_under_way=True), State.WAIVED, "exempt while a try was open"),
        (Sums(5400, 5400, lifted=Lifted.WAIVED), State.TO_GIVE_BACK, "exempt after paying"),
        (Sums(5400, 5400, 5400, Lifted.WAIVED), State.WAIVED, "exempt, and the money went back"),
        (Sums(5400, lifted=Lifted.WITHDRAWN), State.WITHDRAWN, "the application was given up"),
        (Sums(5400, 100, lifted=Lifted.WITHDRAWN), State.TO_GIVE_BACK, "given up after a part came"),
    ],
)
def test_the_state_follows_the_sums(sums: Sums, state: State, why: str) -> None:
    assert state_of(sums) == state, why


@pytest.mark.parametrize(
    ("sums", "owed", "held", "missing", "surplus"),
    [
        (Sums(5400, 3000), 5400, 3000, 2400, 0),
        (Sums(5400, 9000, 1000), 5400, 8000, 0, 2600),
        (Sums(5400, 3000, lifted=Lifted.WAIVED), 0, 3000, 0, 3000),
        (Sums(5400, lifted=Lifted.WITHDRAWN), 0, 0, 0, 0),
        (Sums(5400, 1, lifted=Lifted.WAIVED), 0, 1, 0, 1),
    ],
)
def test_what_is_owed_held_missing_and_too_much(
    sums: Sums, owed: int, held: int, missing: int, surplus: int
) -> None:
    assert (sums.owed, sums.held, sums.missing, sums.surplus) == (owed, held, missing, surplus)


@given(
    amount=some.integers(1, 5),
    acts=some.lists(
        some.tuples(
            some.sampled_from(["money", "back", "waive", "withdraw", "again", "try", "over"]),
            some.integers(1, 5),
        ),
        max_size=12,
    ),
)
def test_whatever_happens_each_change_of_state_is_in_the_table(
    amount: int, acts: list[tuple[str, int]]
) -> None:
    sums = Sums(amount)
    for act, number in acts:
        later = happens(sums, act, number)
        before, now = state_of(sums), state_of(later)
        assert before == now or (before, now) in MOVES, (act, sums, later)
        assert later.missing == 0 or later.surplus == 0
        sums = later


def happens(sums: Sums, act: str, number: int) -> Sums:
    match act:
        case "money":
            return replace(sums, received=sums.received + number, is_under_way=False)
        case "back":
            return replace(sums, given_back=sums.given_back + min(number, sums.surplus))
        case "waive" if not sums.lifted:
            return replace(sums, lifted=Lifted.WAIVED, is_under_way=False)
        case "withdraw" if not sums.lifted:
            return replace(sums, lifted=Lifted.WITHDRAWN, is_under_way=False)
        case "again" if sums.lifted != Lifted.WAIVED:
            return replace(sums, amount=number, lifted=Lifted.NO)
        case "try" if state_of(sums) == State.DUE:
            return replace(sums, is_under_way=True)
        case "over":
            return replace(sums, is_under_way=False)
    return sums


@pytest.mark.parametrize(
    ("stands", "said", "then", "why"),
    [
        (Said.BEGUN, Said.PAID, Said.PAID, "as it should be"),
        (Said.BEGUN, Said.CANCELLED, Said.CANCELLED, "the resident went back"),
        (Said.BEGUN, Said.FAILED, Said.FAILED, "the bank refused"),
        (Said.PAID, Said.PAID, Said.PAID, "said twice"),
        (Said.PAID, Said.CANCELLED, Said.PAID, "the cancelling came after the paying"),
        (Said.CANCELLED, Said.PAID, Said.PAID, "late money is money"),
        (Said.FAILED, Said.PAID, Said.PAID, "late money is money"),
        (Said.CANCELLED, Said.FAILED, Said.CANCELLED, "over is over"),
        (Said.CANCELLED, Said.BEGUN, Said.CANCELLED, "an old report"),
        (Said.PAID, Said.BEGUN, Said.PAID, "an old report"),
    ],
)
def test_reports_may_come_in_any_order(stands: Said, said: Said, then: Said, why: str) -> None:
    assert after(stands, said) == then, why
    assert all(before != Said.PAID for before, _ in TRY_MOVES), "paid is the end"


@given(some.integers(0, reference.HIGHEST - 1))
def test_a_reference_is_found_in_the_title_of_a_transfer(number: int) -> None:
    written = reference.reference_of(number)

    for title in (written, f"Oplata {reference.shown(written)} Jan Kos", f"za wniosek {written.lower()}."):
        assert reference.found_in(title) == written


@given(some.integers(0, reference.HIGHEST - 1), some.integers(2, 12), some.integers(1, 9))
def test_one_wrong_digit_names_no_other_due(number: int, place: int, by: int) -> None:
    right = reference.reference_of(number)
    wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]

    assert reference.found_in(wrong) is None


def test_two_digits_that_changed_places_name_no_other_due() -> None:
    assert reference.found_in(reference.reference_of(123456789)) is not None
    assert reference.found_in(reference.reference_of(123456789).replace("12", "21", 1)) is None


@pytest.mark.parametrize(
    ("typed", "is_right", "why"),
    [
        ("61 1090 1014 0000 0712 1981 2874", True, "as banks print it"),
        ("PL61109010140000071219812874", True, "as an IBAN"),
        ("61109010140000071219812875", False, "one digit is wrong"),
        ("16109010140000071219812874", False, "two digits changed places"),
        ("6110901014000007121981287", False, "a digit is missing"),
        ("6110901014000007121981287a", False, "a letter"),
    ],
)
def test_numbers_of_accounts_check(typed: str, is_right: bool, why: str) -> None:
    assert bank_account.is_account(bank_account.digits_of(typed)) is is_right, why


def test_an_account_is_written_in_groups() -> None:
    assert bank_account.shown("61109010140000071219812874") == "61 1090 1014 0000 0712 1981 2874"


def test_the_qr_code_of_a_transfer_has_its_fields_cut_to_length() -> None:
    text = transfer_code(
        account="61109010140000071219812874",
        amount=5400,
        recipient="Powiat Zgierski | Starostwo",
        title="OP 123 456 789 96 prawo jazdy kategorii B",
    )

    assert (
        text
        == "|PL|61109010140000071219812874|005400|Powiat Zgierski Star|OP 123 456 789 96 prawo jazdy ka|||"
    )
    for amount in (0, 1_000_000):
        with pytest.raises(AmountTooHigh):
            transfer_code(account="1" * 26, amount=amount, recipient="a", title="b")


def test_a_report_is_read_as_it_was_written_and_believed_by_its_signature_alone() -> None:
    report = Report(ATTEMPT, Said.PAID, 5400, "PLN", "T-1")
    body = gateway_messages.report_bytes(report)
    signature = gateway_messages.sign(body, "klucz")

    gateway_messages.check(body, signature, "klucz")
    assert gateway_messages.read_report(body) == report
    for other, key in ((body + b" ", "klucz"), (body, "inny"), (body, "")):
        with pytest.raises(Forged):
            gateway_messages.check(other, signature, key)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b'{"attempt":1}', b'{"attempt":"x","state":"PAID","amount":1,"currency":"PLN"}',
     b'{"attempt":"11111111-2222-3333-4444-555555555555","state":"GIVEN","amount":1,"currency":"PLN","transaction":""}',
     b'{"attempt":"11111111-2222-3333-4444-555555555555","state":"PAID","amount":"1","currency":"PLN","transaction":""}',
     b'{"attempt":"11111111-2222-3333-4444-555555555555","state":"PAID","amount":true,"currency":"PLN","transaction":""}'],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(body: bytes) -> None:
    with pytest.raises(Forged):
        gateway_messages.read_report(body)


def test_an_order_names_no_person() -> None:
    order = Order(ATTEMPT, 5400, "OP 123 456 789 96", "https://urzad/powrot/", "https://urzad/powiadomienia/")

    assert set(gateway_messages.json.loads(gateway_messages.order_bytes(order))) == {
        "attempt", "amount", "currency", "title", "back", "notify",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("number", "written"),
    [(123456789, "OP12345678978"), (0, "OP00000000098"), (999999999, "OP99999999996"), (48, "OP00000004851")],
)
def test_references_are_written_so(number: int, written: str) -> None:
    assert reference.reference_of(number) == written


@pytest.mark.parametrize(
    ("digits", "why"),
    [
        ("891090101400000712198128740", "27 digits that check"),
        ("٦" + "1109010140000071219812874", "no digit of ours"),
    ],
)
def test_an_account_has_26_plain_digits(digits: str, why: str) -> None:
    assert not bank_account.is_account(digits), why


@pytest.mark.parametrize(("amount", "shown"), [(1, "000001"), (999_999, "999999")])
def test_the_code_takes_six_digits(amount: int, shown: str) -> None:
    assert transfer_code(account="1" * 26, amount=amount, recipient="a", title="b").split("|")[3] == shown


def test_messages_are_written_byte_for_byte() -> None:
    written = gateway_messages.report_bytes(Report(ATTEMPT, Said.PAID, 5400, "PLN", "Ł-1"))

    assert written.decode() == (
        '{"amount":5400,"attempt":"11111111-2222-3333-4444-555555555555","currency":"PLN",'
        '"state":"PAID","transaction":"Ł-1"}'
    )
    assert gateway_messages.read_report(written.replace("Ł-1".encode(), b"T" * 70)).transaction == "T" * 60


@given(some.binary(max_size=40))
def test_a_message_survives_its_way_in_an_address(body: bytes) -> None:
    assert gateway_messages.from_address(gateway_messages.in_address(body)) == body


@pytest.mark.parametrize(
    ("length", "key", "is_taken"), [(4096, "klucz", True), (4097, "klucz", False), (10, "", False)]
)
def test_nothing_long_and_nothing_without_a_key_is_believed(length: int, key: str, is_taken: bool) -> None:
    body = b"x" * length
    signature = gateway_messages.sign(body, key)

    if is_taken:
        gateway_messages.check(body, signature, key)
    else:
        with pytest.raises(Forged):
            gateway_messages.check(body, signature, key)
