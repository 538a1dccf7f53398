"""What must be true of every page of the house. Each check returns what is wrong, in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from html5lib import HTMLParser
from html5lib.constants import E as PARSE_ERRORS
from html5lib.treebuilders import getTreeBuilder
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect
from werkzeug.test import TestResponse

from companion.settings import ROOT
from companion.web.security import HEADERS

SVG = "{http://www.w3.org/2000/svg}"
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "for", "list", "form", "headers")
LOADS = ("src", "srcset", "poster", "data", "background")
CONTROLS = {"input", "select", "textarea"}
UNFILLED = re.compile(r"%\(|\{\{|\{%|\bNone\b|\bUndefined\b|&amp;|&lt;")


def parse(markup: str) -> tuple[Element, list[str]]:
    """The tree of a page, and everything a strict reader finds wrong with it."""
    parser = HTMLParser(tree=getTreeBuilder("etree"), namespaceHTMLElements=False)
    root = parser.parse(markup)
    wrong = [f"line {place[0]}: {PARSE_ERRORS.get(code, code) % values}" for place, code, values in parser.errors]
    return root, wrong


def words(element: Element) -> str:
    """The text inside an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def parents(root: Element) -> dict[Element, Element]:
    return {child: parent for parent in root.iter() for child in parent}


def elements(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if isinstance(element.tag, str))


def problems(root: Element, language: str, routes: MapAdapter) -> list[str]:
    """Everything that is wrong with a parsed page."""
    checks = (
        _language(root, language),
        _heading(root),
        _ids(root),
        _labels(root),
        _names(root),
        _scripts_and_styles(root),
        _resources(root),
        _links(root, routes),
        _words(root),
    )
    return [problem for check in checks for problem in check]


def header_problems(response: TestResponse) -> Iterator[str]:
    for name, value in HEADERS.items():
        given = response.headers.get(name)
        if given != value and (name, given) != ("Referrer-Policy", "no-referrer"):
            yield f"header {name} is {response.headers.get(name)!r}"
    policy = response.headers.get("Content-Security-Policy", "")
    if "unsafe" in policy or "default-src 'none'" not in policy:
        yield f"loose policy: {policy}"
    if response.headers.get("Cache-Control") != "no-store":
        yield "a page that a shared phone may keep (Cache-Control)"


def _language(root: Element, language: str) -> Iterator[str]:
    if root.get("lang") != language:
        yield f"lang is {root.get('lang')!r}, not {language!r}"


def _heading(root: Element) -> Iterator[str]:
    found = [words(element) for element in root.iter("h1")]
    title = next((words(element) for element in root.iter("title")), "")
    if len(found) != 1:
        yield f"{len(found)} h1: {found}"
    elif not found[0] or not title.startswith(found[0]):
        yield f"the title {title!r} does not start with the h1 {found[0]!r}"
    level = 0
    for element in elements(root):
        if re.fullmatch(r"h[1-6]", element.tag):
            if int(element.tag[1]) > level + 1:
                yield f"{element.tag} {words(element)!r} after h{level}"
            level = int(element.tag[1])


def _ids(root: Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in elements(root) if element.get("id") is not None)
    yield from (f"id {name!r} is there {count} times" for name, count in ids.items() if count > 1)
    for element in elements(root):
        for attribute in REFERENCES:
            if attribute in element.attrib:
                asked = element.attrib[attribute].split()
                if not asked:
                    yield f"{element.tag} has an empty {attribute}"
                yield from (f"{attribute} points to {name!r}, which is not there" for name in asked if name not in ids)
        href = element.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            yield f"href {href!r} points nowhere"


def _labels(root: Element) -> Iterator[str]:
    parent_of = parents(root)
    labelled = {element.get("for") for element in root.iter("label") if words(element)}
    for element in elements(root):
        if element.tag not in CONTROLS or element.get("type") == "hidden" or "hidden" in element.attrib:
            continue
        if element.get("aria-label") or element.get("aria-labelledby") or element.get("id") in labelled:
            continue
        around: Element | None = element
        while around is not None and around.tag != "label":
            around = parent_of.get(around)
        if around is None or not words(around):
            yield f"{element.tag} {element.get('name')!r} has no label"


def _names(root: Element) -> Iterator[str]:
    """Links, buttons, pictures and groups say what they are."""
    for element in elements(root):
        name = element.get("aria-label") or element.get("aria-labelledby") or words(element)
        if element.tag in {"a", "button", "legend", "summary", "th", "caption", "h1", "h2", "h3"} and not name:
            yield f"{element.tag} without a name: {element.attrib}"
        if element.tag == "img" and "alt" not in element.attrib:
            yield f"img without alt: {element.attrib}"
        named = element.get("role") == "img" and (element.get("aria-label") or element.get("aria-labelledby"))
        if element.tag == f"{SVG}svg" and element.get("aria-hidden") != "true" and not named:
            yield f"svg that is neither hidden nor named: {element.attrib}"
        if element.tag == "fieldset" and next(iter(element), element).tag != "legend":
            yield f"fieldset without a legend: {element.attrib}"


def _scripts_and_styles(root: Element) -> Iterator[str]:
    for element in elements(root):
        if element.tag == "script" and (not element.get("src") or words(element)):
            yield "an inline script"
        if element.tag in {"style", f"{SVG}style", f"{SVG}script"}:
            yield f"a {element.tag} element"
        for attribute, value in element.attrib.items():
            if attribute == "style" or attribute.startswith("on"):
                yield f"{element.tag} has {attribute}={value!r}"
            if str(value).strip().lower().startswith("javascript:"):
                yield f"{element.tag} runs {value!r}"


def _resources(root: Element) -> Iterator[str]:
    """Nothing is loaded from elsewhere."""
    for element in elements(root):
        loads = [element.get(name, "") for name in LOADS]
        if element.tag in {"link", "base", f"{SVG}use", f"{SVG}image"}:
            loads.append(element.get("href", ""))
        if element.tag in {"form", "button", "input"}:
            loads += [element.get("action", ""), element.get("formaction", "")]
        for load in loads:
            if urlsplit(load).netloc or load.startswith(("http:", "https:")):
                yield f"{element.tag} reaches for {load}"


def _links(root: Element, routes: MapAdapter) -> Iterator[str]:
    hrefs = [element.get("href", "") for element in root.iter("a")]
    if "/help" not in hrefs:
        yield "no link to /help"
    for href in hrefs:
        if not href.startswith(("#", "tel:", "mailto:", "https://")):
            yield from _dead(href, "GET", routes)
    for element in elements(root):
        if element.tag == "form":
            method = element.get("method", "get").upper()
            if element.get("action"):
                yield from _dead(element.get("action", ""), method, routes)
        path = urlsplit(element.get("src", "") or (element.get("href", "") if element.tag == "link" else "")).path
        if path.startswith("/static/") and not (ROOT / path[1:]).is_file():
            yield f"{path} is not a file"


def _dead(address: str, method: str, routes: MapAdapter) -> Iterator[str]:
    path = urlsplit(address).path
    if not path.startswith("/"):
        yield f"{address!r} is not an address from the root"
        return
    try:
        routes.match(path, method)
    except RequestRedirect:
        yield f"{address} leads on by redirect"
    except HTTPException as error:
        yield f"{address} is nobody's {method} address ({error.code})"


def _words(root: Element) -> Iterator[str]:
    for element in elements(root):
        for text in (element.text, element.tail, element.get("aria-label"), element.get("value")):
            if text and UNFILLED.search(text):
                yield f"a text that was not finished: {text.strip()[:80]!r}"
