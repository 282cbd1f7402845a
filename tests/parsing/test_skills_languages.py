"""Skills and traps in the eight languages: what a reader of that language sees, and what they never would."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from profilefit.library import Library
from profilefit.models import Document, Profile
from profilefit.parsing import parse

Page = Callable[[str], Document]


@pytest.fixture
def claimed(page: Page, library: Library) -> Callable[[str], set[str]]:
    def read(text: str) -> set[str]:
        return {skill.id for skill in parse(page(text), library).skills if not skill.implied_by}

    return read


JOB = "Robin Example\n\n# Experience\n* Engineer, Fjord Credit | 01/2019 – 12/2021\n- Python, SQL and Docker.\n- {}\n"


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("Reizigersvoorspelling per afvaart met LightGBM.", "time-series-forecasting lightgbm"),
        ("Driftbewaking opgezet met Evidently.", "model-monitoring evidently-ai"),
        ("Lezioni sull'intelligenza artificiale, reti convoluzionali.", "artificial-intelligence"),
        ("Cruscotti in Tableau; foreste casuali in R.", "data-visualization tableau random-forests r"),
        ("Etiquetado de 60.000 imágenes en CVAT.", "data-annotation cvat"),
        ("Détection d'anomalies dans des séries temporelles.", "anomaly-detection time-series-analysis"),
        ("Previsão de carga com LightGBM; detecção de fraudes.", "time-series-forecasting fraud-detection"),
        ("Zeitreihenanalyse, Schnittstellen zu SPS und SAP.", "time-series-analysis plc"),
        ("大模型知识库问答，表面缺陷检测。", "large-language-models question-answering visual-inspection"),
        ("Sci-kit learn, K8s, Node JS, HuggingFace, Postgres.", "scikit-learn kubernetes node-js postgresql"),
    ],
)
def test_found_in_their_own_words(claimed: Callable[[str], set[str]], line: str, ids: str) -> None:
    assert set(ids.split()) <= claimed(JOB.format(line))


@pytest.mark.parametrize(
    ("line", "skill"),
    [
        ("Op het eiland Java gewerkt.", "java"),
        ("De rekening is flink teruggebracht.", "apache-flink"),
        ("Momenteel verdiep ik mij in Rust.", "rust"),
        ("Wil ik nog leren | Spark, Kubernetes", "apache-spark"),
        ("Het dashboard in Power BI is gebouwd door een ander team.", "power-bi"),
        ("Non ho mai usato Hadoop.", "hadoop"),
        ("Script per le dalle di ortofoto.", "dall-e"),
        ("Die Cloud-Seite (AWS) betreut die IT-Abteilung.", "aws"),
        ("Suche eine Rolle mit mehr Machine Learning.", "machine-learning"),
        ("Briefing der Agentur, die ein Empfehlungssystem gebaut hat.", "recommender-systems"),
        ("Pas encore utilisé Kubernetes.", "kubernetes"),
        ("Mission : transformer les idées en projets.", "transformer"),
        ("Mis colegas migraron todo a Spark.", "apache-spark"),
        ("Capacidade de lidar com prazos.", "point-clouds"),
        ("正在学习 Rust。", "rust"),
        ("The security team ran Vault.", "vault"),
        ("Not my area | Blockchain, IoT", "iot"),
    ],
)
def test_no_skill_of_the_person(claimed: Callable[[str], set[str]], line: str, skill: str) -> None:
    assert skill not in claimed(JOB.format(line))


@pytest.mark.parametrize(
    "line", ["Holidays on Java and Lombok with old friends.", "Our dog Spark and a garden full of bees."]
)
def test_leisure_is_no_evidence_for_an_ordinary_word(claimed: Callable[[str], set[str]], line: str) -> None:
    assert not {"java", "apache-spark"} & claimed(JOB.format("Trained models in PyTorch.") + "\n# Interests\n" + line)


def test_an_interest_that_names_other_skills_counts(claimed: Callable[[str], set[str]]) -> None:
    text = JOB.format("Trained models in PyTorch.") + "\n# Interests\nSmall tools in Java, TypeScript and PostgreSQL\n"
    assert "java" in claimed(text)


def levels(profile: Profile) -> dict[str, str]:
    return {skill.id: skill.level for skill in profile.skills}


def test_the_headline_of_work_with_an_outcome(page: Page, library: Library) -> None:
    text = "# Projects\n* Salmon counter | PyTorch, OpenCV | 2020\n- Counts fish in a river, 6% error.\n"
    found = levels(parse(page("Robin Example\n\n" + text), library))
    assert (found["pytorch"], found["opencv"]) == ("demonstrated", "demonstrated")


@pytest.mark.parametrize(
    ("venue", "level"), [("In Proceedings of ICML 2021.", "demonstrated"), ("Under review, 2021.", "used")]
)
def test_a_paper_that_came_out_is_an_outcome(page: Page, library: Library, venue: str, level: str) -> None:
    text = f"Robin Example\n\n# Publications\n- R. Example, A. Mahlangu. Normalizing flows for tides. {venue}\n"
    assert levels(parse(page(text), library))["normalizing-flows"] == level


@pytest.mark.parametrize("heading", ["Not my field", "Want to learn", "Wil ik nog leren"])
def test_a_heading_that_is_a_guard(claimed: Callable[[str], set[str]], heading: str) -> None:
    assert "kubernetes" not in claimed(JOB.format("Trained models in PyTorch.") + f"\n# {heading}\nKubernetes, PHP\n")
