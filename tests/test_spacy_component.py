"""Skills in anyone's spaCy pipeline."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc

from profilefit.errors import InvalidSkills

TEXT = (
    "Wrote networks in PyTorch/TensorFlow and ran them on AWS.\n\n"
    "\t No experience with Kubernetes;  eager to learn Rust.\r\n"
    "Go-to-market plans for R&D, written in Python, R and C++. "
)


def pipeline(language: str = "en") -> Language:
    nlp = spacy.blank(language)
    nlp.add_pipe("profilefit_skills")
    return nlp


def found(doc: Doc, key: str = "profilefit") -> list[tuple[str, str]]:
    return [(span.text, span.kb_id_) for span in doc.spans[key]]


@pytest.mark.parametrize("language", ["en", "de", "xx", "zh"])
def test_spans_are_the_mentions_that_count(language: str) -> None:
    doc = pipeline(language)(TEXT)
    assert doc.text == TEXT
    ids = [id for _, id in found(doc)]
    assert ids == ["pytorch", "tensorflow", "aws", "python", "r", "cpp"]
    assert {span.label_ for span in doc.spans["profilefit"]} == {"ml-library", "cloud", "language"}


def test_a_span_inside_a_token_takes_the_whole_of_it() -> None:
    nlp = pipeline()
    doc = Doc(nlp.vocab, words=["Used", "PyTorch/TensorFlow", "daily"])
    assert found(nlp(doc)) == [("PyTorch/TensorFlow", "pytorch"), ("PyTorch/TensorFlow", "tensorflow")]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "nothing to see"])
def test_a_text_without_skills_has_no_spans(text: str) -> None:
    assert found(pipeline()(text)) == []


def test_a_pipeline_comes_back_from_disk_and_works_in_batches(tmp_path: Path) -> None:
    own = tmp_path / "skills"
    (own / "lexicon").mkdir(parents=True)
    (own / "lexicon" / "own.toml").write_text(
        '[sealice]\nname = "SeaLice"\nyes = ["Counted them with SeaLice."]\n', encoding="utf-8"
    )
    nlp = spacy.blank("en")
    nlp.add_pipe("profilefit_skills", config={"skills": str(own), "spans_key": "skills"})
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    texts = ["SeaLice in PyTorch", TEXT, ""] * 3
    batches = [found(doc, "skills") for doc in again.pipe(texts, batch_size=2)]
    assert batches == [found(nlp(text), "skills") for text in texts]
    assert batches[0] == [("SeaLice", "sealice"), ("PyTorch", "pytorch")]


def test_bad_data_is_told_when_the_component_is_made(tmp_path: Path) -> None:
    with pytest.raises(InvalidSkills, match="not a directory"):
        spacy.blank("en").add_pipe("profilefit_skills", config={"skills": str(tmp_path / "gone")})


def test_displacy_draws_the_spans() -> None:
    drawn = displacy.render(pipeline()(TEXT), style="span", options={"spans_key": "profilefit"}, jupyter=False)
    for part in ("PyTorch", "ml-library", "cpp"):
        assert part in drawn


def test_a_pipeline_without_the_component_pays_nothing_for_it() -> None:
    code = "import spacy, sys; spacy.blank('en'); print([m for m in sys.modules if m.startswith('profilefit.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['profilefit.spacy_component']"
