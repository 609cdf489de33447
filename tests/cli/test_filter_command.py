"""``qualitycheck filter`` and ``diff-runs`` as they are typed."""

import json
import os
import signal
import subprocess
import time

import pytest
from processes import command_line, on_a_terminal

LINES = [
    {"id": f"d{number}", "text": text} for number, text in enumerate(["even", "odd odd odd odd odd", "plain text"] * 20)
]


@pytest.fixture
def corpus(folder):
    path = folder / "corpus.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES))
    return path


def piped(data, *arguments):
    return subprocess.run(command_line("filter", *arguments), input=data, capture_output=True, timeout=120, check=False)


def test_a_run_and_what_it_says(run, corpus):
    result = run("filter", corpus, "--output", "out")
    assert result.exit_code == 0, result.stderr
    assert "documents             60" in result.stdout and "accepted              40" in result.stdout
    assert "WRD001 odd-word" in result.stdout and "out/summary.json" in result.stdout
    assert json.loads((corpus.parent / "out" / "summary.json").read_text())["documents"] == 60
    again = run("filter", corpus, "--output", "out")
    assert again.exit_code == 0 and "60 documents were done before" in again.stdout


def test_quarantine_makes_the_status_2_and_names_the_place(run, corpus):
    corpus.write_text('{"text": "even"}\nnonsense\n{"text": "even"}\n')
    result = run("filter", corpus, "--output", "out", "--quiet")
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr.startswith(f"qualitycheck: error: {corpus}:2 (byte 17): not valid JSON")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["corpus.jsonl"], "no output given"),
        (["--output", "out"], "no input given"),
        (["corpus.jsonl", "--output", "out", "--resume", "--overwrite"], "exclude each other"),
        (["corpus.jsonl", "--output", "out", "--where", "scores > 1"], "did you mean “score”"),
        (["corpus.jsonl", "--output", "out", "--keep", "rewiev"], "keep"),
        (["corpus.jsonl", "--output", "out", "--reject-below", "80"], "reject-below (80.0) is above review-below"),
        (["corpus.jsonl", "--output", "out", "--what-if", "keep=review"], "takes no input"),
        (["nowhere.jsonl", "--output", "out"], "no such file or folder"),
        (["corpus.jsonl", "--output", "words.py"], "Not a directory"),
        (["corpus.jsonl", "--output", "out", "--select", "XYZ"], "unknown rule"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(run, corpus, arguments, message):
    result = run("filter", *arguments)
    assert result.exit_code == 2 and message in result.stderr and len(result.stderr.splitlines()) == 1
    assert not (corpus.parent / "out").exists()


def test_settings_from_a_file_and_the_command_line_on_top(run, corpus):
    (corpus.parent / "qualitycheck.toml").write_text('[filter]\ntext-field = "id"\nsplit-size = 100\n')
    result = run("filter", corpus, "--output", "out")
    assert "accepted              60" in result.stdout
    result = run("filter", corpus, "--output", "out2", "--text-field", "text")
    assert "accepted              40" in result.stdout
    (corpus.parent / "qualitycheck.toml").write_text("[filter]\ntext-feld = 'id'\n")
    result = run("filter", corpus, "--output", "out3")
    assert result.exit_code == 2 and "text-feld" in result.stderr


def test_a_pipe_passes_what_is_accepted_in_order(corpus):
    result = piped(corpus.read_bytes(), "-", "--output", "-", "--split-size", "300")
    assert result.returncode == 0, result.stderr
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["id"] for each in found] == [line["id"] for line in LINES if "odd" not in line["text"]]
    assert b"a pipe cannot be resumed" in result.stderr and b"rejected              20" in result.stderr


def test_a_pipe_with_annotate_passes_every_document(corpus):
    result = piped(corpus.read_bytes() + b"nonsense\n", "-", "--output", "-", "--annotate", "-q", "--split-size", "300")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["id"] for each in found] == [line["id"] for line in LINES]
    assert {each["quality"]["verdict"] for each in found} == {"accept", "reject"}
    assert result.returncode == 2 and b"<stdin>:61 (byte " in result.stderr


def test_a_pipe_whose_reader_goes_away(corpus):
    corpus.write_bytes(corpus.read_bytes() * 200)
    shell = " ".join(command_line("filter", corpus, "--output", "-", "-q")) + " | head -n 1; echo ${PIPESTATUS[0]}"
    result = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, timeout=120, check=False)
    assert result.stdout.splitlines()[1:] == ["141"] and "Traceback" not in result.stderr


def test_a_table_through_a_pipe_has_one_header(corpus):
    data = b"id,text\n" + b"".join(b"%d,even\n" % number for number in range(100))
    result = piped(data, "-", "--input-format", "csv", "--output", "-", "-q", "--split-size", "200")
    assert result.stdout.count(b"id,text") == 1 and len(result.stdout.splitlines()) == 101


def test_standard_input_cannot_be_resumed(run, corpus):
    assert run("filter", "-", "--output", "out", input=corpus.read_bytes()).exit_code == 0
    result = run("filter", "-", "--output", "out", input=corpus.read_bytes())
    assert result.exit_code == 2 and "--overwrite" in result.stderr
    assert run("filter", "-", "--output", "out", "--overwrite", input=corpus.read_bytes()).exit_code == 0


def test_an_interrupt_ends_the_workers_and_keeps_what_is_done(corpus):
    corpus.write_bytes(b'{"text": "SLEEP"}\n')
    process = subprocess.Popen(
        command_line("filter", corpus, "--output", "out"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0,
    )
    limit = time.monotonic() + 60
    while b"asleep" not in (line := process.stderr.readline()) and time.monotonic() < limit:
        assert line or process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130 and b"interrupted" in said and b"Traceback" not in said


def test_progress_on_a_terminal(corpus):
    corpus.write_bytes(corpus.read_bytes() * 50)
    status, shown = on_a_terminal(command_line("filter", corpus, "--output", "out"))
    assert status == 0 and "documents" in shown and "Traceback" not in shown


def test_hostile_names_do_not_reach_the_terminal(run, folder):
    path = folder / "a.jsonl"
    path.write_text(
        json.dumps({"id": "\x1b[2Jx\nforged", "text": "odd odd odd odd odd \x1b[31m", "source": "\x1b]0;x\x07"}) + "\n"
    )
    result = run("filter", path, "--output", "out")
    assert "\x1b" not in result.stdout + result.stderr and "\nforged" not in result.stdout


def test_what_if_and_diff_runs(run, corpus):
    run("filter", corpus, "--output", "one")
    run("filter", corpus, "--output", "two", "--ignore", "WRD001")
    result = run("filter", "--output", "one", "--what-if", "reject-below=10", "--what-if", "review-below=10")
    assert result.exit_code == 0 and "rejected              20           0         -20" in result.stdout
    invoke = command_line("diff-runs")[:4]
    same = subprocess.run([*invoke, "one", "one"], capture_output=True, text=True, check=False)
    assert same.returncode == 0 and "60 documents with the same verdict" in same.stdout
    other = subprocess.run([*invoke, "one", "two"], capture_output=True, text=True, check=False)
    assert other.returncode == 1 and "20 from reject to accept" in other.stdout and "WRD001 -5" in other.stdout
    plain = subprocess.run(
        [*invoke, "one", "two", "--output-format", "json"], capture_output=True, text=True, check=False
    )
    assert json.loads(plain.stdout)["different"][0]["documents"] == 20
