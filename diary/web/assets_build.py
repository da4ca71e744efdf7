"""Build what pages link but the repository does not hold: plotly.js and its stylesheet.

`python -m diary.web.assets_build` fills `instance/assets/` with files whose names carry a hash of
their content, so that a browser may keep them for ever, each with a brotli (`.br`) and a gzip
(`.gz`) sibling, and with `manifest.json`, which `BuiltAssets.read` reads:

    {"files": {"plotly.css": "plotly-3f…c1.css", "plotly.js": "plotly-77…0a.js"},
     "plotly": {"bundle": "basic", "version": "4.1.1"},
     "csp_style_hashes": ["sha256-…="]}

The bundle is `basic` where npm brought it, a third the size of the `full` one inside the plotly
package for Python, which serves everywhere else. Both draw what the diary draws.

plotly.js writes its style rules into the page when it starts, which a strict
Content-Security-Policy refuses, and then lines and axes vanish. It leaves its rules to an element
with the id `plotly.js-style-global` and the class `no-inline-styles` when the page has one, so a
page with a chart says, in its head and in this order:

    <link rel="stylesheet" id="plotly.js-style-global" class="no-inline-styles"
          href="/assets/{files['plotly.css']}">
    <script defer src="/assets/{files['plotly.js']}"></script>

and the page's own script, `defer` or a module, before its first chart:

    Plotly.setPlotConfig({showSendToCloud: false, plotlyServerURL: ""});
    Plotly.newPlot(element, traces, layout, {displayModeBar: false, responsive: true});

Without the first call plotly.js 4 offers a button which uploads the chart to a company's cloud.

Every value of `csp_style_hashes` belongs into the page's `style-src`, quoted: it allows a style
element that the bundle adds all the same, that of a map library which the full bundle carries.
plotly.js sets style attributes, so the page needs `style-src-attr 'unsafe-inline'` too; it needs no
`unsafe-eval` and no `unsafe-inline` script.
"""

import base64
import gzip
import hashlib
import json
import os
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, Self

import brotli

Bundle = Literal["basic", "full"]

MANIFEST = "manifest.json"

