"""The rules that the local KSeF judges by: `exceptionCode`s of calls, status codes of invoices."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        says: What must be, for people.
        status: Of HTTP, of the answer when it is broken.
        code: `exceptionCode`, `reasonCode`, or the invoice's status.
        text: `exceptionDescription`, as the OpenAPI words it.
    """

    says: str
    status: int
    code: int | str
    text: str = ""


_INPUT = "Błąd walidacji danych wejściowych."
_LOGIN = "Brak uwierzytelnienia."
_ALLOW = "Brak autoryzacji."

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "K001": Rule("A body is what the OpenAPI says", 400, 21405, _INPUT),
        "K002": Rule("A continuation token is one of ours", 400, 21418, "Token kontynuacji"),
        "K003": Rule("A call carries a token of its kind that is in force", 401, 401),
        "K004": Rule(
            "Whoever calls has one of the permissions", 403, "missing-permissions"
        ),
        "K005": Rule("Calls stay within the limits of their group", 429, 429),
        "K101": Rule("A login is XML that can be read", 400, 21001, "Nieczytelna treść."),
        "K102": Rule("A challenge is ours, ten minutes old at most, and used once", 400, 21111,
                     "Nieprawidłowe wyzwanie autoryzacyjne."),
        "K103": Rule("A login is signed", 400, 9102, "Brak podpisu."),
        "K104": Rule("A login is signed once", 400, 9103,
                     "Przekroczona liczba dozwolonych podpisów."),
        "K105": Rule("A login's signature is right, and covers it", 400, 9105,
                     "Nieprawidłowy podpis."),
        "K106": Rule("A login is AuthTokenRequest 2.0 or 2.1", 400, 21401,
                     "Dokument nie jest zgodny ze schemą (xsd)."),
        "K107": Rule("A public key's id is one of ours", 400, 21470,
                     "Przesłany identyfikator klucza jest nieznany lub wskazuje na wycofany"
                     " klucz."),
        "K108": Rule("A login is known", 400, 21304, _LOGIN),
        "K109": Rule("Tokens are fetched once, after success", 400, 21301, _ALLOW),
        "K110": Rule("A login's certificate is in force and, if ours, not revoked", 202, 460),
        "K111": Rule("Whoever logs in has a permission in the context", 202, 415),
        "K112": Rule("A KSeF token is known, active, and of this context and moment", 202, 450),
        "K113": Rule("A context is not blocked", 202, 480),
        "K201": Rule("A session is known here", 400, 21173,
                     "Brak sesji o wskazanym numerze referencyjnym."),
        "K202": Rule("A session is open", 400, 21180,
                     "Status sesji nie pozwala na wykonanie operacji."),
        "K203": Rule("A session has at most so many invoices", 400, 21155,
                     "Przekroczono dozwoloną liczbę faktur w sesji."),
        "K204": Rule("Content is as long as it is said to be", 400, 21402,
                     "Nieprawidłowy rozmiar pliku."),
        "K205": Rule("Content has the digest it is said to have", 400, 21403,
                     "Nieprawidłowy skrót pliku."),
        "K206": Rule("A technical correction is of an invoice not corrected yet", 400, 21166,
                     "Korekta techniczna niedostępna."),
        "K207": Rule("A technical correction is of an invoice that was refused", 400, 21167,
                     "Status faktury nie pozwala na korektę techniczną."),
        "K208": Rule("A UPO is there", 400, 21178, "Nie znaleziono UPO dla podanych kryteriów."),
        "K209": Rule("An invoice is one of the session's", 400, 21405, _INPUT),
        "K210": Rule("A session's key can be decrypted", 201, 415),
        "K301": Rule("An invoice can be decrypted", 202, 435, "Błąd odszyfrowania pliku"),
        "K302": Rule("A file is what it was said to be: digest, size", 202, 430,
                     "Błąd weryfikacji pliku faktury"),
        "K303": Rule("An invoice is UTF-8, XML, and valid by the session's schema", 202, 450,
                     "Błąd weryfikacji semantyki dokumentu faktury"),
        "K304": Rule("What an invoice says can be: form, dates, NIP", 202, 450,
                     "Błąd weryfikacji semantyki dokumentu faktury"),
        "K305": Rule("Seller, kind and number come once", 202, 440, "Duplikat faktury"),
        "K306": Rule("The context may issue for the seller", 202, 410,
                     "Nieprawidłowy zakres uprawnień"),
        "K307": Rule("Attachments are allowed, and come in batches", 202, 415,
                     "Brak możliwości wysyłania faktury z załącznikiem"),
        "K401": Rule("Parts of a package are not too large", 400, 21157,
                     "Nieprawidłowy rozmiar części pakietu."),
        "K402": Rule("A package has at most 50 parts", 400, 21161,
                     "Przekroczono dozwoloną liczbę części pakietu."),
        "K403": Rule("All parts of a package were sent", 400, 21205,
                     "Pakiet nie może być pusty."),
        "K404": Rule("Parts and package have their digests", 204, 405),
        "K405": Rule("Parts can be decrypted", 204, 435),
        "K406": Rule("A package can be unpacked", 204, 430),
        "K407": Rule("A package has at most so many invoices", 204, 420),
        "K501": Rule("An invoice of that number is there", 400, 21164,
                     "Faktura o podanym identyfikatorze nie istnieje."),
        "K502": Rule("An export is there", 400, 21175,
                     "Wynik zapytania o podanym identyfikatorze nie istnieje."),
        "K503": Rule("A search does not begin behind the high water mark", 400, 21183,
                     "Zakres filtrowania wykracza poza dostępny zakres danych."),
        "K601": Rule("A token gives what its maker has", 400, 26001,
                     "Nie można nadać tokenowi uprawnień których nie posiadasz."),
        "K602": Rule("A token is made in the context of a NIP or of its internal id", 400, 26002,
                     "Nie można wygenerować tokena dla obecnego typu kontekstu."),
        "K701": Rule("A request for a certificate says who asks", 400, 25003,
                     "Dane w CSR nie zgadzają się z danymi w użytym wektorze"
                     " uwierzytelniającym."),
        "K702": Rule("A request for a certificate can be read", 400, 25004,
                     "Niepoprawny format CSR lub niepoprawny podpis CSR."),
        "K703": Rule("There are not too many certificates", 400, 25007,
                     "Osiągnięto limit dopuszczalnej liczby posiadanych certyfikatów."),
        "K704": Rule("A certificate is known", 400, 25008,
                     "Certyfikat o podanym numerze seryjnym nie istnieje."),
        "K705": Rule("A certificate is revoked once", 400, 25009,
                     "Nie można odwołać wskazanego certyfikatu, ponieważ jest już odwołany,"
                     " zablokowany lub nieważny."),
        "K706": Rule("An enrolment is known", 400, 25005,
                     "Wniosek certyfikacyjny o podanym numerze referencyjnym nie istnieje."),
        "K707": Rule("Certificates are asked for after a login with a signature", 400, 25002,
                     "Brak możliwości złożenia wniosku certyfikacyjnego dla wykorzystanego"
                     " sposobu uwierzytelnienia."),
        "K801": Rule("Test data are not there yet", 400, 30001,
                     "Podmiot lub uprawnienie już istnieje."),
        "K999": Rule("The operation is built here", 400, 501, "Not built in the local KSeF"),
    }
)  # fmt: skip
"""By our own id, which is never used again."""
