import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from formats.findings import Outcome
from formats.validation.engine import EngineError, EngineUnavailableError
from gateway.compliance.oracle import SaxonOracle
from schemas import Artefact

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def gone(pid: int, seconds: float = 10) -> bool:
    """Whether a process ends in time; a zombie counts as there."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.02)
    return False


def busy(pid: int) -> bool:
    """Whether a process has used processor time in the last 50 ms."""
    first = _ticks(pid)
    time.sleep(0.05)
    return _ticks(pid) > first


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def test_a_worker_killed_under_a_document_is_an_error_and_replaced(
    en_16931: Artefact, example: bytes, slow: bytes
) -> None:
    with SaxonOracle() as oracle, ThreadPoolExecutor(1) as pool:
        oracle.prepare(en_16931)
        (pid,) = oracle.process_ids
        running = pool.submit(oracle.run, en_16931, slow)
        wait_until(lambda: busy(pid))
        assert not running.done()
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(EngineError, match="ended"):
            running.result()
        assert gone(pid)
        assert oracle.run(en_16931, example) == ()
        assert oracle.process_ids != (pid,)


def test_a_worker_killed_between_documents_costs_no_verdict(
    en_16931: Artefact, example: bytes
) -> None:
    with SaxonOracle() as oracle:
        for _ in range(3):
            assert oracle.run(en_16931, example) == ()
            (pid,) = oracle.process_ids
            os.kill(pid, signal.SIGKILL)
            wait_until(lambda: oracle.process_ids == ())


def test_a_document_that_takes_too_long_is_an_error_and_its_worker_ends(
    en_16931: Artefact, example: bytes, slow: bytes
) -> None:
    with SaxonOracle(seconds=0.3) as oracle:
        oracle.prepare(en_16931)
        (pid,) = oracle.process_ids
        started = time.monotonic()
        with pytest.raises(EngineError, match="too long"):
            oracle.run(en_16931, slow)
        assert time.monotonic() - started < 3
        assert gone(pid)
    with SaxonOracle() as oracle:
        assert oracle.run(en_16931, example) == ()


def test_a_document_that_wants_too_much_memory_is_an_error(
    en_16931: Artefact, example: bytes, slow: bytes
) -> None:
    with SaxonOracle(memory_bytes=280 * 1024**2) as oracle:
        assert oracle.run(en_16931, example) == ()
        with pytest.raises(EngineError):
            oracle.run(en_16931, slow * 1 + b"<!--" + b"x" * 100_000_000 + b"-->")
        assert oracle.run(en_16931, example) == ()


FRAME = "import struct,os; send=lambda h,p=b'',n=None: os.write(0,struct.pack('>II',len(h),n or len(p))+h+p)\n"  # noqa: E501


@pytest.mark.parametrize(
    "program",
    [
        pytest.param("", id="ends at once"),
        pytest.param("import time; time.sleep(60)", id="says nothing"),
        pytest.param("import os; os.write(0, b'hello world, this is Java')", id="says nonsense"),
        pytest.param(FRAME + "send(b'{\"unknown\": 1}')", id="says something else"),
        pytest.param(FRAME + "send(b'[1]')", id="says no object"),
        pytest.param(FRAME + "send(b'{\"ready\": 1}')", id="ends after the greeting"),
        pytest.param(
            FRAME + "send(b'{\"ready\": 1}'); os.read(0, 99); send(b'{}')", id="answers nothing"
        ),
        pytest.param(
            FRAME + "send(b'{\"ready\": 1}'); os.read(0, 99); send(b'{\"ok\": 1}')", id="answers 1"
        ),
        pytest.param(
            FRAME + "send(b'{\"ready\": 1}'); os.read(0, 99); send(b'{\"ok\": true}', b'', 2**31)",
            id="promises gigabytes",
        ),
        pytest.param(
            FRAME + "send(b'{\"ready\": 1}'); os.read(0, 99); send(b'{\"ok\": true}', b'<s', 99)",
            id="ends within its answer",
        ),
        pytest.param(
            FRAME + "send(b'{\"ready\": 1}')\n"
            "while os.read(0, 1 << 20): send(b'{\"ok\": true}', b'')",
            id="agrees to everything with nothing",
        ),
    ],
)
def test_a_worker_that_misbehaves_is_an_error_and_ends(
    tmp_path: Path, en_16931: Artefact, example: bytes, program: str
) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text(program)
    with SaxonOracle(seconds=2, start_seconds=2) as oracle:
        oracle._command = [sys.executable, "-I", str(worker)]
        with pytest.raises(EngineError):
            oracle.run(en_16931, example)


def test_without_saxonche_the_engine_is_unavailable_and_says_what_to_install(
    en_16931: Artefact, example: bytes
) -> None:
    with SaxonOracle() as oracle:
        # -S: the same interpreter without its installed packages.
        oracle._command[1:1] = ["-S"]
        with pytest.raises(EngineUnavailableError, match=r"einvoice-gateway\[oracle\]"):
            oracle.run(en_16931, example)
        assert oracle.process_ids == ()


@pytest.mark.parametrize("workers", [1, 2])
def test_threads_get_the_findings_of_their_own_document(
    workers: int, en_16931: Artefact, example: bytes
) -> None:
    def document(number: int) -> bytes:
        count = number % 5 + 1
        note = f"<cbc:Note>{number}</cbc:Note>".encode()
        start, end = example.index(b"<cac:InvoiceLine>"), example.index(b"</Invoice>")
        line = example[start : example.index(b"</cac:InvoiceLine>") + len(b"</cac:InvoiceLine>")]
        nameless = line.replace(b"<cbc:Name>", b"<!--").replace(b"</cbc:Name>", b"-->", 1)
        assert nameless != line
        return example[:end] + nameless * count + note + example[end:]

    with SaxonOracle(workers=workers) as oracle, ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: oracle.run(en_16931, document(n)), range(80)))
        assert 1 <= len(oracle.process_ids) <= workers
    for number, findings in enumerate(found):
        nameless = [finding for finding in findings if finding.rule == "BR-25"]
        assert len(nameless) == number % 5 + 1


def test_closing_ends_every_worker_and_leaves_no_zombie(
    en_16931: Artefact, example: bytes
) -> None:
    oracle = SaxonOracle(workers=2)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: oracle.run(en_16931, example), range(20)))
    pids = oracle.process_ids
    assert pids
    oracle.close()
    oracle.close()
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    with pytest.raises(EngineError, match="closed"):
        oracle.run(en_16931, example)


def test_a_worker_does_not_outlive_a_killed_gateway(
    en_16931: Artefact, slow: bytes, tmp_path: Path
) -> None:
    document = tmp_path / "slow.xml"
    document.write_bytes(slow)
    program = f"""
