"""Keeping the index: put anew, another audience, dropped, long texts later."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from starostwo.search import api as search
from starostwo.search.models import Form, Waiting
from starostwo.search.testing import index_all, put

pytestmark = pytest.mark.django_db
EVERYBODY = frozenset({"public"})


def found(query: str, *tokens: str) -> list[str]:
    return [hit.thing for hit in search.find(query, tokens=frozenset(tokens) or EVERYBODY).hits]


def test_put_anew_replaces() -> None:
    put("case:1", "Budowa domu")
    put("case:1", "Rozbiórka garażu")

    assert (found("budowa"), found("garaż")) == ([], ["case:1"])


def test_dropped_is_gone() -> None:
    put("case:1", "Budowa domu", text="długi " * 2_000)
    search.drop("case:1")

    assert (found("budowa"), Waiting.objects.count()) == ([], 0)


def test_another_audience_holds_at_once() -> None:
    put("case:1", "Budowa domu", audience=["unit:OŚ"])
    search.set_audience("case:1", ["unit:AB", "person:7"])

    assert (found("budowa", "unit:OŚ"), found("budowa", "person:7")) == ([], ["case:1"])


def test_a_long_text_waits_for_the_worker_and_its_title_does_not() -> None:
    put("case:1", "Budowa domu", text="zwykłe słowa " * 1_000 + "koparka", marks=["OŚ.6740.1.2026"])
    assert (found("budowa"), found("6740.1"), found("koparki")) == (["case:1"], ["case:1"], [])

    index_all()

    assert (found("budowa"), found("oś.6740.1.2026"), found("koparki")) == (["case:1"],) * 3
    assert Waiting.objects.count() == 0


def test_the_worker_finds_nothing_when_the_text_was_put_anew() -> None:
    put("case:1", "Budowa domu", text="koparka " * 1_000)
    put("case:1", "Budowa domu", text="krótko")
    index_all()

    assert (found("koparka"), found("krótko")) == ([], ["case:1"])


def test_known_words_make_no_job() -> None:
    put("case:1", "Budowa domu")
    index_all()
    jobs, forms = ProcrastinateJob.objects.count(), Form.objects.count()

    put("case:2", "Budowa domu")

    assert (ProcrastinateJob.objects.count(), Form.objects.count()) == (jobs, forms)


def test_strange_texts_are_indexed() -> None:
    put("case:1", "\\ ' \" & | ! : * ( ) <script>", text="a\u0301 İstanbul ŁÓDŹ zo\u0301łw " + "x" * 5_000)
    index_all()

    assert (found("łódź"), found("zółw"), found("żółw")) == (["case:1"],) * 3
