"""Persons and posts among units."""

import pytest

from workflow.intake.units.persons import is_person, is_post, person_behind


@pytest.mark.parametrize(
    "text", ["王五", "王五、赵六", "欧阳明", "王五 13800000000", "王五副局长", "联系人：李四"]
)
def test_names_of_persons_are_known(text: str) -> None:
    assert is_person(text)


@pytest.mark.parametrize("text", ["公安", "水利", "知识产权局", "石泉镇", "江北区", "", "13800000000"])
def test_other_words_are_no_persons(text: str) -> None:
    assert not is_person(text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("区政府分管副区长", True), ("各部门主要负责同志", True), ("区水务局", False), ("市河长办", False)],
)
def test_posts_are_known(text: str, is_one: bool) -> None:
    assert is_post(text) is is_one


@pytest.mark.parametrize(
    ("unit", "person"),
    [
        ("区水务局（王五）", "（王五）"),
        ("区水务局（王五、赵六）", "（王五、赵六）"),
        ("区水务局局长", "局长"),
        ("区水务局主要负责人", "主要负责人"),
        ("区水务局（河道处）", ""),
        ("区市场监管局（知识产权局）", ""),
        ("区水务局（牵头）", ""),
        ("区政府分管副区长", ""),
        ("区水务局", ""),
    ],
)
def test_a_person_stands_behind_a_unit(unit: str, person: str) -> None:
    assert person_behind(unit) == person
