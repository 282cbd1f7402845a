"""The data directory: all problems at once, each with the fix; a directory of one's own laid over the shipped one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from profilefit.check import check
from profilefit.errors import InvalidSkills
from profilefit.library import load_library, shipped
from profilefit.library.tables import find_files, parse_kept, read_files


def write(directory: Path, name: str, text: str) -> None:
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_shipped_data_is_sorted_and_every_sentence_holds() -> None:
    assert [str(problem) for problem in check()] == []
    for path in (shipped() / "lexicon").glob("*.toml"):
        ids = [line[1:-1] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("[")]
        assert ids == sorted(ids), path.name


def test_all_problems_are_told_at_once_with_the_fix(tmp_path: Path) -> None:
    write(
        tmp_path,
        "lexicon/own.toml",
        'category = "own"\n'
        '[frobnicator]\nname = "Frobnicator"\nimplys = ["python"]\nyes = ["Frobnicator in daily use."]\n'
        '[nameless]\nyes = ["Nothing."]\n',
    )
    write(tmp_path, "headinks.toml", "[education]\n")
    write(tmp_path, "lexicon/broken.toml", "[oops\n")
    with pytest.raises(InvalidSkills) as caught:
        load_library(tmp_path)
    told = "\n".join(map(str, caught.value.problems))
    assert 'lexicon/own.toml: frobnicator: unknown key "implys"; did you mean "implies"?' in told
    assert 'lexicon/own.toml: nameless: the key "name" is missing' in told
    assert 'headinks.toml: is no known data file; did you mean "headings.toml"?' in told
    assert "lexicon/broken.toml: is not valid TOML" in told
    assert [str(p) for p in check(tmp_path)] == told.split("\n")


def test_kept_tables_are_those_of_the_files_as_they_are_now(tmp_path: Path) -> None:
    kept = tmp_path / "__pycache__" / "tables.json"

    def read() -> object:
        return parse_kept(read_files(find_files(tmp_path)), tmp_path, [])

    write(tmp_path, "lexicon/own.toml", 'frob = "é"\n')
    assert read() == {"lexicon/own.toml": {"frob": "é"}} == json.loads(kept.read_bytes())["tables"]
    kept.write_text(kept.read_text("utf-8").replace("frob", "kept"), encoding="utf-8")
    assert read() == {"lexicon/own.toml": {"kept": "é"}}
    write(tmp_path, "lexicon/own.toml", "frob = 2\n")
    assert read() == {"lexicon/own.toml": {"frob": 2}}
    for broken in (b"", b"[]", b"\xff", b"{"):
        kept.write_bytes(broken)
        assert read() == {"lexicon/own.toml": {"frob": 2}}
    kept.unlink()
    kept.mkdir()
    assert read() == {"lexicon/own.toml": {"frob": 2}}


def test_references_and_shared_surfaces_are_checked(tmp_path: Path) -> None:
    write(
        tmp_path,
        "lexicon/own.toml",
        'category = "own"\n[frobnicator]\nname = "Frobnicator"\naliases = ["PyTorch"]\nimplies = ["pytorhc"]\n'
        'yes = ["Frobnicator in daily use."]\n',
    )
    told = "\n".join(map(str, check(tmp_path)))
    assert 'implies: unknown skill "pytorhc"; did you mean "pytorch"?' in told
    assert 'frobnicator, pytorch: claim the same surface "pytorch"' in told


def test_sentences_that_fail_are_problems(tmp_path: Path) -> None:
    write(
        tmp_path,
        "lexicon/own.toml",
        'category = "own"\n[frobnicator]\nname = "Frobnicator"\n'
        'yes = ["Frobnication in daily use."]\nno = ["The frobnicator broke."]\n',
    )
    assert [str(problem) for problem in check(tmp_path)] == [
        'lexicon (own): frobnicator: not found in its yes sentence "Frobnication in daily use."',
        'lexicon (own): frobnicator: found in its no sentence "The frobnicator broke."',
    ]


def test_own_directory_adds_and_replaces(tmp_path: Path) -> None:
    write(
        tmp_path,
        "lexicon/own.toml",
        'category = "own"\n[frobnicator]\nname = "Frobnicator"\nyes = ["Frobnicator in daily use."]\n',
    )
    library = load_library(tmp_path)
    assert library.skills["frobnicator"].category == "own"
    assert "pytorch" in library.skills
    assert library.sha256 != load_library().sha256
    assert check(tmp_path) == []


def test_a_directory_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(InvalidSkills, match="is not a directory"):
        load_library(tmp_path / "nowhere")
    with pytest.raises(InvalidSkills, match=r"holds no \.toml file"):
        load_library(tmp_path)


def test_a_sentence_of_any_table_is_tried(tmp_path: Path) -> None:
    wanted: set[str] = set()
    texts: dict[str, str] = {}
    for file, sentence, entry in (
        ("dates.toml", "hasta 2016", "until"),
        ("dates.toml", "2015 tot 2019", "to"),
        ("dates.toml", "Fall semester 2018", "parts"),
        ("degrees.toml", "Coursework: Linear Algebra, Probability", "marks detail"),
        ("degrees.toml", "MS Office, MS SQL Server", "marks veto"),
        ("levels.toml", "MSc thesis on sparse Gaussian processes.", "sections work"),
        ("titles.toml", "Mid-level Developer", "mid"),
        ("venues.toml", "Moe Q et al. Sand. arXiv:2005.12345", "references"),
    ):
        text = texts.get(file) or (shipped() / file).read_text(encoding="utf-8")
        assert text.count(f'"{sentence}"') > 0
        broken = "BSc by a red door" if "veto" in entry else "A red door"
        texts[file] = text.replace(f'yes = ["{sentence}"', f'yes = ["{broken}"').replace(
            f', "{sentence}"', f', "{broken}"'
        )
        wanted.add(f'{file}: {entry}: not found in its yes sentence "{broken}"')
    for file, text in texts.items():
        write(tmp_path, file, text)
    assert wanted <= {str(problem) for problem in check(tmp_path)}


def test_every_pattern_of_the_shipped_roles_has_its_sentences() -> None:
    for role in load_library().roles.values():
        patterns = [pattern for part in (*role.requirements, *role.scope) for pattern in part.patterns]
        assert not [
            pattern.id for pattern in (*patterns, *role.work, *role.deliverables) if not (pattern.yes and pattern.no)
        ]
