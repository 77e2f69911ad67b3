"""The desk of the local KSeF: which operation a call is, what it must show, and who decides it."""

import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typing_extensions import override

from gateway.sandbox.kit import playing
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.certificates import Use, new_rsa_key
from gateway.sandbox.kit.certified import CertifiedDesk, Operation
from gateway.sandbox.kit.compliance import RuleBrokenError
from gateway.sandbox.kit.control import Deeds, done
from gateway.sandbox.kit.faults import Fault
from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.ksef import (
    access,
    batches,
    enrolling,
    files,
    forms,
    granting,
    limits,
    qr,
    register,
    roles,
    routes,
    seal,
    sessions,
    testdata,
    tokens,
    tracking,
    upo,
    view,
)
from gateway.sandbox.ksef.ask import Ask, Handler
from gateway.sandbox.ksef.limits import Windows
from gateway.sandbox.ksef.office import Office
from gateway.sandbox.ksef.processing import Processor
from gateway.sandbox.ksef.routes import Route
from gateway.sandbox.ksef.rules import RULES
from gateway.sandbox.ksef.schemas import Schemas
from gateway.sandbox.ksef.shelf import TABLES

KIND = "sandbox-ksef"
HANDLERS: Mapping[str, Handler] = {
    **access.HANDLERS,
    **batches.HANDLERS,
    **enrolling.HANDLERS,
    **granting.HANDLERS,
    **limits.HANDLERS,
    **register.HANDLERS,
    **roles.HANDLERS,
    **sessions.HANDLERS,
    **testdata.HANDLERS,
    **tokens.HANDLERS,
    **tracking.HANDLERS,
    **upo.HANDLERS,
}
"""What is built, by the name of the operation."""
_PLACES = ("access", "batches", routes.ENQUIRIES, "files", routes.SENDING)

_HASH = re.compile(rb'"invoiceHash"\s*:\s*"([^"]{44})"')


