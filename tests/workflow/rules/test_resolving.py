"""Which bureau a name in a document means."""

import pytest

from workflow.rules.resolving import Directory, KnownBureau, Resolution, Why, resolve, within

DISTRICT = "河湾区"
PARKS, WATER, SUPERVISION, OLD_PARKS, CLOSED, REFORM, REDACTED = range(1, 8)
DIRECTORY = Directory.of(
    [
        KnownBureau(PARKS, "河湾区园林绿化局", "区园林局", ("绿化办",)),
        KnownBureau(WATER, "区水务局"),
        KnownBureau(SUPERVISION, "区市场监管局", "", ("知识产权局",)),
        KnownBureau(OLD_PARKS, "区林业局", is_active=False, successor=PARKS),
        KnownBureau(CLOSED, "区计量局", is_active=False),
        KnownBureau(REFORM, "区发展和改革委员会"),
        KnownBureau(REDACTED, "公安**分局"),
    ]
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("河湾区园林绿化局", PARKS),
        ("区园林局", PARKS),
        ("绿化办", PARKS),
        ("区市场监管局（知识产权局）", SUPERVISION),
        ("区林业局", PARKS),
    ],
)
def test_a_bureau_is_meant_by_every_name_it_bears_or_bore(name: str, key: int) -> None:
    assert resolve(name, DIRECTORY) == Resolution(exact=key)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("园林绿化局", PARKS),
        ("区园林绿化局", PARKS),
        ("河湾区水务局", WATER),
        ("水务局", WATER),
        ("云州市河湾区水务局", WATER),
        ("市场监管局", SUPERVISION),
        ("林业局", PARKS),
    ],
)
def test_within_a_known_area_it_may_be_said_or_left_out(name: str, key: int) -> None:
    assert resolve(name, DIRECTORY, DISTRICT) == Resolution(exact=key)


@pytest.mark.parametrize("name", ["河湾区水务局", "水务局"])
def test_without_a_known_area_such_a_name_is_proposed_alone(name: str) -> None:
    found = resolve(name, DIRECTORY)
    assert found.exact is None
    assert [(one.key, one.why) for one in found.proposals][:1] == [(WATER, Why.AREA)]


@pytest.mark.parametrize("name", ["市水务局", "东山区水务局"])
def test_a_bureau_of_another_area_is_not_meant(name: str) -> None:
    found = resolve(name, DIRECTORY, DISTRICT)
    assert found.exact is None
    assert Why.AREA not in {one.why for one in found.proposals}


def test_a_name_that_two_bureaus_bear_means_neither() -> None:
    directory = Directory.of([KnownBureau(1, "东区水务局", "水务局"), KnownBureau(2, "西区水务局", "水务局")])
    found = resolve("水务局", directory)
    assert (found.exact, found.several) == (None, (1, 2))


def test_a_name_as_written_goes_before_the_same_name_in_the_area() -> None:
    directory = Directory.of([KnownBureau(1, "水务局"), KnownBureau(2, "区水务局")])
    assert resolve("区水务局", directory, DISTRICT).exact == 2
    assert resolve("河湾区水务局", directory, DISTRICT).several == (1, 2)


@pytest.mark.parametrize("name", ["区发展改革委", "区发改委", "发展和改革委员会"])
def test_a_shorter_wording_is_proposed_first_and_never_tied(name: str) -> None:
    found = resolve(name, DIRECTORY)
    assert found.exact is None
    assert found.proposals[0].key == REFORM
    assert found.proposals[0].why in {Why.WORDING, Why.AREA}


def test_a_name_that_is_alike_is_proposed_and_never_tied() -> None:
    found = resolve("区水务管理局", DIRECTORY)
    assert (found.exact, found.several) == (None, ())
    assert [(one.key, one.why) for one in found.proposals] == [(WATER, Why.LIKENESS)]


def test_proposals_come_best_first() -> None:
    scores = [one.score for one in resolve("区园林绿化局", DIRECTORY).proposals]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("name", ["区天文台", "区计量局"])
def test_a_name_that_nobody_standing_bears_means_nobody(name: str) -> None:
    assert resolve(name, DIRECTORY, DISTRICT).exact is None


@pytest.mark.parametrize("name", ["公安**分局", "×局", "XX局", "某区水务局", "**区水务局"])
def test_a_redacted_name_is_never_matched(name: str) -> None:
    assert resolve(name, DIRECTORY, DISTRICT) == Resolution()


def test_a_redacted_bureau_is_never_proposed() -> None:
    assert REDACTED not in {one.key for one in resolve("公安东分局", DIRECTORY).proposals}


def test_another_name_that_the_document_gives_counts_where_the_first_is_unknown() -> None:
    assert resolve("质量监督局（知识产权局）", DIRECTORY, aliases=["知识产权局"]).exact == SUPERVISION
    assert resolve("区水务局（知识产权局）", DIRECTORY, aliases=["知识产权局"]).exact == WATER


@pytest.mark.parametrize(
    ("name", "area", "read"),
    [
        ("区水务局", "河湾区", "水务局"),
        ("河湾区水务局", "河湾区", "水务局"),
        ("云州市河湾区水务局", "河湾区", "水务局"),
        ("市水务局", "河湾区", "市水务局"),
        ("市场监管局", "云州市", "市场监管局"),
        ("市市场监管局", "云州市", "市场监管局"),
        ("团区委", "河湾区", "团区委"),
        ("区水务局", "", "区水务局"),
    ],
)
def test_a_name_reads_shorter_within_its_area(name: str, area: str, read: str) -> None:
    assert within(name, area) == read
