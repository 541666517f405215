"""G.711 against values of the standard, tones made and found, packets of RTP, what is heard of a stream."""

import zlib
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starostwo.telephony.agent import g711, wav
from starostwo.telephony.agent.addresses import BrokenMessage
from starostwo.telephony.agent.g711 import A_LAW, MU_LAW
from starostwo.telephony.agent.media import Media
from starostwo.telephony.agent.rtp import Packet, ahead, read_event, write_event
from starostwo.telephony.agent.sdp import answer, offer
from starostwo.telephony.agent.tones import endless, seconds_of, share_of, silence, tone

ALL = array("h", range(-32768, 32768))
VALUES = [  # sample, A-law, mu-law: ITU-T G.711 tables 1a-2b
    (0, 0xD5, 0xFF),
    (-8, 0x55, 0x7E),
    (1000, 0xFA, 0xCE),
    (-1000, 0x7A, 0x4E),
    (32767, 0xAA, 0x80),
    (-32768, 0x2A, 0x00),
]


@pytest.mark.parametrize(("sample", "a_law", "mu_law"), VALUES)
def test_single_samples(sample: int, a_law: int, mu_law: int) -> None:
    assert g711.encode(A_LAW, array("h", [sample])) == bytes([a_law])
    assert g711.encode(MU_LAW, array("h", [sample])) == bytes([mu_law])


@pytest.mark.parametrize(
    ("law", "encoded", "decoded"), [(A_LAW, 2436069742, 2641774167), (MU_LAW, 997997118, 210008735)]
)
def test_the_whole_tables_are_those_of_the_reference(law: str, encoded: int, decoded: int) -> None:
    """Check sums over what the standard library's audioop of Python 3.11 gives for every input."""
    assert zlib.crc32(g711.encode(law, ALL)) == encoded
    assert zlib.crc32(g711.decode(law, bytes(range(256))).tobytes()) == decoded


@pytest.mark.parametrize("law", [A_LAW, MU_LAW])
def test_every_byte_comes_back(law: str) -> None:
    """But the second zero of mu-law, which nobody needs."""
    back = g711.encode(law, g711.decode(law, bytes(range(256))))
    assert [byte for byte in range(256) if back[byte] != byte] == ([] if law == A_LAW else [0x7F])


@pytest.mark.parametrize("law", [A_LAW, MU_LAW])
def test_a_tone_goes_through_the_codec(law: str) -> None:
    heard = g711.decode(law, g711.encode(law, tone(440, 0.5)))
    assert seconds_of(heard, 440) == pytest.approx(0.5)
    assert share_of(heard, 440) > 0.99


TONES = [
    (440.0, 440.0, 1.0),
    (440.0, 880.0, 0.0),
    (440.0, 460.0, 0.0),
    (1000.0, 1000.0, 1.0),
    (2800.0, 2800.0, 1.0),
]


@pytest.mark.parametrize(("made", "sought", "expected"), TONES)
def test_tones_are_told_apart(made: float, sought: float, expected: float) -> None:
    assert seconds_of(tone(made, 1.0), sought) == pytest.approx(expected)


def test_silence_and_whispers_are_no_tone() -> None:
    assert seconds_of(silence(1.0), 440) == 0
    assert seconds_of(tone(440, 1.0, level=50), 440) == 0
    assert share_of(array("h"), 440) == 0


def test_an_endless_tone_has_no_seam() -> None:
    frames, made = endless(441), array("h")
    for _ in range(75):
        made.extend(next(frames))
    assert made[: 160 * 75] == tone(441, 1.5)


@given(st.builds(
    Packet, st.integers(0, 127), st.integers(0, 0xFFFF), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1),
    st.binary(max_size=320), st.booleans(),
))  # fmt: skip
def test_packets_are_read_as_written(packet: Packet) -> None:
    assert Packet.parse(bytes(packet)) == packet


def test_what_stands_around_the_sound_is_left_out() -> None:
    """Two contributing sources, an extension of one word, padding of three bytes."""
    plain = bytes(Packet(8, 1, 2, 3, b""))
    dressed = (
        bytes([0x80 | 0x20 | 0x10 | 2])
        + plain[1:]
        + b"s" * 8
        + b"\xbe\xde\0\1"
        + b"xxxx"
        + b"sound"
        + b"\0\0\3"
    )
    assert Packet.parse(dressed).data == b"sound"


