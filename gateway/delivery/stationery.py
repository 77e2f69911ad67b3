"""A letter in the words of a stored template."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from formats.en16931 import Invoice
from gateway.delivery.letters import Letter
from gateway.delivery.renditions import Document
from gateway.delivery.schemas import SendInput
from gateway.delivery.wording import Facts
from gateway.problems import RequestInvalidProblem
from gateway.templates import service as templates
from gateway.templates.service import TemplateRow


@dataclass(frozen=True, slots=True)
class Stationery:
    """What the templates of an entity may ask for of one document.

    Attributes:
        variables: See `templates.variables`.
        locale: How amounts and days are written.
        currency_code: Of the document.
    """

    variables: Mapping[str, Any]
    locale: str
    currency_code: str | None

    @classmethod
    def of(  # noqa: PLR0913, PLR0917 - what only the caller knows
        cls,
        row: Document,
        invoice: Invoice,
        facts: Facts,
        locale: str,
        open_amount: Decimal | None,
        today: datetime.date,
    ) -> "Stationery":
        """Return what can be said of a document on a day."""
        due = invoice.payment_due_date
        variables = templates.of_invoice(
            invoice,
            locale,
            sender=facts.values["sender"],
            open_amount=open_amount,
            link=facts.values["link"],
            days_overdue=0 if due is None else (today - due).days,
            metadata=row.metadata,
        )
        return cls(variables, locale, invoice.currency_code)

    def written(self, letter: Letter, given: SendInput, template: TemplateRow) -> Letter:
        """Return a letter with the subject and texts of a template; the caller's own words stay.

        Raises:
            RequestInvalidProblem: The template asks for too much of this document.
        """
        if given.subject is None and template.subject is not None:
            subject = self._said(template.subject).strip()
            letter = replace(letter, subject=subject or letter.subject)
        if given.message is None and template.body is not None:
            html = template.html_body and self._said(template.html_body, html=True)
            letter = replace(letter, text=self._said(template.body), html=html)
        return letter

    def _said(self, text: str, *, html: bool = False) -> str:
        try:
            return templates.render(
                text,
                self.variables,
                html=html,
                locale=self.locale,
                currency_code=self.currency_code,
            )
        except templates.TemplateRefusedError as refused:
            raise RequestInvalidProblem(
                [{"pointer": "/template", "message": f"cannot be used: {refused}"}]
            ) from None
