from lxml import etree

from formats.paths import Paths, walked

DOCUMENT = etree.fromstring(
    b'<a xmlns="urn:a" xmlns:b="urn:b"><b:c/><!-- -->'
    b"<b:c><d/><b:e/></b:c><d/><?p q?><b:f/><d/></a>"
)


def test_paths_are_those_of_libxml2() -> None:
    paths, tree = Paths(), DOCUMENT.getroottree()
    for node in DOCUMENT.iter(etree.Element):
        assert paths.path(node) == tree.getpath(node)
    assert [(node, path) for node, path, _ in walked(DOCUMENT)] == [
        (node, tree.getpath(node)) for node in DOCUMENT.iter(etree.Element)
    ]


def test_many_siblings_are_counted_once() -> None:
    parent = etree.fromstring(b"<a>" + b"<b/>" * 200_000 + b"</a>")  # a minute by libxml2
    paths = Paths()
    assert [paths.path(child) for child in parent][-1] == "/a/b[200000]"
