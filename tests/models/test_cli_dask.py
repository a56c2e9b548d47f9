"""`extract --dask`: worker processes of a cluster, one of them killed on the way."""

import os
import signal
import threading

import pytest
from en_trial_registry import __main__ as cli
from en_trial_registry.output import cluster as dask_cluster
from en_trial_registry.output.chunks import Work, cut
from en_trial_registry.output.json_lines import render_json_lines
from en_trial_registry.output.model import Model, OtherModelError, identify
from en_trial_registry.output.workers import run_all, this_process
from en_trial_registry.records import Record
from scale_toy import make_records, write_records
from typer.testing import CliRunner

distributed = pytest.importorskip("distributed")

pytestmark = [
    pytest.mark.slow,
    # Of the asynchronous clean-up inside distributed, not of this package.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
WORK = Work((render_json_lines,), batch_size=4)


@pytest.fixture(scope="module")
def scheduler():
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, dashboard_address="127.0.0.1:0"
    ) as local:
        yield local


def chunks(count):
    records = (
        Record(row["id"], plain_text=row["text"], source="text")
        for row in make_records(count)
    )
    return cut(records, batch_size=4)


def on_cluster(address, model, count, **options):
    with dask_cluster.cluster(address, model, n_process=1) as workers:
        yield from run_all(chunks(count), WORK, workers)


def workers_of(scheduler):
    with distributed.Client(scheduler, set_as_default=False) as client:
        return client.run(os.getpid)


def test_the_same_bytes_while_a_worker_is_killed(model, scheduler):
    nlp = cli.load_pipeline(str(model))
    expected = list(run_all(chunks(240), WORK, this_process(nlp)))
    named = identify(str(model), nlp)
    before = workers_of(scheduler)
    found = []
    for result in on_cluster(scheduler.scheduler_address, named, 240):
        found.append(result)
        if len(found) == 10:
            os.kill(next(iter(before.values())), signal.SIGKILL)
    assert found == expected
    assert set(workers_of(scheduler).values()) != set(before.values())


def test_each_worker_loads_the_model_once(model, scheduler):
    nlp = cli.load_pipeline(str(model))
    named = identify(str(model), nlp)
    assert len(list(on_cluster(scheduler.scheduler_address, named, 60))) == 15

    def loaded_models():
        from en_trial_registry.output.model import _LOADED

        return [id(nlp) for nlp in _LOADED.values()]

    with distributed.Client(scheduler, set_as_default=False) as client:
        first = client.run(loaded_models)
        list(on_cluster(scheduler.scheduler_address, named, 60))
        assert client.run(loaded_models) == first
    assert any(len(models) == 1 for models in first.values())


def test_a_worker_with_another_model_is_refused(model, scheduler):
    other = Model(str(model), "0" * 64)
    with pytest.raises(OtherModelError, match="install the same on both"):
        list(on_cluster(scheduler.scheduler_address, other, 4))


def test_the_command_line_writes_the_same_parts(model, scheduler, tmp_path):
    source = write_records(tmp_path / "in.jsonl", make_records(60))
    folders = []
    for more in ([], ["--dask", scheduler.scheduler_address], ["--dask", "local"]):
        folders.append(tmp_path / f"out{len(folders)}")
        options = ["--parts", folders[-1], "-m", model, "--part-size", 20, *more]
        command = ["extract", source, *options]
        result = CliRunner().invoke(cli.app, list(map(str, command)))
        assert result.exit_code == 0, result.stderr
    expected, *others = [
        {
            p.relative_to(folder): p.read_bytes()
            for p in folder.rglob("*")
            if p.is_file()
        }
        for folder in folders
    ]
    assert len(expected) == 15
    assert others == [expected, expected]


def test_no_scheduler_is_said(model, tmp_path, monkeypatch):
    import dask

    source = write_records(tmp_path / "in.jsonl", make_records(2))
    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        command = ["extract", source, "--dask", "tcp://127.0.0.1:9", "-m", model]
        result = CliRunner().invoke(cli.app, list(map(str, command)))
    assert result.exit_code == 1
    assert "The scheduler tcp://127.0.0.1:9 does not answer" in result.stderr


def test_threads_of_one_worker_take_turns(model):
    """The pipeline forgets new words after a chunk; two at once would disturb that."""
    from en_trial_registry.output.workers import run_with

    nlp = cli.load_pipeline(str(model))
    named = identify(str(model), nlp)
    expected = list(run_all(chunks(40), WORK, this_process(nlp)))
    results = {}

    def work(name):
        results[name] = [run_with(named, chunk, WORK) for chunk in chunks(40)]

    threads = [threading.Thread(target=work, args=(i,)) for i in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [results[i] for i in range(3)] == [expected] * 3
