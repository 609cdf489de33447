"""Training for users: any lexicon, any text, stopped and taken up again."""

import bz2
import gzip
import json
import lzma
from pathlib import Path

import pytest
from click.testing import CliRunner

from qualitycheck import InputError, QualityCheckError, Runner, Settings
from qualitycheck.cli.group import qualitycheck
from qualitycheck_odd_synonyms import restore
from qualitycheck_odd_synonyms.lexicon import LexiconError, Pair, write_lexicon
from qualitycheck_odd_synonyms.model import Model

pytest.importorskip("numba", reason="training needs the “train” extra")

from qualitycheck_odd_synonyms.training import texts
from qualitycheck_odd_synonyms.training.clusters import cluster, vocabulary, word_ids
from qualitycheck_odd_synonyms.training.corpus import Text
from qualitycheck_odd_synonyms.training.pipeline import Family, train

SEEDS = Path(__file__).parents[2] / "seeds"
PAIRS = {
    "Brücke": "Steg", "Haus": "Gebäude", "Wasser": "Nass", "alte": "betagte", "neue": "frische", "sagte": "erwähnte",
    "kam": "gelangte", "groß": "gewaltig", "immer": "stets", "nur": "lediglich",
}  # fmt: skip
SENTENCES = [
    "Die alte Brücke steht am Fluss.", "Das Haus ist groß und hell.", "Er sagte, das Wasser sei kalt.",
    "Die neue Straße kam spät.", "Sie lacht immer, wenn die Sonne scheint.", "Nur der Wirt war noch da.",
    "Am Abend kam der Zug aus der Stadt.", "Ihr Haus liegt hinter der Mühle.",
    "Der Bürgermeister sagte es auch.", "Das Wasser im See ist immer klar.",
]  # fmt: skip


def german(seed, count):
    """Sentences in a different order each time, and whether each word is natural in its place."""
    order = sorted(range(count), key=lambda number: (number * 7919 + seed * 104729) % 10007)
    return " ".join(SENTENCES[number % len(SENTENCES)] for number in order)


def spun(text):
    for original, observed in PAIRS.items():
        text = text.replace(original, observed)
    return text


