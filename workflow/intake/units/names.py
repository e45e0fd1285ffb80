"""What may stand where a unit should: a bureau's name, a collective, or a phrase that names nobody."""

import re
from functools import lru_cache

from accounts.models import BureauKind
from workflow.intake.units.areas import is_joint, is_run
from workflow.intake.units.marks import without_mark
from workflow.models.responsible_unit import UnitKind
from workflow.rules.bureau_names import without_brackets

LONGEST_NAME = 40
_LONGEST_PHRASE = 120
NOBODY = frozenset({"", "/", "／", "\\", "无", "暂无", "-", "—", "——", "--", "－", "–", "…", "……"})

_ENDINGS = "局委办部厅院室会心府所处站队校联道团司行馆台社园区县市镇乡组署关协厂科股宫庭段"
_ENDING_WORDS = (
    "部门|集团|大学|中学|小学|企业|机场|林场|农场|牧场|剧场|渔场|基地|专班|人大|纪检|监委|银监|证监|银保监|(?<![农乡])村"
    "|移动|联通|电信|铁塔|广电|电网|邮政|税务|气象|公安|消防|城管|交警|烟草|供电|城投|交投|国投|水投|国资|路长|河长|湖长|林长"
)
_LETTERS = r"[\w*＊×○〇□·•・“”\"‘’《》&\-—]"
_BODY = re.compile(rf"{_LETTERS}{{1,{LONGEST_NAME}}}")
_ENDED = re.compile(rf"(?:[{_ENDINGS}*＊]|{_ENDING_WORDS})$")
_NEVER = re.compile(
    r"(?:全部|内部|外部|局部|部分区|渠道|校园|社会|机会|协会员|行动|学科|百科|管道|轨道|频道|通道|赛道|社区治理|示范区"
    r"|服务区|集聚区|先行区|试验区|实验区|先导区|引领区|城区|园区建设|核心|信心|重心|初心|决心|爱心|放心|进行|执行|运行|推行|先行"
    r"|试行|施行|发行|流行|举行|场所|厕所|平台|舞台|出台|后台|相关|有关|攻关|海关监管|到位|监督管理"
    r"|布局|格局|大局|破局|结局|变局|开局|数据库|城市|集市|夜市|超市|上市|股市|楼市|以上|事项|办法)$"
)
_INSIDE = re.compile(
    r"[\u4e00-\u9fff](?:镇|街道)(?![街政办人党])[\u4e00-\u9fff]{1,3}(?:镇|街道)(?:人民政府|政府|办事处)?$|(?<!自)由(?!县|市|区)|包括|包含|见附|详见|下列|如下|及时|结合|[报抄]送|报告(?!团|社)|报请|上报|制定|印发|按照|根据|依据|参照|负总责|抓好|做好|确保|严格|认真落实"
    r"|各负其责|不得|应当|必须|组织实施|开展(?!中心)|牵头负责|配合做好"
)
_SAYS_DUTY = re.compile(
    r"(?:[要应须](?!素|急|闻|用|收)|需要|不得|抓好|做好|结合|制定|报送|报告|按照|根据|参照|负责|落实|组织(?!部|人事|和|处|科|办|委)|加强|推进|推动|实施"
    r"|开展|完善|建立|明确|确定|指定|安排|成立|编制(?!办)|统筹(?!局|办|委)|把|将|对(?!口|外))(?!单位|部门|主体|机构|企业|小?组|专班|办|$)"
)
_VERBS = re.compile(
    r"(?!组织(?:部|人事|和|处|科|办|委)|发展(?:和|与)?(?:改革|规划|研究|计划|局|委|集团|服务|投资|中心)|建设(?:局|委|厅|银行|集团|工程|街道|路)|不动产|全面(?:深化|依法)|深化改革|优化营商|引导基金|创建[办局中]|建设和|编制办"
    r"|统筹(?:局|办|委)|支持中心|创新(?:中心|委|局|办|发展|创业)|保障(?:局|中心|处|性)|规划|探索馆|促进(?:局|会|中心)|推广(?:中心|站)|完成局)"
    r"(?:推进|推动|加强|加快|加大|完善|提升|提高|打造|实施|开展|深化|深入|健全|建立|构建|拓宽|拓展|优化|强化|落实|促进"
    r"|培育|培养|支持|引导|鼓励|做好|做强|做大|组织|建设|建成|创建|创新|巩固|扩大|保障|规范|制定|制订|出台|严格|积极"
    r"|大力|全面|持续|打通|拆除|增强|发挥|发展|探索|改善|改造|设立|成立|争取|确保|突出|围绕|依托|坚持|聚焦|搭建|启动"
    r"|编制|修订|完成|办好|抓好|用好|建好|盘活|落地|统筹|新建|改建|扩建|推广|召开|举办|力争|实现|明确|形成|进一步|继续"
    r"|着力|努力|牢固|广泛|稳步|有序|切实|认真|充分|逐步|定期|对|把|要|在|以|为|使|让|到|按|凡|不|已)"
)
_OFFICE_NAME = re.compile(r"[\u4e00-\u9fff]{2,9}(?<![格布大全开新结时破定])(?:局|厅)")
"""So no phrase ends that begins with a verb: 建设管理局."""
_LEVEL = r"(?:中央|国家|国务院|全?[省市区县州旗盟镇乡]|自治区|兵团)?(?:(?:人民)?政府|委)?(?:[级直属]|本级)?"
_SAID = r"(?:各级|各类|各|有关|相关|涉及|其他|其它|所有|职能|责任|成员|配合|参与|牵头|主管|监管|行业|业务|直属|委托|建设|实施|用能|项目|业主|用人|运营|施工|产权|养护)"
_WORD = r"[^\W和及与]"
_NOBODYS = r"(?:部门|单位|机构|部委办局|委办局|部委|委局|机关|群团组织|人民团体|社会组织)"
_JOINED = rf"(?:(?:和|及|、|与|或|以及|/)(?:{_LEVEL}{_SAID}*)?{_NOBODYS})*"
_OPEN = re.compile(
    rf"(?:会同)?(?:{_SAID}*{_LEVEL}{_SAID}*|各{_WORD}{{0,8}}?{_SAID}+|{_WORD}{{0,8}}(?:主管|职能|行业)|{_WORD}{{0,12}}?成员|{_WORD}{{0,8}}(?:有关|相关)|{_WORD}{{0,10}}各{_SAID}*){_NOBODYS}{_JOINED}"
    r"(?:（[^（）]*）|\([^()]*\))?"
)
_SOME = r"(?:有关|相关|涉及|涉事|所涉)"
_OPEN_SOME = re.compile(
    rf"{_LEVEL}各?{_SOME}(?:的)?(?:地方|{_WORD}{{0,6}}?(?:区|县|市|镇|街|乡|村|州|街道|政府|办事处|管委会|企业|公司|学校|高校|院校"
    r"|医院|协会|商会|园区|银行|金融机构|处室|科室|处|院|社区|专班|小组|平台|团体|组织|地区|人员))+(?:（[^（）]*）)?"
)
_DEFINITE = re.compile(
    r"(?:各)?(?:(?:[^\W和及与]{0,12})(?:直属|所属|下属)|[省市区县局委]属|(?:中央)?驻(?!\w*(?:有关|相关))\w{1,4})(?:各|企事业|事业|基层|二级)*(?:单位|学校|中小学|幼儿园|医院|企业|机构|商协会|商会|协会|公司|院校|园区|社会组织)"
    r"|[省市区县镇乡村]{2,4}[两二三四]级(?:党委|人民政府|政府|党委政府|法院|检察院|[\u4e00-\u9fff]{2,8}[局委办部])?"
)
_COLLECTIVE = re.compile(
    r"(?:地方各|全[市区县省州](?:各|所有)|辖区(?:内)?各?|所有|各|属地(?:各)?|[省市区县州](?:属|管|域内?|内|直(?=各))各?"
    r"|(?:中央|部|省|市)*(?:驻|在)\w{1,4}?(?=各|高校|企业|单位|院校)各?|央属|三大|四大|区域内各?)\S+"
)
_SOME_AREAS = re.compile(
    r"(?:有关|相关|涉及).*|.*级(?:各|有关|相关)?.*(?:部门|单位|机构)|.*(?:有关|相关|各)(?:部门|单位|机构)"
)
_AREA = (
    r"(?:片区|师市|团场|乡镇|镇街|街镇|镇乡|乡街|镇办|街道|社区|园区|开发区|高新区|新区|功能区|区县|县区|县市|市县|市区|市州|市|区|县|旗|州|盟|镇|乡|村居|村|居委会|地区|景区|林区|库区|灌区|港区|校区"
    r"|学校|中小学|幼儿园|高校|院校|医院|卫生院|医疗机构|派出所|司法所|分公司|子公司|企业|支行|银行|林场|农场|商会|协会|场站|车站|驿站|网点)"
)
_OFFICE = (
    r"(?:管委会|管理委员会|人民政府|政府|办事处|党委|党工委|指挥部|管理处|管理局|管理机构|居委会|村委会)"
)
_AREAS = re.compile(
    rf"[^\W和及与各]{{1,14}}各{_AREA}(?:[（(][^（）()]*[）)])?{_OFFICE}?(?:[（(][^（）()]*[）)])?(?:(?:、|和|及)(?:各)?{_AREA}{_OFFICE}?)*"
)
_SECTIONS = re.compile(
    r"[^\W和及与]{0,12}各(?:科室|处室|股室|科|处|室|内设机构|中队|大队|分局|支队|子公司|部室)(?:队)?"
)
_LOCAL = re.compile(
    r"属地(?:区|县|市|政府|街道|乡镇|镇街|街镇|镇|乡|社区|村)*(?:办事处|政府|管委会)?(?:[（(][^（）()]*[）)])?"
)
_GENERIC = re.compile(
    r"(?:街道|乡镇|镇街|街镇|镇乡|乡镇街道|县区|区县|市县)(?:办事处|办|人民政府|政府)?|[市区县州][（(][市区县州旗、]+[）)](?:人民政府|政府|\w{1,10}[局委办部])?"
    r"|(?:乡镇|镇街|街镇|镇乡|镇|乡|街道|区县|县区|园区)[（(](?:街道|镇|乡|乡镇|镇街|地区|园区|开发区|办事处|街道办事处|管委会|区|县|市|社区|村)"
    r"(?:[、，](?:街道|镇|乡|乡镇|园区|开发区|办事处|管委会|社区|村))*[）)](?:人民政府|政府|办事处|党委)?"
    r"|(?:\d{1,3}|[两二三四五六七八九十]+)个(?:乡镇|镇街|街镇|镇乡|镇|乡|街道|区县|县区|市县|县|园区|村|社区)(?:政府|办事处)?"
    r"|[省市区县州中央]*属?(?:国有|民营|骨干|重点)?(?:企事业单位|国企|高等?院校|高校)"
)
_SUBDISTRICTS = re.compile(
    r"(?:全[市区县]|辖区)?各(?:街道|镇街|街镇|乡镇|镇乡|镇|乡|镇办|街乡|街乡镇|乡镇街道|街道乡镇)"
    r"(?:[（(](?:街道|镇|乡|乡镇|街|地区|镇乡)(?:[、，和](?:街道|镇|乡|地区))*(?:办事处)?[）)])?"
    r"(?:办|办事处|人民政府|政府|街道办事处)?(?:[（(](?:街道|镇|乡|地区)?(?:办事处|政府|人民政府)?[）)])?"
    r"(?:[、和及]?(?:街道|乡|镇|地区)(?:办事处|办|人民政府|政府)?)*"
)
_SCHOOLS = frozenset(
    {"各学校", "各校", "全区各学校", "辖区各学校", "各中小学校", "各中小学", "各中小学、幼儿园"}
)


