"""The program as an entity's settings name it."""

from countries.es.declaration import Signing
from countries.es.program import Producer, Program
from gateway.tenants.fiscalization import VerifactuFiscalization
from gateway.version import VERSION


def program_of(chosen: VerifactuFiscalization) -> Program:
    """Return what records, events and the declaration say of the program."""
    return Program(
        producer=Producer(
            name=chosen.producer_name,
            nif=chosen.producer_nif,
            address=chosen.producer_address,
            contact=chosen.producer_contact,
        ),
        name=chosen.system_name,
        identifier=chosen.system_id,
        version=VERSION,
        installation=chosen.installation,
        only_verifactu=chosen.only_verifactu,
        several_taxpayers=chosen.several_taxpayers,
        described=chosen.system_description,
    )


def signing_of(chosen: VerifactuFiscalization) -> Signing:
    """Return where and when its producer signed the declaration of this version."""
    if chosen.declared_version != VERSION:
        return Signing()
    return Signing(chosen.declared_in, chosen.declared_on)
