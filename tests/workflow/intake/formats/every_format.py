"""The small plan in every format that is read."""

from tests.workflow.intake.formats.old_sheet import xls
from tests.workflow.intake.formats.printed import Sheet, fill, grid, pdf
from tests.workflow.intake.formats.small_plan import HEADING, PROSE, ROWS, TITLE
from tests.workflow.intake.formats.zipped import c, docx, levels, numbered, p, sheet, tc, xlsx

LINES = [TITLE, HEADING, PROSE]


def as_text(between: str = "\t") -> str:
    return "\n".join([*LINES, "", *(between.join(row) for row in ROWS), ""])


def as_markdown() -> str:
    head, *rows = ("| " + " | ".join(row) + " |" for row in ROWS)
    return "\n".join([f"# {TITLE}", "", f"## {HEADING}", "", PROSE, "", head, "|:--|--|--|--|", *rows, ""])


def as_web_page() -> str:
    cells = [[f"<td>{text}</td>" for text in row] for row in ROWS]
    cells[1][1] = f'<td rowspan="2"><p>{ROWS[1][1]}</p></td>'
    cells[2][1] = ""
    rows = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    return (
        f"<!DOCTYPE html><html><head><title>政务网</title><style>p {{color: red}}</style></head><body><nav>首页</nav>"
        f"<h1>{TITLE}</h1><h2>{HEADING}</h2><div><p>　　{PROSE}</p><table><tbody>{rows}</tbody></table></div>"
        "<script>let p = '<p>no</p>'</script><footer>主办单位</footer></body></html>"
    )


def as_word() -> bytes:
    """With the numbers before headings and items, and those in the first column, counted by Word."""
    rows = [[tc(text) for text in row] for row in ROWS]
    for n, row in enumerate(rows):
        if n:
            row[0] = f"<w:tc>{p('', numbered(0, 2))}</w:tc>"
    rows[1][1] = tc(ROWS[1][1], '<w:vMerge w:val="restart"/>')
    rows[2][1] = tc("", "<w:vMerge/>")
    table = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    lists = levels(("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）")) + (
        '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    )
    body = [
        p(TITLE, '<w:pStyle w:val="T"/>'),
        p(HEADING.removeprefix("一、"), '<w:pStyle w:val="H1"/>' + numbered(0)),
        p(PROSE.removeprefix("（一）"), numbered(1)),
        f"<w:tbl>{table}</w:tbl>",
    ]
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("T", "Title"), ("H1", "heading 1"))
    )
    return docx("".join(body), numbering=lists, styles=styles)


def as_excel() -> bytes:
    rows = [c("A1", TITLE), c("A2", HEADING), c("A3", PROSE)]
    for n, row in enumerate(ROWS, start=4):
        cells = [c(f"{column}{n}", text) for column, text in zip("ABCD", row, strict=True)]
        rows.append("".join(cell for at, cell in enumerate(cells) if (n, at) != (6, 1)))
    return xlsx({"任务清单": sheet(*rows, merged="B5:B6")})


def as_old_excel() -> bytes:
    rows = [list(row) for row in ROWS]
    rows[2][1] = ""
    return xls([[TITLE], [HEADING], [PROSE], *rows], [(4, 5, 1, 1)])


def as_pdf() -> bytes:
    page = Sheet()
    page.text(160, 780, TITLE, 18)
    page.text(96, 740, HEADING)
    page.text(96, 720, PROSE[:34])
    page.text(72, 700, PROSE[34:])
    xs, ys = (72, 110, 230, 340, 504), (660, 640, 620, 600, 580)
    grid(page, xs, ys, without=[(1, 1)])
    rows = [list(row) for row in ROWS]
    rows[2][1] = ""
    fill(page, xs, ys, rows)
    page.text(280, 40, "— 1 —")
    return pdf([page])


def as_delimited(between: str) -> str:
    quoted = [f'"{text}"' if between in text else text for text in LINES]
    return "\r\n".join([*quoted, *(between.join(row) for row in ROWS), ""])


FILES: dict[str, bytes] = {
    "plan.txt": as_text().encode(),
    "marked.txt": as_text().encode("utf-8-sig"),
    "notepad.txt": as_text().encode("utf-16"),
    "chinese.txt": as_text().encode("gb18030"),
    "bars.txt": as_text(" | ").encode(),
    "plan.md": as_markdown().encode(),
    "plan.html": as_web_page().encode(),
    "old-page.htm": as_web_page().replace("<head>", '<head><meta charset="gb2312">').encode("gbk"),
    "plan.docx": as_word(),
    "plan.xlsx": as_excel(),
    "plan.xls": as_old_excel(),
    "export.xls": as_web_page().encode(),
    "plan.pdf": as_pdf(),
    "plan.csv": as_delimited(",").encode(),
    "chinese.csv": as_delimited(",").encode("gb18030"),
    "plan.tsv": as_delimited("\t").encode(),
    "semicolons.csv": as_delimited(";").encode(),
}
"""Each file by its name."""

MERGING = ("plan.html", "old-page.htm", "plan.docx", "plan.xlsx", "plan.xls", "export.xls", "plan.pdf")
"""The files in whose format cells can be merged."""
