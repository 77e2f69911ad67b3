"""What templates of strangers can do, and what they cannot."""

import time
from typing import Any

import pytest

from gateway.templates.rendering import TemplateRefusedError, checked, render
from gateway.templates.variables import SAMPLE, VARIABLES, formats

GIVEN: dict[str, Any] = {
    "customer": "<b>Müller & Co</b>",
    "none": None,
    "yes": True,
    "lines": [{"name": "one", "amount": "1234.50"}, {"name": "two", "amount": "-1"}],
    "deep": {"items": [1, 2], "values": "v"},
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dear {{ customer }},", "Dear <b>Müller & Co</b>,"),
        ("{{ none }}{{ missing }}{{ missing.more.still }}|{{ yes }}", "|true"),
        ("{{ missing|default('-') }}{{ none or 'x' }}", "-x"),
        ("{% for l in lines %}{{ loop.index }}/{{ loop.length }} {{ l.name }};{% endfor %}",) * 2,
        ("{% for l in lines if l.name == 'two' %}{{ l.name|upper }}{% endfor %}", "TWO"),
        ("{% for x in missing %}{{ x }}{% else %}nothing{% endfor %}", "nothing"),
        (
            "{% if lines|length > 1 and not none %}many{% elif yes %}1{% else %}0{% endif %}",
            "many",
        ),
        ("{{ deep.items }}{{ deep['values'] }}{{ lines[0].name }}{{ lines[9].name }}", "vone"),
        ("{{ lines[-1].name }} {{ (lines|first).name }}", "two one"),
        ("{# nothing #}{% raw %}{{ x }}{% endraw %}\n", "{{ x }}\n"),
        ("{{ 'yes' if 'M' in customer else 'no' }}", "yes"),
    ],
)
def test_what_a_template_says(text: str, said: str) -> None:
    expected = "1/2 one;2/2 two;" if said == text else said
    assert render(text, GIVEN) == expected


def test_html_escapes_values_and_nothing_else() -> None:
    text = "<p>{{ customer }}</p>{{ '<i>'|upper }}"
    assert render(text, GIVEN, html=True) == ("<p>&lt;b&gt;Müller &amp; Co&lt;/b&gt;</p>&lt;I&gt;")
    twice = render("{{ customer|escape }}", GIVEN, html=True)
    assert twice == "&lt;b&gt;Müller &amp; Co&lt;/b&gt;"
    assert render("{{ customer }}", {"customer": "{{ 7 }}"}) == "{{ 7 }}", (
        "values are no templates"
    )


@pytest.mark.parametrize(
    ("locale", "said"),
    [("de", "1.234,50\u00a0EUR|30.11.2026"), ("xx", "EUR\u00a01,234.50|30\u00a0Nov\u00a02026")],
)
def test_amounts_and_days_are_written_as_the_language_does(locale: str, said: str) -> None:
    text = "{{ a|money }}|{{ d|date }}"
    given = {"a": "1234.50", "d": "2026-11-30"}
    assert render(text, given, formats=formats(locale, "EUR")) == said
    odd = {"a": "NaN", "d": "tomorrow"}
    assert render(text, odd, formats=formats(locale, "EUR")) == "NaN|tomorrow"
    assert render(text, {}, formats=formats(locale, "EUR")) == "|"


@pytest.mark.parametrize(
    "text",
    [
        "{{ customer.__class__.__mro__ }}",
        "{{ lines.append }}{{ lines.__class__ }}{{ deep.__init__ }}",
        "{{ ''.__class__ }}{{ customer.format }}{{ customer.upper }}",
        "{{ deep.keys }}{{ deep.get }}{{ deep.pop }}",
        "{{ deep['__class__'] }}{{ customer[0] }}",
    ],
)
def test_no_python_object_is_reached(text: str) -> None:
    assert render(text, GIVEN) == ""


@pytest.mark.parametrize(
    "text",
    [
        "{{ customer() }}",
        "{{ customer.upper() }}",
        "{{ cycler.__init__.__globals__ }}{{ range(3) }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ 'a' ~ 'b' }}",
        "{{ 'a' % 'b' }}",
        "{{ [1, 2] }}",
        "{{ {'a': 1} }}",
        "{{ lines[0:1] }}",
        "{{ self }}",
        "{{ customer|attr('__class__') }}",
        "{{ customer|format('%9999999999d') }}",
        "{{ customer|center(1000000000) }}",
        "{{ customer|safe }}",
        "{{ customer|map('upper') }}",
        "{{ lines|join(customer) }}",
        "{% set a = 1 %}",
        "{% macro a() %}{% endmacro %}",
        "{% include 'x' %}",
        "{% import 'x' as x %}",
        "{% extends 'x' %}",
        "{% block x %}{% endblock %}",
        "{% autoescape false %}{{ customer }}{% endautoescape %}",
        "{% filter upper %}x{% endfilter %}",
        "{% with a = 1 %}{% endwith %}",
        "{% call customer() %}{% endcall %}",
        "{% for a in 'abc' %}{% endfor %}",
        "{% for a in lines recursive %}{% endfor %}",
        "{% for a, b in lines %}{% endfor %}",
        "{{ " + "(" * 500 + "1" + ")" * 500 + " }}",
        "{% if x %}" * 60 + "{% endif %}" * 60,
        "{% for a in lines %}" * 4 + "{% endfor %}" * 4,
        "{{ " + "9" * 5000 + " }}",
        "{{",
        "{% if %}",
        "x" * 50_001,
    ],
)
def test_the_rest_is_refused(text: str) -> None:
    with pytest.raises(TemplateRefusedError):
        checked(text)
    with pytest.raises(TemplateRefusedError):
        render(text, GIVEN)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{% for a in l %}{% for b in l %}{% endfor %}{% endfor %}", "loops more"),
        ("{% for a in l %}{{ s }}{% endfor %}", "gives more"),
        ("{% for a in s %}{% for b in s %}x{% endfor %}{% endfor %}", ""),
        ("{% for a in l %}{% if (l|join(',')) == 'x' %}{% endif %}{% endfor %}", "loops more"),
    ],
)
def test_a_template_costs_little(text: str, words: str) -> None:
    given = {"l": list(range(1000)), "s": "y" * 1000}
    began = time.monotonic()
    if words:
        with pytest.raises(TemplateRefusedError, match=words):
            render(text, given)
    else:
        assert render(text, given) == "", "texts are not lists"
    assert time.monotonic() - began < 10
    with pytest.raises(TemplateRefusedError, match="is given more"):
        render("x", {"s": "y" * 2_000_001})


def test_names_are_known_before_anything_is_rendered() -> None:
    checked("{% for l in invoice.lines %}{{ l.item_name }}{{ loop.index }}{% endfor %}", KNOWN)
    with pytest.raises(TemplateRefusedError, match="line 2: asks for numbr"):
        checked("Dear {{ customer }},\n{{ numbr }}", KNOWN)


def test_the_sample_has_every_variable() -> None:
    assert set(SAMPLE) == set(VARIABLES)


KNOWN = frozenset(VARIABLES)
