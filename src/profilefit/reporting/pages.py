"""What pages share: templates that escape whatever a CV holds, a style sheet, and a policy that nothing is fetched.

A page needs nothing but itself. Its policy names its one style sheet by hash, so that not even a style that got into
the page by a CV would be applied.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from profilefit.reporting import wording


@cache
def template(name: str, package: str = "profilefit.reporting") -> Template:
    """A template of a package; it knows the words of reports as ``wording``, and no control character passes it."""
    environment = Environment(
        loader=PackageLoader(package, "."),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"clean": wording.clean, "sentence": wording.sentence, "percent": wording.percent}
    environment.globals |= {"wording": wording}
    return environment.get_template(name)


def style_sheet() -> Markup:
    """The ``<style>`` element of every page."""
    return Markup("<style>{}</style>").format(Markup(_style()))


def content_policy() -> str:
    """What a page may load: its own style sheet and nothing else, no script above all."""
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _style() -> str:
    return files("profilefit.reporting").joinpath("style.css").read_text(encoding="utf-8")


def _visible(value: object) -> object:
    return wording.visible(value) if type(value) is str else value
