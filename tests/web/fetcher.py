"""The page fetcher: tests open pages as a person without JavaScript does, and every page is checked on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from werkzeug.test import TestResponse

from companion.i18n.catalogues import catalogue
from companion.web.assets import lock_first_here, stylesheet_here
from tests.web.page_checks import SVG, elements, header_problems, parents, parse, problems, words

ORIGIN = "http://localhost"
Values = Mapping[str, str | bool | Sequence[str]]


class Browser:
    """A browser of one person. `language` is the language its pages must be in."""

    def __init__(self, app: Flask, language: str, origin: str = ORIGIN) -> None:
        self.app = app
        self.language = language
        self.origin = origin
        self.client = app.test_client()
        self.accepts = f"{language}-BE,{language};q=0.9,en;q=0.5"

    def say(self, message: str) -> str:
        """A source text in this browser's language."""
        return str(catalogue(self.language).gettext(message))

    def get(self, address: str, expect: int = 200) -> TestResponse:
        """One GET, redirects not followed."""
        headers = {"Accept-Language": self.accepts}
        response = self.client.get(address, headers=headers, base_url=self.origin)
        assert response.status_code == expect, f"GET {address}: {response.status_code}"
        return response

    def post(self, address: str, data: Mapping[str, Any] | None = None, expect: int = 303) -> TestResponse:
        """One POST from our own pages, redirects not followed."""
        headers = {"Accept-Language": self.accepts, "Origin": self.origin}
        response = self.client.post(address, data=dict(data or {}), headers=headers, base_url=self.origin)
        assert response.status_code == expect, f"POST {address}: {response.status_code}"
        return response

    def open(self, address: str, expect: int = 200) -> Page:
        """The page at an address, redirects followed."""
        headers = {"Accept-Language": self.accepts}
        return self.follow(self.client.get(address, headers=headers, base_url=self.origin), address, expect)

    def follow(self, response: TestResponse, address: str, expect: int = 200) -> Page:
        """The page that an answer leads to."""
        for _ in range(5):
            if response.status_code != 303:
                break
            address = response.headers["Location"]
            assert address.startswith("/"), f"redirect to {address}"
            headers = {"Accept-Language": self.accepts}
            response = self.client.get(address.split("#")[0], headers=headers, base_url=self.origin)
        assert response.status_code == expect, f"{address}: {response.status_code}, not {expect}"
        return Page(self, response, address)


