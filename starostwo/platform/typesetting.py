"""Typesetting by typst: a template and plain values become one PDF, as a rule PDF/A-2a with PDF/UA-1."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import typst

Standard = Literal["a-2a", "ua-1"]
ARCHIVAL: tuple[Standard, ...] = ("a-2a", "ua-1")


def typeset(
    template: Path, values: Mapping[str, object], *, at: datetime, standards: Sequence[Standard] = ARCHIVAL
) -> bytes:
    """Return the PDF; equal values and moment give equal bytes. The template reads them as `sys.inputs.data`.

    Only the fonts that typst brings are used and only the template's folder is read.
    """
    pdf = typst.compile(
        str(template),
        root=str(template.parent),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=list(standards),
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
        timestamp=at.astimezone(UTC).replace(microsecond=0),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no single file")
    return pdf
