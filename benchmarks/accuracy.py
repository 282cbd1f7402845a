"""How near the reports come to what careful people read in the same CVs.

    python benchmarks/accuracy.py [FOLDER ...]      a table, and what changed since the last saved run
    python benchmarks/accuracy.py --misses          every miss, by field and CV
    python benchmarks/accuracy.py --save            keep this run as the one to compare with, in accuracy.json

A folder holds CVs, each beside its truth, ``NAME.truth.json``; ``tests/corpus`` by default. Finds are counted as
precision (P), recall (R) and their harmonic mean (F1), decisions as the share that is right.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from profilefit import analyze, load_library, render

HERE = Path(__file__).parent
CORPUS = HERE.parent / "tests/corpus"
LAST = HERE / "accuracy.json"
LEVELS = ("doctorate", "master", "bachelor", "associate", "secondary")
VERDICTS = ("missing", "partial", "met")
#: Words that many names of schools share.
COMMON = frozenset(
    {"of", "the", "university", "de", "and", "at", "in", "for", "college", "institute", "universitat", "universite"}
    | {"universidad"}
)

Json = dict[str, Any]


@dataclass
class Finds:
    """What was found of what is there."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def figures(self) -> dict[str, float]:
        precision = self.right / (self.right + self.wrong or 1)
        recall = self.right / (self.right + self.missed or 1)
        return {"P": precision, "R": recall, "F1": 2 * precision * recall / (precision + recall or 1)}


@dataclass
class Run:
    """All counts of a run, and the misses in words."""

    finds: dict[str, Finds] = field(default_factory=lambda: defaultdict(Finds))
    decisions: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    traps: Counter[bool] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def compare(
        self, cv: str, what: str, truth: Iterable[Json], got: Iterable[Json], same: Callable[[Json, Json], bool]
    ) -> None:
        """Count the pairs of truth and report that are the same, each used once."""
        left = list(got)
        for wanted in truth:
            hit = next((each for each in left if same(wanted, each)), None)
            if hit is None:
                self.finds[what].missed += 1
                self.misses.append(f"{what} · {cv} · missed {brief(wanted)}")
            else:
                left.remove(hit)
                self.finds[what].right += 1
        self.finds[what].wrong += len(left)
        self.misses += [f"{what} · {cv} · wrong {brief(each)}" for each in left]

    def decide(self, cv: str, what: str, truth: object, got: object, right: bool) -> None:
        self.decisions[what].append(right)
        if not right:
            self.misses.append(f"{what} · {cv} · truth {truth}, got {got}")

    def figures(self) -> dict[str, float]:
        """Every figure of the run by name."""
        found = {f"{what} {name}": value for what, each in self.finds.items() for name, value in each.figures.items()}
        found |= {what: sum(right) / len(right) for what, right in self.decisions.items()}
        if self.pairs:
            found["requirement verdicts, quadratic kappa"] = kappa(self.pairs)
        if self.traps:
            found["traps sprung"] = self.traps[True] / self.traps.total()
        return found


def brief(entry: Json) -> str:
    keys = ("name", "id", "level", "title", "institution", "field", "venue", "kind", "year", "start", "end")
    return ", ".join(str(entry[key]) for key in keys if entry.get(key))


def kappa(pairs: Counter[tuple[str, str]]) -> float:
    """Cohen's kappa with quadratic weights."""

    def weight(one: str, two: str) -> int:
        return (VERDICTS.index(one) - VERDICTS.index(two)) ** 2

    total = pairs.total()
    seen = sum(weight(*pair) * count for pair, count in pairs.items()) / total
    ones, twos = Counter[str](), Counter[str]()
    for (one, two), count in pairs.items():
        ones[one] += count
        twos[two] += count
    chance = sum(weight(a, b) * ones[a] * twos[b] for a in ones for b in twos) / total**2
    return 1 - seen / (chance or 1)


# ── what counts as the same ──────────────────────────────────────────────────────────────────────────────────────


def plain(text: str | None) -> str:
    """Lower case, no accents, words parted by one space; ``+`` and ``#`` stay."""
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text or "").lower())
    return re.sub(r"[^\w+#]+", " ", "".join(c for c in letters if not unicodedata.combining(c))).strip()


def alike(one: str, two: str) -> bool:
    """One name holds the other as whole words."""
    return f" {one} " in f" {two} " or f" {two} " in f" {one} "


def year(date: str | None) -> str | None:
    return (date or "")[:4] or None


def same_level(truth: Json, got: Json) -> bool:
    return bool(truth["level"] == got["level"])


def same_school(truth: Json, got: Json) -> bool:
    names = [set(plain(each.get("institution")).split()) for each in (truth, got)]
    if not any(names):
        return True  # neither names one
    one, two = (name - COMMON or name for name in names)
    return bool(one & two) and len(one & two) >= 0.6 * min(len(one), len(two))


def same_course(truth: Json, got: Json) -> bool:
    starts = year(truth.get("start")) in (None, year(got.get("start")))
    ends = year(truth.get("end")) == year(got.get("end"))
    return same_level(truth, got) and same_school(truth, got) and starts and ends


def same_field(truth: Json, got: Json) -> bool:
    wanted, found = (set(plain(each.get("field")).split()) for each in (truth, got))
    return same_level(truth, got) and (not wanted or bool(wanted & found))


