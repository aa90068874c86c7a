"""The cache in an object store, through a real S3 interface on the loopback."""

from __future__ import annotations

import datetime
import json
import logging
import multiprocessing
import os
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import boto3
import pytest
from click.testing import CliRunner
from moto.server import ThreadedMotoServer

from builder.build.cache import AHEAD, Cache, open_cache
from builder.build.cache.entries import place_of
from builder.build.cache.upkeep import info, prune
from builder.cli.keeping import cache as command
from builder.problems import Rejected
from builder.workspace import today

KEY, OTHER = "ab" * 32, "cd" * 32
DATA = bytes(range(256)) * 800
SECRET = "very-secret"
BUCKET = "leaflets"
KEYS = [f"{number:064x}" for number in range(2 * AHEAD)]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an S3 server."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    moto = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    moto.start()
    yield "http://{}:{}".format(*moto.get_host_and_port())
    moto.stop()


@pytest.fixture
def aws(server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """What people set to use a store of their own."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    return server


@pytest.fixture
def bucket(aws: str) -> Any:
    boto3.client("s3").create_bucket(Bucket=BUCKET)
    return boto3.resource("s3").Bucket(BUCKET)


@pytest.fixture
def cache(bucket: Any, tmp_path: Path) -> Cache:
    return open_cache(f"s3://{BUCKET}/{tmp_path.name}/deep/", tmp_path)


def object_of(bucket: Any, tmp_path: Path, key: str = KEY) -> Any:
    return bucket.Object(f"{tmp_path.name}/deep/{place_of('artifacts', key)}")


def test_what_was_put_comes_back(cache: Cache, bucket: Any, tmp_path: Path) -> None:
    assert cache.get("artifacts", KEY) is None
    cache.put("artifacts", KEY, DATA)
    assert cache.get("artifacts", KEY) == DATA and cache.problems() == ()
    stored = object_of(bucket, tmp_path).get()["Body"].read()
    assert stored.endswith(DATA) and stored.startswith(b"leafdeck-cache 1 artifacts/ab/")


@pytest.mark.parametrize("entry", [b"", DATA[:100], None])
def test_what_was_altered_is_a_miss_and_is_mended(
    cache: Cache, bucket: Any, tmp_path: Path, entry: bytes | None
) -> None:
    cache.put("artifacts", KEY, DATA)
    place = object_of(bucket, tmp_path)
    place.put(Body=place.get()["Body"].read()[:-1] if entry is None else entry)
    assert cache.get("artifacts", KEY) is None
    assert not list(bucket.objects.filter(Prefix=place.key))
    cache.put("artifacts", KEY, DATA)
    assert cache.get("artifacts", KEY) == DATA and cache.problems() == ()


def test_many_come_back_in_order(cache: Cache) -> None:
    for key in KEYS[::2]:
        cache.put("inputs", key, key.encode())
    found = list(cache.get_many("inputs", KEYS))
    assert found == [(key, None if at % 2 else key.encode()) for at, key in enumerate(KEYS)]


@pytest.mark.parametrize("start", ["fork", "forkserver"])
def test_worker_processes_share_it(cache: Cache, start: str) -> None:
    cache.put("artifacts", KEY, DATA)  # the parent's client is open when workers begin
    keys = KEYS[:8]
    with ProcessPoolExecutor(2, multiprocessing.get_context(start)) as pool:
        list(pool.map(cache.put, ["modules"] * 8, keys, [DATA] * 8))
        assert set(pool.map(cache.get, ["modules"] * 8, keys)) == {DATA}
        assert set(pool.map(cache.problems)) <= {()}
    assert dict(cache.get_many("modules", keys)) == dict.fromkeys(keys, DATA)


# what fails


def told(cache: Cache) -> str:
    """The one problem's message."""
    [problem] = cache.problems()
    assert problem.code == "cache-unreachable" and SECRET not in str(problem)
    return problem.message.removeprefix(f"The cache {cache.address} cannot be used: ")


def test_a_bucket_that_is_missing_is_told_and_never_made(aws: str, tmp_path: Path) -> None:
    cache = open_cache("s3://nowhere/x", tmp_path)
    assert cache.get("artifacts", KEY) is None
    cache.put("artifacts", KEY, DATA)
    assert told(cache) == "there is no such place."
    with pytest.raises(Rejected, match="no such place"):
        info(cache)
    assert all(each.name != "nowhere" for each in boto3.resource("s3").buckets.all())


def test_a_server_that_is_not_there_costs_little(
    aws: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{unused.getsockname()[1]}")
        cache = open_cache("s3://unreachable/x", tmp_path)
        began = time.monotonic()
        for key in KEYS:
            assert cache.get("artifacts", key) is None
            cache.put("artifacts", key, DATA)
        assert set(cache.get_many("artifacts", KEYS)) == {(key, None) for key in KEYS}
        assert time.monotonic() - began < 30
    assert told(cache) == "nothing answers there."


@pytest.mark.parametrize("act", ["get", "put"])
def test_a_server_that_never_answers_is_waited_for_once(
    aws: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    monkeypatch.setattr("builder.build.cache.distant.LIMIT", 2)
    with socket.create_server(("127.0.0.1", 0), backlog=100) as silent:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        cache = open_cache(f"s3://silent/{act}", tmp_path)
        began = time.monotonic()
        for key in KEYS:
            cache.get("artifacts", key) if act == "get" else cache.put("artifacts", key, DATA)
        assert time.monotonic() - began < 30
    assert told(cache) == "it does not answer in time."


def test_no_credentials_are_told(aws: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    cache = open_cache("s3://anybody/x", tmp_path)
    assert cache.get("artifacts", KEY) is None
    assert told(cache) == "access is refused."


class ReadOnly(BaseHTTPRequestHandler):
    """A store that lets nobody write, as pull requests from strangers meet it."""

    protocol_version = "HTTP/1.1"
    refused = 0

    def do_GET(self) -> None:
        self._answer(404, "NoSuchKey")

    def do_PUT(self) -> None:
        ReadOnly.refused += 1
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self._answer(403, "AccessDenied")

    def _answer(self, status: int, code: str) -> None:
        body = f"<Error><Code>{code}</Code><Message>{SECRET}</Message></Error>".encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *given: object) -> None:
        pass


def test_who_may_only_read_is_refused_once(
    aws: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), ReadOnly) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
        cache = open_cache("s3://public/x", tmp_path)
        for key in KEYS[:5]:
            assert cache.get("artifacts", key) is None
            cache.put("artifacts", key, b"data")
        server.shutdown()
    [problem] = cache.problems()
    assert problem.code == "cache-read-only" and SECRET not in problem.message
    assert ReadOnly.refused == 1


# upkeep, and the commands


def test_prune_goes_by_the_day_of_writing(cache: Cache, bucket: Any, tmp_path: Path) -> None:
    for key in KEYS:
        cache.put("artifacts", key, b"data")
    note = bucket.put_object(Key=f"{tmp_path.name}/deep/artifacts/ab/note", Body=b"not an entry")
    day = today(None, {})
    assert prune(cache, 30, day + datetime.timedelta(30))[0].entries == 0
    gone = prune(cache, 30, day + datetime.timedelta(31))[0]
    assert (gone.entries, gone.oldest) == (len(KEYS), day)
    left = [each.key for each in bucket.objects.filter(Prefix=tmp_path.name)]
    assert left == [note.key] and info(cache)[0].entries == 0


def run(*arguments: str) -> Any:
    return CliRunner().invoke(command, arguments)


def test_the_commands_say_what_there_is_and_what_went(cache: Cache, tmp_path: Path) -> None:
    for key in KEYS[:3]:
        cache.put("artifacts", key, DATA)
    place = ("--cache", cache.address, "--project", str(tmp_path))
    day, size = today(None, {}), 3 * (len(DATA) + 160)
    [row, *_] = json.loads(run("info", "--format", "json", *place).output)
    days = {"oldest": str(day), "newest": str(day)}
    assert row == {"room": "artifacts", "entries": 3, "bytes": size, **days}
    lines = run("info", *place).output.splitlines()
    assert lines[:2] == [
        "Room        Entries        Size  Oldest use  Newest use",
        f"artifacts         3    614.9 kB  {day}  {day}",
    ]
    assert lines[2] == "modules           0         0 B  -           -"
    removed = run("prune", "--older-than", "1d", *place)
    assert (removed.exit_code, removed.output) == (0, "0 entries removed, 0 B.\n")


def test_prune_of_a_folder_by_command(tmp_path: Path) -> None:
    cache = open_cache("kept", tmp_path)
    cache.put("modules", KEY, DATA)
    path = tmp_path / "kept" / place_of("modules", KEY)
    moment = path.stat().st_mtime - 40 * 86400
    os.utime(path, (moment, moment))
    day = today(None, {}) - datetime.timedelta(40)
    place = ("--older-than", "30d", "--cache", "kept", "--project", str(tmp_path))
    row = f"modules: 1 entry, 205.0 kB, last used {day} to {day}\n"
    asked = run("prune", "--dry-run", *place).output
    assert asked == row + "1 entry would be removed, 205.0 kB.\n" and path.exists()
    assert run("prune", *place).output == row + "1 entry removed, 205.0 kB.\n"
    assert not path.exists()


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("info",), 2, "No cache is named."),
        (("prune", "--cache", "x"), 2, "--older-than"),
        (("prune", "--cache", "x", "--older-than", "soon"), 2, "--older-than soon is not a length"),
        (("info", "--cache", "gopher://x"), 1, "error [cache-address]"),
        (("info", "--cache", "file"), 1, "error [cache-unreachable]"),
    ],
)
def test_a_command_that_cannot_work_says_why(
    tmp_path: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    (tmp_path / "file").write_text("")
    done = run(*arguments, "--project", str(tmp_path))
    assert done.exit_code == status and words in done.output
