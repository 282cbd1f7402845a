"""Cells of tables that say what a careful person reads: what is wrong with the program's reading of one."""

from __future__ import annotations


def complaint(cell: str, got: str) -> str:
    """Why a reading is not what the cell asks for, or nothing.

    "…" behind words: they stand in the reading, the rest is open. "wanted ≠ read": a wrong reading that nobody has
    mended yet; once it is mended, that is a complaint, so that the mark does not stay.

    >>> complaint("Leeds", "Leeds"), complaint("Maths…", "Maths, Physics"), complaint("Leeds ≠ Leeds in", "Leeds in")
    ('', '', '')
    >>> complaint("Leeds ≠ Leeds in", "Leeds"), complaint("Leeds ≠ Leeds in", "Le")
    ("'Leeds ≠ Leeds in' is mended: strike what was read", "'Le' for 'Leeds ≠ Leeds in'")
    """
    wanted, marked, known = (part.strip() for part in cell.partition("≠"))
    right = wanted[:-1] in got if wanted.endswith("…") else got == wanted
    if marked and right:
        return f"{cell!r} is mended: strike what was read"
    return "" if right or (marked and got == known) else f"{got!r} for {cell!r}"
