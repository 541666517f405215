"""What programs that we did not write say of our signatures."""

import subprocess
import tempfile
from pathlib import Path

from tests.signatures import forge


def xmlsec_accepts(xml: bytes) -> bool:
    """Whether xmlsec1 finds the mathematics of the signature right."""
    return forge.xmlsec_accepts(xml)


def pdfsig_says(pdf: bytes) -> str:
    """What poppler's pdfsig tells of the signatures in a PDF file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "podpisany.pdf"
        path.write_bytes(pdf)
        done = subprocess.run(["pdfsig", "-nocert", str(path)], check=False, capture_output=True, text=True)
        return done.stdout
