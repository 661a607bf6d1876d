"""The service URL allow-list lets no look-alike through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import SERVICE_HOSTS
from bot.teams.hosts import ServiceHosts, is_loopback

MICROSOFTS = ServiceHosts.of(SERVICE_HOSTS.split(","))


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/amer/",
        "https://smba.trafficmanager.net:443/teams",
        "https://SMBA.trafficmanager.net/de/11111111-1111-4111-8111-111111111111/",
        "https://smba.infra.gcc.teams.microsoft.com/gcc",
        "https://webchat.botframework.com/",
    ],
)
def test_microsofts_hosts_are_allowed(url: str) -> None:
    assert MICROSOFTS.allows(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://smba.trafficmanager.net/",
        "https://evil.trafficmanager.net/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evilbotframework.com/",
        "https://botframework.com/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://evil.example\\@smba.trafficmanager.net/",
        "https://evil.example#@smba.trafficmanager.net/",
        "https://evil.example?.botframework.com",
        "https://smba.trafficmanager.net/?x=1",
        "https://smba.trafficmanager.net:99999/",
        "https://\u0455mba.trafficmanager.net/",
        "https:///amer",
        "//smba.trafficmanager.net/",
        "ftp://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net\n.evil.example/",
        "https://127.0.0.1/",
        "http://localhost:56150/_connector",
        "",
    ],
)
def test_others_are_not(url: str) -> None:
    assert not MICROSOFTS.allows(url)


def test_loopback_is_allowed_when_named_or_in_the_simulation() -> None:
    assert ServiceHosts.of(["127.0.0.1"]).allows("http://127.0.0.1:56150/_connector")
    assert ServiceHosts.of([" 127.0.0.1:56150 "]).allows("http://127.0.0.1:56150/_connector")
    assert not ServiceHosts.of(["127.0.0.1:1"]).allows("http://127.0.0.1:56150/_connector")
    assert not ServiceHosts.of(["127.0.0.1"]).allows("http://localhost:56150/")
    assert ServiceHosts.of([], loopback=True).allows("http://localhost:56150/_connector")
    assert ServiceHosts.of([], loopback=True).allows("http://[::1]:56150/")
    assert not ServiceHosts.of([], loopback=True).allows("http://127.0.0.1.evil.example/")


def test_a_star_stands_for_all_hosts_below() -> None:
    hosts = ServiceHosts.of(["*.Contoso.example", ""])

    assert hosts.allows("https://a.b.contoso.example/")
    assert not hosts.allows("https://contoso.example/")


@given(st.text(max_size=40))
def test_any_text_is_judged_without_an_error(url: str) -> None:
    assert ServiceHosts.of(["smba.trafficmanager.net"]).allows(url) in {True, False}
    assert is_loopback(url) in {True, False}
