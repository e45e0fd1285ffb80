"""以上任务由A牵头，B配合: a sentence behind several measures that names the units of all of them."""

import re

from workflow.intake.content import Passage
from workflow.intake.units.statements import Taken, take_statements

_ABOVE = re.compile(
    r"[（(【\[]?\s*(?:以上|上述|本部分|本章|本节)(?:各项|各条|各款|所有|全部|(?:第?[\d一二三四五六七八九十]+)?[项条款个]?)?(?:重点|目标|具体|主要|工作|改革|建设|整治)*"
    r"(?:任务|工作|措施|事项|举措|内容|项目|要求|各项)?的?[，,：:]?\s*(?:均|都|统一|一并|分别|共同)?(?=由|责任|牵头|主办|[省市区县镇乡])"
)
_SIGNS = " \t　。；;）)】]"


def shared_statement(passage: Passage) -> Taken | None:
    """What a paragraph says of the units of all measures above it; None for one that says no such thing, or more."""
    found = _ABOVE.match(passage.text)
    if found is None:
        return None
    taken = take_statements(passage.part(found.end()).stripped(_SIGNS))
    return taken if taken.units and not taken.rest.text.strip(_SIGNS) else None
