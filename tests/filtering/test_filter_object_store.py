"""The filter on an object store: moto's server stands in for one, on this machine and in this process.

It runs where ``pip install -e ".[test,stores]"`` put both.
"""

import gzip

import pytest
from corpora import FOLDERS, filter_to, lines, rows, settings, write_jsonl

from qualitycheck.errors import InputError

moto = pytest.importorskip("moto.server", reason="moto is not installed")
s3fs = pytest.importorskip("s3fs", reason="s3fs is not installed")


@pytest.fixture(scope="module")
def server():
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(server, tmp_path, monkeypatch):
    """A bucket with four objects, one of which is no text."""
    names = {"AWS_ENDPOINT_URL": server, "AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any"}
    for name, value in {**names, "AWS_DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    system = s3fs.S3FileSystem()
    name = tmp_path.name.replace("_", "-")
    system.mkdir(name)
    write_jsonl(tmp_path / "a.jsonl", rows(300))
    system.pipe(f"{name}/corpus/a.jsonl", (tmp_path / "a.jsonl").read_bytes())
    system.pipe(f"{name}/corpus/deep/b.jsonl.gz", gzip.compress(b'{"id": "b", "text": "good"}\n' * 5))
    system.pipe(f"{name}/corpus/c.txt", b"good tea")
    system.pipe(f"{name}/corpus/readme.pdf", b"%PDF-")
    return f"s3://{name}"


@pytest.mark.parametrize("in_process", [True, False], ids=["here", "workers"])
def test_a_prefix_is_read_whole(bucket, tmp_path, in_process):
    outcome, said = filter_to(
        tmp_path / "out", f"{bucket}/corpus", settings(tmp_path, compression="none"), in_process=in_process
    )
    assert (outcome.status, outcome.summary["documents"]) == (0, 306), said


def test_an_object_comes_out_as_the_same_file_does(bucket, tmp_path):
    chosen = settings(tmp_path, compression="none")
    filter_to(tmp_path / "store", f"{bucket}/corpus/a.jsonl", chosen)
    filter_to(tmp_path / "disk", tmp_path / "a.jsonl", chosen)
    for name in FOLDERS:
        assert lines(tmp_path / "store", name) == lines(tmp_path / "disk", name)


def test_a_pattern_takes_what_it_names(bucket, tmp_path):
    outcome, _ = filter_to(tmp_path / "out", f"{bucket}/corpus/*.txt", settings(tmp_path))
    assert outcome.summary["documents"] == 1


@pytest.mark.parametrize("missing", ["corpus/none.jsonl", "none/*.jsonl"])
def test_what_is_missing_is_named(bucket, tmp_path, missing):
    with pytest.raises(InputError, match="none"):
        filter_to(tmp_path / "out", f"{bucket}/{missing}", settings(tmp_path))


def test_a_run_that_was_interrupted_is_taken_up(bucket, tmp_path):
    chosen = settings(tmp_path, compression="none")
    first, _ = filter_to(tmp_path / "out", f"{bucket}/corpus", chosen)
    again, _ = filter_to(tmp_path / "out", f"{bucket}/corpus", chosen, resume=True)
    assert (again.status, again.summary["documents"]) == (0, first.summary["documents"])
