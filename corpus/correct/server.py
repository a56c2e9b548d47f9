"""A doccano server on this machine alone: to try the loop with, and for tests."""

import json
import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import requests

from corpus.annotation import CorpusError
from corpus.correct.environment import SERVER, ensure_environment

HOST: Final = "127.0.0.1"
START_LIMIT: Final = 60.0
STOP_LIMIT: Final = 8.0
# A worker asks its queue once a second, and every push and pull waits for several
# tasks.
SETTINGS: Final = """
from config.settings.production import *
from kombu.transport.sqlalchemy import Transport

Transport.polling_interval = 0.1
"""
SETTINGS_MODULE: Final = "loopback_settings"
# Accounts come over standard input: doccano's own command takes the password as an
# argument, where every user of the machine can read it.
ACCOUNTS: Final = """
import json, sys
import django
django.setup()
from django.contrib.auth import get_user_model
for name, account in json.load(sys.stdin).items():
    user, _ = get_user_model().objects.get_or_create(username=name)
    user.is_staff = user.is_superuser = account["admin"]
    user.set_password(account["password"])
    user.save()
"""


@dataclass
class Server:
    """A running doccano server.

    home (Path): Folder of its database, media and logs.
    port (int): Its port on loopback.
    python (Path): Python of its environment.
    web (subprocess.Popen | None): The web server.
    worker (subprocess.Popen | None): What imports and exports.
    """

    home: Path
    port: int
    python: Path
    web: "subprocess.Popen[bytes] | None" = None
    worker: "subprocess.Popen[bytes] | None" = None
    secret: str = ""

    @property
    def url(self) -> str:
        """Address of the server."""
        return f"http://{HOST}:{self.port}"

    @property
    def _bin(self) -> Path:
        return self.python.parent

    @property
    def _backend(self) -> Path:
        (folder,) = self.python.parent.parent.glob("lib/python*/site-packages/backend")
        return folder

    def _environ(self) -> dict[str, str]:
        return {
            **{k: v for k, v in os.environ.items() if not k.startswith("DOCCANO_")},
            "DOCCANO_HOME": str(self.home),
            "STANDALONE": "True",
            "DJANGO_SETTINGS_MODULE": SETTINGS_MODULE,
            "PYTHONPATH": f"{self.home}:{self._backend}",
            "DATABASE_URL": f"sqlite:///{self.home}/db.sqlite3",
            # In a file of its own: each look at the queue locks the file that it lies
            # in, and adding an account then fails ("database is locked").
            "CELERY_BROKER_URL": f"sqla+sqlite:///{self.home}/queue.sqlite3",
            "MEDIA_ROOT": str(self.home / "media"),
            "SECRET_KEY": self.secret,
        }

    def prepare(self, accounts: Mapping[str, Mapping[str, object]]) -> None:
        """Create the database and the accounts.

        accounts (Mapping): `password` and `admin` by user name.
        RAISES (CorpusError): If a step fails.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        settings = self.home / f"{SETTINGS_MODULE}.py"
        settings.write_text(SETTINGS, encoding="ascii")
        self.secret = secrets.token_hex(32)
        self._run([str(self._bin / "doccano"), "init"], "")
        self._run([str(self.python), "-c", ACCOUNTS], json.dumps(accounts))

    def _run(self, command: list[str], text: str) -> None:
        done = subprocess.run(
            command,
            input=text,
            cwd=self._backend,
            env=self._environ(),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise CorpusError(
                "doccano server",
                f"can't be set up: {done.stderr.strip()[-400:]}",
                f"Delete {self.home} and try again",
            )

    def start_web(self) -> None:
        """Start the web server, and wait until it answers."""
        if is_taken(self.port):
            raise CorpusError(
                self.url, "something else listens there", "Stop it, or choose a --port"
            )
        command = ["gunicorn", "--bind", f"{HOST}:{self.port}", "--workers", "2"]
        self.web = self._start([*command, "config.wsgi"], "web.log")
        end = time.monotonic() + START_LIMIT
        while time.monotonic() < end and self.web.poll() is None:
            try:
                if requests.get(f"{self.url}/v1/health", timeout=5).status_code < 500:
                    return
            except requests.RequestException:
                time.sleep(0.2)
        self.stop()
        raise CorpusError(
            self.url, "the server does not start", f"See {self.home / 'web.log'}"
        )

    def start_worker(self) -> None:
        """Start what imports and exports."""
        self.worker = self._start(["doccano", "task", "--concurrency", "1"], "task.log")

    def wait_for_worker(self) -> None:
        """Wait until the worker, asked by the web server, answers."""
        end = time.monotonic() + START_LIMIT
        while time.monotonic() < end and self.worker and self.worker.poll() is None:
            health = f"{self.url}/v1/health/"
            if requests.get(health, params={"format": "json"}, timeout=30).ok:
                return
        raise CorpusError(
            self.url, "the worker does not start", f"See {self.home / 'task.log'}"
        )

    def _start(self, command: list[str], log: str) -> "subprocess.Popen[bytes]":
        with (self.home / log).open("ab") as file:
            return subprocess.Popen(
                [str(self._bin / command[0]), *command[1:]],
                cwd=self._backend,
                env=self._environ(),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )

    def stop(self) -> None:
        """Stop the web server and the worker with their children."""
        running = [p for p in (self.worker, self.web) if p is not None]
        for number in (signal.SIGTERM, signal.SIGKILL):
            for process in running:
                # Also where the leader has ended: its children may be left.
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, number)
            end = time.monotonic() + STOP_LIMIT
            for process in running:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=max(0, end - time.monotonic()))
        self.web = self.worker = None


def is_taken(port: int) -> bool:
    """Find out whether something listens on a port.

    port (int): A port of loopback.
    RETURNS (bool): Whether a connection was accepted.
    """
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def free_port() -> int:
    """Find a port that nothing listens on.

    RETURNS (int): Its number.
    """
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def run_server(
    home: Path, accounts: Mapping[str, Mapping[str, object]], *, port: int | None = None
) -> Iterator[Server]:
    """Run a server and its worker for as long as the context lasts.

    home (Path): Folder of its database; kept afterwards.
    accounts (Mapping): `password` and `admin` by user name.
    port (int | None): Port on loopback, a free one if None.
    YIELDS (Server): The server.
    """
    python = ensure_environment(SERVER)
    server = Server(home.resolve(), port or free_port(), python)
    server.prepare(accounts)
    try:
        server.start_web()
        server.start_worker()
        server.wait_for_worker()
        yield server
    finally:
        server.stop()
