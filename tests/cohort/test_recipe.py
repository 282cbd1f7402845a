"""The recipe of docs/scale.md, run with a stand-in for Spark: the study is that of the folder."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import profilefit
from profilefit.cohort.reporting import render_summary

PROJECT = Path(__file__).parents[2]
Frames = Iterator[pd.DataFrame]


@dataclass
class Frame:
    """What the recipe asks of a data frame of Spark, in partitions of ``size`` rows and batches of two."""

    spark: Spark
    data: pd.DataFrame

    def select(self, *columns: str) -> Frame:
        return Frame(self.spark, self.data[list(columns)])

    def mapInPandas(self, function: Callable[[Frames], Frames], schema: str) -> Frame:  # noqa: N802
        size = self.spark.size
        parts = (self.data[at : at + size] for at in range(0, len(self.data), size))
        made = [each for part in parts for each in function(part[at : at + 2] for at in range(0, len(part), 2))]
        names = [column.split()[0] for column in schema.split(", ")]
        assert all(list(each.columns) == names for each in made)
        return Frame(self.spark, pd.concat(made))

    def where(self, condition: str) -> Frame:
        column, rest = condition.split(" ", 1)
        assert rest == "is not null"
        return Frame(self.spark, self.data[self.data[column].notna()])

    def dropDuplicates(self, columns: list[str]) -> Frame:  # noqa: N802
        return Frame(self.spark, self.data.drop_duplicates(columns))

    def groupBy(self, column: str) -> Any:  # noqa: N802
        return _Grouped(self, column)

    def collect(self) -> list[tuple[Any, ...]]:
        return list(self.data.itertuples(index=False, name=None))

    @property
    def write(self) -> Frame:
        return self

    def parquet(self, place: str) -> None:
        self.spark.kept[place] = self.data.sample(frac=1, random_state=1)


@dataclass
class _Grouped:
    frame: Frame
    column: str

    def sum(self, column: str) -> Frame:
        return Frame(self.frame.spark, self.frame.data.groupby(self.column)[[column]].sum().reset_index())


class Spark:
    """Reads this folder, whatever the address."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder, self.size = folder, size
        self.kept: dict[str, pd.DataFrame] = {}

    @property
    def read(self) -> Spark:
        return self

    def format(self, name: str) -> Spark:
        assert name == "binaryFile"
        return self

    def option(self, *_: str) -> Spark:
        return self

    def load(self, _: str) -> Frame:
        paths: Iterable[Path] = sorted(self.folder.iterdir())
        return Frame(self, pd.DataFrame([{"path": str(p), "content": bytearray(p.read_bytes())} for p in paths]))

    def parquet(self, place: str) -> Frame:
        return Frame(self, self.kept[place])


@pytest.fixture(scope="module")
def folder(cvs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("flat")
    for name in ("e19.md", "r19.txt", "r20.md", "b18.json", "m01.pdf", "a01.pdf", "copy.pdf"):
        (folder / name).write_bytes(next(cvs.rglob(name)).read_bytes())
    (folder / "empty.pdf").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def wanted(folder: Path) -> str:
    study = profilefit.analyze_folder(folder).summary(min_cell=5)
    return render_summary(study).replace("; 1 copy of a file counted once", "")


@pytest.mark.parametrize("size", [1, 3, 100])
def test_the_recipe_for_spark_gives_the_study_of_the_folder(
    size: int, folder: Path, wanted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (recipe,) = re.findall(r"^```python\n(.*?)^```$", (PROJECT / "docs" / "scale.md").read_text(), re.M | re.S)
    exec(compile(recipe, "recipe", "exec"), {"spark": Spark(folder, size), "__name__": "recipe"})
    assert capsys.readouterr().out == wanted + "\n"


def test_analyze_bytes_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(profilefit.analyze_bytes)) is profilefit.analyze_bytes
    assert profilefit.analyze_bytes(b"\x89PNG\r\n\x1a\n....", "me.png")["failure"].startswith("this is a picture")
