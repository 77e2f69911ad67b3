"""HTTP for documents: `/v1/invoices`, `/v1/credit-notes`, and all of them under `/v1/documents`."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from gateway.archive.service import BundleDocument
from gateway.documents.repository import Filter
from gateway.documents.schemas import (
    DocumentInput,
    DocumentKind,
    DocumentList,
    DocumentView,
    ProblemView,
    StatusView,
)
from gateway.documents.service import ALL_KINDS, Documents
from gateway.documents.status import retry_after
from gateway.kit import clock
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import TenantTransaction

_PROBLEM = {"model": ProblemView, "content": {"application/problem+json": {}}}
