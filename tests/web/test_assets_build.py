"""The chart bundle is built from the installed files, and draws under the strictest CSP of a page."""

import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Page, Route

from diary.web.assets_build import (
    AssetError,
    BuiltAssets,
    PlotlyBundle,
    build,
    csp_hash,
    find_bundle,
    full_bundle_file,
)

ROOT = Path(__file__).parents[2]
NPM_BUNDLE = ROOT / "node_modules" / "plotly.js-basic-dist-min" / "plotly-basic.min.js"
SITE = "http://diary.test"

CHART = """
Plotly.setPlotConfig({showSendToCloud: false, plotlyServerURL: ""});
const threshold = {color: "#b00020", dash: "dash"};
const shape = {type: "line", xref: "paper", x0: 0, x1: 1, y0: 3.5, y1: 3.5, line: threshold};
window.drawn = Plotly.newPlot(
  document.getElementById("chart"),
  [{x: [0, 15, 30, 60, 240], y: [7, 4, 2, 1, 6], mode: "lines+markers", name: "pain"}],
  {
    title: {text: "Pain after the injection"},
    shapes: [shape],
    xaxis: {title: {text: "minutes since the injection"}},
    yaxis: {title: {text: "pain, 0 to 10"}, range: [0, 10]},
  },
  {displayModeBar: MODE_BAR, responsive: true},
);
"""


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> BuiltAssets:
    """Return the assets as a machine without npm builds them."""
    root = tmp_path_factory.mktemp("without-npm")
    return build(root=root, into=root / "assets")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltAssets:
    """Return the assets as this machine builds them: basic where npm brought it."""
    return build(root=ROOT, into=tmp_path_factory.mktemp("built"))


@dataclass
class ChartPage:
    """A page with one chart, opened in a browser, and what the browser held against it."""

    page: Page
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def open_chart(page: Page) -> Callable[..., ChartPage]:
    """Return a function which opens a page with a chart, served with a CSP."""

    def open_page(assets: BuiltAssets, *, strict: bool = True, mode_bar: bool = False) -> ChartPage:
        opened = ChartPage(page)
        page.on("console", lambda said: opened.complaints.append(said.text))
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.route(f"{SITE}/**", lambda route: _serve(route, assets, strict=strict, mode_bar=mode_bar))
        page.goto(f"{SITE}/")
        page.evaluate("window.drawn")
        return opened

    return open_page


def _serve(route: Route, assets: BuiltAssets, *, strict: bool, mode_bar: bool) -> None:
    name = route.request.url.removeprefix(f"{SITE}/")
    if name in assets.files.values():
        route.fulfill(path=assets.folder / name)
    elif name == "chart.js":
        script = CHART.replace("MODE_BAR", json.dumps(mode_bar))
        route.fulfill(body=script, content_type="text/javascript")
    elif name == "":
        headers = {"Content-Security-Policy": _policy(assets)} if strict else {}
        route.fulfill(body=_page(assets, linked=strict), content_type="text/html", headers=headers)
    else:
        route.fulfill(status=204)


def _policy(assets: BuiltAssets) -> str:
    hashes = " ".join(f"'{source}'" for source in assets.csp_style_hashes)
    return (
        "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        f"form-action 'self'; style-src 'self' {hashes}; style-src-attr 'unsafe-inline'"
    )


def _page(assets: BuiltAssets, *, linked: bool) -> str:
    stylesheet = (
        '<link rel="stylesheet" id="plotly.js-style-global" class="no-inline-styles"'
        f' href="/{assets.files["plotly.css"]}">'
    )
    return (
        '<!doctype html><html lang="en"><head><title>Chart</title>'
        f"{stylesheet if linked else ''}"
        f'<script defer src="/{assets.files["plotly.js"]}"></script>'
        '<script defer src="/chart.js"></script></head>'
        '<body><div id="chart"></div></body></html>'
    )


def _rules_in_force(page: Page) -> list[str]:
    rules: list[str] = page.evaluate(
        "[...document.getElementById('plotly.js-style-global').sheet.cssRules].map(rule => rule.cssText)"
    )
    return rules


def _stroke(page: Page, selector: str) -> str:
    stroke: str = page.locator(selector).first.evaluate("line => getComputedStyle(line).stroke")
    return stroke


