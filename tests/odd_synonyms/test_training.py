"""Training from a small lexicon and corpus, and the agreement of the compiled loops with what inference computes."""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from qualitycheck.tokens import tokenize
from qualitycheck_odd_synonyms.check import MODEL
from qualitycheck_odd_synonyms.diagnosis import diagnose
from qualitycheck_odd_synonyms.features import COUNT, SALTS, pad, phrase_key, views
from qualitycheck_odd_synonyms.lexicon import LexiconError, Pair, read_lexicon, write_lexicon
from qualitycheck_odd_synonyms.model import Model, ModelError

SHARED = Path(__file__).parents[3] / "shared"
SUBJECTS = ["the mayor", "a nurse", "our teacher", "the captain", "her uncle", "the young farmer", "a visitor"]
VERBS = ["said", "wrote", "believed", "knew", "heard"]
CLAUSES = [
    "the bridge would open in spring",
    "the phone call came too late",
    "people need a new school",
    "the game was lost in the rain",
    "only the old road goes there",
    "the country wants peace",
]
PAIRS = [("said", "mentioned"), ("call", "name"), ("need", "want"), ("only", "solely"), ("game", "recreation"),
         ("country", "rustic"), ("late", "belated"), ("old", "outdated"), ("people", "folks")]  # fmt: skip


def sentences(seed, count):
    random = np.random.default_rng(seed)
    picks = ((random.choice(SUBJECTS), random.choice(VERBS), random.choice(CLAUSES)) for _ in range(count))
    return " ".join(f"{a.capitalize()} {b} {c}." for a, b, c in picks)


def spin(text):
    table = dict(PAIRS)
    return " ".join(table.get(word, word) for word in text.replace(".", " .").split()).replace(" .", ".")


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    pytest.importorskip("numba", reason="training needs the “train” extra")
    from qualitycheck_odd_synonyms.training import train

    def make(folder):
        corpus = folder / "corpus.jsonl"
        corpus.write_text("".join(json.dumps({"text": sentences(seed, 12)}) + "\n" for seed in range(700)))
        lexicon = folder / "toy.tsv"
        write_lexicon(lexicon, [Pair(original, observed, "own") for original, observed in PAIRS])
        train([lexicon], [corpus], folder / "model")
        return folder / "model"

    return make(tmp_path_factory.mktemp("one")), make(tmp_path_factory.mktemp("two"))


def test_training_is_reproducible(trained):
    names = sorted(path.name for path in trained[0].iterdir())
    assert names == sorted(path.name for path in trained[1].iterdir())
    for name in names:
        assert (trained[0] / name).read_bytes() == (trained[1] / name).read_bytes(), name


def test_the_model_tells_spun_from_clean(trained):
    model = Model(trained[0])
    text = sentences(9999, 40)
    assert not diagnose([model], [tokenize(text)])[0].spun
    diagnosis = diagnose([model], [tokenize(spin(text))])[0]
    assert diagnosis.spun
    assert diagnosis.channels[0].family == "toy"


def test_the_model_names_the_originals(trained):
    text = spin(sentences(4321, 40))
    tokens = tokenize(text)
    replacements = diagnose([Model(trained[0])], [tokens])[0].replacements
    table = {observed: original for original, observed in PAIRS}
    assert len(replacements) > 20
    for each in replacements:
        word = text[tokens.start[each.first] : tokens.end[each.last]]
        assert each.originals[0][0] == table[word]


def test_loops_and_inference_compute_the_same_views():
    pytest.importorskip("numba")
    from qualitycheck_odd_synonyms.training.loops import make_views

    random = np.random.default_rng(3)
    keys = random.integers(1, 1 << 63, 40).astype(np.uint64)
    clusters = random.integers(0, 500, 40).astype(np.uint64)
    first = np.array([0, 1, 7, 30, 39])
    last = np.array([1, 1, 9, 30, 39])
    form = np.array([0, 1, 2, 5, 6], np.uint64)
    fast = views(pad(keys), pad(clusters), first, last, form, 3)
    one = np.empty(COUNT, np.uint64)
    for index in range(len(first)):
        make_views(keys, clusters, first[index], last[index], form[index], 3, SALTS, one)
        assert (one == fast[:, index]).all()


