"""The Python API: read a CV once and ask it questions. Run it from anywhere: python examples/compare_paths.py [FILE]"""

from __future__ import annotations

import sys
from pathlib import Path

import profilefit


def main(path: Path) -> None:
    """Prints both fits, the best next step of each path, and the lines that show PyTorch."""
    report = profilefit.analyze(path)

    for role in report.roles:
        print(f"{role.name}: {role.fit:.0%}, met {role.met} of {len(role.requirements)}")
        if role.gaps:
            step = role.gaps[0]
            print(f"  next: {step.requirement} ({', '.join(step.skills[:3]) or 'no single skill'})")

    for skill in report.profile.skills:
        if skill.id == "pytorch":
            for evidence in skill.evidence:
                print(f"{skill.name}, {skill.level}, page {evidence.page}: {evidence.quote}")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("engineer.pdf"))
    except profilefit.ProfilefitError as error:
        sys.exit(str(error))