_STRING = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)"""
_FIRST_RULE = re.compile(r"""\{(?=["']X,X div["']:)""")
_RULE = re.compile(rf"(?P<selector>{_STRING}|[A-Za-z_$][\w$]*):(?P<body>{_STRING})(?P<end>[,}}])")
_STYLE_ELEMENT = re.compile(
    rf"""createElement\(["']style["']\)[;,][^{{}}]{{0,300}}?\.textContent=(?P<text>{_STRING})"""
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\n|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_VERSION = re.compile(r"plotly\.js (?:\(\w+ - minified\) )?v(\d+\.\d+\.\d+)")


class AssetError(Exception):
    """An asset cannot be built, or has not been; the words say what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotlyBundle:
    """One plotly.js file: its source, and what a page needs beside it."""

    kind: Bundle
    version: str
    script: str

    @classmethod
    def read(cls, file: Path, *, kind: Bundle) -> Self:
        """Return the bundle in `file`; AssetError if it is not plotly.js."""
        script = file.read_text(encoding="utf-8")
        version = _VERSION.search(script[:500])
        if version is None:
            raise AssetError(f"{file} does not begin as plotly.js does. Install plotly again.")
        return cls(kind=kind, version=version[1], script=script)

    def stylesheet(self) -> str:
        """Return the rules that plotly.js would add to the page, in the order they would stand."""
        # plotly.js puts each rule before those it has added already.
        rules = reversed(list(_rules(self.script)))
        return "".join(f"{_selector(name)}{{{body}}}\n" for name, body in rules)

    def style_hashes(self) -> tuple[str, ...]:
        """Return the CSP hash of each style element that the bundle adds with its text."""
        added = (_unquoted(found["text"]) for found in _STYLE_ELEMENT.finditer(self.script))
        return tuple(csp_hash(text) for text in dict.fromkeys(added))


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltAssets:
    """What a build left: the file of each logical name, and what a page's CSP must allow."""

    folder: Path
    files: Mapping[str, str]
    bundle: Bundle
    version: str
    csp_style_hashes: tuple[str, ...]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Return the assets built into `folder`; AssetError if there are none."""
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            return cls(
                folder=folder,
                files=manifest["files"],
                bundle=manifest["plotly"]["bundle"],
                version=manifest["plotly"]["version"],
                csp_style_hashes=tuple(manifest["csp_style_hashes"]),
            )
        except (FileNotFoundError, ValueError, KeyError) as error:
            raise AssetError(f"{folder} holds no built assets. Run: make assets") from error


def build(*, root: Path, into: Path) -> BuiltAssets:
    """Build every asset of the project at `root` into the folder `into`, and return them."""
    bundle = find_bundle(root)
    script = bundle.script.encode()
    stylesheet = bundle.stylesheet().encode()
    into.mkdir(parents=True, exist_ok=True)
    files = {
        "plotly.css": _write_hashed(into, "plotly.css", stylesheet),
        "plotly.js": _write_hashed(into, "plotly.js", script),
    }
    manifest = {
        "files": files,
        "plotly": {"bundle": bundle.kind, "version": bundle.version},
        "csp_style_hashes": list(bundle.style_hashes()),
    }
    _write(into / MANIFEST, (json.dumps(manifest, indent=2) + "\n").encode())
    _remove_others(into, files.values())
    return BuiltAssets.read(into)


def find_bundle(root: Path) -> PlotlyBundle:
    """Return npm's basic bundle if the project at `root` has it, else the plotly package's."""
    basic = root / "node_modules" / "plotly.js-basic-dist-min" / "plotly-basic.min.js"
    if basic.is_file():
        return PlotlyBundle.read(basic, kind="basic")
    return PlotlyBundle.read(full_bundle_file(), kind="full")


def full_bundle_file() -> Path:
    """Return the plotly.js inside the installed plotly package; AssetError if there is none."""
    # Importing plotly takes most of a second; only its folder is wanted.
    package = find_spec("plotly")
    if package is None or package.origin is None:
        raise AssetError("The plotly package is not installed. Run: make setup")
    return Path(package.origin).parent / "package_data" / "plotly.min.js"


def csp_hash(style: str) -> str:
    """Return the source expression, without its quotes, that allows the style element `style`."""
    digest = hashlib.sha256(style.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _rules(script: str) -> Iterator[tuple[str, str]]:
    first = _FIRST_RULE.search(script)
    position = first.end() if first else 0
    while (rule := _RULE.match(script, position)) is not None:
        yield _unquoted(rule["selector"]), _unquoted(rule["body"])
        position = rule.end()
        if rule["end"] == "}":
            return
    raise AssetError("This plotly.js keeps its style rules in a way the build does not know.")


def _selector(name: str) -> str:
    # The two letters are plotly.js's own shorthand, replaced in this order as it starts.
    return name.replace("X", ".js-plotly-plot .plotly").replace("Y", ".plotly-notifier")


def _unquoted(literal: str) -> str:
    if literal[0] not in "\"'`":
        return literal
    return _ESCAPE.sub(_unescaped, literal[1:-1])


def _unescaped(found: re.Match[str]) -> str:
    escape = found[1]
    if len(escape) > 1:
        return chr(int(escape[1:], 16))
    return _ESCAPED.get(escape, escape)


def _write_hashed(folder: Path, name: str, content: bytes) -> str:
    stem, suffix = name.rsplit(".", 1)
    hashed = f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}.{suffix}"
    if not (folder / f"{hashed}.br").is_file():
        _write(folder / hashed, content)
        _write(folder / f"{hashed}.gz", gzip.compress(content, 9, mtime=0))
        _write(folder / f"{hashed}.br", brotli.compress(content, mode=brotli.MODE_TEXT))
    return hashed


def _write(file: Path, content: bytes) -> None:
    # A server that is running reads either the old file or the whole new one.
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(file)


def _remove_others(folder: Path, kept: Collection[str]) -> None:
    siblings = {f"{name}{suffix}" for name in kept for suffix in ("", ".gz", ".br")}
    for file in folder.glob("plotly-*"):
        if file.name not in siblings:
            file.unlink()


def main() -> int:
    """Build into `instance/assets` and say what was built; 1, with one line, if it cannot be."""
    root = Path(__file__).resolve().parents[2]
    try:
        assets = build(root=root, into=root / "instance" / "assets")
    except AssetError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Built plotly.js {assets.version} ({assets.bundle}) into instance/assets")
    return 0


if __name__ == "__main__":
    sys.exit(main())
