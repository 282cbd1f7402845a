"""Small Word and OpenDocument files, made of the parts that a test is about."""

from __future__ import annotations

import io
import zipfile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD_NAMES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_STYLES = (
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>'
)
_ODF_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)


def archive(members: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return target.getvalue()


def docx(body: str, *, prolog: str = "", styles: str = "", strict: bool = False, **parts: str) -> bytes:
    """A Word document of a body; further parts by name (``header1="<w:p>…"``)."""
    roots = {"header": "hdr", "footer": "ftr"}
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/styles.xml": f"<w:styles {_WORD_NAMES}>{_STYLES}{styles}</w:styles>",
        "word/document.xml": f"{prolog}<w:document {_WORD_NAMES}><w:body>{body}</w:body></w:document>",
    }
    for name, content in parts.items():
        root = roots.get(name.rstrip("0123456789"), name)
        members[f"word/{name}.xml"] = f"<w:{root} {_WORD_NAMES}>{content}</w:{root}>"
    if strict:
        strict_name = "http://purl.oclc.org/ooxml/wordprocessingml/main"
        members = {name: str(content).replace(_W, strict_name) for name, content in members.items()}
    return archive(members)


def paragraph(text: str, style: str = "", run: str = "") -> str:
    """A Word paragraph of one run; ``run`` holds the run's properties. Tabs and line breaks become elements."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    marks = f"<w:rPr>{run}</w:rPr>" if run else ""
    text = text.replace("\t", "</w:t><w:tab/><w:t>").replace("\n", "</w:t><w:br/><w:t>")
    return f'<w:p>{properties}<w:r>{marks}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(*rows: tuple[str, ...]) -> str:
    """A Word table; cells hold paragraphs."""
    return (
        "<w:tbl>"
        + "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def odt(body: str, *, automatic: str = "", named: str = "", master: str = "", **members: str | bytes) -> bytes:
    """An OpenDocument text of a body, with automatic styles, named styles and the content of its master page."""
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_ODF_NAMES}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {_ODF_NAMES}><office:styles>{named}</office:styles>"
            f"<office:master-styles><style:master-page>{master}</style:master-page></office:master-styles>"
            "</office:document-styles>",
            **members,
        }
    )
