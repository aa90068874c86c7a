"""`output/SHA256SUMS`: the digest of each published file, for `sha256sum --check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.build.publishing.manifest import Manifest

FILE = "SHA256SUMS"
_ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", "\r": r"\r"})


def sums(manifest: Manifest) -> bytes:
    """A line for each file that a manifest names, in the order of their paths.

    The form is that of the GNU coreutils: the digest in hexadecimal, two spaces, the path from
    the output folder. A line whose path holds a backslash or a line break begins with a backslash.
    """
    digests = manifest.digests()
    return "".join(_line(file, digests[file]) for file in sorted(digests)).encode()


def _line(file: str, digest: str) -> str:
    escaped = file.translate(_ESCAPES)
    return f"{'' if escaped == file else chr(92)}{digest}  {escaped}\n"
