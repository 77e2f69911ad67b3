"""The rules of VAT that decisions name, each with its article.

Ids beginning with `VATD-` are articles of Directive 2006/112/EC, those with `VATR-` articles of
Implementing Regulation (EU) 282/2011. What a country adds has ids of its own: `DE-reverse-charge`.
"""

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from countries.sources import Confidence, Source
from countries.vat.decision import Rule

_READ_ON = datetime.date(2026, 11, 21)
_DIRECTIVE = "Council Directive 2006/112/EC"
_DIRECTIVE_URL = "https://eur-lex.europa.eu/eli/dir/2006/112"
_REGULATION = "Council Implementing Regulation (EU) No 282/2011"
_REGULATION_URL = "https://eur-lex.europa.eu/eli/reg_impl/2011/282"
_NOTE = "The consolidated text was not opened; articles as commonly cited."


def _directive(number: str, says: str) -> Rule:
    return _rule(f"VATD-{number}", says, _DIRECTIVE, _DIRECTIVE_URL, number)


def _regulation(number: str, says: str) -> Rule:
    return _rule(f"VATR-{number}", says, _REGULATION, _REGULATION_URL, number)


def _rule(rule_id: str, says: str, act: str, url: str, article: str) -> Rule:
    source = Source(
        title=f"{act}, Article {article}",
        url=url,
        read_on=_READ_ON,
        confidence=Confidence.M,
        note=_NOTE,
    )
    return Rule(rule_id, says, source)


_ALL = (
    # Scope
    _directive("2", "Supplies for consideration by a taxable person acting as such are taxed."),
    _directive("5-7", "The territory in which the Directive holds, and what is left out of it."),
    _directive("9", "Who is a taxable person; others charge no VAT."),
    _directive("14a", "Platforms that facilitate sales are taken to have bought and sold."),
    # Place of supply
    _directive("31", "Goods that do not move are supplied where they are."),
    _directive("32", "Goods that are sent are supplied where the transport begins."),
    _directive(
        "33", "Goods sold at a distance are supplied where the transport to the consumer ends."
    ),
    _directive(
        "38",
        "Gas, electricity, heat and cold sold to a dealer are supplied where he is established.",
    ),
    _directive(
        "39", "Gas, electricity, heat and cold sold to others are supplied where they are used."
    ),
    _directive("42", "An acquisition in a triangular transaction is taxed where it ends."),
    _directive(
        "43",
        "A body with a VAT number counts as a taxable person when the place of a"
        " service is sought.",
    ),
    _directive("44", "A service to a business is supplied where the business is established."),
    _directive("45", "A service to a consumer is supplied where the supplier is established."),
    _directive("47", "A service connected with immovable property is supplied where that is."),
    _directive("48", "Passengers are carried where the transport takes place."),
    _directive("49", "Goods are carried for consumers where the transport takes place."),
    _directive(
        "50", "Goods are carried between member states for consumers where the transport begins."
    ),
    _directive("53", "Admission to an event is supplied where the event takes place."),
    _directive(
        "54",
        "Services of events, and work on movable goods, for consumers are supplied"
        " where they are carried out.",
    ),
    _directive("55", "Restaurants and catering are supplied where they are carried out."),
    _directive(
        "56", "Means of transport are hired for a short time where the customer takes them over."
    ),
    _directive(
        "58",
        "Telecommunication, broadcasting and electronic services to a consumer are"
        " supplied where the consumer lives.",
    ),
    _directive("59", "Listed services to a consumer outside the Union are supplied there."),
    _directive(
        "59c",
        "Below EUR 10,000 a year, distance sales and electronic services to"
        " consumers stay taxed where the supplier is.",
    ),
    # Exemptions
    _directive("132", "Exempt in the public interest: health, education, social services ..."),
    _directive(
        "135", "Exempt: insurance, finance, gambling, postage stamps, letting, old buildings ..."
    ),
    _directive(
        "138",
        "Goods sent to a business in another member state are exempt, when it has"
        " given a VAT number of another member state and that is in force.",
    ),
    _directive(
        "139",
        "Supplies of exempt small businesses and under margin schemes are no exempt"
        " intra-Community supplies.",
    ),
    _directive("141", "The acquisition of the middle one of three businesses is not taxed."),
    _directive("146", "Goods sent out of the Union are exempt."),
    _directive(
        "284", "Small businesses are exempt, at home and, from 2025, in other member states."
    ),
    _directive("306", "Travel agents are taxed on their margin, where they are established."),
    _directive("309", "A travel agent's services for travel outside the Union are exempt."),
    _directive(
        "313",
        "Dealers in second-hand goods, art, collectors' items and antiques are taxed"
        " on their margin.",
    ),
    # Rates
    _directive("93", "The rate is the one in force when the tax becomes chargeable."),
    _directive("96", "Everything bears the standard rate unless the law says otherwise."),
    _directive("98", "Member states may apply reduced rates to what Annex III lists."),
    # Who owes the tax
    _directive("193", "The supplier owes the tax."),
    _directive(
        "194",
        "A member state may make the customer owe it, when the supplier is not established there.",
    ),
    _directive(
        "195",
        "The customer owes the tax on gas and electricity of a supplier who is not"
        " established there.",
    ),
    _directive("196", "The customer owes the tax on services of a supplier from elsewhere."),
    _directive("197", "The last of three businesses owes the tax of a triangular transaction."),
    _directive("199", "A member state may make the customer owe the tax in listed sectors."),
    # One-stop shops
    _directive("358a", "The one-stop shop for services of suppliers from outside the Union."),
    _directive("369a", "The one-stop shop for distance sales and services within the Union."),
    _directive("369l", "The one-stop shop for goods of at most EUR 150 sent from outside."),
    # How a business is known
    _regulation(
        "18",
        "A customer in the Union is a business when he has given a VAT number that"
        " was confirmed; one outside by his own proof.",
    ),
    _rule(
        "IMPORT",
        "Goods that come from outside the Union are taxed when they are imported.",
        _DIRECTIVE,
        _DIRECTIVE_URL,
        "30 and 201",
    ),
    _rule(
        "EXPORT-ELSEWHERE",
        "Goods that leave a country outside the Union leave it without its tax.",
        "The seller's own law",
        _DIRECTIVE_URL,
        "on exports, not declared by article",
    ),
    _rule(
        "ABROAD",
        "What is supplied in another country is not taxed by the seller's.",
        "The seller's own law",
        _DIRECTIVE_URL,
        "on the place of supply",
    ),
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in _ALL})
"""The rules by id."""


def cited(*ids: str) -> tuple[Rule, ...]:
    """Return the rules of some ids."""
    return tuple(RULES[one] for one in ids)
