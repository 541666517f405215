"""What runs late and who holds how much; the work of who leaves goes over in one step."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.records.models import Case, Letter
from starostwo.records.queries.workload import Load, workload
from starostwo.records.services.cases import CannotHandOver, close_case
from starostwo.records.services.handover import HandedOver, hand_over_all
from starostwo.records.testing import make_assigned, make_case

pytestmark = pytest.mark.django_db
TERMS_QUERIES = 8


def beata() -> office.Account:
    return office.make_staff("b.b", "Beata Bor", unit="GN")


def test_the_load_counts_open_soon_and_late() -> None:
    today = localdate()
    for back in (0, 25, 60):
        make_case(f"Sprawa {back}", on=today - timedelta(days=back))
    closed = make_case("Zakończona", on=today)
    close_case(closed.pk, actor=office.actor(office.anna()), today=today, now=now())
    loads = workload(office.actor(office.ewa()), today=today)
    assert loads == [Load("GN", office.anna().pk, "Anna Nowak", open=3, soon=loads[0].soon, late=1)]
    assert loads[0].soon in (0, 1), "a month less 25 days is within a week, unless days off move it"
    assert workload(office.actor(office.adam()), today=today) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_of_terms_takes_the_same_queries(count: int, django_assert_num_queries: object) -> None:
    for place in range(count):
        make_case(f"Sprawa {place}", on=localdate() - timedelta(days=60))
    client = office.client_of(office.ewa())
    client.get(reverse("records:terms"))
    with django_assert_num_queries(TERMS_QUERIES):  # type: ignore[operator]
        shown = client.get(reverse("records:terms")).content.decode()
    assert shown.count("<tr data-row>") == count


def test_who_heads_nothing_sees_no_terms() -> None:
    assert office.client_of(office.anna()).get(reverse("records:terms")).status_code == 404
    assert office.client_of(office.anna()).get(reverse("records:leaver")).status_code == 404


@pytest.mark.law("rozp. PRM 18.01.2011 par. 48")
def test_all_the_work_of_who_leaves_goes_to_another_of_the_unit() -> None:
    case, letter, done = make_case(), make_assigned(), make_case("Zakończona")
    close_case(done.pk, actor=office.actor(office.anna()), today=localdate(), now=now())
    form = {"unit": "GN", "leaver": str(office.anna().pk), "taker": str(beata().pk)}
    shown = office.client_of(office.ewa()).post(reverse("records:leaver"), form, follow=True).content.decode()
    assert "Przekazano: sprawy 1, pisma 1." in shown
    assert Case.objects.get(pk=case.pk).holder_id == beata().pk
    assert Letter.objects.get(pk=letter.pk).holder_id == beata().pk
    assert Case.objects.get(pk=done.pk).holder_id == office.anna().pk
    assert audit.history(str(case))[-1].payload["to"] == beata().pk


@pytest.mark.parametrize(
    ("who", "taker"), [("adam", "beata"), ("anna", "beata"), ("ewa", "jan"), ("ewa", "anna")]
)
def test_a_refused_hand_over_moves_nothing(who: str, taker: str) -> None:
    case = make_case()
    to = beata() if taker == "beata" else getattr(office, taker)()
    with pytest.raises(CannotHandOver):
        hand_over_all(
            actor=office.actor(getattr(office, who)()),
            unit="GN",
            from_id=office.anna().pk,
            to_id=to.pk,
            today=localdate(),
            now=now(),
        )
    assert Case.objects.get(pk=case.pk).holder_id == office.anna().pk


def test_nothing_to_give_is_nothing_given() -> None:
    office.anna()
    done = hand_over_all(
        actor=office.actor(office.ewa()),
        unit="GN",
        from_id=office.anna().pk,
        to_id=beata().pk,
        today=localdate(),
        now=now(),
    )
    assert done == HandedOver(cases=0, letters=0)
