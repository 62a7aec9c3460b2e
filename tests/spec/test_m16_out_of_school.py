"""Measure 16: a labour site for every school, and a brand of education outside school."""

from __future__ import annotations

from tests.spec.cases import DAY, entry_cases, row, rows
from tests.spec.district import SCHOOLS_AND_PLACES


@entry_cases
def test_a_labour_site_counts_while_approved_and_in_use(world, change, known, counts) -> None:
    site = row(school_id=13, name="小菜园", **change)
    district = world(**SCHOOLS_AND_PLACES, labour_sites=site)

    share = district.counts("labour_site_share", DAY, known)

    assert share == (counts, 5)


def test_a_school_with_two_labour_sites_counts_once(world) -> None:
    sites = rows({"school_id": 12, "name": "小菜园"}, {"school_id": 12, "name": "果园"})
    district = world(**SCHOOLS_AND_PLACES, labour_sites=sites)

    share = district.counts("labour_site_share", DAY)

    assert share == (1, 5)


def test_the_labour_site_of_a_school_in_the_street_does_not_count(world) -> None:
    district = world(**SCHOOLS_AND_PLACES, labour_sites=row(school_id=21, name="小菜园"))

    share = district.counts("labour_site_share", DAY)

    assert share == (0, 5)


@entry_cases
def test_a_brand_counts_while_approved_and_alive(world, change, known, counts) -> None:
    brand = row(school_id=12, name="海洋牧场", **change)
    district = world(**SCHOOLS_AND_PLACES, out_of_school_brands=brand)

    found = [district.counts(name, DAY, known) for name in ("brand_count", "school_brand_share")]

    assert found == [(counts, counts), (counts, 5)]


def test_a_brand_of_the_whole_district_is_a_brand_of_no_school(world) -> None:
    brand = row(name="海洋牧场")
    district = world(**SCHOOLS_AND_PLACES, out_of_school_brands=brand)

    found = [district.counts(name, DAY) for name in ("brand_count", "school_brand_share")]

    assert found == [(1, 1), (0, 5)]


def test_two_brands_of_one_school_are_two_brands_and_one_school(world) -> None:
    brands = rows({"school_id": 12, "name": "海洋牧场"}, {"school_id": 12, "name": "耕读园"})
    district = world(**SCHOOLS_AND_PLACES, out_of_school_brands=brands)

    found = [district.counts(name, DAY) for name in ("brand_count", "school_brand_share")]

    assert found == [(2, 2), (1, 5)]


def test_a_brand_of_a_school_in_the_street_is_a_brand_but_of_no_rural_school(world) -> None:
    brand = row(school_id=21, name="海洋牧场")
    district = world(**SCHOOLS_AND_PLACES, out_of_school_brands=brand)

    found = [district.counts(name, DAY) for name in ("brand_count", "school_brand_share")]

    assert found == [(1, 1), (0, 5)]