def same_post(truth: Json, got: Json) -> bool:
    return alike(plain(truth["title"]), plain(got.get("title"))) and year(truth.get("start")) == year(got.get("start"))


def same_paper(truth: Json, got: Json) -> bool:
    return str(truth.get("year")) == str(got.get("year")) and truth.get("kind") == got.get("kind")


# ── one CV ───────────────────────────────────────────────────────────────────────────────────────────────────────


def judge(cv: str, truth: Json, report: Json, run: Run) -> None:
    """Compare one report with the truth of its CV."""
    profile = report["profile"]
    for key in ("highest_degree", "degree_in_progress"):
        run.decide(cv, key.replace("_", " "), truth[key], profile[key], truth[key] == profile[key])
    wanted, got = ([e for e in each["education"] if e.get("level") in LEVELS] for each in (truth, profile))
    run.compare(cv, "education: level", wanted, got, same_level)
    run.compare(cv, "education: level, school, years", wanted, got, same_course)
    run.compare(cv, "education: level, field", wanted, got, same_field)
    run.compare(cv, "positions: title, start", truth["positions"], profile["positions"], same_post)
    run.compare(cv, "publications: kind, year", truth["publications"], profile["publications"], same_paper)
    judge_skills(cv, truth, [skill for skill in profile["skills"] if not skill["implied_by"]], run)
    decided = {r["id"]: r["status"] for role in report["roles"] for r in role["requirements"]}
    for requirement, verdict in truth["requirements"].items():
        right = decided[requirement] == verdict
        run.decide(cv, "requirement verdicts", f"{requirement} {verdict}", decided[requirement], right)
        run.decisions[f"requirement {requirement}"].append(right)
        run.pairs[verdict, decided[requirement]] += 1
    scope = {s["id"]: s["status"] for role in report["roles"] for s in role["scope"]}
    for item, verdict in truth["scope"].items():
        run.decide(cv, "scope", f"{item} {verdict}", scope[item], scope[item] == verdict)
    if truth.get("mix") and profile["mix"]:
        one, two = truth["mix"]["engineering"], profile["mix"]["engineering"]
        run.decide(cv, "mix within 0.2", one, two, abs(one - two) <= 0.2001)


def judge_skills(cv: str, truth: Json, skills: Sequence[Json], run: Run) -> None:
    names = [{plain(s["name"]), plain(s["id"]), *(plain(e["match"]) for e in s["evidence"])} - {""} for s in skills]
    used: set[int] = set()
    count = run.finds["skills"]
    for wanted in truth["skills"]:
        name = plain(wanted["name"])
        hits = [
            at
            for at, skill in enumerate(skills)
            if (wanted.get("id") and wanted["id"] == skill["id"]) or any(alike(name, each) for each in names[at])
        ]
        used.update(hits)
        if hits:
            count.right += 1
            level = skills[hits[0]]["level"]
            run.decide(cv, "level of a skill", f"{wanted['name']} {wanted['level']}", level, level == wanted["level"])
        else:
            count.missed += 1
            run.misses.append(f"skills · {cv} · missed {wanted['name']}")
    for at, skill in enumerate(skills):
        if at not in used:
            count.wrong += 1
            run.misses.append(f"skills · {cv} · wrong {skill['id']} in “{skill['evidence'][0]['quote'][:80]}”")
    for trap in truth.get("not_skills", ()):
        quote, surface = plain(trap.get("quote")), plain(trap["surface"])
        cited = [e for s in skills for e in s["evidence"] if plain(e["match"]) == surface]
        sprung = any(alike(quote, plain(e["quote"])) or quote in plain(e["quote"]) for e in cited)
        run.traps[sprung] += 1
        if sprung:
            run.misses.append(f"traps · {cv} · “{trap['surface']}” in “{trap['quote']}”")


def corpus(folders: Iterable[Path]) -> Iterator[tuple[Path, Json]]:
    """Every CV beside its truth."""
    for folder in folders:
        for path in sorted(folder.rglob("*.truth.json")):
            name = path.name.removesuffix(".truth.json")
            beside = [each for each in path.parent.glob(f"{name}.*") if each != path]
            if len(beside) != 1:
                raise SystemExit(f"{path}: needs one CV beside it, has {len(beside)}")
            yield beside[0], json.loads(path.read_text(encoding="utf-8"))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[CORPUS])
    parser.add_argument("--misses", action="store_true", help="list every miss")
    parser.add_argument("--save", action="store_true", help="keep this run as the one to compare with")
    options = parser.parse_args()
    library, run, files = load_library(), Run(), 0
    for path, truth in corpus(options.folders):
        files += 1
        judge(path.stem, truth, json.loads(render(analyze(path, library=library), "json")), run)
    figures = {name: round(value, 3) for name, value in run.figures().items()}
    kept = json.loads(LAST.read_text(encoding="utf-8")) if LAST.exists() else {}
    key = ", ".join(folder.name for folder in options.folders)
    last = kept.get(key, {})
    print(f"{files} CVs of {key}\n\n| figure | now | last | change |\n|---|---:|---:|---:|")
    for name, value in figures.items():
        before = last.get(name)
        change = "" if before is None or value == before else f"{value - before:+.3f}"
        print(f"| {name} | {value:.3f} | {'' if before is None else f'{before:.3f}'} | {change} |")
    if options.misses:
        print("\n" + "\n".join(sorted(run.misses)))
    if options.save:
        LAST.write_text(json.dumps(kept | {key: figures}, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
