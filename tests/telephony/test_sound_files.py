"""Sound files as people have them become what a telephone plays, or are refused by name."""

import io
import wave
from array import array

import pytest

from starostwo.telephony.agent import wav
from starostwo.telephony.agent.fitting import NotASound, TooLong, TooShort, fit
from starostwo.telephony.agent.tones import seconds_of, share_of
from tests.telephony.sounds import wav_file


def _fit(content: bytes) -> "array[int]":
    return fit(content, shortest=0.5, longest=2.0)


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
def test_the_tone_stays_what_it_was(rate: int, channels: int, width: int) -> None:
    made = _fit(wav_file(440, 1.0, rate=rate, channels=channels, width=width))
    assert abs(len(made) - 8_000) <= 1
    assert seconds_of(made, 440) >= 0.9
    assert 7_000 < max(made) < 9_000


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_what_a_telephone_does_not_carry_comes_back_as_no_other_tone(rate: int) -> None:
    """6000 Hz would be heard as 2000 Hz, were it not filtered out."""
    made = _fit(wav_file(6_000, 1.0, rate=rate))
    assert share_of(made, 2_000) == 0
    assert max(made[400:-400]) < 80


def test_one_speaks_on_the_left_and_the_other_is_silent() -> None:
    left = wav_file(440, 1.0, rate=16_000, channels=2, right_is_silent=True)
    assert 3_500 < max(_fit(left)) < 4_500


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", NotASound),
        (b"RIFF", NotASound),
        (b"ID3\x04" + bytes(2000), NotASound),
        (wav_file(440, 1.0)[:30], NotASound),
        (wav_file(440, 1.0).replace(b"\x01\x00\x01\x00", b"\x55\x00\x01\x00", 1), NotASound),  # MP3 in WAV
        (wav_file(440, 1.0, rate=96_000), NotASound),
        (wav_file(440, 1.0, channels=6), NotASound),
        (wav_file(440, 2.1), TooLong),
        (wav_file(440, 0.4), TooShort),
        (wav_file(440, 1.0)[:4_000], TooShort),  # the header says a second, the file has less
    ],
)
def test_what_is_refused(content: bytes, why: type[ValueError]) -> None:
    with pytest.raises(why):
        _fit(content)


def test_what_is_written_is_a_whole_file() -> None:
    with wave.open(io.BytesIO(wav.written(array("h", [1, -2, 3])))) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (8_000, 1, 2)
        assert array("h", file.readframes(10)) == array("h", [1, -2, 3])
