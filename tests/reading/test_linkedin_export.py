"""LinkedIn's data export, zipped or unpacked: the same lines, nothing of who the person is, and no bomb goes off."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from reading_checks import consistent

from profilefit.cli import run
from profilefit.errors import DocumentTooLarge, EncryptedDocument, UnreadableDocument
from profilefit.library import load_library
from profilefit.parsing import parse
from profilefit.reading import Limits, read, read_bytes

TABLES = {
    "Profile.csv": "\ufeffFirst Name,Last Name,Address,Birth Date,Headline,Summary,Geo Location\r\n"
    'Tilda,Quist,Pier 9,Jan 31,Keeper of Models,"Builds models.\r\n\r\n• Mostly PyTorch",Hammerfest\r\n',
    "Positions.csv": 'Notes:\r\n"A remark, which nobody asked for"\r\n\r\n'
    "Company Name,Title,Description,Location,Started On,Finished On\r\n"
    '"Fjord, Credit & Sons",Keeper of the Models,"- Ran PyTorch\r\n- Cut latency from 80 to 35 ms",Oslo,Mar 2021,\r\n'
    "Acme,Data Engineer,,,Jan 2018,Feb 2021\r\n",
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities\n"
    'University of Nordkap,2016,2018,Thesis: herring,"Master of Science - MS, Computer Science",Chess\n'
    "Skills Academy,2013,2016,,Bachelor of Engineering - BE,\n"
    "Platvia,2012,,,,\n",
    "Skills.csv": "Name\nPython\nR\n",
    "Projects.csv": "Title,Description,Url,Started On,Finished On\nherring,Counts fish with OpenCV,,May 2020,\n",
    "Publications.csv": 'Name,Published On,Description,Publisher,Url\nOn cod,Dec 2022,"Fish, counted",NeurIPS,\n',
    "Patents.csv": "Title,Description\nNet mender,A robot\n",
    "Certifications.csv": "Name,Url,Authority,Started On,License Number\nAWS Certified,,Amazon,Jan 2020,SECRET\n",
    "Courses.csv": "Name,Number\nLinear Algebra,MA 101\n",
    "Honors.csv": "Title,Description,Issued On\nNet of the year,,May 2019\n",
    "Volunteering.csv": "Company Name,Role,Cause,Started On,Finished On,Description\nHarbour,Mentor,,2019,2020,\n",
    "Organizations.csv": "Name,Position,Started On\nChess Club,Chair,Jan 2020\n",
    "Languages.csv": "Name,Proficiency\nNorwegian,Native or bilingual proficiency\n",
    "Email Addresses.csv": "Email Address\ntilda@mail.example\n",
    "Recommendations_Received.csv": "First Name,Text\nOle,Knows Kubernetes\n",
}
KINDS = {
    "other", "summary", "experience", "education", "skills", "projects", "publications", "patents", "certifications",
    "courses", "awards", "volunteering", "service", "languages",
}  # fmt: skip


def packed(tables: dict[str, str | bytes], prefix: str = "Basic_LinkedInDataExport/") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in tables.items():
            archive.writestr(prefix + name, content)
    return target.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in TABLES.items():
        (tmp_path / name).write_bytes(content.encode())
    return tmp_path


def test_folder_and_archive_are_read_alike(folder: Path) -> None:
    document = read(folder)
    consistent(document)
    zipped = read_bytes(packed(TABLES), "export.zip")
    assert zipped.text == document.text
    assert (document.source.format, document.source.kind) == ("csv", "linkedin-export")
    assert [note.code for note in document.notes] == ["linkedin-export"]
    for private in ("Tilda", "Pier", "Jan 31", "Hammerfest", "Oslo", "SECRET", "mail.example", "Ole", "remark"):
        assert private not in document.text

    profile = parse(document, load_library())
    assert [(p.title, p.organisation, p.start, p.end) for p in profile.positions] == [
        ("Keeper of the Models", "Fjord, Credit & Sons", "2021-03", None),
        ("Data Engineer", "Acme", "2018-01", "2021-02"),
    ]
    assert [(e.level, e.field, e.institution, e.start, e.end, e.status) for e in profile.education] == [
        ("master", "Computer Science", "University of Nordkap", "2016", "2018", "completed"),
        ("bachelor", None, "Skills Academy", "2013", "2016", "completed"),
        (None, None, "Platvia", "2012", None, "in-progress"),
    ]
    assert [(p.title, p.venue, p.kind, p.year) for p in profile.publications] == [
        ("On cod", "NeurIPS", "conference", 2022),
        ("Net mender", None, "patent", None),
    ]
    assert {section.kind for section in profile.sections} == KINDS
    levels = {skill.id: skill.level for skill in profile.skills}
    assert (levels["r"], levels["pytorch"], levels["opencv"]) == ("listed", "used", "used")


def test_the_hash_of_a_folder_is_that_of_the_tables_read(folder: Path) -> None:
    before = read(folder).source.sha256
    (folder / "messages.csv").write_text("FROM,CONTENT\nOle,Hello\n")
    assert read(folder).source.sha256 == before
    (folder / "Skills.csv").write_text("Name\nPython\n")
    assert read(folder).source.sha256 != before


def test_other_folders_and_archives_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "Languages.csv").write_text("Name\nFinnish\n")
    assert run(["analyze", str(tmp_path)]) == 1
    assert (
        capsys.readouterr().err
        == f"profilefit: {tmp_path}: this is a folder; name a file in it, or take profilefit stats\n"
    )
    with pytest.raises(UnreadableDocument, match="this archive holds no"):
        read_bytes(packed({"Languages.csv": "Name\nFinnish\n"}), "some.zip")
    with pytest.raises(UnreadableDocument, match="no text"):
        read_bytes(packed({"Skills.csv": "Name\n"}), "some.zip")


def test_the_command_line_takes_both(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    archive = tmp_path_factory.mktemp("zip") / "export.zip"
    archive.write_bytes(packed(TABLES))
    assert run(["analyze", str(folder), str(archive), "--format", "json"]) == 0


def test_tables_may_lack_columns_and_hold_wrong_rows() -> None:
    tables: dict[str, str | bytes] = {
        "Positions.csv": "Title,Started On,Company Name\nData Engineer\nWelder,Jan 2019,Acme,more,and more\n\n",
        "Education.csv": "nothing\nof\nuse\n",
        "Skills.csv": "Name\nPython\0\n".encode("utf-16"),
        "Courses.csv": b"\xff\x00\x81Name\n",
    }
    assert read_bytes(packed(tables, ""), "-").text == (
        "Positions\nData Engineer\nWelder\tAcme\tJan 2019 –\nSkills\nPython\n"
    )


def test_bombs_locks_and_damage() -> None:
    begin = time.process_time()
    bomb = packed({"Positions.csv": "Title,Company Name\n" + "x" * 70_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(DocumentTooLarge, match="unpacks to over"):
        read_bytes(bomb, "bomb.zip")
    assert read_bytes(packed({**TABLES, "Rich_Media.csv": b"\0" * 70_000_000}), "big.zip").lines
    with pytest.raises(DocumentTooLarge, match="give one person"):
        read_bytes(packed({"Skills.csv": "Name\n" + "Python\n" * 30_000}), "long.zip")
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_bytes(packed({"Skills.csv": "Name\n" + '"' + "x" * 200_000}), "cell.zip")

    whole = packed({"Skills.csv": "Name\n" + "".join(f"skill {n * n}\n" for n in range(500))})
    locked = bytearray(whole)
    locked[whole.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(EncryptedDocument, match="password"):
        read_bytes(bytes(locked), "locked.zip")
    for at in range(60, 200, 5):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        with pytest.raises(UnreadableDocument, match="damaged"):
            read_bytes(bytes(damaged), "damaged.zip")
    with pytest.raises(DocumentTooLarge):
        read_bytes(whole, "small.zip", Limits(unpacked=100))
    assert time.process_time() - begin < 9
