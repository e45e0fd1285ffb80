"""Names that a list shortens."""

import pytest

from workflow.intake.units.carrying import whole_names


def whole(written: str) -> list[str]:
    return list(whole_names(written.split("、")))


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("省科技厅、工业和信息化厅", ["省科技厅", "省工业和信息化厅"]),
        ("市委组织部、市园林局、财政局", ["市委组织部", "市园林局", "市财政局"]),
        ("河湾区园林局、水务局", ["河湾区园林局", "河湾区水务局"]),
        ("云州市财政局、审计局", ["云州市财政局", "云州市审计局"]),
        ("市园林局、市场监管局、政务服务局", ["市园林局", "市市场监管局", "市政务服务局"]),
        ("市政务服务局、民政局", ["市政务服务局", "市民政局"]),
        ("团市委、妇联、科协", ["团市委", "市妇联", "市科协"]),
        ("区园林局、团委、监委、编办", ["区园林局", "团区委", "区监委", "区编办"]),
        ("市园林局、药检所、自然资源执法支队", ["市园林局", "市药检所", "市自然资源执法支队"]),
        ("县公安局、交警大队、检察院", ["县公安局", "县交警大队", "县检察院"]),
        ("区园林局、各街道、水务局", ["区园林局", "各街道", "区水务局"]),
        ("区商务局、文旅局（体育局）", ["区商务局", "区文旅局（体育局）"]),
        ("市园林局、市直机关工委、水务局", ["市园林局", "市直机关工委", "市水务局"]),
        ("镇水利站、柳塘村村民委员会", ["镇水利站", "柳塘村村民委员会"]),
    ],
)
def test_a_prefix_carries_on(written: str, names: list[str]) -> None:
    assert whole(written) == names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("省委宣传部、文化和旅游厅", ["省委宣传部", "省文化和旅游厅"]),
        ("省委宣传部、组织部", ["省委宣传部", "省委组织部"]),
        ("自治区党委宣传部、统战部、财政厅", ["自治区党委宣传部", "自治区党委统战部", "自治区财政厅"]),
        ("市园林局、宣传部、网信办", ["市园林局", "市委宣传部", "市网信办"]),
        ("市委办公室、网信办", ["市委办公室", "市委网信办"]),
    ],
)
def test_the_committee_carries_on_to_its_own_organs_alone(written: str, names: list[str]) -> None:
    assert whole(written) == names


@pytest.mark.parametrize(
    "written",
    [
        "区园林局、规划和自然资源局**分局、公安**分局",
        "市园林局、国网某某公司、中国移动某某分公司、人行某某支行",
        "市园林局、团市委、河湾大学、河湾海关、XX局",
        "省园林局、月牙湖国家级自然保护区管理局、青石岭国家森林公园管理局、松鹤山滑雪场管理中心",
        "市园林局、开发区管委会、河湾街道、各区政府、有关部门",
        "国家发展改革委、工业和信息化部",
        "园林局、水务局",
        "市场监管局、公安局",
        "城市管理局、水务局",
        "市水务集团、河湾公司",
        "市园林局、张三",
    ],
)
def test_a_name_that_takes_or_gives_no_prefix_stays(written: str) -> None:
    assert whole(written) == written.split("、")


@pytest.mark.parametrize(
    "written",
    [
        "镇党政办、石泉派出所、石泉消防救援站、石泉交警中队",
        "区教育局、交警磐石大队、磐石消防救援大队",
        "省口岸办、南岭海事局、黄河河务局",
        "市水利局、青苇湖管理处、柳河流域管理局",
        "区教育局、桥头派出所、城关司法所",
        "磐石区教育局、磐石税务局",
        "省农业农村厅、南繁研究院",
        "县水利局、白石生态环境局",
    ],
)
def test_a_name_that_bears_a_place_of_its_own_takes_no_prefix(written: str) -> None:
    assert whole(written) == written.split("、")


def test_a_name_that_begins_with_a_place_of_the_document_takes_no_prefix() -> None:
    assert whole_names(["市财政局", "云溪气象局", "云溪老龄办"], {"云溪"})[1:] == ("云溪气象局", "云溪老龄办")


def test_a_branch_of_a_higher_bureau_gives_no_prefix() -> None:
    assert whole("河湾区园林局、市公安局河湾分局、财政局")[-1] == "河湾区财政局"


def test_a_provincial_office_takes_the_province_behind_a_city() -> None:
    assert whole("省水利厅、市财政局、公安厅") == ["省水利厅", "市财政局", "省公安厅"]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("白石县委、县政府", ["白石县委", "白石县政府"]),
        ("河湾区委、区政府、市水利局", ["河湾区委", "河湾区政府", "市水利局"]),
        ("柳溪镇党委、政府", ["柳溪镇党委", "柳溪镇政府"]),
        ("白石县委、区政府", ["白石县委", "区政府"]),
        ("县委、县政府", ["县委", "县政府"]),
    ],
)
def test_a_government_takes_the_place_of_the_committee_before_it(written: str, names: list[str]) -> None:
    assert whole(written) == names


def test_an_environment_bureau_named_by_its_field_alone_takes_the_prefix() -> None:
    assert whole("县水利局、生态环境局、农村生态环境局")[1:] == ["县生态环境局", "县农村生态环境局"]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("云州市、河湾市、临江市人民政府", ["云州市人民政府", "河湾市人民政府", "临江市人民政府"]),
        ("河湾、临江、云山区政府", ["河湾区政府", "临江区政府", "云山区政府"]),
        ("河湾、临江街道", ["河湾街道", "临江街道"]),
        ("河湾新区、临江区政府", ["河湾新区政府", "临江区政府"]),
        ("教育、公安、人社部门", ["教育部门", "公安部门", "人社部门"]),
        ("教育、公安、等部门", ["教育部门", "公安部门", "等部门"]),
        ("市、区财政局", ["市财政局", "区财政局"]),
        ("市教育、财政、民政局", ["市教育局", "市财政局", "市民政局"]),
        ("教育、财政局", ["教育局", "财政局"]),
        ("王五、市民政局", ["王五", "市民政局"]),
        ("区园林局、河湾、临江区政府", ["区园林局", "河湾区政府", "临江区政府"]),
        ("河湾区、临江区", ["河湾区", "临江区"]),
        ("甲、乙、丙三镇", ["甲镇", "乙镇", "丙镇"]),
        ("河湾、临江两区政府", ["河湾区政府", "临江区政府"]),
        ("河湾、临江、云山、白石4个区政府", ["河湾区政府", "临江区政府", "云山区政府", "白石区政府"]),
        ("市水利局、沿湖三县人民政府", ["市水利局", "沿湖三县人民政府"]),
        ("区委、区政府督查室", ["区委督查室", "区政府督查室"]),
        ("市委、市政府办公室", ["市委办公室", "市政府办公室"]),
        ("区委、区政府", ["区委", "区政府"]),
    ],
)
def test_a_suffix_is_shared(written: str, names: list[str]) -> None:
    assert whole(written) == names
