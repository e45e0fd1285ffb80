"""The words by which a figure is to be made (补建消火栓2600个), and those by which it only describes something."""

import re

_MAKE = re.compile(
    "建成|建设|新建|新增|改造|培育|培养|打造|引进|引育|完成|开展|组织|举办|创建|认定|发展|选派|选树|选聘|建立"
    "|设立|设置|布局|布设|铺设|敷设|安装|更换|整治|治理|修复|修建|修缮"
    "|栽植|种植|造林|绿化|推出|推广|发布|出台|制定|修订|编制|编写|开通|开行|优化|新设|新开|增设|增加|扩建"
    "|改建|改扩建|续建|实施|推进|争取|筹集|筹建|配建|配备|配置|购置|招聘|招引|招募|签约"
    "|推动|引导|助力|吸引|登记|梳理|谋划|包装|策划|落地|开工|竣工|投产|投入|安排|下达|发放|化解|消除|拆除"
    "|腾退|淘汰|清理|清退|检查|抽查|抽检|检测|监测|培训|轮训|服务|惠及|覆盖|受益|帮扶|救助|资助|支持|扶持"
    "|遴选|评选|入库|储备|带动|吸纳|促进"
    "|转移|建档|孵化|形成|制修订|申报|获评|获批|创成|归集|开设|开发|提供|供应|交付|投放|更新|提升|实现|确保"
    "|力争|总量|累计|加装|设计|落户|上线|归档|办理|办结|征集|评定|试点|创作|演出|放映|补充|盘活|收储|出让"
    "|引入|聚集|集聚|壮大|净增|增殖|放流|疏浚|清淤|贯通|打通|解决|减免|减税|授信|投资|融资|争创|建好|建强"
    "|加固|营造|维修|维护|搭建|联通|架设|接种|筛查|体检|回收|处理|处置|养护|硬化|亮化|美化|抚育|退耕|复垦|收治|验收|签订|减排|替代|置换|开垦|调解"
    "|植树|召开|公布|走访|巡查|演练|宣讲|输送|招录|录用|选拔|命名|表彰"
    "|补建|补植|补种|补栽|补播|恢复|评查|新装|新购|新打|新植|增配|压减|压降|取缔|关停|关闭|组建|共建|发行|播种"
    "|清运|购买|采购|采集|摄制|拍摄|录制|刊发|编发|推送|审结|执结|侦破|破获|查处|查办|搬迁|安置|配租|流转|托管"
    "|垦造|封填|抢救|抢修|注册(?!资本|资金|会计|地|在|志愿者)|封堵|封井|封育|管护|入选|升规|股改|攻克|揭榜|承接|研发|研制|并网|接通|拨付|募集|结对|慰问|调处|受理|督办|整改"
    "|撤并|兑现|废止|精简|核发|颁发|排查|摸排|晋升|创评|挖掘|树立|整合|招收|节约|节水|节电|节煤|部署(?!开展|推进|要求)|聘请|聘任|聘用|下派|投用|派驻|增派|联系|包联|领办|认领|直投|帮带|下沉|下放|创办|开办|改良|承办|选取|配齐|补齐|配足|备齐|核实|入驻|实际利用|利用外资|实际到位|盘整|征收|清收|回购|收购|腾挪|攻坚|推介|对接|洽谈|走访|比选|订购|认购|定制|复核|核查|核验|普查|勘查|勘探|测绘|制作|翻译|出版|改编|巡演|展出|征订"
)
_VERB_SIGNS = (
    "建设增新改扩补恢复修整治拆清关停取压淘化发开办举组培引招选派评认审查检抽排走访救助帮扶送配购采租种植造栽播放收储签订"
    "立制编印颁授推宣讲演拍录纳吸汇归打挖钻搭架铺敷安装挂融减降退迁移转搬解破追缴挽创育孵腾盘筹募垦疏巡慰"
    "聘投接承参划定撤并换抓捕缴诊劝除结联供输协争集受植"
)
_NOUNS = (
    "建筑|建制|建材|设施|设备|新能|新型|新材|新生|新兴|新就|新老|新区|新城|新市|新农|新社|新时|新质|新业|新媒|改革"
    "|补偿|补助|恢复力|修养|整体|整车|整机|治安|清洁|清真|关键|关于|关联|停车|停泊|取水|取暖|压力|化肥|化工|化学|发电"
    "|发热|发挥|发现|发明|发展|开放|开发区|办公|办事|组成|组长|引水|选矿|评价|审批|检察|检验|排水|排污|走廊|救护|救援|配套"
    "|配电|采矿|采暖|采煤|租赁|租金|种子|种业|种粮|种类|植物|植被|造纸|造价|放射|收入|收费|储备|储能|立体|制造|制度"
    "|制药|制种|编外|推算|安全|装机|装备|装修|装配|融资|减速|降水|降雨|退役|退休|退捕|移民|移动|移交|转型|转化率"
    "|复合|复杂|复式|复兴|创新|创业|巡回|归国|打分|育龄|培训班|查询"
    "|投资|投入|投诉|投保|接待能力|受灾|受益|受伤|定点|定额|定期|定向|并发|换热|结构|结余|结算|联合|联防|供给|供应|协会|协同"
    "|参保|参与|参照|争议|除外|集聚|集成|集群|集散|输配|输电|参建|接触|承载|承包|承诺|受理量|联盟|集装"
)
_LEAD = (
    r"(?:[\s＊]|由[^，,。；\d]{2,14}(?:牵头|负责)|年内|全年|年度|每年|计划|力争|争取|预计|拟|再|并|共|将|要|累计|分批|分期"
    r"|全[市县区省州域]|有序|积极|稳步|加快|大力|逐步|持续|集中|统一|重点|全面|年均|协调|统筹|确保|各地)*"
)
_ACT = re.compile(rf"{_LEAD}(?!{_NOUNS})[{_VERB_SIGNS}](?P<object>[^，,。；;\d]{{0,40}})$")
_DESCRIBED = re.compile(
    "(?<!完成)总投资|投资额|占地|(?:建筑|用地|总|规划|展陈|使用|实验)面积|全长|总长|长约|涉及|包括|包含|共有|现有|已有|原有"
    "|下辖|位于|距离|相当于|为期|历时|常住|户籍|面临|存在|发现|单价|售价|票价|注册资[本金]|启动资金|概算|造价|分布在|起步价|问题线索"
)
_PLACED = re.compile("[在对从向由于按以为给]")
_PER_HEAD = re.compile(
    r"每(?:十|百|千|万|十万|百万)+(?:名|人|户|位|辆|个|平方公里)?[^，,。；;\d]{0,16}(?:拥有|配备|配有|有|达)[^，,。；;\d]{0,14}$"
)
_URGED = re.compile("(?:推动|促进|统筹|协调|指导|督促|支持|引导|鼓励)$")
_AGENTS = re.compile("(?:县|市|区|乡镇|镇|街道|部门|成员单位)(?![级域城])")
_COMPOSED = re.compile(r"[^，,。；;]{0,24}(?:(?:组成|构成)的|基础上)")
_GIVEN = re.compile(
    r"(?:确定|下放|赋予|转办|分解|形成|明确|反馈|提出|部署|交办|移交|列出|规定|总结|涌现|推出|建成|评选|命名|授予|获评)的\s?$"
)
_COMPLETED = re.compile("完成|全部|整改|办结|销号|确保")
_BUILT = re.compile(
    "(?:新建|建成|改建|扩建|迁建|新增|新设|增设|开通|新开|引进|引育|培育|创建|创成|招聘|招引|关停|拆除|整治|修复|改造|建设|举办)(?:了|约|近)?$"
)
_BASE_OF = re.compile(r"按照?[^，,。；;\d]{0,12}(?:[额价]|收入|工资|标准|基数|投资)的?$")
_PROJECT_COST = re.compile(r"^[\s＊]*(?:计划|项目|工程|预计|总|概算|估算)*投资(?:额|规模)?(?:约|为)?\s?$")
_AT_END = re.compile(r"\s?＊*(?:及?以上|左右|以内|次)?\s?(?:$|[、和与及或\d]|以及|并)")


