"""How an authority is told of an entity's documents: what is chosen, and its keys. Pure."""

from collections.abc import Collection, Iterator, Mapping

from countries.es.declaration import declaration, missing
from gateway.kit.tenancy import Environment
from gateway.readiness.items import Item, Purpose
from gateway.signing.secrets.service import SecretRow
from gateway.tenants.fiscalization import BOUNDS, VerifactuFiscalization, keys_of
from gateway.tenants.settings import EntitySettings
from gateway.verifactu.program import program_of, signing_of

_PATCH = "PATCH /v1/entities/{entity_id}"
_KEY = "POST /v1/signing-keys/import, or /v1/signing-keys and its csr"
_PLACE = "/settings/fiscalization"


def fiscalization(
    settings: EntitySettings,
    environment: Environment,
    country_code: str,
    certified: Collection[str],
    held: Mapping[str, SecretRow],
) -> Iterator[Item]:
    """Yield what is chosen, and an item for each key that it needs and that is not there.

    A secret that stands in for a key is an item, too.

    Args:
        settings: Of the entity.
        environment: Where it issues.
        country_code: Where it is.
        certified: The purposes of which it has a certificate.
        held: Its secrets that can be used, by kind.
    """
    if settings.fiscalization is None:
        yield _choice(environment, country_code)
        return
    chosen = settings.fiscalization.scheme
    yield Item(
        id="fiscalization",
        title="Fiscal verification",
        state="done",
        required_for=(),
        fields=(_PLACE,),
        why=f"Documents are recorded by {chosen}.",
    )
    if isinstance(settings.fiscalization, VerifactuFiscalization):
        yield _declaration(settings.fiscalization)
    for purpose, needed in keys_of(settings.fiscalization).items():
        kind = BOUNDS[chosen].instead.get(purpose)
        if kind is not None and kind in held:
            yield _shown(purpose, needed, held[kind])
        elif purpose not in certified:
            yield _missing(chosen, purpose, needed, kind)


def _shown(purpose: str, needed: tuple[Purpose, ...], row: SecretRow) -> Item:
    ends = "" if row.expires_at is None else f", and ends on {row.expires_at:%Y-%m-%d}"
    return Item(
        id=f"secret:{row.kind}",
        title=f"Secret of the kind {row.kind}",
        state="done",
        required_for=needed,
        fields=(),
        why=f"{row.name!r} is shown in place of a key for {purpose}{ends}.",
        ends_at=row.expires_at,
    )


def _choice(environment: Environment, country_code: str) -> Item:
    """Return what may be chosen; whether the law binds an entity depends on what it sells."""
    names = [
        name
        for name, bounds in BOUNDS.items()
        if bounds.country == country_code and environment in bounds.environments
    ]
    if names:
        why = f"Where the law binds the entity, its documents are recorded by {', '.join(names)}."
    else:
        why = (
            f"Nothing is declared about fiscal verification in {country_code} yet; where cash"
            " sales must be verified, do not issue them here."
        )
    return Item(
        id="fiscalization",
        title="Fiscal verification",
        state="unknown",
        required_for=(),
        fields=(_PLACE,) if names else (),
        why=why,
        fix=f'{_PATCH} {{"settings": {{"fiscalization": {{"scheme": "{names[0]}", ...}}}}}}'
        if names
        else None,
    )


def _declaration(chosen: VerifactuFiscalization) -> Item:
    lacking = missing(declaration(program_of(chosen), signing_of(chosen)))
    return Item(
        id="responsible_declaration",
        title="Declaración responsable",
        state="missing" if lacking else "done",
        required_for=(),  # its producer's duty: nobody is kept from issuing
        fields=tuple(f"{_PLACE}/{name}" for name in lacking) or (_PLACE,),
        why="The producer of the program declares, for each version, that it keeps the law.",
        fix="Say what is missing, print GET /v1/verifactu/declaration/pdf, sign it, and say for"
        " which version, when and where (declared_version, declared_on, declared_in)."
        if lacking
        else None,
        source="Real Decreto 1007/2023, artículo 13",
    )


def _missing(scheme: str, purpose: str, needed: tuple[Purpose, ...], kind: str | None) -> Item:
    instead = "" if kind is None else f'; or POST /v1/secrets, of the kind "{kind}"'
    return Item(
        id=f"certificate:{purpose}",
        title=f"Certificate for {purpose}",
        state="missing",
        required_for=needed,
        fields=(),
        why=f"{scheme} needs a key of this purpose, and the entity has none.",
        fix=f'{_KEY}, with "purposes": ["{purpose}"]{instead}',
    )
