"""Operations with rules of their own, each with the reason."""

from collections.abc import Mapping

from gateway.kinds import DocumentKind

PUBLIC: Mapping[tuple[str, str], str] = {
    ("GET", "/health"): "says that the process lives, to whoever watches it",
    (
        "GET",
        "/ready",
    ): "says whether the process can work, in words of ours, to whoever balances the load",
    ("GET", "/problems/{name}"): "documentation; every problem's type leads there",
    ("POST", "/v1/invitations/accept"): (
        "the token of the invitation tells whose it is, and who comes in"
    ),
    ("POST", "/v1/sessions"): "the token of the magic link tells whose it is, and who comes in",
    ("POST", "/v1/channels/sandbox-network/signals"): (
        "another access point calls, without key: the signature under the body tells who it is "
        "(tests/gateway/channels), and the message it names tells whose it is"
    ),
    ("GET", "/v1/witness/key"): "the public key with which the logs of others are cosigned",
    ("POST", "/v1/witness/add-checkpoint"): (
        "another log calls, without key: the signature under its checkpoint tells which it is"
        " (tests/gateway/archive/test_witnessing.py)"
    ),
    ("POST", "/v1/channels/sandbox-network/deliveries"): (
        "the same (tests/gateway/inbox); the participant it names tells whose inbox it is for"
    ),
}
"""Operations without API key, each with the reason. They take no id of a tenant."""

FUNCTIONS: Mapping[tuple[str, str], str] = {
    ("POST", "/v1/convert"): "a function of the body alone: nothing is stored or looked up",
    ("POST", "/v1/diff"): "the same",
    ("POST", "/v1/explain"): "the same",
    ("POST", "/v1/inspect"): "the same",
    ("POST", "/v1/render"): "the same",
    ("POST", "/v1/signatures/verify"): "the same",
    ("POST", "/v1/tax/determine"): "the same",
    ("POST", "/v1/validate"): "the same",
}
"""Operations that are POSTs for the sake of their body, and write nothing."""

INSTALLATION: Mapping[tuple[str, str], str] = {
    ("GET", "/v1/event-types"): "what the software can tell; about nobody",
    ("GET", "/v1/log/anchors"): "where heads of the log are; shows no one's rows",
    ("GET", "/v1/log/checkpoint"): "hashes over all tenants together; shows no one's rows",
    ("GET", "/v1/log/consistency"): "the same",
    ("GET", "/v1/log/key"): "the public key of the installation's log",
    ("GET", "/v1/log/tile/{level}/{tile}"): "hashes over all tenants together",
    ("GET", "/v1/profiles"): "what the software can write; about nobody",
    ("GET", "/v1/vat-services"): "how the authorities answer at the moment; about nobody",
    **FUNCTIONS,
}
"""Operations that need a key, any key, and are about nobody in particular."""

ACCOUNT_ONLY = frozenset(
    {
        ("GET", "/v1/account"),
        ("PATCH", "/v1/account"),
        ("POST", "/v1/entities"),
        ("DELETE", "/v1/entities/{entity_id}"),
        ("GET", "/v1/api-keys"),
        ("POST", "/v1/api-keys"),
        ("GET", "/v1/api-keys/{key_id}"),
        ("DELETE", "/v1/api-keys/{key_id}"),
        ("GET", "/v1/users"),
        ("POST", "/v1/users"),
        ("GET", "/v1/users/{user_id}"),
        ("PATCH", "/v1/users/{user_id}"),
        ("DELETE", "/v1/users/{user_id}"),
    }
)
"""What a key of one entity may not do: 403, whatever the id is."""

SESSION_ONLY = frozenset({("GET", "/v1/sessions/current"), ("DELETE", "/v1/sessions/current")})
"""What a session asks and does about itself, an auditor's too: 404 for a key."""


CONFLICTS: Mapping[tuple[str, str], str] = {
    ("DELETE", "/v1/entities/{entity_id}"): "it has issued documents, which must be kept",
    ("POST", "/v1/exits/{exit_id}/move"): "it is not finished here, and changed since",
    ("POST", "/v1/emails/{email_id}/retry"): "only what failed is sent again, and nothing did",
    ("POST", "/v1/documents/{document_id}/fiscal-records"): "no authority takes more of it",
    ("POST", "/v1/premises/{premise_id}/register"): "the entity chose no authority for it",
    ("POST", "/v1/premises/{premise_id}/close"): "it is not registered",
    ("GET", "/v1/premises/internal-act"): "the entity chose no authority for it",
    ("GET", "/v1/verifactu/declaration"): "the entity is not in Spain",
    ("GET", "/v1/verifactu/declaration/pdf"): "the entity is not in Spain",
    ("GET", "/v1/ksef/access"): "the entity is not at KSeF",
    ("GET", "/v1/ksef/grants"): "the same",
    ("POST", "/v1/ksef/grants"): "the same",
    ("DELETE", "/v1/ksef/grants/{permission}"): "the same",
    ("GET", "/v1/ksef/tokens"): "the same",
    ("POST", "/v1/ksef/tokens"): "the same",
    ("DELETE", "/v1/ksef/tokens/{secret_id}"): "the same",
    ("POST", "/v1/verifactu/checks"): "the entity is not in Spain",
    ("POST", "/v1/verifactu/exports"): "the entity is not in Spain",
    ("POST", "/v1/verifactu/demands"): "the entity is not in Spain",
    ("POST", "/v1/verifactu/demands/files"): "the entity is not in Spain",
}
"""What cannot be done with one's own stock, and why: 409."""

PERHAPS: Mapping[tuple[str, str], str] = {
    ("POST", "/v1/transmissions/{transmission_id}/retry"): "it was taken back meanwhile",
    ("POST", "/v1/transmissions/{transmission_id}/cancel"): "the same",
    ("POST", "/v1/retention/destructions"): "all that is over is listed already",
    ("POST", "/v1/retention/destructions/{destruction_id}/approve"): "a key proposed it",
    ("POST", "/v1/retention/erasures"): "it is asked for already",
    ("POST", "/v1/retention/erasures/{erasure_id}/approve"): "a key asked for it",
    ("POST", "/v1/documents/{document_id}/corrections"): "while it is a draft",
    ("POST", "/v1/documents/{document_id}/void"): "the same, or on its way",
    ("POST", "/v1/documents/{document_id}/payments"): "the same",
    **{
        ("POST", f"/v1/documents/{{document_id}}/{verb}"): "an invoice is not decided about"
        for verb in ("accept", "reject", "cancel")
    },
    **{
        (method, f"/v1/{kind.collection}/{{document_id}}"): "it was issued meanwhile"
        for kind in DocumentKind
        for method in ("DELETE", "PUT")
    },
}
"""What depends on what was done with the stock before: done, or 409 for this reason."""
