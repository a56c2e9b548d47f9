"""The doccano client's side: JSON lines in, JSON lines out.

Runs alone in the environment of doccano-client, and imports nothing of the project.
Every request is `{"op": name, ...}`, every answer `{"ok": result}` or
`{"error": sentence}`. The password comes with the first request, never in the
arguments or the environment.
"""

import functools
import json
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import requests
from doccano_client import DoccanoClient  # type: ignore[import-not-found,unused-ignore]
from doccano_client.exceptions import (  # type: ignore[import-not-found,unused-ignore]
    DoccanoAPIError,
)
from doccano_client.models.data_upload import (  # type: ignore[import-not-found,unused-ignore]
    Task,
)
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

Json = dict[str, Any]
PAGE = 1000
# Only reading is repeated: a second POST could double what the first one did.
RETRY = Retry(
    total=4,
    read=1,
    backoff_factor=0.2,
    status_forcelist=(500, 502, 503, 504),
    allowed_methods=("GET",),
)
# Seconds without a sign of the worker, at the start and for every example of a task,
# since a busy worker gives none. Measured with 20 relations an example: 0.02 s.
PATIENCE = 6.0
PATIENCE_PER_ROW = 0.1
PING_AFTER = 3.0
# Seconds for a task in all.
LIMIT = 30.0
LIMIT_PER_ROW = 0.2
# How the server's tags name pushes of which every example was read back.
COMPLETE = "push {} complete"
NO_WORKER = (
    "the server's worker doesn't answer: start it by `doccano task` beside the web "
    "server (`make doccano` does so); if it is running, another import keeps it busy: "
    "wait a minute. Then run this again: nothing is doubled"
)


class BridgeError(Exception):
    """Something that the user can be told in a sentence."""