def test_the_key_of_a_single_word_is_its_token_key():
    tokens = tokenize("think tank")
    assert phrase_key(tokens.key[:1]) == int(tokens.key[0])
    assert phrase_key(tokens.key) not in {int(key) for key in tokens.key}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("original\tobserved\tsource\nsaid\n", ":2: expected"),
        ("said\t\towns\n", ":1: expected"),
        ("a\tb\tc\td\n", ":1:"),
    ],
)
def test_a_malformed_lexicon_is_named(tmp_path, content, complaint):
    path = tmp_path / "bad.tsv"
    path.write_text(content)
    with pytest.raises(LexiconError, match=complaint):
        read_lexicon(path)


def test_a_missing_lexicon_is_named(tmp_path):
    with pytest.raises(LexiconError, match=r"none\.tsv: cannot be read"):
        read_lexicon(tmp_path / "none.tsv")


def test_a_lexicon_survives_writing_and_reading(tmp_path):
    pairs = [Pair("won't", "received't", "own"), Pair("how to", "the right way to", "start")]
    write_lexicon(tmp_path / "pairs.tsv", pairs)
    assert read_lexicon(tmp_path / "pairs.tsv") == pairs


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(ModelError, match="cannot be loaded"):
        Model(tmp_path)


def test_the_shipped_model_is_what_its_manifest_says():
    manifest = json.loads((MODEL / "manifest.json").read_text(encoding="utf-8"))
    assert sorted(manifest["files"]) == sorted({path.name for path in MODEL.iterdir()} - {"manifest.json"})
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((MODEL / name).read_bytes()).hexdigest() == digest, name
    for family, facts in manifest["lexicons"].items():
        path = MODEL.parent / "lexicon" / f"{family}.tsv"
        assert hashlib.sha256(path.read_bytes()).hexdigest() == facts["sha256"], family
        assert len(read_lexicon(path)) == facts["pairs"]
    assert manifest["families"] == list(manifest["lexicons"]) == list(manifest["measured"]["spun"])
    assert manifest["language"] == "en"
    assert all(facts["documents"] > 0 and facts["tokens"] > 0 for facts in manifest["sources"].values())


def test_the_shipped_model_does_as_well_as_its_manifest_says():
    measured = json.loads((MODEL / "manifest.json").read_text(encoding="utf-8"))["measured"]
    assert sum(facts["documents"] for facts in measured["clean"].values()) > 1000
    assert sum(facts["held to be spun"] for facts in measured["clean"].values()) == 0
    for facts in measured["spun"].values():
        assert facts["found"] >= 0.9 * facts["documents"] > 0
        assert facts["recall"] > 0.7 and facts["precision"] > 0.8 and facts["original named"] > 0.6


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the text that the shipped model is measured on is not in the repository"
)
def test_the_measured_figures_are_those_of_the_shipped_files():
    pytest.importorskip("numba", reason="training needs the “train” extra")
    from qualitycheck_odd_synonyms.training.__main__ import FAMILIES
    from qualitycheck_odd_synonyms.training.corpus import Text
    from qualitycheck_odd_synonyms.training.pipeline import measure_again

    manifest = json.loads((MODEL / "manifest.json").read_text(encoding="utf-8"))
    name = "news_bbc_2004_2005"
    path = SHARED / "corpus" / f"{name}.jsonl.xz"
    found = measure_again(MODEL, [read_lexicon(family.path) for family in FAMILIES], [Text(path, 0.0)])
    assert found["clean"][name] == manifest["measured"]["clean"][name]
    for family, facts in found["spun"].items():
        assert facts["documents"] == 50
        assert facts["found"] >= 45
        assert facts["recall"] == pytest.approx(manifest["measured"]["spun"][family]["recall"], abs=0.1)


@pytest.mark.parametrize("name", ["phrase_bonus", "owners", "cluster_ids", "detect", "phrase_keys"])
def test_a_model_whose_files_do_not_fit_is_refused(trained, tmp_path, name):
    folder = tmp_path / "model"
    shutil.copytree(trained[0], folder)
    np.save(folder / f"{name}.npy", np.load(folder / f"{name}.npy")[:5])
    with pytest.raises(ModelError, match="do not fit each other"):
        Model(folder)


def test_a_manifest_without_scales_is_refused(trained, tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(trained[0], folder)
    (folder / "manifest.json").write_text('{"families": ["toy"]}')
    with pytest.raises(ModelError, match="lacks 'detect_scale'"):
        Model(folder)
