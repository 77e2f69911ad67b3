from gateway.kit.secrets import MasterKey
from gateway.tenants.keys import Key


def test_a_key_survives_its_own_reading() -> None:
    key = Key.new("live")
    assert Key.parse(key.text) == key


def test_a_mistyped_key_is_refused_without_a_look_at_the_database() -> None:
    text = Key.new("sandbox").text
    wrong = 0
    for place in range(len("gw_sandbox_"), len(text)):
        letter = "a" if text[place] != "a" else "b"
        wrong += Key.parse(text[:place] + letter + text[place + 1 :]) is None
    assert wrong == 49
    assert Key.parse(text.replace("sandbox", "live")) is None
    assert Key.parse(text + "\n") is None


def test_what_is_stored_depends_on_the_master_key() -> None:
    key = Key.new("live")
    assert key.hash(MasterKey(b"1" * 32)) != key.hash(MasterKey(b"2" * 32))
    assert key.hash(MasterKey(b"1" * 32)) == key.hash(MasterKey(b"1" * 32))


def test_a_key_does_not_show_itself_when_printed() -> None:
    key = Key.new("live")
    assert key.text not in f"{key!r} {key}"
    assert len(key.hint.removesuffix("...")) == len("gw_live_") + 4
