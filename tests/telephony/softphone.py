"""baresip from Debian: a phone that is not ours. It plays a tone and keeps what it heard in a file."""

import asyncio
import json
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starostwo.telephony.agent import wav
from starostwo.telephony.agent.tones import seconds_of, tone
from tests.telephony.agents import until

CONFIGURATION = """\
sip_listen 127.0.0.1:{port}
net_interface 127.0.0.1
audio_source aufile,{folder}/tone.wav
audio_player aubridge,ear
audio_alert aubridge,bell
module_path /usr/lib/baresip/modules
module g711.so
module aufile.so
module aubridge.so
module sndfile.so
module_tmp account.so
module_app menu.so
module ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:{keys}
snd_path {folder}
"""
LONGEST = 20  # seconds of tone: no test takes longer
READY = "baresip is ready"


@dataclass
class Softphone:
    """A running baresip."""

    folder: Path
    port: int
    keys: int  # the port that takes commands
    process: "subprocess.Popen[bytes]"

    @property
    def uri(self) -> str:
        """Where it is called."""
        return f"sip:201@127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What it says."""
        return (self.folder / "log").read_text(errors="replace")

    async def press(self, command: str, parameters: str = "") -> None:
        """Type a command: sndcode, hold, resume, transfer; as netstrings of JSON."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.keys)
        text = json.dumps({"command": command, "params": parameters, "token": "t"})
        writer.write(f"{len(text)}:{text},".encode())
        await writer.drain()
        answer = b""
        while b'"response":true' not in answer:
            answer += await asyncio.wait_for(reader.read(4096), 5)
        assert b'"ok":true' in answer, answer
        writer.close()

    async def stop(self) -> None:
        """End it; it hangs up first."""
        self.process.terminate()
        await until(lambda: self.process.poll() is not None, within=5)

    def heard_for(self, hz: float) -> float:
        """For how many seconds it heard the tone; to be asked when it was stopped."""
        return sum(seconds_of(wav.read(file), hz) for file in self.folder.glob("dump-*-dec.wav"))


@asynccontextmanager
async def softphone(
    folder: Path, hz: float, *commands: str, account: str = "<sip:201@127.0.0.1>;regint=0"
) -> AsyncIterator[Softphone]:
    """Start it with a tone for a voice; commands are typed at once (`d sip:...` calls)."""
    port, keys = _free_pair(), _free_pair()
    sound = wav.Recording(folder / "tone.wav")
    sound.write(tone(hz, LONGEST))
    sound.finish()
    (folder / "config").write_text(CONFIGURATION.format(port=port, keys=keys, folder=folder))
    (folder / "accounts").write_text(f"{account};answermode=auto;audio_codecs=pcma\n")
    (folder / "contacts").write_text("")
    typed = [part for command in commands for part in ("-e", command)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            ["baresip", "-f", folder, *typed], stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
    phone = Softphone(folder, port, keys, process)
    try:
        await until(lambda: READY in phone.log, within=10)
        yield phone
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _free_pair() -> int:
    """A free port of UDP whose successor is free too: baresip takes that for TLS."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port
