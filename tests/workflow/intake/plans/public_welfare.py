"""A workbook of two sheets: title rows above each header, the columns in another order, merged cells."""

from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

SUFFIX = ".xlsx"
TITLE = "沧浪市2027年民生实事项目责任清单"
FIRST_HEADER = ("序号", "实事项目", "项目内容", "牵头单位", "配合单位", "完成时间")
FIRST = [
    (
        "1",
        "教育提质",
        "新建改扩建公办幼儿园6所，新增学位1800个。",
        "市教育局",
        "市发展改革委、市财政局",
        "2027年8月底前",
    ),
    (
        "2",
        "教育提质",
        "为中小学教室更换护眼灯具，全部达标。",
        "市教育局",
        "市市场监督管理局",
        "2027年7月31日",
    ),
    (
        "3",
        "教育提质",
        "开展家庭教育指导进社区活动200场以上。",
        "市妇联",
        "市教育局、市关工委",
        "2027年12月15日",
    ),
    ("4", "医疗惠民", "为适龄女性免费接种疫苗。", "市卫生健康委", "市疾控中心", "全年"),
    (
        "5",
        "医疗惠民",
        "在公共场所配置自动体外除颤器不少于500台。",
        "市红十字会",
        "市卫生健康委、市交通运输局",
        "2027年10月",
    ),
]
SECOND_HEADER = ("责任单位", "序号", "主要任务", "时限要求", "备注")
SECOND = [
    (
        "市人力资源社会保障局、市总工会",
        "1",
        "城镇新增就业5万人以上，困难人员就业动态清零。",
        "2027年12月底前",
        "",
    ),
    (
        "市人力资源社会保障局、市退役军人局",
        "2",
        "组织退役军人专场招聘活动不少于10场。",
        "2027年11月底前",
        "含线上",
    ),
    ("市残联", "3", "为残疾人适配辅助器具。", "持续推进", ""),
    ("市民政局、各区人民政府", "4", "提高城乡低保标准，月人均不低于980元。", "2027年7月1日起", ""),
]


def write_merged(sheet: Worksheet, column: int, top: int, texts: list[str]) -> None:
    """Write a column from the row on, equal neighbours as one merged cell."""
    first = 0
    for place in range(1, len(texts) + 1):
        if place < len(texts) and texts[place] == texts[first]:
            continue
        if place - first > 1:
            sheet.merge_range(top + first, column, top + place - 1, column, texts[first])
        else:
            sheet.write_string(top + first, column, texts[first])
        first = place


def build(path: Path) -> None:
    """Write the workbook to the path."""
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("一、公共服务")
        sheet.merge_range(0, 0, 0, len(FIRST_HEADER) - 1, TITLE)
        sheet.write_row(1, 0, FIRST_HEADER)
        for column, texts in enumerate(zip(*FIRST, strict=True)):
            write_merged(sheet, column, 2, list(texts))
        sheet = book.add_worksheet("二、就业救助")
        sheet.merge_range(0, 0, 0, len(SECOND_HEADER) - 1, TITLE)
        sheet.write_row(2, 0, SECOND_HEADER)
        for row, texts in enumerate(SECOND):
            sheet.write_row(3 + row, 0, texts)
        book.add_worksheet("填表说明").write_string(0, 0, "本表由市政府督查室汇总。")