import sys
from datetime import date
from pathlib import Path
from gateway.compliance.oracle import SaxonOracle
from schemas import Catalog
rules = Catalog().resolve({en_16931.family!r}, date(2026, 11, 20))
oracle = SaxonOracle()
oracle.prepare(rules)
print(oracle.process_ids[0], flush=True)
if {{busy}}:
    oracle.run(rules, Path({str(document)!r}).read_bytes())
sys.stdin.read()
"""
    for is_busy in (False, True):
        with subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", program.format(busy=is_busy)],
            cwd=Path(__file__).parents[3],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as gateway:
            assert gateway.stdout is not None
            pid = int(gateway.stdout.readline())
            if is_busy:
                wait_until(lambda pid=pid: busy(pid))  # type: ignore[misc]  # bound by default
            gateway.kill()
        assert gone(pid, 30)


def test_the_worker_inherits_no_secret(
    en_16931: Artefact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GATEWAY_MASTER_KEY", "canary-4f1d")
    with SaxonOracle() as oracle:
        oracle.prepare(en_16931)
        (pid,) = oracle.process_ids
        assert b"canary" not in Path(f"/proc/{pid}/environ").read_bytes()
        files = [str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir()]
        assert [each for each in files if each.startswith("socket:")] == [files[0]] * 2


def test_a_pool_that_is_busy_for_too_long_is_an_error(en_16931: Artefact, slow: bytes) -> None:
    with SaxonOracle(seconds=20, start_seconds=20) as oracle, ThreadPoolExecutor(1) as pool:
        oracle.prepare(en_16931)
        (pid,) = oracle.process_ids
        running = pool.submit(oracle.run, en_16931, slow)
        wait_until(lambda: busy(pid))
        oracle._start_seconds = oracle._seconds = 0.01
        with pytest.raises(EngineError, match="busy"):
            oracle.run(en_16931, slow)
        oracle._seconds = 20
        running.result()


def test_closing_waits_for_the_document_at_work(en_16931: Artefact, slow: bytes) -> None:
    oracle = SaxonOracle()
    oracle.prepare(en_16931)
    (pid,) = oracle.process_ids
    answers: list[Outcome] = []

    def run() -> None:
        oracle.run(en_16931, slow)
        answers.append(Outcome.RAN)

    thread = threading.Thread(target=run)
    thread.start()
    wait_until(lambda: busy(pid))
    oracle.close()
    thread.join()
    assert answers == [Outcome.RAN]
