"""The checkers of HTML really run: a page with planted faults is complained of by each of them."""

from pathlib import Path

from tests.proof.markup import complaints

SOUND = """<!DOCTYPE html>
<html lang="pl"><head><meta charset="utf-8"><title>Strona</title></head>
<body><main><h1>Strona</h1>{}</main></body></html>
"""


def test_a_sound_page_passes_and_planted_faults_do_not(tmp_path: Path) -> None:
    (tmp_path / "sound.html").write_text(SOUND.format("<p>Treść</p>"))
    (tmp_path / "doubled.html").write_text(SOUND.format('<p id="a">Raz</p><p id="a">Dwa</p>'))
    (tmp_path / "described.html").write_text(
        SOUND.format('<p><input aria-label="x" aria-describedby=""></p>')
    )

    said = complaints(tmp_path)

    assert [line for line in said if line.startswith("sound")] == []
    assert any(line.startswith("doubled") and " vnu: " not in line for line in said)
    assert any(line.startswith("doubled") and " vnu: " in line for line in said)
    assert any(line.startswith("described") for line in said)