@given(st.binary(max_size=64))
def test_no_packet_does_anything_but_be_refused(datagram: bytes) -> None:
    try:
        read_event(Packet.parse(datagram).data)
    except BrokenMessage:
        return


def test_digits_are_written_as_the_rfc_says() -> None:
    assert write_event("#", 320, is_end=True) == bytes([11, 0x80 | 10, 1, 64])  # RFC 4733 section 2.3
    assert read_event(write_event("5", 160, is_end=False)) == "5"
    assert read_event(bytes([16, 10, 0, 160])) == ""  # a flash hook


@pytest.mark.parametrize(
    ("later", "earlier", "distance"), [(5, 3, 2), (3, 5, -2), (1, 2**32 - 1, 2), (2**32 - 1, 1, -2)]
)
def test_counters_wrap(later: int, earlier: int, distance: int) -> None:
    assert ahead(later, earlier) == distance


def _hearing(*packets: tuple[int, int, int]) -> Media:
    """Let media hear packets of payload, timestamp and source, out of the network."""
    media = Media()
    theirs = offer("192.0.2.1", 4000)
    media._ours, media._theirs = answer(theirs, "192.0.2.9", 6000), theirs
    for number, (payload, stamp, source) in enumerate(packets):
        data = write_event("1", 160, is_end=False) if payload == 101 else bytes([0xD4]) * 160
        media.datagram_received(bytes(Packet(payload, number, stamp, source, data)), ("192.0.2.1", 9999))
    return media


STREAMS = [
    ("in order", [(8, 0, 1), (8, 160, 1)], 320),
    ("one twice", [(8, 0, 1), (8, 0, 1), (8, 160, 1)], 320),
    ("one too late", [(8, 160, 1), (8, 0, 1), (8, 320, 1)], 320),
    ("one lost: silence in its place", [(8, 0, 1), (8, 320, 1)], 480),
    ("the counter wraps", [(8, 2**32 - 160, 1), (8, 0, 1)], 320),
    ("the clock jumps", [(8, 0, 1), (8, 10**9, 1)], 320),
    ("somebody else speaks", [(8, 5000, 1), (8, 0, 2)], 320),
    ("a payload that was not agreed", [(0, 0, 1), (9, 160, 1)], 0),
    ("a digit between", [(8, 0, 1), (101, 160, 1), (101, 160, 1), (8, 480, 1)], 640),
]


@pytest.mark.parametrize(("reason", "packets", "samples"), STREAMS, ids=[row[0] for row in STREAMS])
def test_a_stream_is_heard_in_its_time(
    reason: str, packets: list[tuple[int, int, int]], samples: int
) -> None:
    media = _hearing(*packets)
    assert len(media.heard) == samples
    assert media.digits == ("1" if reason == "a digit between" else "")


def test_a_stranger_is_not_heard() -> None:
    media = _hearing((8, 0, 1))
    media.datagram_received(bytes(Packet(8, 1, 160, 1, bytes(160))), ("203.0.113.5", 4000))
    media.datagram_received(b"no packet", ("192.0.2.1", 4000))
    assert (len(media.heard), media.received) == (160, 1)


def test_a_recording_is_whole_or_not_there(tmp_path: Path) -> None:
    recording = wav.Recording(tmp_path / "a.wav")
    recording.write(tone(440, 0.5))
    assert [file.name for file in tmp_path.iterdir()] == ["a.part"]
    assert recording.finish() == 0.5
    assert [file.name for file in tmp_path.iterdir()] == ["a.wav"]
    assert wav.read(tmp_path / "a.wav") == tone(440, 0.5)


def test_what_a_killed_process_left_is_mended(tmp_path: Path) -> None:
    recording = wav.Recording(tmp_path / "a.wav")
    recording.write(tone(440, 0.5))
    with (tmp_path / "a.part").open("ab") as file:
        file.write(b"x")  # half a sample
    assert wav.mend(tmp_path / "a.part") == 0.5
    assert wav.read(tmp_path / "a.wav") == tone(440, 0.5)


def test_other_files_are_no_greeting(tmp_path: Path) -> None:
    for content in (b"", b"RIFF", b"ID3" * 100):
        (tmp_path / "a.wav").write_bytes(content)
        with pytest.raises(wav.UnfitSound):
            wav.read(tmp_path / "a.wav")
