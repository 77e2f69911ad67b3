"""SaxonC in a process of its own: compiles stylesheets once, judges documents, times itself.

Run as a file by `benchmarks.saxon`; saxonche is loaded here and in the oracle of the tests, and
nowhere else. With a document as argument it is the cold run: compile, judge it, end.

Each line on standard input is JSON and is answered by a line: `{"compile": [path, ...]}` by
`{"ready": version}`; `{"judge": path}` by `{"processor": ns, "wall": ns, "found": n}`. What is
timed begins with the bytes of the document and ends with the reports as strings; reading the file
and writing the answer are not in it.
"""

import json
import sys
import time
from pathlib import Path

from saxonche import PySaxonProcessor  # noqa: TID251 - a process of its own, as the oracle's


class Judge:
    """One processor and its stylesheets."""

    def __init__(self, stylesheets: list[str]) -> None:
        self._processor = PySaxonProcessor(license=False)
        compiler = self._processor.new_xslt30_processor()
        self._executables = [
            compiler.compile_stylesheet(stylesheet_text=Path(each).read_text(encoding="utf-8-sig"))
            for each in stylesheets
        ]
        self.version = str(self._processor.version)

    def reports(self, content: bytes) -> list[str]:
        """Return the SVRL of every stylesheet, the document parsed once."""
        document = self._processor.parse_xml(xml_text=content.decode())
        return [str(each.transform_to_string(xdm_node=document)) for each in self._executables]

    def timed(self, content: bytes) -> dict[str, int]:
        """Return what judging took, in nanoseconds, and how much was found."""
        wall, processor = time.perf_counter_ns(), time.process_time_ns()
        reports = self.reports(content)
        spent = time.process_time_ns() - processor
        return {
            "processor": spent,
            "wall": time.perf_counter_ns() - wall,
            "found": sum(map(found, reports)),
        }


def found(report: str) -> int:
    """Return how many findings an SVRL report has."""
    return report.count("<svrl:failed-assert") + report.count("<svrl:successful-report")


def serve() -> None:
    """Answer until the other side closes."""
    judge: Judge | None = None
    for line in sys.stdin:
        request = json.loads(line)
        if judge is None:
            judge = Judge(request["compile"])
            answer: dict[str, object] = {"ready": judge.version}
        else:
            answer = dict(judge.timed(Path(request["judge"]).read_bytes()))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Serve, or judge the document that is the first argument by the stylesheets after it."""
    if len(sys.argv) > 1:
        document, *stylesheets = sys.argv[1:]
        reports = Judge(stylesheets).reports(Path(document).read_bytes())
        sys.stdout.write(f"{sum(map(found, reports))}\n")
    else:
        serve()


if __name__ == "__main__":
    main()
