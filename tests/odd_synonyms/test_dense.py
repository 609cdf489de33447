"""The network: what training shows it is what inference does, and the model that is shipped."""

import hashlib
import json
import shutil
from typing import ClassVar

import numpy as np
import pytest

from qualitycheck import InputError
from qualitycheck.tokens import tokenize
from qualitycheck_odd_synonyms.check import DENSE_MODEL
from qualitycheck_odd_synonyms.dense import DenseScorer, input_size
from qualitycheck_odd_synonyms.diagnosis import diagnose
from qualitycheck_odd_synonyms.lexicon import Pair
from qualitycheck_odd_synonyms.model import Model, ModelError, load_model
from qualitycheck_odd_synonyms.phrases import Candidates

SUBJECTS = ["the mayor", "a nurse", "our teacher", "the captain", "her uncle", "the young farmer", "a visitor"]
VERBS = ["said", "wrote", "believed", "knew", "heard"]
CLAUSES = ["the bridge would open in spring", "the phone call came too late", "people need a new school"]
PAIRS = [Pair("said", "mentioned", "own"), Pair("call", "name", "own"), Pair("need", "want", "own"),
         Pair("people", "the folks", "own"), Pair("too late", "belated", "own")]  # fmt: skip


def story(seed, count=20):
    random = np.random.default_rng(seed)
    picks = ((random.choice(SUBJECTS), random.choice(VERBS), random.choice(CLAUSES)) for _ in range(count))
    return " ".join(f"{a.capitalize()} {b} {c}." for a, b, c in picks)


@pytest.fixture(scope="module")
def learnt(tmp_path_factory):
    pytest.importorskip("numba", reason="training needs the “train” extra")
    from qualitycheck_odd_synonyms.training.corpus import Text
    from qualitycheck_odd_synonyms.training.dense_pipeline import train_dense

    folder = tmp_path_factory.mktemp("dense")
    corpus = folder / "corpus.jsonl"
    corpus.write_text("".join(json.dumps({"text": story(seed)}) + "\n" for seed in range(1200)))
    train_dense({"toy": PAIRS}, [0.7], [(8.0, 0.01)], [Text(corpus)], folder / "model")
    return folder / "model"


def test_the_network_tells_spun_from_clean_and_names_originals(learnt):
    model = Model(learnt)
    table = {pair.observed: pair.original for pair in PAIRS}
    text = story(99_999, 60)
    assert not diagnose([model], [tokenize(text)])[0].spun
    spun = text
    for pair in PAIRS:
        spun = spun.replace(f" {pair.original} ", f" {pair.observed} ")
    tokens = tokenize(spun)
    [diagnosis] = diagnose([model], [tokens])
    assert diagnosis.spun
    named = [
        table.get(spun[tokens.start[each.first] : tokens.end[each.last]]) == each.originals[0][0]
        for each in diagnosis.replacements
    ]
    assert len(named) > 20
    assert np.mean(named) > 0.8


def test_training_and_inference_see_the_same(learnt):
    from qualitycheck_odd_synonyms.training.examples import Examples
    from qualitycheck_odd_synonyms.training.network import _inputs

    manifest = json.loads((learnt / "manifest.json").read_text())
    arrays = {path.stem: np.load(path) for path in learnt.glob("*.npy")}
    scorer = DenseScorer(arrays.__getitem__, manifest)
    rows = np.random.default_rng(5).integers(1, len(arrays["word_vectors"]), 50)
    keys = np.where(rows >= 2, arrays["vocabulary"][rows - 2], np.uint64(7))
    first, last = np.array([0, 1, 12, 30, 48]), np.array([0, 2, 12, 33, 49])
    form = np.array([0, 1, 2, 5, 6], np.uint64)
    candidates = Candidates(first, last, np.zeros(5, np.int64), form)
    [(_, seen)] = scorer._inputs(keys, candidates)

    def around(place, step, begin, end):
        found = [place + step * distance for distance in range(begin, end + 1)]
        return [int(rows[each]) if 0 <= each < len(rows) else 0 for each in found]

    near = [around(a, -1, 1, 5) + around(b, 1, 1, 5) for a, b in zip(first, last, strict=True)]
    wide = [around(a, -1, 6, 15) + around(b, 1, 6, 15) for a, b in zip(first, last, strict=True)]
    nothing = np.zeros(5, np.int64)
    examples = Examples(nothing, nothing, form, nothing, nothing, nothing, np.array(near), np.array(wide))
    vectors = arrays["word_vectors"].astype(np.float32)
    shown = _inputs(examples, np.arange(5), examples.near, vectors)
    assert seen.shape == (5, input_size(vectors.shape[1]))
    np.testing.assert_allclose(seen, shown, rtol=1e-4, atol=1e-2)


