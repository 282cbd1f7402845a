"""A role of one's own, as docs/own-role.md tells it: from a file, from a folder, and in a directory of skills data."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from profilefit import InvalidSkills, analyze, load_library
from profilefit.check import check
from profilefit.cli import run

ROOT = Path(__file__).parents[1]
ROLE = ROOT / "examples/roles/data-engineer.toml"
CV = ROOT / "examples/engineer.pdf"


@pytest.fixture
def skills(tmp_path: Path) -> Path:
    (tmp_path / "roles").mkdir()
    shutil.copy(ROLE, tmp_path / "roles")
    return tmp_path


def test_a_role_from_a_file_from_a_folder_and_beside_a_shipped_one() -> None:
    [own] = analyze(CV, roles=[ROLE]).roles
    assert (own.id, [r.id for r in own.requirements]) == ("data-engineer", ["D1", "D2"])
    assert own.met == 2
    assert all(r.evidence for r in own.requirements)
    assert not own.salaries
    both = analyze(CV, roles=["ml-engineer", ROLE.parent]).roles
    assert [role.id for role in both] == ["ml-engineer", "data-engineer"]


def test_the_command_takes_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyze", str(CV), "--role", str(ROLE)]) == 0
    assert "Data engineer" in capsys.readouterr().out
    assert run(["analyze", str(CV), "--role", "nowhere/role.toml"]) == 2
    assert "nowhere/role.toml: there is no such file" in capsys.readouterr().err


def test_a_folder_hides_no_role(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ml-engineer").mkdir()
    shutil.copytree(ROLE.parent, tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    assert run(["analyze", str(CV), "--role", "ml-engineer"]) == 0
    assert run(["analyze", str(CV), "--role", "./mine"]) == 0
    capsys.readouterr()
    assert run(["analyze", str(CV), "--role", "mine"]) == 2
    assert "known roles: ml-engineer, ml-researcher; write ./mine for the folder" in capsys.readouterr().err


@pytest.mark.parametrize("role", ["ml-engineer", ROLE, str(ROLE), ROLE.parent, str(ROLE.parent)])
def test_one_role_needs_no_list(role: str | Path) -> None:
    [assessed] = analyze(CV, roles=role).roles
    assert assessed.id == ("ml-engineer" if role == "ml-engineer" else "data-engineer")
    assert assessed.id in load_library(roles=() if role == "ml-engineer" else ROLE).roles


def test_it_passes_the_check(skills: Path) -> None:
    assert check(skills) == []


def test_a_mistake_in_it_is_told(skills: Path) -> None:
    file = skills / "roles" / ROLE.name
    file.write_text(ROLE.read_text().replace('"postgresql", "mysql"', '"postgressql"'))
    with pytest.raises(
        InvalidSkills, match=r'data-engineer\.toml: requirement D1: unknown skill "postgressql"; did you'
    ):
        analyze(CV, skills=skills)


def test_a_role_that_is_there_twice_is_told(skills: Path, tmp_path: Path) -> None:
    shutil.copy(ROLE, skills / "roles/further.toml")
    assert [str(problem) for problem in check(skills)] == [
        'roles/further.toml: the role "data-engineer" is defined twice, also in roles/data-engineer.toml'
    ]
    shutil.copy(ROLE, skills / "roles/ml-engineer.toml")
    (skills / "roles/further.toml").unlink()
    (skills / "roles" / ROLE.name).unlink()
    assert list(load_library(skills, skills / "roles/ml-engineer.toml").roles) == ["data-engineer", "ml-researcher"]


def test_files_of_one_name_are_two_roles(tmp_path: Path) -> None:
    files = [tmp_path / place / "role.toml" for place in ("a", "b")]
    for file in files:
        file.parent.mkdir()
        file.write_text(ROLE.read_text().replace('id = "data-engineer"', f'id = "{file.parent.name}"'))
    assert [role.id for role in analyze(CV, roles=files).roles] == ["a", "b"]


def test_a_problem_names_the_file_as_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "roles").mkdir()
    (tmp_path / "roles/mine.toml").write_text(ROLE.read_text().replace("a garden shed", "the big ETL"))
    [problem] = check(tmp_path)
    assert problem.file == "roles/mine.toml"


def test_a_sentence_that_does_not_do_what_it_says_is_told(skills: Path) -> None:
    file = skills / "roles" / ROLE.name
    file.write_text(ROLE.read_text().replace("a garden shed", "the big ETL"))
    [problem] = check(skills)
    assert "Built the big ETL." in str(problem)


def test_salaries_of_ones_own(skills: Path) -> None:
    (skills / "salaries.toml").write_text(
        'warning = "A guess."\n[[salary]]\nrole = "data-engineer"\nplace = "Norway"\ncurrency = "NOK"\n'
        'average = 700000\nperiod = "2026"\nsource = "asked around"\n'
    )
    report = analyze(CV, skills=skills)
    assert {role.id: [s.place for s in role.salaries] for role in report.roles} == {
        "data-engineer": ["Norway"],
        "ml-engineer": [],
        "ml-researcher": [],
    }


def test_the_page_shows_the_file_as_it_is() -> None:
    page = (ROOT / "docs/own-role.md").read_text(encoding="utf-8")
    role = tomllib.loads(ROLE.read_text(encoding="utf-8"))
    blocks = [tomllib.loads(block.partition("```")[0]) for block in page.split("```toml\n")[1:]]
    assert blocks[0].items() <= role.items()
    assert blocks[1]["requirement"][0] == role["requirement"][0]
    pattern, shown = role["requirement"][1]["pattern"][0], blocks[2]["requirement"]["pattern"][0]
    assert {**shown, "yes": pattern["yes"][:1], "no": pattern["no"][:1]} == shown
    assert (shown["action"], shown["object"]) == (pattern["action"], pattern["object"])
