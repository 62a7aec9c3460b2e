"""Templates, styles and scripts: translatable, self-contained, fit for the oldest browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE, VENDOR = ROOT / "src/gengdu", ROOT / "frontend/vendor"
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
OWN_FILES = sorted([*TEMPLATES, *SOURCE.rglob("static/**/*.css"), *SOURCE.rglob("static/**/*.js"),
                    *SOURCE.rglob("static/**/*.svg")])  # fmt: skip
STYLES = [*SOURCE.rglob("static/**/*.css"), *VENDOR.rglob("*.css")]
SCRIPTS = [*SOURCE.rglob("static/**/*.js"), *VENDOR.rglob("*.js")]

_TRANSLATED = re.compile(
    r"{%-?\s*blocktranslate.*?endblocktranslate\s*%}|{%\s*translate\s+(?:\"[^\"]*\"|'[^']*').*?%}"
    r"|_\(\"[^\"]*\"\)|_\('[^']*'\)|{#.*?#}|{%\s*comment.*?endcomment\s*%}",
    re.DOTALL,
)
_CHINESE = re.compile("[一-鿿]+")
_ADDRESS = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9.-]+\.[a-z]{2,}", re.IGNORECASE)
# Chromium 109, the last one on Windows 7, has none of these; :has, @container are new there.
NEWER_STYLES = re.compile(
    r"color-mix\(|light-dark\(|\bok(?:lch|lab)\(|\bl(?:ch|ab)\(|[:\s,]color\(|@layer\b|@container\b"
    r"|@scope\b|@starting-style|@view-transition|@position-try|@function\b|:has\(|:user-(?:in)?valid"
    r"|\bsubgrid\b|text-wrap\s*:|\blinear\(|field-sizing\s*:|anchor-name\s*:|position-anchor\s*:"
    r"|content-visibility\s*:\s*auto\b|\bround\(|\bfrom var\(|interpolate-size|scrollbar-color\s*:"
)
NEWER_SCRIPTS = re.compile(
    r"\.(?:toSorted|toReversed|toSpliced|isWellFormed|toWellFormed|showPopover)\("
    r"|Object\.groupBy|Map\.groupBy|Promise\.withResolvers|Array\.fromAsync|URL\.canParse"
    r"|Promise\.try|\bSet\(.*\)\.union\("
)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


every_template = pytest.mark.parametrize("path", TEMPLATES, ids=relative)
every_own_file = pytest.mark.parametrize("path", OWN_FILES, ids=relative)
every_style = pytest.mark.parametrize("path", STYLES, ids=relative)
every_script = pytest.mark.parametrize("path", SCRIPTS, ids=relative)


@every_template
def test_every_chinese_word_of_a_template_can_be_translated(path: Path) -> None:
    bare = _CHINESE.findall(_TRANSLATED.sub("", path.read_text(encoding="utf-8")))

    assert bare == []


@every_own_file
def test_no_page_style_or_script_names_an_outside_address(path: Path) -> None:
    assert _ADDRESS.findall(path.read_text(encoding="utf-8")) == []


@every_template
def test_no_template_carries_a_script_of_its_own(path: Path) -> None:
    """The content policy allows scripts from files alone."""
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", text) == []
    assert re.findall(r"\son[a-z]+\s*=\s*[\"']", text) == []
    assert "javascript:" not in text


def without_comments_and_strings(css: str) -> str:
    return re.sub(
        r"/\*.*?\*/|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|url\([^)]*\)", "", css, flags=re.DOTALL
    )


def nested_rules(css: str) -> Iterator[str]:
    """Yield the head of every rule that stands inside another rule, groups such as @media aside."""
    heads: list[str] = []
    for head, brace in re.findall(r"([^{};]*)([{};])", css):
        if brace == "{":
            if heads and not heads[-1].startswith("@"):
                yield head.strip()
            heads.append(head.strip())
        elif brace == "}":
            heads.pop()


@every_style
def test_styles_ask_for_nothing_newer_than_chromium_109(path: Path) -> None:
    css = without_comments_and_strings(path.read_text(encoding="utf-8"))

    assert NEWER_STYLES.findall(css) == []
    assert list(nested_rules(css)) == []
    assert "&" not in css


@every_script
def test_scripts_ask_for_nothing_newer_than_chromium_109(path: Path) -> None:
    assert NEWER_SCRIPTS.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "css",
    [
        "a{color:color-mix(in srgb,red,blue)}",
        "a{color:light-dark(red,blue)}",
        "a{color:oklch(50% 0.1 20)}",
        ".x:has(img){color:red}",
        "@container (min-width:1px){a{color:red}}",
        "@layer base{a{color:red}}",
    ],
)
def test_the_search_finds_what_is_too_new(css: str) -> None:
    assert NEWER_STYLES.search(css)


def test_the_search_finds_nesting_and_leaves_groups_alone() -> None:
    assert list(nested_rules("a{color:red;b{color:blue}}")) == ["b"]
    assert list(nested_rules("a{&:hover{color:blue}}")) == ["&:hover"]
    assert list(nested_rules("@media print{@supports(x:y){a{color:red}}}b{color:blue}")) == []


def test_the_search_finds_chinese_outside_translation() -> None:
    text = (
        '{% translate "甲" %}乙{% blocktranslate %}丙{% endblocktranslate %}{{ x|default:_("丁") }}'
    )

    assert _CHINESE.findall(_TRANSLATED.sub("", text)) == ["乙"]


def test_vendor_files_are_there_to_be_checked() -> None:
    assert {path.name for path in STYLES} >= {"bootstrap.min.css", "leaflet.css", "gengdu.css"}
