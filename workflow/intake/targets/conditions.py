"""The words by which a figure says who is meant, or what somebody is paid: it is then no promise of its own."""

import re

_WHOEVER = re.compile(
    r"^[^，,。；;]{1,40}[的者]$"
    r"|^[^，,。；;\d]{0,20}的(?:应当|应(?![急对用届])|须|必须|可(?![再持靠视])|一律|不得|予以|限期)"
)
_WHENEVER = re.compile(
    r"[^，,。；;\d]{0,10}(?<![小及同按随实准限定课学工])时(?:$|[，,]|启动|触发|立即|即(?!将)|应当|应(?![急用])|须|必须|可(?![再持靠视])|自动)"
)
_APPLICANT = re.compile("[\\s＊]*(?:申报|申请|参评|参选|入选)(?:企业|单位|主体|人|项目|者|对象)")
_PAID = re.compile(
    r"(?:的?(?:标准|比例|额度))?(?:给予|予以)?(?:一次性)?(?:奖励|补助|补贴|补偿|资助|奖补|贴息|给予)"
)
_CEILING = re.compile("(?:最高|不超过|上限)[^，,。；]*$")
_GRANT = re.compile(r"给予|奖励|奖补|补助|补贴|资助|罚款|处以|贴息|贷款额度")
_AVOIDED = re.compile("(?:防止|严防|避免|杜绝|禁止|严禁|防范|遏制|造成|引发|导致)[^，,。；]*$")
_OF_SIZE = re.compile(
    "[人名户](?:的|大中小微|小微|中小|规模|各类|重点)*(?:企业|单位|班级|班额|用人|机构|聚餐|活动|作业|村|自然村|场所|客车|餐饮|矿井)"
    "|[个家]部门"
)
_TERM = re.compile("期限|有效期|保质期|任期|聘期|服务期")
_REMOVED = re.compile("撤并|撤销|淘汰|取缔|关停|关闭|清退|退出|整治|压减|拆除|腾退|清理|处置|约谈|问责|排查")


def grants(clause: str) -> bool:
    """Whether money is given to somebody in the clause."""
    return _GRANT.search(clause) is not None


def is_paid(before: str, after: str, *, is_grant: bool) -> bool:
    """Whether money or a share is what somebody gets: 按销售额的10%给予奖励，最高不超过50万元."""
    return _PAID.match(after) is not None or (is_grant and _CEILING.search(before) is not None)


def is_condition(clause: str, after: str) -> bool:
    """Whether the figure says of whom or when something holds: 超过3个月未开工的，…; 库存低于7天用量时启动动员."""
    holds = _WHOEVER.search(after) or _WHENEVER.match(after) or _APPLICANT.match(clause)
    return holds is not None


def is_avoided(before: str) -> bool:
    """Whether that much is to be prevented: 防止30人以上聚集性事件."""
    return _AVOIDED.search(before) is not None


def is_removed(before: str) -> bool:
    """Whether what the figure describes is to go: 撤并就业率低于50%的专业."""
    return _REMOVED.search(before) is not None


def is_size(unit: str, after: str) -> bool:
    """Whether it is the size of an organisation: 50人以下小微企业, 3个以上部门."""
    return _OF_SIZE.match(unit + after) is not None


def is_term(before: str, unit: str) -> bool:
    """Whether it is how long something is in force: 期限不超过36个月."""
    return unit in ("个月", "年") and _TERM.search(before) is not None
