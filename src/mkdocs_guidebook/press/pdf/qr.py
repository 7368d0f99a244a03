"""QR codes as SVG."""

from __future__ import annotations

import io


def qr_svg(address: str) -> str:
    """Return the QR code of an address (ISO/IEC 18004, error correction M) as SVG of one path."""
    import segno

    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", border=0, xmldecl=False, svgns=True, dark="#000", nl=False, omitsize=True)
    return out.getvalue().decode()