@pytest.mark.parametrize("name", ["vocabulary", "phrase_rows", "restore_out", "original_rows", "detect_layer"])
def test_a_model_whose_files_do_not_fit_is_refused(learnt, tmp_path, name):
    folder = tmp_path / "model"
    shutil.copytree(learnt, folder)
    np.save(folder / f"{name}.npy", np.load(folder / f"{name}.npy")[:3])
    with pytest.raises(ModelError, match="do not fit each other"):
        Model(folder)


def test_an_unknown_kind_of_scorer_is_named(learnt, tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(learnt, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "scorer": "oracle"}))
    with pytest.raises(ModelError, match="“oracle” is no kind of scorer"):
        Model(folder)


def test_the_shipped_model_is_what_its_manifest_says():
    manifest = json.loads((DENSE_MODEL / "manifest.json").read_text(encoding="utf-8"))
    assert sorted(manifest["files"]) == sorted({path.name for path in DENSE_MODEL.iterdir()} - {"manifest.json"})
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((DENSE_MODEL / name).read_bytes()).hexdigest() == digest, name
    assert manifest["families"] == list(manifest["lexicons"]) == list(manifest["measured"]["spun"])
    assert load_model(DENSE_MODEL).family_names == manifest["families"]
    assert sum(facts["held to be spun"] for facts in manifest["measured"]["clean"].values()) == 0
    for facts in manifest["measured"]["spun"].values():
        assert facts["found"] >= 0.95 * facts["documents"] > 0


class TestWordNet:
    """The pairs of a little thesaurus in WordNet's format."""

    LINES: ClassVar = {
        "data.noun": "  1 the licence\n00001 03 n 02 child 0 kid 0 001 @ 00002 n 0000 | a young person\n",
        "data.verb": "00002 29 v 03 hold 0 keep_back 0 deem 0 000 01 + 08 00 | to have\n",
        "data.adj": "00003 00 a 02 large 0 big 0 000 | of size\n",
        "data.adv": "00004 02 r 02 quickly 0 speedily 0 000 | fast\n",
        "noun.exc": "children child\n",
        "verb.exc": "held hold\nkept keep\n",
        "adj.exc": "bigger big\nbiggest big\n",
        "adv.exc": "",
    }

    @pytest.fixture
    def observed(self, tmp_path):
        from qualitycheck_odd_synonyms.training.wordnet import pairs

        for name, content in self.LINES.items():
            (tmp_path / name).write_text(content)
        found = {}
        for pair in pairs(tmp_path):
            found.setdefault(pair.original, []).append(pair.observed)
        return found

    @pytest.mark.parametrize(
        ("original", "wanted"),
        [
            ("child", {"kid"}),
            ("children", {"kids", "kid"}),
            ("kids", {"children", "childs", "child"}),
            ("held", {"kept back", "keeped back", "keep back", "deemed", "deem"}),
            ("holding", {"keeping back", "keep back", "deeming", "deem"}),
            ("larger", {"bigger", "biger", "big"}),
            ("quickly", {"speedily"}),
        ],
    )
    def test_synonyms_are_inflected_well_badly_and_not_at_all(self, observed, original, wanted):
        assert set(observed[original]) == wanted

    def test_where_it_is_not_installed_that_is_said(self, tmp_path):
        from qualitycheck_odd_synonyms.training.wordnet import pairs

        with pytest.raises(InputError, match="wordnet-base"):
            pairs(tmp_path / "nowhere")
