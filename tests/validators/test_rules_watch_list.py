"""The rule on the operator's watch list (XDC806)."""

from pathlib import Path

import pytest

from pipeline.model import Document
from pipeline.verdict import Action, Status
from tests.validators import build, papers
from tests.validators.clean import Scenario, clean_dossier
from tests.validators.made_codes import registration_number
from validators.watchlist import WatchEntry, WatchKind, Watchlist, load_watchlist

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE
OTHER_COMPANY = "深圳市试辰贸易有限公司"


def listing(kind: WatchKind | None, value: str) -> Watchlist:
    return Watchlist(entries=(WatchEntry(kind=kind, value=value, reason="seen before"),))


HARMLESS = listing(WatchKind.COMPANY, "无关有限公司")


@pytest.mark.parametrize(
    ("watchlist", "status"),
    [
        pytest.param(None, NOT_APPLICABLE, id="no list"),
        pytest.param(HARMLESS, PASS, id="nothing listed"),
        pytest.param(listing(WatchKind.COMPANY, build.COMPANY), FAIL, id="company"),
        pytest.param(listing(WatchKind.CODE, build.CODE), FAIL, id="code"),
        pytest.param(listing(WatchKind.PERSON, build.PERSON), FAIL, id="legal person"),
        pytest.param(listing(WatchKind.MARK, build.BRAND.lower()), FAIL, id="mark"),
        pytest.param(listing(None, build.PERSON), FAIL, id="entry of any kind"),
        pytest.param(listing(WatchKind.MARK, build.PERSON), PASS, id="entry of another kind"),
    ],
)
def test_xdc806_watch_list(watchlist: Watchlist | None, status: Status) -> None:
    assert build.status("XDC806", build.dossier(), watchlist=watchlist) is status


@pytest.mark.parametrize(
    ("scenario", "watchlist"),
    [
        pytest.param(Scenario.ONE_LINK, listing(WatchKind.COMPANY, papers.OWNER), id="owner of the mark"),
        pytest.param(Scenario.TWO_LINKS, listing(WatchKind.COMPANY, papers.AGENT), id="agent between"),
        pytest.param(Scenario.NATURAL_OWNER, listing(WatchKind.PERSON, papers.NATURAL), id="natural owner"),
    ],
)
def test_xdc806_those_who_grant_the_right(scenario: Scenario, watchlist: Watchlist) -> None:
    assert build.status("XDC806", clean_dossier(scenario), watchlist=watchlist) is FAIL


def test_xdc806_legal_forms_are_written_in_many_ways() -> None:
    dossier = build.dossier(build.licence(), build.certificate(owner="Testriver Apparel Co., Ltd."))
    watchlist = listing(WatchKind.COMPANY, "TESTRIVER APPAREL COMPANY LIMITED")
    assert build.status("XDC806", dossier, watchlist=watchlist) is FAIL


@pytest.mark.parametrize(
    ("documents", "watchlist", "status"),
    [
        pytest.param(
            [build.licence(company_name=OTHER_COMPANY)], listing(WatchKind.COMPANY, OTHER_COMPANY), FAIL, id="licence"
        ),
        pytest.param(
            [build.licence(), build.certificate(mark_text="WATCHED")],
            listing(WatchKind.MARK, "Watched"),
            FAIL,
            id="mark",
        ),
        pytest.param([build.notice(mark_text="WATCHED")], listing(WatchKind.MARK, "Watched"), FAIL, id="notice"),
        pytest.param([build.licence()], listing(WatchKind.CODE, build.CODE), FAIL, id="code"),
        pytest.param([build.licence(legal_person=None)], HARMLESS, UNDETERMINED, id="legal person not read"),
        pytest.param(
            [build.licence(unified_social_credit_code=None, registration_number=registration_number())],
            listing(WatchKind.CODE, registration_number()),
            FAIL,
            id="number of an old licence",
        ),
    ],
)
def test_xdc806_looks_at_documents_without_a_form(
    documents: list[Document], watchlist: Watchlist, status: Status
) -> None:
    assert build.status("XDC806", build.dossier(*documents, inspecting=True), watchlist=watchlist) is status


def test_xdc806_looks_at_the_form_without_documents() -> None:
    for kind, value in ((WatchKind.COMPANY, build.COMPANY), (WatchKind.MARK, build.BRAND)):
        judged = build.dossier(build.document())
        assert build.status("XDC806", judged, watchlist=listing(kind, value)) is FAIL


def test_xdc806_tells_the_seller_nothing(tmp_path: Path) -> None:
    path = tmp_path / "watch.txt"
    path.write_text(f"company: {build.COMPANY}\n", encoding="utf-8")
    (remedy,) = build.remedies("XDC806", build.dossier(), watchlist=load_watchlist(path))
    assert remedy.action is Action.CONTACT
    assert "list" not in remedy.message.en
    assert "名单" not in remedy.message.zh
