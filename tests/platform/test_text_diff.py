"""The comparison of texts ends in time for any text; more of it is proved with the office's letters."""

import time

from starostwo.platform.text_diff import Stretch, compare


def test_lines_that_repeat_do_not_make_it_slow() -> None:
    older, newer = "Wersja 1.\n\n" * 500, "Wersja 2.\n\n" * 500
    began = time.monotonic()

    found = compare(older, newer)

    assert "".join(one.text for one in found if one.change != "added") == older
    assert "".join(one.text for one in found if one.change != "removed") == newer
    assert time.monotonic() - began < 2


def test_a_long_text_written_anew_is_shown_whole() -> None:
    older, newer = "raz " * 5_000, "dwa " * 5_000
    began = time.monotonic()

    assert compare(older, newer) == [Stretch("removed", older), Stretch("added", newer)]
    assert time.monotonic() - began < 1