class Bridge:
    """One session with a doccano server."""

    def __init__(self) -> None:
        self.client: Any = None
        self.timeout = 30.0
        self.url = ""

    def login(self, url: str, user: str, password: str, timeout: float) -> Json:
        """Log in. Nothing ever logs out: that would end the user's other sessions."""
        self.timeout = timeout
        self.url = url
        self.client = DoccanoClient(url)
        session = self.client._base_repository._session
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(max_retries=RETRY))
        session.request = functools.partial(session.request, timeout=timeout)
        self.client.login(username=user, password=password)
        return {"user": user}

    def project(
        self, name: str, description: str, guideline: str, spans: Json, relations: Json
    ) -> Json:
        """Create or find a project, and complete its label types."""
        same = [p for p in self.client.list_projects() if p.name == name]
        if len(same) > 1:
            raise BridgeError(f"{len(same)} projects are called {name!r}: delete one")
        found = same[0] if same else None
        project = found or self.client.create_project(
            name=name,
            project_type="SequenceLabeling",
            description=description,
            guideline=guideline,
            use_relation=True,
            allow_overlapping=False,
            grapheme_mode=False,
            collaborative_annotation=True,
        )
        self._check_settings(project)
        for kind, colors in (("span", spans), ("relation", relations)):
            there = {t.text for t in self.client.list_label_types(project.id, kind)}
            for text in colors:
                if text not in there:
                    self.client.create_label_type(
                        project.id, type=kind, text=text, color=colors[text]
                    )
        return {"id": project.id, "created": found is None}

    def _check_settings(self, project: Any) -> None:
        wanted = {
            "use_relation": True,
            "allow_overlapping": False,
            "grapheme_mode": False,
            "collaborative_annotation": True,
        }
        wrong = [k for k, v in wanted.items() if getattr(project, k) != v]
        if wrong:
            raise BridgeError(
                f"project {project.name!r} has another setting of {', '.join(wrong)}; "
                "give the round another name"
            )

    def find(self, name: str) -> Json:
        """Find a project by name."""
        for project in self.client.list_projects():
            if project.name == name:
                return {"id": project.id}
        raise BridgeError(f"the server has no project {name!r}; push it first")

    def member(self, project: int, username: str) -> Json:
        """Let a user annotate in a project, unless they are a member already."""
        names = {m.username for m in self.client.list_members(project)}
        if username not in names:
            users = self.client.search_users(username)
            if username not in {user.username for user in users}:
                raise BridgeError(
                    f"the server has no user {username!r}: its administrator adds "
                    "one under /admin/auth/user/add/"
                )
            self.client.add_member(project, username, "annotator")
        return {"added": username not in names}

    def worker(self) -> Json:
        """Find out whether a worker takes tasks, before anything is queued for it."""
        if self._worker_answers() is False and self._worker_answers() is False:
            raise BridgeError(NO_WORKER)
        return {"answers": True}

    def _worker_answers(self) -> bool | None:
        """Have the server give its worker a sum to do; None if it can't be asked.

        The server waits 3 s for the result.
        """
        try:
            checks = requests.get(
                f"{self.url.rstrip('/')}/v1/health/",
                params={"format": "json"},
                timeout=max(self.timeout, 10.0),
            ).json()
            states = [v for k, v in checks.items() if "celery" in k.lower()]
        except (requests.RequestException, ValueError, AttributeError):
            return None
        return all(s in ("OK", "working") for s in states) if states else None

    def complete(self, project: int) -> list[str]:
        """Read which pushes arrived whole."""
        head, tail = COMPLETE.split("{}")
        tags = self.client._base_repository.get(f"projects/{project}/tags").json()
        texts = [tag["text"] for tag in tags]
        return [
            text[len(head) : -len(tail)]
            for text in texts
            if text.startswith(head) and text.endswith(tail)
        ]

    def mark_complete(self, project: int, pushes: list[str]) -> Json:
        """Note that pushes arrived whole."""
        for push in pushes:
            self.client._base_repository.post(
                f"projects/{project}/tags", json={"text": COMPLETE.format(push)}
            )
        return {"marked": len(pushes)}

    def examples(self, project: int) -> list[Json]:
        """Read all examples with their annotation, and who confirmed them."""
        count = self.client.count_examples(project)
        if not count:
            return []
        with tempfile.TemporaryDirectory() as folder:
            exports = self.client._data_export_repository
            option = exports.find_option_by_name(project, "JSONL")
            task = exports.schedule_download(project, option)
            self._wait(task, rows=count)
            path = exports.download(project, task, folder)
            with zipfile.ZipFile(path) as archive:
                lines = archive.read("all.jsonl").decode("utf-8").split("\n")
        rows = [json.loads(line) for line in lines if line]
        states = self._confirmations(project)
        return [row | states.get(row["id"], {}) for row in rows]

    def _confirmations(self, project: int) -> dict[int, Json]:
        names = {m.user: m.username for m in self.client.list_members(project)}
        done = {}
        get = self.client._base_repository.get
        page = get(f"projects/{project}/examples", params={"limit": PAGE}).json()
        listed = page["results"]
        while page["next"]:
            page = get(page["next"]).json()
            listed += page["results"]
        for example in listed:
            if example["is_confirmed"]:
                url = f"projects/{project}/examples/{example['id']}/states"
                states = get(url).json()["results"]
                if states:
                    by = states[0]["confirmed_by"]
                    done[example["id"]] = {
                        "confirmed_by": names.get(by, f"user {by}"),
                        "confirmed_at": states[0]["confirmed_at"],
                    }
        return done

    def upload(self, project: int, lines: str) -> Json:
        """Import examples, and wait for the worker to do it."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "push.jsonl"
            path.write_text(lines, encoding="ascii")
            imports = self.client._data_import_repository
            upload_id = imports.upload(str(path))
        task = imports.ingest(
            project,
            [upload_id],
            Task.RELATION_EXTRACTION,
            "JSONL",
            column_data="text",
            column_label="label",
        )
        result = self._wait(task, rows=lines.count("\n"))
        return {"errors": [str(e) for e in (result or {}).get("error", [])]}

    def delete(self, project: int, ids: list[int]) -> Json:
        """Delete examples."""
        if ids:  # doccano deletes all examples if the list is empty
            self.client.bulk_delete_examples(project, ids)
        return {"deleted": len(ids)}

    def _wait(self, task: str, rows: int) -> Any:
        """Wait for a task as long as there are signs that the worker lives."""
        patience = PATIENCE + PATIENCE_PER_ROW * rows
        started = seen = time.monotonic()
        while (now := time.monotonic()) < started + LIMIT + LIMIT_PER_ROW * rows:
            status = self.client._task_status_repository.get(task)
            if status.error:
                raise BridgeError(f"the server's worker failed: {status.error}")
            if status.ready:
                return status.result
            if now > seen + patience:
                raise BridgeError(NO_WORKER)
            time.sleep(0.1)
            # A worker that is busy with this very task doesn't answer either.
            if now > seen + PING_AFTER and self._worker_answers():
                seen = time.monotonic()
        raise BridgeError(
            "the server's worker runs, but has lost a task (was it restarted?); run "
            "this again: nothing is doubled"
        )


def say(error: Exception) -> str:
    """Put an error into a sentence without what was sent, which may be secret."""
    if isinstance(error, DoccanoAPIError):
        response = getattr(error, "response", None)
        status = getattr(response, "status_code", None)
        if status in (400, 401, 403):
            return f"the server refused ({status}): check user, password and rights"
        return f"the server answered with an error ({error})"
    if isinstance(error, requests.JSONDecodeError):
        return "the server answered with something that isn't JSON: is it doccano?"
    if isinstance(error, requests.RequestException):
        return f"the server can't be reached ({type(error).__name__})"
    return str(error) or type(error).__name__


def main() -> None:
    """Answer requests until the input ends."""
    bridge = Bridge()
    answers = sys.stdout
    sys.stdout = sys.stderr
    for line in sys.stdin:
        request = json.loads(line)
        try:
            result = getattr(bridge, request.pop("op"))(**request)
            answer = {"ok": result}
        except Exception as error:  # the caller turns it into an error of its own
            answer = {"error": say(error)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