class Page:
    """A page that passed every check."""

    def __init__(self, browser: Browser, response: TestResponse, address: str) -> None:
        self.browser = browser
        self.address = address
        self.status = response.status_code
        self.markup = response.get_data(as_text=True).replace(stylesheet_here(), "").replace(lock_first_here(), "")
        """Without what the policy names word for word: the styles of a first visit, and what looks for a lock."""
        assert response.mimetype == "text/html", f"{address} is {response.mimetype}"
        self.root, wrong = parse(self.markup)
        routes = browser.app.url_map.bind("localhost")
        wrong += [*problems(self.root, browser.language, routes), *header_problems(response)]
        assert wrong == [], f"{address}: {wrong}"
        self._parent_of = parents(self.root)
        self._inert = {each for template in self.root.iter("template") for each in template.iter()}

    # What stands there

    @property
    def heading(self) -> str:
        return words(next(self.root.iter("h1")))

    @property
    def text(self) -> str:
        """Everything in the main part, with single spaces of any kind."""
        return words(next(self.root.iter("main")))

    def has(self, message: str) -> bool:
        """Whether a source text stands here in the page's language."""
        return " ".join(self.browser.say(message).split()) in self.text

    def by_id(self, name: str) -> Element | None:
        return next((element for element in elements(self.root) if element.get("id") == name), None)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements by tag and attributes (`class_` holds a word); not what waits in a template."""
        wanted = dict(attributes)
        word = wanted.pop("class_", None)
        return [
            element
            for element in self.root.iter()
            if element not in self._inert
            and element.tag in {tag, f"{SVG}{tag}"}
            and all(element.get(name.replace("_", "-")) == value for name, value in wanted.items())
            and (word is None or word in element.get("class", "").split())
        ]

    def links(self) -> list[str]:
        return [element.get("href", "") for element in self.root.iter("a")]

    # Forms

    def forms(self) -> list[Element]:
        return [form for form in self.root.iter("form") if self._action(form) != "/language"]

    def _action(self, form: Element) -> str:
        return form.get("action") or self.address.split("#")[0]

    def form(self, action: str = "", containing: str = "") -> Element:
        """The form with this action (the path is enough) and this control; the only one when nothing is said."""
        found = [
            form
            for form in self.root.iter("form")
            if (urlsplit(self._action(form)).path == action if action else self._is_open(form))
            and (not containing or any(control.get("name") == containing for control in form.iter()))
        ]
        assert len(found) == 1, f"{len(found)} forms {action} {containing} on {self.address}"
        return found[0]

    def _is_open(self, form: Element) -> bool:
        """A form of this page that can be sent without a script."""
        return self._action(form) not in {"/language", "/example"} and "hidden" not in form.attrib

    def values(self, action: str = "", containing: str = "") -> dict[str, list[str]]:
        """What the form would send if it were sent now, without a button."""
        sent: dict[str, list[str]] = {}
        for name, value in _successful(self.form(action, containing)):
            sent.setdefault(name, []).append(value)
        return sent

    def send(
        self,
        values: Values | None = None,
        *,
        action: str = "",
        containing: str = "",
        button: str = "",
        expect: int = 200,
    ) -> Page:
        """Fill in by name or label, press the (named) button, and arrive at the next page."""
        response, address = self.send_only(values, action=action, containing=containing, button=button)
        return self.browser.follow(response, address, expect)

    def send_only(
        self, values: Values | None = None, *, action: str = "", containing: str = "", button: str = ""
    ) -> tuple[TestResponse, str]:
        form = self.form(action, containing)
        sent = self.values(action, containing)
        for key, value in (values or {}).items():
            name = self._name(form, key)
            sent[name] = _typed(form, name, value)
        pressed = self._button(form, button)
        if pressed.get("name"):
            sent[pressed.get("name", "")] = [pressed.get("value", "")]
        address = self._action(form)
        assert form.get("method") == "post"
        headers = {"Accept-Language": self.browser.accepts, "Origin": self.browser.origin}
        response = self.browser.client.post(address, data=sent, headers=headers, base_url=self.browser.origin)
        return response, address

    def _button(self, form: Element, value: str) -> Element:
        elsewhere = [each for each in self.root.iter("button") if form.get("id") and each.get("form") == form.get("id")]
        buttons = [each for each in (*form.iter("button"), *elsewhere) if each.get("type", "submit") == "submit"]
        if not value:
            return buttons[0]
        return next(each for each in buttons if value in {each.get("value"), words(each)})

    def _name(self, form: Element, key: str) -> str:
        """A control's name from its name or from the words of its label."""
        if any(control.get("name") == key for control in form.iter()):
            return key
        said = self.browser.say(key)
        for label in form.iter("label"):
            if words(label) in {key, " ".join(said.split())}:
                inside = next((each for each in label.iter() if each.get("name")), None)
                control = inside if inside is not None else self.by_id(label.get("for", ""))
                if control is not None:
                    return control.get("name", "")
        raise AssertionError(f"no field {key!r} on {self.address}")

    # Refusals

    def summary(self) -> list[str]:
        """The sentences of the summary on top."""
        box = self.by_id("summary")
        return [words(item) for item in box.iter("li")] if box is not None else []

    def errors(self, name: str) -> str:
        """The sentence beside a field; "" when there is none. It is tied to the field for screen readers."""
        note, group = self.by_id(f"e-{name}"), self.by_id(f"f-{name}")
        if note is not None and words(note):
            assert group is not None
            tied = [each for each in group.iter() if f"e-{name}" in each.get("aria-describedby", "").split()]
            inside = group.tag == "fieldset"
            assert tied or inside, f"the sentence of {name} is not tied to its field"
            return words(note)
        if group is not None and "error" in group.get("class", "").split():
            return words(group)
        return ""


def _successful(form: Element) -> Iterator[tuple[str, str]]:
    """The controls a browser would send, buttons left out."""
    for control in form.iter():
        name = control.get("name")
        if not name or "disabled" in control.attrib:
            continue
        if control.tag == "input":
            kind = control.get("type", "text")
            if kind in {"checkbox", "radio"}:
                if "checked" in control.attrib:
                    yield name, control.get("value", "on")
            elif kind not in {"submit", "button", "image"}:
                yield name, control.get("value", "")
        elif control.tag == "textarea":
            yield name, (control.text or "")
        elif control.tag == "select":
            options = list(control.iter("option"))
            chosen = [option for option in options if "selected" in option.attrib] or options[:1]
            for option in chosen:
                yield name, option.get("value", words(option))


def _typed(form: Element, name: str, value: str | bool | Sequence[str]) -> list[str]:
    """What someone can really make of a control: only options that are offered."""
    controls = [each for each in form.iter() if each.get("name") == name]
    first = controls[0]
    if first.get("type") in {"checkbox", "radio"}:
        offered = [each.get("value", "on") for each in controls]
        if isinstance(value, bool):
            return offered if value else []
        chosen = [value] if isinstance(value, str) else list(value)
        assert set(chosen) <= set(offered), f"{name} offers {offered}, not {chosen}"
        return chosen
    assert isinstance(value, str)
    if first.tag == "select":
        assert value in {each.get("value") for each in first.iter("option")}
    return [value]
