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


def alter(directory: Path, file: str, old: str, new: str) -> None:
    """A shipped file in a directory of one's own, changed in one place, or at its end where ``old`` is empty."""
    text = (shipped() / file).read_text(encoding="utf-8")
    assert old in text
    write(directory, file, text.replace(old, new, 1) if old else text + new)


SKILL = 'category = "own"\n[frobnicator]\nname = "Frobnicator"\nyes = ["Frobnicator in daily use."]\n'
GROUP = '\n[[group]]\nid = "mine"\nwords = ["{}"]\n'
AREA = '\n[[area]]\nid = "mine"\nnames = ["{}"]\nskills = ["{}"]\n'
FACT = '[[requirement.fact]]\nid = "mine"\nof = "publication"\n{}\n\n[[requirement.pattern]]\nid = "cloud-work"\n'
FACTLESS = '[[requirement.pattern]]\nid = "cloud-work"\n'
NEAR = '\n[[near]]\nhave = "docker"\nwant = "pytorhc"\neffort = "S"\n'


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("groups.toml", "", GROUP.format("<modle>"), 'group mine: unknown group "modle"; did you mean "model"?'),
        ("groups.toml", "", GROUP.format("#pytorhc"), 'group mine: unknown skill "pytorhc"; did you mean "pytorch"?'),
        ("groups.toml", "", GROUP.format("@clowd"), 'group mine: unknown category "clowd"; did you mean "cloud"?'),
        ("groups.toml", "", GROUP.format("<mine>"), "group mine: holds itself, or a group that does"),
        ("groups.toml", 'id = "ml-title"', 'id = "titles"', 'the group "ml-title" is missing'),
        ("areas.toml", "", AREA.format("<modle>", "keras"), 'area mine: unknown group "modle"; did you mean "model"?'),
        ("areas.toml", "", AREA.format("mine", "kerras"), 'area mine: unknown skill "kerras"; did you mean "keras"?'),
        ("adjacency.toml", "", NEAR, 'near docker pytorhc: unknown skill "pytorhc"; did you mean "pytorch"?'),
        (
            "levels.toml",
            'everyday = ["spss"',
            'everyday = ["spsss"',
            'others trade: everyday: unknown skill "spsss"; did you mean "spss"?',
        ),
        (
            "levels.toml",
            'used = ["experience"',
            'used = ["experince"',
            'sections: used: unknown "experince"; did you mean "experience"?',
        ),
        (
            "titles.toml",
            'subjects = ["mlops"]',
            'subjects = ["mlop"]',
            'families mlops_engineer: subjects: unknown "mlop"; did you mean "mlops"?',
        ),
        (
            "titles.toml",
            'families = ["ai_engineer"]',
            'families = ["ai_enginer"]',
            'groups ai_engineer: families: unknown "ai_enginer"; did you mean "ai_engineer"?',
        ),
        (
            "salaries.toml",
            'role = "ml-engineer"',
            'role = "ml-enginer"',
            'salary United Kingdom: unknown role "ml-enginer"; did you mean "ml-engineer"?',
        ),
        ("demand.toml", "\npython = ", "\npyhton = ", 'percent: unknown skill "pyhton"; did you mean "python"?'),
        (
            "roles/ml-engineer.toml",
            'skills = ["@cloud"',
            'skills = ["@clowd"',
            'requirement E1: unknown category "clowd"; did you mean "cloud"?',
        ),
        (
            "roles/ml-engineer.toml",
            'subject = ["@ml-library"',
            'subject = ["@ml-libary"',
            'subject: unknown category "ml-libary"; did you mean "ml-library"?',
        ),
        (
            "roles/ml-engineer.toml",
            'ads = "engineer"',
            'ads = "enginer"',
            'no path "enginer"; did you mean "engineer"?',
        ),
        (
            "roles/ml-engineer.toml",
            'sections = ["experience"',
            'sections = ["experince"',
            'sections: unknown "experince"; did you mean "experience"?',
        ),
        (
            "roles/ml-engineer.toml",
            FACTLESS,
            FACT.format('about = ["<modle>"]'),
            'requirement E1: fact mine: unknown group "modle"; did you mean "model"?',
        ),
        (
            "roles/ml-engineer.toml",
            FACTLESS,
            FACT.format('tracks = ["enginering"]'),
            'requirement E1 fact mine: tracks: unknown "enginering"; did you mean "engineer"?',
        ),
    ],
)
def test_a_name_that_nothing_answers_to_is_told(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    alter(tmp_path, file, old, new)
    problems = [str(problem) for problem in check(tmp_path)]
    assert [problem for problem in problems if problem.startswith(f"{file}: ") and told in problem], problems


@pytest.mark.parametrize("names", ['cased = ["CVPR"]', 'aliases = ["Proceedings of the ACM on"]'])
def test_a_name_that_two_venues_claim_is_told(tmp_path: Path, names: str) -> None:
    alter(
        tmp_path,
        "venues.toml",
        "",
        f'\n[venues.mine]\nname = "Mine"\nkind = "conference"\n{names}\nyes = ["CVPR 2021."]\n',
    )
    [problem] = check(tmp_path)
    assert str(problem).startswith("venues.toml: ")
    assert "mine" in problem.entry
    assert "claim the same name" in problem.message


def test_groups_that_hold_each_other_are_told(tmp_path: Path) -> None:
    ring = GROUP.format("<yours>") + GROUP.format("<mine>").replace('id = "mine"', 'id = "yours"')
    alter(tmp_path, "groups.toml", "", ring)
    assert [problem.entry for problem in check(tmp_path)] == ["group mine", "group yours"]


@pytest.mark.parametrize("word", ["", " ", "*", "* loom", "loom -*", " loom", "loom ", "-", "'"])
@pytest.mark.parametrize("key", ["aliases", "cased", "doubtful", "unless"])
def test_a_word_with_nothing_to_look_for_is_told(tmp_path: Path, key: str, word: str) -> None:
    write(tmp_path, "lexicon/own.toml", f'{SKILL}{key} = ["loom", "{word}"]\n')
    assert [str(problem) for problem in check(tmp_path)] == [
        f'lexicon/own.toml: frobnicator: {key}: "{word}" holds nothing to look for; give a word, "*" only at its ends'
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "entry"),
    [
        ("lexicon/cloud.toml", 'name = "AWS"', 'name = ""', "aws: name"),
        ("levels.toml", 'elided = ["l"', 'elided = [""', "others doers: elided"),
        ("headings.toml", "joins = [", 'joins = ["", ', "joins"),
        ("venues.toml", 'cased = ["', 'cased = ["", "', "cased"),
        ("roles/ml-engineer.toml", 'action = ["', 'action = ["", "', "requirement E1 pattern cloud-work: action"),
        ("groups.toml", "", GROUP.format("*"), "group mine: words"),
    ],
)
def test_a_word_is_one_in_every_list(tmp_path: Path, file: str, old: str, new: str, entry: str) -> None:
    alter(tmp_path, file, old, new)
    [problem] = check(tmp_path)
    assert problem.file == file
    assert f"{entry}: " in str(problem)
    assert "holds nothing to look for" in problem.message


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("headings.toml", "joins = [", 'joins = ["及(", '),
        ("levels.toml", 'elided = ["l"', 'elided = ["x(", "l"'),
        ("levels.toml", "letters = [", 'letters = ["]", '),
        ("dates.toml", "day = [", 'day = ["]", '),
        ("venues.toml", "joins = [", 'joins = ["x(", '),
    ],
)
def test_marks_in_a_word_mean_themselves(tmp_path: Path, file: str, old: str, new: str) -> None:
    alter(tmp_path, file, old, new)
    assert check(tmp_path) == []


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


def test_a_change_in_ones_own_files_counts_with_the_next_call(tmp_path: Path) -> None:
    write(tmp_path, "lexicon/own.toml", SKILL)
    library = load_library(tmp_path)
    assert load_library(tmp_path) is library
    write(tmp_path, "lexicon/own.toml", SKILL.replace("Frobnicator", "Tinker"))
    assert load_library(tmp_path).skills["frobnicator"].name == "Tinker"
    assert load_library() is load_library()


def test_a_directory_is_looked_for_where_one_is_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("a", "b"):
        write(tmp_path / place, "sk/lexicon/own.toml", SKILL.replace("frobnicator", place))
        monkeypatch.chdir(tmp_path / place)
        assert place in load_library("sk").skills


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
