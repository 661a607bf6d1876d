"""The demo's SharePoint sites: two to share and somebody's own."""

from urllib.parse import urlsplit

from sandbox.seed.tenant import BEGINNING
from sandbox.world import Entity, World

PARTNER_SITE = "https://contoso.sharepoint.com/sites/partners"
MARKETING_SITE = "https://contoso.sharepoint.com/sites/marketing"
OWN_SITE = "https://contoso-my.sharepoint.com/personal/adele_contoso_com"
SITES = {PARTNER_SITE: "Partners", MARKETING_SITE: "Marketing", OWN_SITE: "Adele Vance"}


def plant(world: World) -> None:
    """Partners, Marketing and a personal site."""
    for number, (url, name) in enumerate(SITES.items(), start=1):
        world.add("sites", site(number, url, name))


def site(number: int, url: str, name: str) -> Entity:
    """A site collection; the personal ones (OneDrive) look like any other."""
    part = f"5171e5ed-5171-4517-8517-5171e5ed000{number}"
    host = urlsplit(url).hostname
    return {
        "id": f"{host},{part},{part}",
        "createdDateTime": BEGINNING,
        "description": "",
        "displayName": name,
        "lastModifiedDateTime": BEGINNING,
        "name": url.rpartition("/")[2],
        "root": {},
        "siteCollection": {"hostname": host},
        "webUrl": url,
    }
