"""Tokens and phrases: what makes no difference to a loose comparison, and what does to an exact one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profilefit.phrases import ExactPhrases, LoosePhrases, fold, tokenise


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("C/C++, C#/.NET.", ["C", "/", "C++", ",", "C#", "/", ".NET", "."]),
        ("Node.js/React.js", ["Node.js", "/", "React.js"]),
        ("Python(advanced)", ["Python", "(", "advanced", ")"]),
        ("Keras•PyTorch|Java;SQL", ["Keras", "•", "PyTorch", "|", "Java", ";", "SQL"]),
        ("Python, C and R.", ["Python", ",", "C", "and", "R", "."]),
        ("R&D", ["R&D"]),
        ("https://go.dev/x", ["https://go.dev/x"]),
        ("github.com/foo/python-r", ["github.com/foo/python-r"]),
        ("jane.go@mail.com", ["jane.go@mail.com"]),
        ("l’équipe d'ACL", ["l", "’", "équipe", "d", "'", "ACL"]),
        ("熟练PyTorch", ["熟", "练", "PyTorch"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in tokenise(text).doc] == tokens


@pytest.mark.parametrize(
    ("phrase", "text", "match"),
    [
        ("time series", "Time-series forecasting", "Time-series"),
        ("fine-tuning", "fine tuning of LLMs", "fine tuning"),
        ("random forest", "Random Forests", "Random Forests"),
        ("optimisation", "convex optimization", "optimization"),
        ("python", "in Python3.8 and", "Python3.8"),
        ("yolo", "YOLOv5 detector", "YOLOv5"),
        ("resnet", "a ResNet-50.", "ResNet-50"),
        ("yolo", "YOLOv8-seg", "YOLOv8"),
        ("bias-variance", "the bias–variance tradeoff", "bias–variance"),
        ("c++", "modern C++17", "C++17"),
        ("ecole", "École", "École"),
        ("deploy* model*", "deploying models", "deploying models"),
        ("*gestützt", "KI-gestützt", "gestützt"),
        ("机器学习", "熟悉机器学习。", "机器学习"),
    ],
)
def test_loose_phrases_find(phrase: str, text: str, match: str) -> None:
    hits = LoosePhrases([("it", phrase)]).find(tokenise(text))
    assert [text[hit.start : hit.end] for hit in hits] == [match]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("java", "JavaScript"),
        ("dl", "handle"),
        ("gpt-4", "GPT-2"),
        ("gpt-4", "GPT"),
        ("deploy*", "redeployed"),
        ("deep learning", "deep, learning"),
        ("deep learning", "deep\nlearning"),
    ],
)
def test_loose_phrases_leave_alone(phrase: str, text: str) -> None:
    assert LoosePhrases([("it", phrase)]).find(tokenise(text)) == []


def test_exact_phrases_keep_case() -> None:
    phrases = ExactPhrases([("go", "Go"), ("r", "R")])
    text = "Go, R; go further with R&D"
    assert [(h.label, h.start) for h in phrases.find(tokenise(text))] == [("go", 0), ("r", 4)]


@given(st.text(max_size=200))
def test_tokens_cover_the_text_and_folding_is_idempotent(text: str) -> None:
    tokens = tokenise(text).doc
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in tokens)
    assert "".join(token.text_with_ws for token in tokens) == text
    for token in tokens:
        assert fold(fold(token.text)) == fold(token.text)


@pytest.mark.parametrize(
    "first", ["rolling", "pulled", "raising", "disable", "flies", "arise", "colour", "APIs", "rising"]
)
def test_a_phrase_is_found_whatever_word_begins_it(first: str) -> None:
    phrase = f"{first} update"
    assert LoosePhrases([("x", phrase)]).find(tokenise(f"Did a {phrase}."))
