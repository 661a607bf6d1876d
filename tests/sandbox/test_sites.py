"""SharePoint sites, as far as a package needs them."""

import pytest

from sandbox.seed.sites import MARKETING_SITE, OWN_SITE, PARTNER_SITE


@pytest.mark.parametrize("words", ["part", "PARTNERS", "par*", "contoso.sharepoint.com partners"])
async def test_a_site_is_found_by_how_words_of_its_name_or_url_start(tenant, words):
    answer = await tenant.get(f"/sites?search={words}")

    assert [site["webUrl"] for site in answer.body["value"]] == [PARTNER_SITE]


async def test_a_star_finds_every_site_and_people_s_own_ones_are_among_them(tenant):
    answer = await tenant.get("/sites?search=*&$select=id,webUrl")

    assert {site["webUrl"] for site in answer.body["value"]} == {PARTNER_SITE, MARKETING_SITE, OWN_SITE}


async def test_words_nothing_starts_with_find_nothing_and_none_are_refused(tenant):
    nothing = await tenant.get("/sites?search=artners")
    refused = await tenant.get("/sites")

    assert nothing.body["value"] == []
    assert (refused.status, refused.code) == (400, "invalidRequest")


async def test_a_site_is_addressed_by_its_path_or_its_id(tenant):
    by_path = await tenant.get("/sites/contoso.sharepoint.com:/sites/Partners")
    by_id = await tenant.get(f"/sites/{by_path.body['id']}?$select=id,displayName")

    assert by_path.body["displayName"] == "Partners"
    assert by_id.body["id"] == by_path.body["id"]


async def test_a_path_without_a_site_is_not_found_and_a_foreign_host_is_refused(tenant):
    unknown = await tenant.get("/sites/contoso.sharepoint.com:/sites/none")
    root = await tenant.get("/sites/contoso.sharepoint.com")
    foreign = await tenant.get("/sites/example.com:/sites/partners")

    assert (unknown.status, root.status, foreign.status) == (404, 404, 400)


@pytest.mark.parametrize("path", ["/sites?search=*", "/sites/contoso.sharepoint.com:/sites/partners"])
async def test_sites_are_refused_without_their_permission(tenant, path):
    await tenant.control("options", {"withoutPermissions": ["Sites.Read.All"]})

    assert (await tenant.get(path)).status == 403