@lru_cache(maxsize=20_000)
def kind_of(unit: str) -> UnitKind:
    """What stands where a unit should."""
    if len(unit) > _LONGEST_PHRASE:
        return UnitKind.BUREAU
    if unit.startswith("等") and not unit.startswith("等级"):
        return UnitKind.OPEN_ENDED
    if _DEFINITE.fullmatch(unit) or _GENERIC.fullmatch(unit) or _LOCAL.fullmatch(unit):
        return UnitKind.COLLECTIVE
    if (
        _OPEN.fullmatch(unit)
        or _OPEN_SOME.fullmatch(without_brackets(unit))
        or (is_run(unit) and _SOME_AREAS.fullmatch(unit))
    ):
        return UnitKind.OPEN_ENDED
    if _SECTIONS.fullmatch(unit) or _AREAS.fullmatch(unit) or is_run(unit):
        return UnitKind.COLLECTIVE
    is_collective = _COLLECTIVE.fullmatch(unit) and not _SAYS_DUTY.search(without_brackets(unit))
    return UnitKind.COLLECTIVE if is_collective else UnitKind.BUREAU


@lru_cache(maxsize=20_000)
def is_name(unit: str) -> bool:
    """Whether it reads as the name of a bureau, a collective, or a phrase in place of one; a sign beside it is no matter."""
    unit = without_mark(unit)
    if len(unit) > LONGEST_NAME or "。" in unit:
        return False
    return kind_of(unit) is not UnitKind.BUREAU or is_bureau_name(unit)


@lru_cache(maxsize=20_000)
def is_bureau_name(unit: str) -> bool:
    """Whether it reads as the name of one organisation."""
    if kind_of(unit) is not UnitKind.BUREAU:
        return False
    if is_joint(unit):
        return True
    body = without_brackets(unit)
    is_named = _BODY.fullmatch(body) is not None and _ENDED.search(body) is not None
    return (
        is_named
        and len(body) > 1
        and not _NEVER.search(body)
        and not (_VERBS.match(body) and not _OFFICE_NAME.fullmatch(body))
        and not _INSIDE.search(body)
    )


def collective_kind(unit: str) -> str:
    """The BureauKind of a collective whose members are sure, else ""."""
    if unit in _SCHOOLS:
        return BureauKind.SCHOOL
    return BureauKind.SUBDISTRICT if _SUBDISTRICTS.fullmatch(unit) else ""