def names_making(text: str) -> bool:
    """Whether a verb of making stands somewhere in the text."""
    return _MAKE.search(text) is not None


def is_act(before: str, after: str) -> bool:
    """Whether a clause begins with a verb, known or not, whose object is counted by the figure behind `before`.

    评查案卷600件; 取缔3家网吧. A figure that is followed by more than its noun stands right behind the verb.
    """
    found = _ACT.match(before)
    if not found or is_described(before):
        return False
    if _AT_END.match(after):
        return True
    return len(found["object"]) <= 1 and not _PLACED.search(found["object"])


def is_at_end(after: str) -> bool:
    """Whether nothing but the next of a list stands behind the figure in its clause."""
    return _AT_END.match(after) is not None


def is_described(before: str) -> bool:
    """Whether the figure is the size of something (占地30亩, 涉及居民200户)."""
    return _DESCRIBED.search(before) is not None


def is_per_head(before: str) -> bool:
    """Whether the figure is what so many people are to have: 每千名老年人拥有养老床位35张."""
    return _PER_HEAD.search(before) is not None


def is_urged(before: str, after: str) -> bool:
    """Whether the figure counts those who are urged, and not what they are to do: 推动14个县错位发展."""
    return _AGENTS.match(after) is not None and _URGED.search(before) is not None


def is_part(after: str) -> bool:
    """Whether the figure is a part or a base of something: 由1名队长和4名队员组成的, 在整治120个的基础上."""
    return _COMPOSED.match(after) is not None


def is_given(before: str) -> bool:
    """Whether what is counted was laid down by others (规划确定的102项重大工程) and is not told to be completed."""
    return _GIVEN.search(before) is not None and _COMPLETED.search(before) is None


def is_built(before: str) -> bool:
    """Whether a verb of building or winning something stands right in front: 新建三所学校 counts, 健全三项机制 hardly."""
    return _BUILT.search(before) is not None


def is_base_of(before: str) -> bool:
    """Whether something else is reckoned by the figure: 按工资总额8%扣除."""
    return _BASE_OF.search(before) is not None


def is_project_cost(clause: str) -> bool:
    """Whether the figure is what a project costs (投资12.6亿元，…), with nothing that asks for it to be spent."""
    return _PROJECT_COST.search(clause) is not None
