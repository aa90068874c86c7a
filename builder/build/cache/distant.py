"""Any address that fsspec knows as a store, such as `s3://bucket/prefix`.

A file in an object store is there whole or not at all; elsewhere one may be cut off, and what it
holds does not match its first line then. fsspec and what it needs are imported when first asked.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator
from typing import Any

from builder.build.cache.stores import Stored, day_of

CONNECT = 3
"""Seconds until a server that is there has answered a call."""
READ = 10
"""Seconds that may pass between two pieces of an answer."""
LIMIT = 60
"""Seconds that one file may take in all: a server can keep a client waiting in other ways."""
_S3 = {
    "config_kwargs": {
        "connect_timeout": CONNECT,
        "read_timeout": READ,
        "retries": {"total_max_attempts": 2},
    },
    "max_concurrency": 1,  # else each reading asks for the size first
}
OPTIONS: dict[str, dict[str, Any]] = {"s3": _S3, "s3a": _S3}
OF_FOLDERS = ("dav", "ftp", "hdfs", "sftp", "smb", "ssh", "webdav", "webhdfs")
"""Where a folder must be there before a file is; elsewhere making one may make a bucket."""
TIMES = ("LastModified", "last_modified", "mtime", "modified", "updated", "created")
"""How the kinds of store call the time at which a file was written."""
KNOWN: dict[str, type[OSError]] = {
    "NotImplementedError": PermissionError,
    "NoCredentialsError": PermissionError,
    "PartialCredentialsError": PermissionError,
    "CredentialRetrievalError": PermissionError,
    "ConnectTimeoutError": TimeoutError,
    "ReadTimeoutError": TimeoutError,
    "TimeoutError": TimeoutError,
    "ConnectionError": ConnectionError,
    "HTTPClientError": ConnectionError,
    "ClientConnectionError": ConnectionError,
    "gaierror": ConnectionError,
}
"""What libraries raise, by the names of classes, as errors of the system."""


class DistantStore:
    """Files at an address; the connection is opened at once, and is for this process alone."""

    far = True

    def __init__(self, address: str) -> None:
        """Connect.

        Raises:
            OSError: that fails.
        """
        self._protocol = address.partition("://")[0]
        with _as_system_errors():
            from fsspec.core import url_to_fs

            options = OPTIONS.get(self._protocol, {})
            self._system, root = url_to_fs(address, skip_instance_cache=True, **options)
            if hasattr(self._system, "retries"):  # s3fs would try five times what is tried twice
                self._system.retries = 1
            self._root = root.rstrip("/")

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        try:
            return bytes(self._ask("cat_file", self._at(path)))
        except FileNotFoundError:
            return None

    def write(self, path: str, data: bytes) -> None:
        """Put a file in place."""
        target = self._at(path)
        if self._protocol in OF_FOLDERS:
            self._ask("makedirs", target.rpartition("/")[0], exist_ok=True)
        self._ask("pipe_file", target, data)

    def remove(self, path: str) -> None:
        """Take a file away, if it is there."""
        with contextlib.suppress(FileNotFoundError):
            self._ask("rm_file", self._at(path))

    def listing(self, room: str) -> Iterator[Stored]:
        """The files in the folders of a room, as they are now."""
        with _as_system_errors():
            self._system.invalidate_cache()
            found: dict[str, dict[str, Any]] = self._system.find(self._at(room), detail=True)
        for path, facts in sorted(found.items()):
            inside = path.removeprefix(f"{self._root}/")
            yield Stored(inside, int(facts.get("size") or 0), _written(facts))

    def _ask(self, what: str, *given: Any, **named: Any) -> Any:
        """Have one thing done, within the limit where the library can be interrupted."""
        with _as_system_errors():
            if not self._system.async_impl:
                return getattr(self._system, what)(*given, **named)
            from fsspec.asyn import sync

            work = getattr(self._system, f"_{what}")
            return sync(self._system.loop, work, *given, timeout=LIMIT, **named)

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"


@contextlib.contextmanager
def _as_system_errors() -> Iterator[None]:
    """Each library has errors of its own; theirs may quote addresses, so only the kind is kept."""
    try:
        yield
    except Exception as error:
        names = (each.__name__ for each in type(error).__mro__)
        kind = next((KNOWN[name] for name in names if name in KNOWN), None)
        if kind is None and isinstance(error, OSError):
            raise
        raise (kind or OSError)() from error


def _written(facts: dict[str, Any]) -> datetime.date | None:
    moment = next((facts[name] for name in TIMES if facts.get(name)), None)
    if isinstance(moment, datetime.datetime):
        moment = moment.timestamp()
    return day_of(moment) if isinstance(moment, int | float) else None
