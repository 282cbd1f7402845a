"""The Python API cell by cell, as in a notebook: python examples/tour.py, or "run cell" where an editor knows # %%."""

# %% One CV beside both paths
from pathlib import Path

import profilefit

HERE = Path(__file__).parent

report = profilefit.analyze(HERE / "researcher.md")
for role in report.roles:
    print(f"{role.name}: fit {role.fit:.2f}, met {role.met} of {len(role.requirements)}")

# %% Every verdict comes with its words, the best first
researcher = report.roles[1]
for requirement in researcher.requirements:
    best = requirement.evidence[0]
    print(f"{requirement.id} {requirement.status}: line {best.line}, {best.section}: {best.match!r}")

# %% match is the very text at start:end
document = report.profile.document
assert all(e.match == document.text[e.start : e.end] for skill in report.profile.skills for e in skill.evidence)

# %% The career: degrees, posts, papers
profile = report.profile
print(profile.highest_degree, [(study.degree, study.institution, study.end) for study in profile.education])
print([(post.title, post.start, post.end or "now") for post in profile.positions])
print([(paper.venue, paper.year) for paper in profile.publications if paper.accepted])

# %% What was weighed and not counted
engineer = profilefit.analyze(HERE / "engineer.pdf")
for rejected in engineer.profile.rejections:
    print(f"{rejected.what}: {rejected.reason} ({rejected.evidence.match!r})")

# %% The steps one by one, beside a role of one's own
library = profilefit.load_library(roles=[HERE / "roles/data-engineer.toml"])
own = profilefit.assess(
    profilefit.parse(profilefit.read(HERE / "engineer.pdf"), library), library.role("data-engineer"), library
)
print(f"{own.name}: {', '.join(f'{r.id} {r.status}' for r in own.requirements)}")

# %% Many CVs as pandas tables
tables = profilefit.tabulate(profilefit.analyze(path) for path in sorted((HERE / "cohort").iterdir()))
print(tables.profiles.groupby("group")["degree"].max().to_string())
fits = tables.fits.pivot(index="profile", columns="role", values="fit")
print(fits.mean().round(2).to_string())

# %% What cannot be read is one error with a reason
try:
    profilefit.analyze(HERE / "roles/nowhere.pdf")
except profilefit.UnreadableDocument as error:
    print(error.reason)
