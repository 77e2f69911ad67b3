"""However many endpoints hang, half of the threads are there for those that answer."""

from uuid import uuid4

from gateway.webhooks.windows import Windows


def test_endpoints_that_hang_get_half_of_the_threads() -> None:
    windows = Windows(threads=32, most=8)
    good = uuid4()
    windows.begin(good)
    windows.end(good, good=True)
    begun = 0
    while windows.free_for_doubtful() > 0:
        windows.begin(uuid4())
        begun += 1
    assert begun == 16
    assert windows.free() == 16
    assert windows.proven() == [good]


def test_an_endpoint_earns_its_room() -> None:
    windows = Windows(threads=32, most=8)
    one = uuid4()

    def room() -> int:
        begun = 0
        while begun == 0 or one not in windows.not_now() or one in windows.proven():
            windows.begin(one)
            begun += 1
        for _ in range(begun):
            windows._busy[one] -= 1
        del windows._busy[one]
        return begun

    assert room() == 2
    for expected in (3, 4, 5, 6, 7, 8, 8):
        windows.begin(one)
        windows.end(one, good=True)
        assert room() == expected
    for expected in (4, 2, 1, 1):
        windows.begin(one)
        windows.end(one, good=False)
        assert windows.proven() == []
        assert room() == expected
