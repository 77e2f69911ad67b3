"""What the API takes and tells of signatures."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gateway.kit.moments import Moment

Base64 = Annotated[str, Field(description="Base64.", max_length=20_000_000)]
Certificates = Annotated[
    list[Annotated[str, Field(max_length=1_000_000)]], Field(min_length=1, max_length=1000)
]


class TrustInput(BaseModel):
    """Whom to believe: certificates that are sent along, or a trust store of this installation."""

    model_config = ConfigDict(extra="forbid")

    store: str | None = Field(
        default=None,
        pattern="^[a-z0-9][a-z0-9-]{0,62}$",
        description="The name of a trust store that the operator keeps, instead of certificates.",
    )
    name: str = Field(default="request", max_length=100, description="What the report calls it.")
    certificates: Certificates | None = Field(
        default=None,
        description="Certificates in PEM, or DER in base64. Those signed by themselves are trusted"
        " and the others help to find a way to them; when none is, all are trusted.",
    )

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.store is None) == (self.certificates is None):
            raise ValueError("name a store, or send certificates")
        return self


class VerificationInput(BaseModel):
    """Something that is signed."""

    model_config = ConfigDict(extra="forbid")

    content: Base64 = Field(
        description="XML, CMS (.p7m, .p7s), JWS, PDF or ASiC in base64; the bytes tell which.",
        min_length=1,
    )
    files: dict[Annotated[str, Field(max_length=500)], Base64] = Field(
        default_factory=dict,
        max_length=100,
        description="Detached files by the names that XML signatures use; CMS and JWS name none"
        " and take the only one.",
    )
    trust: TrustInput | None = Field(
        default=None, description="Whom to believe. Without it nothing is TOTAL-PASSED."
    )
    stamps: TrustInput | None = Field(
        default=None, description="Whom to believe about time stamps, when others than `trust`."
    )
    at: Moment | None = Field(
        default=None, description="The moment of judgement; now, when left out."
    )
    revocation: Literal["ignore", "if-known", "require"] = Field(
        default="if-known",
        description="What is made of revoked certificates. Nothing is fetched.",
    )
    crls: list[Base64] = Field(default_factory=list, max_length=64, description="Lists (DER).")
    ocsps: list[Base64] = Field(default_factory=list, max_length=64, description="Answers (DER).")


class SignatureCheckView(BaseModel):
    """One thing that was looked at."""

    id: str = Field(examples=["signature"])
    outcome: Literal["passed", "failed", "not_judged"]
    detail: str


class SignedPartView(BaseModel):
    """Bytes that a signature covers."""

    name: str = Field(description="A reference's URI, a file's name, or `payload`.")
    bytes: int
    sha256: str
    digest_algorithm: str


class SignatureView(BaseModel):
    """One signature, in the words of ETSI EN 319 102-1."""

    format: str = Field(examples=["XAdES-B", "CAdES-T", "JWS"])
    indication: Literal["TOTAL-PASSED", "TOTAL-FAILED", "INDETERMINATE"]
    sub_indication: str | None = Field(examples=["NO_CERTIFICATE_CHAIN_FOUND"])
    subject: str | None
    certificate_sha256: str | None
    algorithm: str | None
    claimed_at: str | None = Field(description="When the signer says it was signed.")
    proven_at: str | None = Field(description="When a trusted time stamp proves it existed.")
    signed: list[SignedPartView] = Field(description="Empty unless the mathematics hold.")
    checks: list[SignatureCheckView]


class UnsignedPartView(BaseModel):
    """Something that is there and that no signature covers."""

    name: str
    detail: str


class VerificationView(BaseModel):
    """Every signature, what it covers, and what none covers."""

    object: Literal["signature_report"]
    kind: Literal["xml", "cms", "jws", "pdf", "asic", "unknown"]
    at: str
    trust: str | None
    indication: Literal["TOTAL-PASSED", "TOTAL-FAILED", "INDETERMINATE"] = Field(
        description="The worst of all signatures; INDETERMINATE when nothing is signed."
    )
    coverage: Literal["all", "part", "none"] = Field(
        description="How much of what was sent a signature that holds covers. `part`: what"
        " `unsigned` lists was perhaps written by somebody else, whatever `indication` says."
    )
    statement: str
    signatures: list[SignatureView]
    unsigned: list[UnsignedPartView]
