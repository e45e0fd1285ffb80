"""A document whose table has a header of two rows, merged cells, that header again, and a cell cut by a page."""

from pathlib import Path

from docx import Document
from docx.table import Table

SUFFIX = ".docx"
TITLE = "麦浪县乡村振兴重点工作任务分解表（2026年）"
OPENING = "为确保年度任务落到实处，现将有关工作分解如下。无配合单位的，由牵头单位独立完成。"
FIRST = ("序号", "工作类别", "工作任务", "责任单位", "责任单位", "完成时限", "责任领导")
SECOND = ("序号", "工作类别", "工作任务", "牵头单位", "配合单位", "完成时限", "责任领导")
SAFETY, WORK, VILLAGE = "粮食安全", "产业就业", "和美乡村"
ROWS = [
    (
        "1",
        SAFETY,
        "建设高标准农田，全年新建不少于3.5万亩。",
        "县农业农村局",
        "县财政局、县水务局",
        "2026年11月底前",
        "孟庆山",
    ),
    ("2", SAFETY, "落实粮食播种面积，开展撂荒地整治。", "县农业农村局", "各乡镇", "2026年6月底前", "孟庆山"),
    ("3", SAFETY, "推广大豆玉米带状复合种植技术。", "县农业技术推广中心", "/", "持续推进", "孟庆山"),
    (
        "4",
        WORK,
        "培育县级以上龙头企业8家以上。",
        "县农业农村局",
        "县工业和信息化局、县市场监管局",
        "2026年12月底前",
        "姚芳",
    ),
    (
        "5",
        WORK,
        "完善农产品冷链物流，建成产地冷藏保鲜设施",
        "县商务局",
        "县农业农村局、县供销社",
        "2026年10月底前",
        "姚芳",
    ),
    ("", "", "30座。", "", "", "", ""),
    (
        "6",
        WORK,
        "组织脱贫劳动力外出务工，开展技能培训。",
        "县人力资源社会保障局",
        "县总工会、县妇联",
        "长期坚持",
        "姚芳",
    ),
    (
        "7",
        VILLAGE,
        "实施农村改厕提质，全面完成问题户厕整改。",
        "县乡村振兴局",
        "县卫生健康局、各乡镇",
        "2026年9月底前",
        "孟庆山",
    ),
    (
        "9",
        VILLAGE,
        "治理农村生活污水，治理率达到60%以上。",
        "市生态环境局麦浪分局",
        "县乡村振兴局、县财政局",
        "2026年底",
        "孟庆山",
    ),
    (
        "10",
        VILLAGE,
        "硬化入户道路，推进村内主干路照明。",
        "县交通运输局",
        "各乡镇人民政府",
        "2026年8月底前",
        "孟庆山",
    ),
]
AGAIN_BEFORE = "7"


def write_header(table: Table) -> None:
    """The two rows of the header, merged as Word merges them."""
    upper, lower = table.add_row().cells, table.add_row().cells
    for place, (over, under) in enumerate(zip(FIRST, SECOND, strict=True)):
        if over == under:
            upper[place].merge(lower[place]).text = over
        else:
            lower[place].text = under
    upper[3].merge(upper[4]).text = "责任单位"


def build(path: Path) -> None:
    """Write the document to the path."""
    document = Document()
    document.add_heading(TITLE, level=0)
    document.add_paragraph(OPENING)
    table = document.add_table(rows=0, cols=len(FIRST))
    write_header(table)
    merged: dict[str, tuple[int, int]] = {}
    for row in ROWS:
        if row[0] == AGAIN_BEFORE:
            write_header(table)
        cells = table.add_row().cells
        for place, text in enumerate(row):
            if place != 1:
                cells[place].text = text
        kind = row[1] or WORK
        first, _ = merged.get(kind, (len(table.rows) - 1, 0))
        merged[kind] = (first, len(table.rows) - 1)
    for kind, (first, last) in merged.items():
        table.cell(first, 1).merge(table.cell(last, 1)).text = kind
    document.save(str(path))
