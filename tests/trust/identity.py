"""The same CV under other names: a personal header put over the text of any CV."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

from profilefit import analyze, render
from profilefit.library import load_library
from profilefit.models import Document
from profilefit.parsing.sections import find_sections

#: Where evidence stands, and the words around it: these may differ where the header does.
PLACES = ("start", "end", "line", "box", "quote")


@dataclass(frozen=True)
class Person:
    """What a CV says of somebody that must count for nothing."""

    name: str = "Robin Roe"
    mail: str = "robin@example.org"
    phone: str = "+47 555 01 234"
    address: str = "Storgata 1, 0155 Oslo"
    born: str = "4 May 1990"
    nationality: str = "Norwegian"
    gender: str = "female"
    marital_status: str = "single"
    subject: str = "She"
    possessive: str = "her"

    def header(self) -> str:
        return (
            f"{self.name}\n{self.mail} · {self.phone} · {self.address}\n"
            f"Date of birth: {self.born}\nNationality: {self.nationality}\n"
            f"Gender: {self.gender}\nMarital status: {self.marital_status}\n\n"
            f"{self.subject} likes to build things that last, and {self.possessive} reports are short.\n"
        )


def as_markdown(document: Document) -> str:
    """The CV below its own header as Markdown: headings, bullets and paragraphs as they were read."""
    sections = find_sections(document, load_library())
    first = next((s.lines[0] for s in sections if s.title), 0)
    heads = {s.lines[0]: s.title for s in sections if s.title}
    rows: list[str] = []
    for number, line in enumerate(document.lines):
        if number < first:
            continue
        if number in heads:
            rows += ["", f"## {heads[number]}", ""]
        text = document.content(line)
        if line.continues and rows and rows[-1]:
            rows[-1] += f" {text}"
        else:
            rows += [""] * (line.gap > 1.3 and bool(rows)) + [f"- {text}" if line.bullet else text]
    return "\n".join(rows) + "\n"


def claims(text: str) -> Any:
    """Profile and roles of a Markdown CV, without the places of their evidence."""
    report = json.loads(render(analyze(io.BytesIO(text.encode()), name="cv.md"), "json"))
    return without_places([report["profile"], report["roles"]])


def without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: without_places(v) for k, v in value.items() if not ("match" in value and k in PLACES)}
    if isinstance(value, list):
        return [without_places(part) for part in value]
    return value
