"""Persons and posts where units should be: 区水务局（王五）, 区政府分管副区长. They are never units."""

import re

from workflow.intake.units.fields_of_work import is_field
from workflow.intake.units.names import is_bureau_name, is_name

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江"
    "尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_POST = (
    r"(?:副?[省市区县州旗镇乡街村局厅院校处科部行站所队司]长|副?(?:主任|书记|主席|秘书长|总经理|董事长|经理|巡视员|调研员|乡镇长)|常委|委员|主要领导|分管领导|有关领导"
    r"|领导|负责人|负责同志|同志|联系人|联络员)"
)
_PERSON = re.compile(
    rf"(?:联系人[：:]?|负责人[：:]?|责任人[：:]?)?[{_SURNAMES}](?:[\u4e00-\u9fff]{{1,2}}|·[\u4e00-\u9fff]{{1,8}})"
    rf"(?:\s*[\u4e00-\u9fff]{{0,6}}{_POST})?[\s,，]*(?:\d[\d\-—\s]{{5,}})?"
)
_BEARS_POST = re.compile(rf"[\u4e00-\u9fff]{{0,16}}?{_POST}")
_POST_OF = re.compile(
    rf"(?P<unit>.+(?:局|委|办|厅|部|中心|院|校|公司|街道|镇|乡|会|队))(?<![省市区县州旗]委)(?P<post>(?:主要|分管|有关|党委|党组|党工委)*{_POST})"
)
_APART = re.compile(r"[、，,；;/\s]+")
_BRACKET = re.compile(r"[（(](?P<said>[^（）()]{2,40})[）)]$")


def is_post(text: str) -> bool:
    """Whether it names someone by the post held: 区政府分管副区长."""
    return _BEARS_POST.fullmatch(text) is not None and not is_name(text)


def is_person(text: str) -> bool:
    """Whether it is one person's name, or those of several."""
    parts = [part for part in _APART.split(text) if part and not part.isdecimal()]
    return bool(parts) and all(
        (_PERSON.fullmatch(part) and not is_name(part) and not is_field(part)) or is_post(part)
        for part in parts
    )


def person_behind(unit: str) -> str:
    """What stands behind a unit and means a person of it: （王五）, 主要负责人; "" for none."""
    if found := _BRACKET.search(unit):
        return found[0] if is_person(found["said"]) and is_name(unit[: found.start()]) else ""
    post = _POST_OF.fullmatch(unit)
    return post["post"] if post and not is_name(unit) and is_bureau_name(post["unit"]) else ""