@pytest.mark.parametrize("assets", ["full", "built"])
def test_a_chart_draws_under_a_strict_csp_without_a_complaint(
    open_chart: Callable[..., ChartPage], request: pytest.FixtureRequest, assets: str
) -> None:
    opened = open_chart(request.getfixturevalue(assets))

    assert opened.complaints == []
    assert _stroke(opened.page, ".shapelayer path") == "rgb(176, 0, 32)"
    assert _stroke(opened.page, ".scatterlayer path.js-line") == "rgb(31, 119, 180)"
    assert opened.page.locator(".xtitle").text_content() == "minutes since the injection"
    assert opened.page.locator(".main-svg").first.evaluate("svg => getComputedStyle(svg).position") == "absolute"


@pytest.mark.parametrize("assets", ["full", "built"])
def test_nothing_offers_to_send_the_chart_away(
    open_chart: Callable[..., ChartPage], request: pytest.FixtureRequest, assets: str
) -> None:
    page = open_chart(request.getfixturevalue(assets)).page

    assert page.locator(".modebar-btn").count() == 0
    assert "Share" not in page.content()


@pytest.mark.parametrize("assets", ["full", "built"])
def test_a_mode_bar_that_a_page_asks_for_has_no_cloud_button_and_no_complaint(
    open_chart: Callable[..., ChartPage], request: pytest.FixtureRequest, assets: str
) -> None:
    opened = open_chart(request.getfixturevalue(assets), mode_bar=True)

    titles = opened.page.locator(".modebar-btn").evaluate_all("buttons => buttons.map(b => b.dataset.title)")
    assert "Reset axes" in titles
    assert not [title for title in titles if "hare" in title or "loud" in title]
    assert opened.complaints == []


@pytest.mark.parametrize("assets", ["full", "built"])
def test_the_stylesheet_holds_the_rules_that_plotly_would_add_in_their_order(
    open_chart: Callable[..., ChartPage], request: pytest.FixtureRequest, assets: str
) -> None:
    chosen: BuiltAssets = request.getfixturevalue(assets)
    added = _rules_in_force(open_chart(chosen, strict=False).page)

    assert _rules_in_force(open_chart(chosen).page) == added
    assert len(added) > 50


def test_a_machine_without_npm_takes_the_bundle_of_the_plotly_package(full: BuiltAssets) -> None:
    assert full.bundle == "full"
    assert (full.folder / full.files["plotly.js"]).read_bytes() == full_bundle_file().read_bytes()


def test_a_machine_with_npm_takes_the_smaller_bundle(tmp_path: Path) -> None:
    script = full_bundle_file().read_text(encoding="utf-8")
    file = tmp_path / "node_modules" / "plotly.js-basic-dist-min" / "plotly-basic.min.js"
    file.parent.mkdir(parents=True)
    file.write_text(script, encoding="utf-8")

    assert find_bundle(tmp_path) == PlotlyBundle.read(file, kind="basic")


def test_npm_locks_the_version_that_the_plotly_package_was_made_for(full: BuiltAssets) -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))

    assert lock["packages"]["node_modules/plotly.js-basic-dist-min"]["version"] == full.version


def test_every_name_carries_the_hash_of_its_content(full: BuiltAssets) -> None:
    for name in full.files.values():
        content = (full.folder / name).read_bytes()
        assert hashlib.sha256(content).hexdigest()[:16] in name


def test_every_file_has_a_brotli_and_a_gzip_sibling_with_the_same_content(full: BuiltAssets) -> None:
    for name in full.files.values():
        content = (full.folder / name).read_bytes()
        assert brotli.decompress((full.folder / f"{name}.br").read_bytes()) == content
        assert gzip.decompress((full.folder / f"{name}.gz").read_bytes()) == content


def test_building_again_changes_nothing_and_removes_what_an_earlier_build_left(full: BuiltAssets) -> None:
    before = {file.name: file.stat().st_mtime_ns for file in full.folder.glob("plotly-*")}
    (full.folder / "plotly-0123456789abcdef.js").write_text("old")

    assert build(root=full.folder.parent, into=full.folder) == full
    assert {file.name: file.stat().st_mtime_ns for file in full.folder.glob("plotly-*")} == before


def test_a_style_has_the_hash_that_browsers_compute() -> None:
    # As Chromium names it when it refuses an empty style element.
    assert csp_hash("") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


@pytest.mark.parametrize("content", ["", "not plotly", "/* plotly.js v4.1.1 */ no rules here"])
def test_a_file_that_is_not_plotly_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "plotly.min.js"
    file.write_text(content)

    with pytest.raises(AssetError):
        PlotlyBundle.read(file, kind="full").stylesheet()


def test_a_folder_without_assets_says_how_to_build_them(tmp_path: Path) -> None:
    with pytest.raises(AssetError, match="make assets"):
        BuiltAssets.read(tmp_path)
