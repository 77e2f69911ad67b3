"""Customers from the rows of a file: by what headings, and whom a row is."""

import datetime
from typing import Any
from uuid import UUID

from gateway.customers import bodies, service
from gateway.customers.matching import Keys
from gateway.imports.service import Outcome
from gateway.imports.sheet import Columns
from gateway.kit.tenancy import TenantTransaction

COLUMNS = Columns.of(
    {
        "name": "customer,customer name,company,company name,naziv,ime,kupec,stranka,partner,"
        "kunde,kundenname,firma,nom,client,raison sociale,nome,cliente,ragione sociale,nombre,"
        "razón social,naam,klant,nazwa,klient,naziv kupca,nume,denumire",
        "email": "e-mail,mail,email address,e-pošta,elektronska pošta,e-mail-adresse,courriel,"
        "correo,correo electrónico,posta elettronica,adres e-mail",
        "address": "street,address 1,address line 1,naslov,ulica,straße,strasse,adresse,anschrift,"
        "rue,indirizzo,via,dirección,calle,straat,adres,adresa,line_1",
        "address_2": "address line 2,street 2,naslov 2,adresszusatz,complément d'adresse,line_2",
        "city": "town,mesto,kraj,stadt,ort,ville,città,comune,ciudad,población,plaats,stad,"
        "miasto,grad,oraș,localitate",
        "post_code": "postcode,postal code,zip,zip code,poštna številka,pošta,plz,postleitzahl,"
        "code postal,cap,código postal,kod pocztowy,poštanski broj,cod poștal",
        "country": "country code,country_code,država,land,pays,paese,país,kraj nazwa,țară",
        "vat_id": "vat,vat number,vat no,vat identifier,id za ddv,ddv,identifikacijska številka,"
        "ust-id,ust-idnr,ust id nr,umsatzsteuer-id,tva,numéro de tva,n° tva,partita iva,p. iva,"
        "nif iva,btw-nummer,btw,btw-id,vat_identifier,pdv id",
        "tax_number": "tax number,tax id,davčna številka,steuernummer,codice fiscale,nif,nip,oib",
        "legal_registration_identifier": "registration number,company number,matična številka,"
        "handelsregisternummer,siren,siret,kvk-nummer,kvk,regon,matični broj",
        "phone": "telephone,tel,telefon,telefonnummer,téléphone,telefono,teléfono,telefoon,mobile",
        "contact_name": "contact,contact person,kontakt,kontaktna oseba,ansprechpartner,"
        "personne de contact,referente,persona de contacto,contactpersoon",
        "peppol_id": "peppol,electronic address,e-naslov",
        "reference": "external id,customer number,customer no,customer id,šifra,šifra kupca,"
        "kundennummer,kunden-nr,numéro client,codice cliente,código cliente,klantnummer,"
        "nr klienta",
        "contact_type": "contact type,type,vrsta",
        "iban": "bank account,trr,bankkonto,kontonummer",
        "locale": "language,jezik,sprache,langue,lingua,idioma,taal,język",
        "due_days": "payment days,due in days,rok plačila,zahlungsziel,délai de paiement,"
        "giorni pagamento,plazo de pago,betaaltermijn",
    }
)


def take(
    tx: TenantTransaction, members: dict[str, Any], now: datetime.datetime
) -> tuple[Outcome, UUID]:
    """Create the customer that a row is, or change it where the row says something else.

    A customer is recognised as the buyer of a document is: by reference, VAT identifier, e-mail
    and name. Empty cells change nothing.

    Raises:
        RequestInvalidProblem: The customer would be wrong.
        CustomerExistsProblem: Another customer has the reference.
    """
    if str(days := members.get("due_days", "")).isdecimal():
        members = {**members, "due_days": int(days)}
    value, _ = bodies.renamed(members)
    reference = value.get("reference")
    keys = Keys.of(value, reference if isinstance(reference, str) else None)
    known = service.known(tx, keys, value)
    if known is None:
        return "created", service.create(tx, members, now).id
    changed = service.change(tx, known.id, members, now)
    return ("unchanged" if changed == known else "updated"), known.id
