"""The run of exchanges as one: what it says, and how often."""

import shutil
from pathlib import Path

import pytest
from pytest_django import Settings

from starostwo.office import testing as office
from starostwo.site import settings as site_settings
from starostwo.site.exchange import Exchange
from starostwo.site.exchange_services import Site
from starostwo.site.exchanges import Exchanges
from starostwo.telephony import testing
from starostwo.telephony.agent.tones import tone
from starostwo.telephony.agent.voicemail import Message, write_card
from starostwo.telephony.agent.wav import Recording
from starostwo.telephony.models import VoiceMessage


def _leave(folder: Path, name: str) -> None:
    """A message for 101, as the box leaves it."""
    recording = Recording(folder / f"{name}.wav")
    recording.write(tone(440, 1.2))
    seconds = recording.finish()
    write_card(Message(name, "101", "102", "", f"{name}@box", testing.NOW, folder / f"{name}.wav", seconds))


@pytest.mark.django_db
def test_messages_that_cannot_be_kept_are_told_of_each_time_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """The store fails, heals, and fails again: each is said once, however often the run tries."""
    office.make_office()
    testing.make_phone("101", testing.make_node("A"), account=office.anna())
    monkeypatch.setattr(site_settings, "VOIP_DIR", tmp_path / "voip")
    said: list[str] = []
    exchanges = Exchanges(None, say=said.append)
    here = Exchange(Site("A", "127.0.0.1", 5060, 5068))
    here.ready.mkdir(parents=True)
    exchanges._running["A"] = here
    store = tmp_path / "store"
    settings.FILES_DIR = store
    for name in ("first", "second"):
        store.touch()  # a file stands where the folder should
        _leave(here.ready, name)
        for _ in range(3):
            exchanges._collect()
        store.unlink()
        for _ in range(2):
            exchanges._collect()
        shutil.rmtree(store)
    assert VoiceMessage.objects.count() == 2
    stuck, well = (words for words in said[:2])
    assert ("czekają" in stuck, "znowu" in well) == (True, True)
    assert said == [stuck, well] * 2