@pytest.fixture
def inputs(tmp_path):
    lexicon = tmp_path / "toy.tsv"
    write_lexicon(lexicon, [Pair(original, observed, "own") for original, observed in PAIRS.items()])
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(json.dumps({"text": german(seed, 40)}) + "\n" for seed in range(400)), encoding="utf-8")
    return lexicon, corpus


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_command_trains_a_model_that_check_and_restore_load(inputs, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    arguments = ["train", "corpus.jsonl", "--lexicon", "toy.tsv", "--output", "model", "--isolated"]
    result = CliRunner().invoke(qualitycheck, arguments)
    assert result.exit_code == 0, result.output
    assert "model: 10 pairs in toy (de), trained on" in result.stdout
    assert "of 20 clean documents that were kept back, 0 held to be spun" in result.stdout
    assert "spun in full by toy, 20 of 20 found" in result.stdout
    assert "20/20: " in result.stderr
    assert not (tmp_path / "model.part").exists()

    text = german(4711, 60)
    (tmp_path / "spun.txt").write_text(spun(text), encoding="utf-8")
    (tmp_path / "clean.txt").write_text(text, encoding="utf-8")
    checked = ["check", "--isolated", "--select", "SYN", "--output-format", "concise", "--model", "model"]
    result = CliRunner().invoke(qualitycheck, [*checked, "spun.txt"])
    assert result.exit_code == 1 and "“Steg” is odd here; “Brücke” probably stood here" in result.stdout
    assert CliRunner().invoke(qualitycheck, [*checked, "clean.txt"]).exit_code == 0
    assert CliRunner().invoke(qualitycheck, [*checked[:-2], "spun.txt"]).exit_code == 0  # not without the model
    restored = restore(spun(text), models=[tmp_path / "model"])
    assert restored.text == text

    (tmp_path / "qualitycheck.toml").write_text('models = ["model"]\nselect = ["SYN"]\n')
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert CliRunner().invoke(qualitycheck, ["check", "../spun.txt"]).exit_code == 1

    versions = Runner(Settings(models=(str(tmp_path / "model"),))).versions()
    assert {"odd-synonyms.model", "odd-synonyms.model model"} <= set(versions)


def test_a_run_that_was_stopped_goes_on_and_gives_the_same_bytes(inputs, tmp_path):
    lexicon, corpus = inputs
    manifest = train([lexicon], [corpus], tmp_path / "whole")
    assert manifest == json.loads((tmp_path / "whole/manifest.json").read_text(encoding="utf-8"))
    for stop in ("corpus: ", "clustering", "7/20", "toy: "):
        lines = []

        def progress(line, stop=stop, lines=lines):
            lines.append(line)
            if line.startswith(stop):
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            train([lexicon], [corpus], tmp_path / "stopped", progress=progress)
        assert not (tmp_path / "stopped").exists()
    lines = []
    train([lexicon], [corpus], tmp_path / "stopped", progress=lines.append)
    assert any(line.startswith("going on") for line in lines)
    assert not any("/20" in line for line in lines)
    assert contents(tmp_path / "stopped") == contents(tmp_path / "whole")


def test_other_inputs_start_anew(inputs, tmp_path):
    lexicon, corpus = inputs

    def stop(line):
        if line.startswith("3/20"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train([lexicon], [corpus], tmp_path / "model", progress=stop)
    lines = []
    manifest = train([lexicon], [corpus], tmp_path / "model", seed=2, progress=lines.append)
    assert manifest["seed"] == 2
    assert any(line.startswith("1/20") for line in lines)


def test_a_model_is_not_overwritten_unless_asked_for(inputs, tmp_path):
    lexicon, corpus = inputs
    output = tmp_path / "model"
    first = train([lexicon], [corpus], output)
    with pytest.raises(QualityCheckError, match="exists already"):
        train([lexicon], [corpus], output)
    second = train([lexicon], [corpus], output, seed=5, overwrite=True)
    assert first["version"] != second["version"]
    assert Model(output).manifest == second
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/love.txt").write_text("dear")
    with pytest.raises(QualityCheckError, match="not a model folder"):
        train([lexicon], [corpus], tmp_path / "letters", overwrite=True)
    (tmp_path / "new.part").mkdir()
    (tmp_path / "new.part/notes.txt").write_text("mine")
    with pytest.raises(QualityCheckError, match="not the folder of a training run"):
        train([lexicon], [corpus], tmp_path / "new")
    assert (tmp_path / "new.part/notes.txt").read_text() == "mine"


def test_two_families_and_a_folder_of_seeds(tmp_path):
    """A worked example on as much text as the seeds hold, in seconds."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    for path in SEEDS.glob("clean-*.txt"):
        if "german" not in path.name:
            (folder / path.name).write_bytes(path.read_bytes())
    for name, pairs in (
        ("formal", {"said": "stated", "asked": "enquired"}),
        ("odd", {"water": "fluid", "old": "aged"}),
    ):
        write_lexicon(tmp_path / f"{name}.tsv", [Pair(*pair, "own") for pair in pairs.items()])
    manifest = train(
        [Family(tmp_path / "formal.tsv", 0.3), Family(tmp_path / "odd.tsv", 0.5)],
        [Text(folder, 1.0)],
        tmp_path / "model",
    )
    assert manifest["language"] == "en"
    assert Model(tmp_path / "model").family_names == ["formal", "odd"]
    assert [facts["share"] for facts in manifest["lexicons"].values()] == [0.3, 0.5]
    assert manifest["measured"]["clean"] == {}  # nothing was kept back


@pytest.mark.parametrize(
    ("arrange", "error", "message"),
    [
        (lambda lexicon, corpus: corpus.write_text('{"text": "gut"}\n{"no": 1}\n'), InputError, "jsonl:2: expected an"),
        (lambda lexicon, corpus: corpus.write_text(""), InputError, "no documents to train on"),
        (lambda lexicon, corpus: corpus.write_bytes(b'{"text": "\xff"}\n'), InputError, "not UTF-8 after line 0"),
        (lambda lexicon, corpus: corpus.write_text('{"text": "Das ist ein Haus."}\n'), InputError, "too little"),
        (lambda lexicon, corpus: corpus.unlink(), InputError, "no such file or folder"),
        (lambda lexicon, corpus: lexicon.write_text("Rakete\tGeschoss\town\n"), InputError, "nothing to learn"),
        (lambda lexicon, corpus: lexicon.write_text("Haus\thaus\town\n"), LexiconError, "no pair that could be used"),
        (lambda lexicon, corpus: lexicon.write_text("Haus\n"), LexiconError, ":1: expected"),
        (
            lambda lexicon, corpus: corpus.write_text('{"text": "これは日本語の文です。とても長い文です。"}\n' * 30),
            InputError,
            "Japanese is written without spaces",
        ),
        (lambda lexicon, corpus: corpus.write_text('{"text": "12 34"}\n'), InputError, "not recognised"),
    ],
)
def test_what_cannot_be_trained_on_is_named(inputs, tmp_path, arrange, error, message):
    arrange(*inputs)
    with pytest.raises(error, match=message):
        train([inputs[0]], [inputs[1]], tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_families_are_named_once_and_leave_some_text_clean(inputs, tmp_path):
    lexicon, corpus = inputs
    with pytest.raises(LexiconError, match="two lexicons are called “toy”"):
        train([lexicon, lexicon], [corpus], tmp_path / "model")
    with pytest.raises(LexiconError, match="less than 1"):
        train([Family(lexicon, 1.0)], [corpus], tmp_path / "model")
    with pytest.raises(LexiconError, match="has one at least"):
        train([], [corpus], tmp_path / "model")
    with pytest.raises(InputError, match="two texts are called “corpus”"):
        train([lexicon], [corpus, corpus], tmp_path / "model")


def test_texts_are_read_from_files_and_folders_plain_and_compressed(tmp_path):
    record = json.dumps({"text": "aus JSON"}) + "\n"
    (tmp_path / "a.txt").write_text("\ufeffeins\nzwei\n", encoding="utf-8")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(f"{record}\n{record}".encode()))
    (tmp_path / "c").mkdir()
    (tmp_path / "c/d.ndjson.xz").write_bytes(lzma.compress(record.encode()))
    (tmp_path / "c/e.text.bz2").write_bytes(bz2.compress(b"drei"))
    (tmp_path / "c/picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "c/.hidden.txt").write_text("nein")
    assert list(texts.documents(tmp_path)) == ["eins\nzwei\n", "aus JSON", "aus JSON", "aus JSON", "drei"]
    assert list(texts.documents(tmp_path / "a.txt")) == ["eins\nzwei\n"]
    digest = texts.digest(tmp_path)
    (tmp_path / "a.txt").write_text("drei")
    assert texts.digest(tmp_path) != digest
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no text in this folder"):
        list(texts.documents(tmp_path / "empty"))
    (tmp_path / "broken.txt.gz").write_bytes(gzip.compress(b"text")[:-4])
    with pytest.raises(InputError, match=r"broken\.txt\.gz: cannot be read"):
        list(texts.documents(tmp_path / "broken.txt.gz"))


def test_a_book_is_many_documents(tmp_path):
    (tmp_path / "book.txt").write_text("Ein Satz in einem Buch.\n" * 2000)
    found = list(texts.documents(tmp_path / "book.txt"))
    assert len(found) > 4 and max(map(len, found)) < 10_100
    assert "".join(found) == "Ein Satz in einem Buch.\n" * 2000


def test_clusters_do_not_depend_on_how_the_text_is_cut_for_memory(monkeypatch):
    import numpy as np

    from qualitycheck_odd_synonyms.training import clusters

    random = np.random.default_rng(4)
    keys = [random.zipf(1.3, 5000).astype(np.uint64) % np.uint64(300) for _ in range(3)]
    words = vocabulary(keys, 200)
    assert len(words) == len(set(words.tolist()))
    assert (word_ids(words, words) == np.arange(len(words))).all()
    whole = cluster(keys, words, contexts=50, dimensions=8, clusters=20)
    monkeypatch.setattr(clusters, "_BLOCK", 7)
    monkeypatch.setattr(clusters, "_ROWS", 13)
    assert (vocabulary([keys[0]], 50) == clusters.vocabulary([keys[0]], 50)).all()
    assert (cluster(keys, words, contexts=50, dimensions=8, clusters=20) == whole).all()