class KsefDesk(CertifiedDesk):
    """The authority.

    Besides the usual, the control plane has `GET ledger`; `PUT script` `{"delay_seconds": 3,
    "rate_limits": "test" | "production" | "off", "verdicts": [550]}`: the next invoices get these
    codes instead of a judgement.

    Args:
        directory: Keys and ledger.
        seed: Of the ids it gives out.
        schemas: What invoices are judged by; none: by none.
    """

    name = KIND
    title = "Local KSeF"
    limit = 101 * 1000 * 1000  # a part of a package has 100 MB

    def __init__(self, directory: Path, *, schemas: Schemas | None = None, seed: int = 0) -> None:
        super().__init__(
            directory,
            tables=TABLES,
            places=_PLACES,
            rules={name: rule.says for name, rule in RULES.items()},
            faults=(*playing.USUAL, Fault.SLOW_ASYNC),
            seed=seed,
            mutual_tls=False,
        )
        secret = directory / "token.secret"
        if not secret.exists():
            secret.write_bytes(secrets.token_bytes(32))
        own = self.own("seal", Use.SEAL)
        self._stranger = self.stranger(own, Use.SEAL)
        self.office = Office(
            self,
            seal=own,
            sessions_key=self.own(
                "session key", Use.SIGNATURE, key=_rsa(directory, "session key")
            ),
            tokens_key=self.own("token key", Use.SIGNATURE, key=_rsa(directory, "token key")),
            secret=secret.read_bytes(),
        )
        self.processor = Processor(self.office, schemas or Schemas())
        self.windows = Windows()

    @override
    def operation(self, call: Call) -> Operation | None:
        found = routes.find(call.method, routes.parts_of(call))
        if found is None:
            if files.is_file(call):
                return Operation("files", call.target.encode(), enquiry=True)
            return None
        route, _ = found
        told = _HASH.search(call.body) if route.place == routes.SENDING else None
        subject = told.group(1) if told else call.target.encode() + call.body
        return Operation(route.place, subject, enquiry=route.name not in {"send", "close_batch"})

    @override
    def answer(self, call: Call) -> Reply:
        if (page := qr.page(self.office, call)) is not None:
            return page
        return _in_our_words(super().answer(call))

    @override
    def decide(self, call: Call, skew: float) -> Reply:
        now = self.clock.now(skew)
        self.processor.run(now)
        slow = self.player.struck(Fault.SLOW_ASYNC, call.target, where=routes.SENDING)
        self.office.slow = 0.0 if slow is None else slow.seconds
        if files.is_file(call):
            return files.answer(self.office, call, now)
        found = routes.find(call.method, routes.parts_of(call))
        assert found is not None  # noqa: S101 - `operation` has looked
        route, values = found
        try:
            return self._judged(route, Ask(self.office, call, values, now))
        except RuleBrokenError as error:
            return forms.refused(call, error, now, self.ids.of("trace", self.office.serial()))

    def _judged(self, route: Route, ask: Ask) -> Reply:
        if route.bearer is not None:
            ask.login = access.login_of(ask, route.bearer)
        context = ask.login["context"] if ask.login else ""
        wait = self.windows.wait(self.office.allowed(route.group, context), context, ask.now)
        if not self.rulebook.judged("K005", kept=wait is None):
            return forms.too_many(f"Spróbuj ponownie po {wait} sekundach.", wait or 1)
        if route.needs:
            present = access.permissions(ask)
            self.rulebook.must(
                "K004",
                "Brak wymaganych uprawnień do wykonania operacji w bieżącym kontekście.",
                403,
                kept=bool(present & set(route.needs)),
                requiredAnyOfPermissions=list(route.needs),
                presentPermissions=sorted(present),
            )
        handler = HANDLERS.get(route.name)
        if handler is None:
            self.book.count(f"unbuilt:{route.name}")
            raise self.rulebook.broken("K999", f"{route.method} {route.path}", 400)
        return handler(ask)

    @override
    def forged(self, reply: Reply) -> Reply:
        """Return a UPO as a stranger would seal it; nothing else has a signature."""
        if reply.headers.get("Content-Type") != forms.XML or b"seal-properties" not in reply.body:
            return reply
        bare = upo.unsealed(reply.body)
        made = seal.sealed(bare, self._stranger, self.clock.now())
        return forms.xml(made, upo.digest(made))

    @override
    def page(self, query: str) -> str:
        del query
        with self.book.writing():
            self.processor.run(self.clock.now())
        return view.page(self.office)

    @override
    def compliance(self) -> dict[str, Any]:
        built = [one.path for one in routes.ROUTES if one.name in HANDLERS]
        return {
            **super().compliance(),
            "schemas": self.processor.schemas.report(),
            "operations": {
                "built": len(built),
                "not_built": [
                    f"{one.method} {one.path}" for one in routes.ROUTES if one.name not in HANDLERS
                ],
            },
        }

    @override
    def deeds(self) -> Deeds:
        return {
            **super().deeds(),
            ("GET", "ledger"): lambda _, __: self.ledger(),
            ("PUT", "script"): lambda _, value: done(lambda: self.office.script.set(**value)),
        }

    def ledger(self) -> dict[str, Any]:
        """Return the book as JSON."""
        with self.book.writing():
            self.processor.run(self.clock.now())
            return {"invoices": self.office.rows(), "counters": self.book.counters()}


def _rsa(directory: Path, stem: str) -> Any:  # noqa: ANN401 - a key, or nothing where one is kept
    return None if (directory / f"{stem}.pem").exists() else new_rsa_key()


def _in_our_words(reply: Reply) -> Reply:
    """Say the kit's faults as KSeF says them."""
    if reply.status == 429 and b"too_many_requests" in reply.body:  # noqa: PLR2004 - HTTP's
        return forms.too_many("Przekroczono limit żądań.", reply.headers.get("Retry-After", "1"))
    return reply
