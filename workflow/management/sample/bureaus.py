"""The bureaus of the invented district: its 24 units as the plan writes them, 各街道 being six, and two agencies."""

from dataclasses import dataclass

from accounts.models import Bureau, BureauAlias, BureauKind

GOVERNMENT = "区人民政府"
OFFICE = "区政府督查室"
ALTERNATE = "区政府办公室"
EDUCATION = "区教育局"
AGENCY = "衡远教育评估研究院"
OWN_CENTRE = "区教育评估中心"
"""Belongs to the education bureau, so that it is independent of none of its measures."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A bureau to be: its name, kind, the letters its people's user names begin with, its other names.

    `under` is the name of the bureau it stands below; "" outside the district's tree.
    """

    name: str
    kind: BureauKind
    letters: str = ""
    aliases: tuple[str, ...] = ()
    under: str = GOVERNMENT


_B, _P, _S, _G = (
    BureauKind.BUREAU,
    BureauKind.PARTY_ORGAN,
    BureauKind.SUBDISTRICT,
    BureauKind.PEOPLES_GROUP,
)

UNITS: tuple[Unit, ...] = (
    Unit(GOVERNMENT, _B, under=""),
    Unit(ALTERNATE, _B, aliases=("区政府办",)),
    Unit(OFFICE, _B, aliases=("督查室",)),
    Unit("区委组织部", _P, "zzb"),
    Unit("区委宣传部", _P, "xcb"),
    Unit("区委网信办", _P, "wxb"),
    Unit("区委编办", _P, "bb"),
    Unit(EDUCATION, _B, "jyj", ("教育局",)),
    Unit("区发展改革委", _B, "fgw", ("区发改委",)),
    Unit("区财政局", _B, "czj", ("财政局",)),
    Unit("区人社局", _B, "rsj", ("区人力社保局", "区人力资源和社会保障局")),
    Unit("规划和自然资源局**分局", _B, "ghj", ("规划资源分局",)),
    Unit("区住房建设委", _B, "zjw", ("区住建委",)),
    Unit("区机关事务管理局", _B, "jgj", ("区机关事务局",)),
    Unit("区政务服务办", _B, "zwb"),
    Unit("公安**分局", _B, "gaj"),
    Unit("区体育局", _B, "tyj"),
    Unit("区卫生健康委", _B, "wjw", ("区卫健委",)),
    Unit("区文化和旅游局", _B, "wlj", ("区文旅局",)),
    Unit("区生态环境局", _B, "hbj"),
    Unit("区城市管理委", _B, "cgw", ("区城管委",)),
    Unit("区市场监管局", _B, "scj"),
    Unit("区合作交流办", _B, "hzb"),
    Unit("区审计局", _B, "sjj"),
    Unit("区政府教育督导室", _B, "dds", ("区教育督导室",)),
    Unit("区残联", _G, "cl", ("区残疾人联合会",)),
    Unit("临江街道", _S, "lj"),
    Unit("望湖街道", _S, "wh"),
    Unit("文昌街道", _S, "wc"),
    Unit("松林街道", _S, "sl"),
    Unit("桥北街道", _S, "qb"),
    Unit("新城街道", _S, "xc"),
    Unit(OWN_CENTRE, BureauKind.AGENCY, under=EDUCATION),
    Unit(AGENCY, BureauKind.AGENCY, under=""),
)

WITH_SHARES = tuple(unit for unit in UNITS if unit.letters)
"""Those that have a share in a measure, and therefore handlers and heads."""


def build_tree() -> dict[str, Bureau]:
    """Store the bureaus; returns them by name."""
    built: dict[str, Bureau] = {}
    for unit in UNITS:
        bureau = Bureau(name=unit.name, kind=unit.kind)
        if unit.under:
            above = Bureau.objects.get(pk=built[unit.under].pk)
            built[unit.name] = Bureau.objects.add_child(above, instance=bureau)
        else:
            built[unit.name] = Bureau.objects.add_root(instance=bureau)
    BureauAlias.objects.bulk_create(
        BureauAlias(bureau=built[unit.name], name=alias) for unit in UNITS for alias in unit.aliases
    )
    return built
