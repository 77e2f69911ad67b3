"""The desk of VIES and HMRC: which call is a question to whom."""

from typing_extensions import override

from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.control import Deeds
from gateway.sandbox.kit.replies import Reply, as_json, plain
from gateway.sandbox.vies import control, hmrc, view
from gateway.sandbox.vies.service import SERVICES, WSDLS, Service


class ViesDesk(Service):
    """The service behind its socket."""

    @override
    def answer(self, call: Call) -> Reply:
        headers, path = call.headers, call.path
        if call.method == "POST" and path in SERVICES:
            return self.envelope(SERVICES[path], headers.get("content-type", ""), call.body)
        if call.method == "POST" and path == hmrc.TOKEN:
            return self.token(call.body)
        if call.method == "GET" and path.startswith(hmrc.LOOKUP):
            accept, key = headers.get("accept", ""), headers.get("authorization", "")
            return self.lookup(path.removeprefix(hmrc.LOOKUP), accept, key)
        asked = path in WSDLS or (path in SERVICES and call.query.lower() == "wsdl")
        if call.method == "GET" and asked:
            name = WSDLS.get(path) or SERVICES[path]
            return plain(200, self.wsdl(call.here, name), "text/xml; charset=utf-8")
        return as_json({"error": "not found"}, 404)

    @override
    def page(self, query: str) -> str:
        del query
        return view.page(self)

    @override
    def deeds(self) -> Deeds:
        return control.deeds(self)
