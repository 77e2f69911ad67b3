// Generated from openapi.json by scripts/write_clients.py: change it there.

import { Pages, type Labels, type Options, Transport } from "./core.ts";
import type * as types from "./types.ts";

export class Account {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Read Account: GET /v1/account. */
  get(options: Options = {}): Promise<types.AccountView> {
    return this.transport.json<types.AccountView>("GET", `/v1/account`, { ...options });
  }

  /** Change Account: PATCH /v1/account. */
  update(body: types.AccountChange, options: Options = {}): Promise<types.AccountView> {
    return this.transport.json<types.AccountView>("PATCH", `/v1/account`, { ...options, body });
  }

}

export class Activity {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Activity: GET /v1/activity. */
  list(query: { actor?: string | null; action?: string | null; from?: string | null; until?: string | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.ActivityView> {
    return new Pages<types.ActivityView>(this.transport, `/v1/activity`, { ...options, query });
  }

}

export class AdvanceInvoices {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List advance invoices, newest first: GET /v1/advance-invoices. */
  list(query: { limit?: number; state?: "draft" | "issued" | "voided" | "corrected" | null; number?: string | null; from?: string | null; until?: string | null; customer_id?: string | null; currency?: string | null; payment_status?: "unpaid" | "partially_paid" | "paid" | "reversed" | null; overdue?: boolean; deleted?: boolean; metadata?: Labels } = {}, options: Options = {}): Pages<types.DocumentView> {
    return new Pages<types.DocumentView>(this.transport, `/v1/advance-invoices`, { ...options, query });
  }

  /** Create a advance invoice: POST /v1/advance-invoices. */
  create(body: types.DocumentInput, query: { finalize?: boolean; async?: boolean } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/advance-invoices`, { ...options, query, body });
  }

  /** Preview a advance invoice: POST /v1/advance-invoices/preview. */
  preview(body: types.DocumentInput, options: Options = {}): Promise<types.gateway__documents__schemas__PreviewView> {
    return this.transport.json<types.gateway__documents__schemas__PreviewView>("POST", `/v1/advance-invoices/preview`, { ...options, body });
  }

  /** Delete a draft advance invoice: DELETE /v1/advance-invoices/{document_id}. */
  delete(documentId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/advance-invoices/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Read a advance invoice: GET /v1/advance-invoices/{document_id}. */
  get(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("GET", `/v1/advance-invoices/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Replace a draft advance invoice: PUT /v1/advance-invoices/{document_id}. */
  replace(documentId: string, body: types.DocumentInput, query: { change_reason?: string | null } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("PUT", `/v1/advance-invoices/${encodeURIComponent(documentId)}`, { ...options, query, body });
  }

  /** Issue a advance invoice: POST /v1/advance-invoices/{document_id}/finalize. */
  finalize(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/advance-invoices/${encodeURIComponent(documentId)}/finalize`, { ...options });
  }

  /** Download the advance invoice as PDF: GET /v1/advance-invoices/{document_id}/pdf. */
  pdf(documentId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/advance-invoices/${encodeURIComponent(documentId)}/pdf`, { ...options });
  }

  /** Send the advance invoice by e-mail: POST /v1/advance-invoices/{document_id}/send. */
  send(documentId: string, body: types.SendInput, options: Options = {}): Promise<types.EmailView> {
    return this.transport.json<types.EmailView>("POST", `/v1/advance-invoices/${encodeURIComponent(documentId)}/send`, { ...options, body });
  }

  /** Read why a advance invoice is taxed as it is: GET /v1/advance-invoices/{document_id}/tax-decision. */
  taxDecision(documentId: string, options: Options = {}): Promise<types.TaxDecisionView> {
    return this.transport.json<types.TaxDecisionView>("GET", `/v1/advance-invoices/${encodeURIComponent(documentId)}/tax-decision`, { ...options });
  }

}

export class ApiKeys {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Api Keys: GET /v1/api-keys. */
  list(query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.ApiKeyView> {
    return new Pages<types.ApiKeyView>(this.transport, `/v1/api-keys`, { ...options, query });
  }

  /** Create Api Key: POST /v1/api-keys. */
  create(body: types.ApiKeyInput, options: Options = {}): Promise<types.NewApiKeyView> {
    return this.transport.json<types.NewApiKeyView>("POST", `/v1/api-keys`, { ...options, body });
  }

  /** Revoke Api Key: DELETE /v1/api-keys/{key_id}. */
  delete(keyId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/api-keys/${encodeURIComponent(keyId)}`, { ...options });
  }

  /** Read Api Key: GET /v1/api-keys/{key_id}. */
  get(keyId: string, options: Options = {}): Promise<types.ApiKeyView> {
    return this.transport.json<types.ApiKeyView>("GET", `/v1/api-keys/${encodeURIComponent(keyId)}`, { ...options });
  }

}

export class Archive {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Judge archived documents again: POST /v1/archive/revalidations. */
  revalidations(body: types.RevalidationInput, options: Options = {}): Promise<types.JobView> {
    return this.transport.json<types.JobView>("POST", `/v1/archive/revalidations`, { ...options, body });
  }

  /** Read a revalidation: GET /v1/archive/revalidations/{revalidation_id}. */
  getRevalidation(revalidationId: string, options: Options = {}): Promise<types.JobView> {
    return this.transport.json<types.JobView>("GET", `/v1/archive/revalidations/${encodeURIComponent(revalidationId)}`, { ...options });
  }

  /** Download the report of a revalidation: GET /v1/archive/revalidations/{revalidation_id}/report. */
  revalidationsReport(revalidationId: string, query: { format?: "json" | "csv" } = {}, options: Options = {}): Promise<unknown> {
    return this.transport.json<unknown>("GET", `/v1/archive/revalidations/${encodeURIComponent(revalidationId)}/report`, { ...options, query });
  }

}

export class Auditors {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List invited auditors: GET /v1/auditors. */
  list(query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.AuditorView> {
    return new Pages<types.AuditorView>(this.transport, `/v1/auditors`, { ...options, query });
  }

  /** Invite an auditor: POST /v1/auditors. */
  create(body: types.AuditorInput, options: Options = {}): Promise<types.NewAuditorView> {
    return this.transport.json<types.NewAuditorView>("POST", `/v1/auditors`, { ...options, body });
  }

  /** End an auditor's access: DELETE /v1/auditors/{auditor_id}. */
  delete(auditorId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/auditors/${encodeURIComponent(auditorId)}`, { ...options });
  }

  /** Read an invited auditor: GET /v1/auditors/{auditor_id}. */
  get(auditorId: string, options: Options = {}): Promise<types.AuditorView> {
    return this.transport.json<types.AuditorView>("GET", `/v1/auditors/${encodeURIComponent(auditorId)}`, { ...options });
  }

  /** List what an auditor asked for: GET /v1/auditors/{auditor_id}/accesses. */
  accesses(auditorId: string, query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.gateway__auditors__schemas__AccessView> {
    return new Pages<types.gateway__auditors__schemas__AccessView>(this.transport, `/v1/auditors/${encodeURIComponent(auditorId)}/accesses`, { ...options, query });
  }

}

export class Bulk {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Create Documents: POST /v1/bulk/documents. */
  documents(body: types.BulkDocumentsInput, query: { wait?: number } = {}, options: Options = {}): Promise<types.JobView> {
    return this.transport.json<types.JobView>("POST", `/v1/bulk/documents`, { ...options, query, body });
  }

  /** Finalize Documents: POST /v1/bulk/finalize. */
  finalize(body: types.BulkIdsInput, query: { wait?: number } = {}, options: Options = {}): Promise<types.JobView> {
    return this.transport.json<types.JobView>("POST", `/v1/bulk/finalize`, { ...options, query, body });
  }

  /** Send Documents: POST /v1/bulk/send. */
  send(body: types.BulkIdsInput, query: { wait?: number } = {}, options: Options = {}): Promise<types.JobView> {
    return this.transport.json<types.JobView>("POST", `/v1/bulk/send`, { ...options, query, body });
  }

  /** List Items: GET /v1/bulk/{job_id}/items. */
  items(jobId: string, query: { state?: "queued" | "succeeded" | "failed" | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.BulkItemView> {
    return new Pages<types.BulkItemView>(this.transport, `/v1/bulk/${encodeURIComponent(jobId)}/items`, { ...options, query });
  }

}

export class Certificates {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Certificates: GET /v1/certificates. */
  list(query: { expires_before?: string | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.CertificateView> {
    return new Pages<types.CertificateView>(this.transport, `/v1/certificates`, { ...options, query });
  }

  /** Read Certificate: GET /v1/certificates/{certificate_id}. */
  get(certificateId: string, options: Options = {}): Promise<types.CertificateView> {
    return this.transport.json<types.CertificateView>("GET", `/v1/certificates/${encodeURIComponent(certificateId)}`, { ...options });
  }

}

export class Chains {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Chains: GET /v1/chains. */
  list(query: { metadata?: Labels } = {}, options: Options = {}): Pages<types.ChainView> {
    return new Pages<types.ChainView>(this.transport, `/v1/chains`, { ...options, query });
  }

  /** Read Chain: GET /v1/chains/{chain_id}. */
  get(chainId: string, options: Options = {}): Promise<types.ChainView> {
    return this.transport.json<types.ChainView>("GET", `/v1/chains/${encodeURIComponent(chainId)}`, { ...options });
  }

  /** List Chain Records: GET /v1/chains/{chain_id}/records. */
  records(chainId: string, query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.ChainRecordView> {
    return new Pages<types.ChainRecordView>(this.transport, `/v1/chains/${encodeURIComponent(chainId)}/records`, { ...options, query });
  }

}

export class CreditNotes {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List credit notes, newest first: GET /v1/credit-notes. */
  list(query: { limit?: number; state?: "draft" | "issued" | "voided" | "corrected" | null; number?: string | null; from?: string | null; until?: string | null; customer_id?: string | null; currency?: string | null; payment_status?: "unpaid" | "partially_paid" | "paid" | "reversed" | null; overdue?: boolean; deleted?: boolean; metadata?: Labels } = {}, options: Options = {}): Pages<types.DocumentView> {
    return new Pages<types.DocumentView>(this.transport, `/v1/credit-notes`, { ...options, query });
  }

  /** Create a credit note: POST /v1/credit-notes. */
  create(body: types.DocumentInput, query: { finalize?: boolean; async?: boolean } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/credit-notes`, { ...options, query, body });
  }

  /** Preview a credit note: POST /v1/credit-notes/preview. */
  preview(body: types.DocumentInput, options: Options = {}): Promise<types.gateway__documents__schemas__PreviewView> {
    return this.transport.json<types.gateway__documents__schemas__PreviewView>("POST", `/v1/credit-notes/preview`, { ...options, body });
  }

  /** Delete a draft credit note: DELETE /v1/credit-notes/{document_id}. */
  delete(documentId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/credit-notes/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Read a credit note: GET /v1/credit-notes/{document_id}. */
  get(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("GET", `/v1/credit-notes/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Replace a draft credit note: PUT /v1/credit-notes/{document_id}. */
  replace(documentId: string, body: types.DocumentInput, query: { change_reason?: string | null } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("PUT", `/v1/credit-notes/${encodeURIComponent(documentId)}`, { ...options, query, body });
  }

  /** Issue a credit note: POST /v1/credit-notes/{document_id}/finalize. */
  finalize(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/credit-notes/${encodeURIComponent(documentId)}/finalize`, { ...options });
  }

  /** Download the credit note as PDF: GET /v1/credit-notes/{document_id}/pdf. */
  pdf(documentId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/credit-notes/${encodeURIComponent(documentId)}/pdf`, { ...options });
  }

  /** Send the credit note by e-mail: POST /v1/credit-notes/{document_id}/send. */
  send(documentId: string, body: types.SendInput, options: Options = {}): Promise<types.EmailView> {
    return this.transport.json<types.EmailView>("POST", `/v1/credit-notes/${encodeURIComponent(documentId)}/send`, { ...options, body });
  }

  /** Read why a credit note is taxed as it is: GET /v1/credit-notes/{document_id}/tax-decision. */
  taxDecision(documentId: string, options: Options = {}): Promise<types.TaxDecisionView> {
    return this.transport.json<types.TaxDecisionView>("GET", `/v1/credit-notes/${encodeURIComponent(documentId)}/tax-decision`, { ...options });
  }

}

export class Customers {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Customers: GET /v1/customers. */
  list(query: { search?: string | null; email?: string | null; vat_id?: string | null; reference?: string | null; contact_type?: "buyer" | "supplier" | "both" | null; deleted?: boolean; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.CustomerView> {
    return new Pages<types.CustomerView>(this.transport, `/v1/customers`, { ...options, query });
  }

  /** Create Customer: POST /v1/customers. */
  create(body: types.CustomerInput, options: Options = {}): Promise<types.CustomerView> {
    return this.transport.json<types.CustomerView>("POST", `/v1/customers`, { ...options, body });
  }

  /** Import Customers: POST /v1/customers/import. */
  import(body: Uint8Array | string, query: { dry_run?: boolean; mode?: "all" | "each" } = {}, options: Options = {}): Promise<types.ImportReport> {
    return this.transport.json<types.ImportReport>("POST", `/v1/customers/import`, { contentType: "text/csv", ...options, query, body });
  }

  /** Delete Customer: DELETE /v1/customers/{customer_id}. */
  delete(customerId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/customers/${encodeURIComponent(customerId)}`, { ...options });
  }

  /** Read Customer: GET /v1/customers/{customer_id}. */
  get(customerId: string, options: Options = {}): Promise<types.CustomerView> {
    return this.transport.json<types.CustomerView>("GET", `/v1/customers/${encodeURIComponent(customerId)}`, { ...options });
  }

  /** Change Customer: PATCH /v1/customers/{customer_id}. */
  update(customerId: string, body: types.CustomerChange, options: Options = {}): Promise<types.CustomerView> {
    return this.transport.json<types.CustomerView>("PATCH", `/v1/customers/${encodeURIComponent(customerId)}`, { ...options, body });
  }

  /** Restore Customer: POST /v1/customers/{customer_id}/restore. */
  restore(customerId: string, options: Options = {}): Promise<types.CustomerView> {
    return this.transport.json<types.CustomerView>("POST", `/v1/customers/${encodeURIComponent(customerId)}/restore`, { ...options });
  }

  /** Forget a customer's watch: DELETE /v1/customers/{customer_id}/vat-watch. */
  deleteVatWatch(customerId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/customers/${encodeURIComponent(customerId)}/vat-watch`, { ...options });
  }

  /** Read a customer's watch: GET /v1/customers/{customer_id}/vat-watch. */
  vatWatch(customerId: string, options: Options = {}): Promise<types.VatWatchView> {
    return this.transport.json<types.VatWatchView>("GET", `/v1/customers/${encodeURIComponent(customerId)}/vat-watch`, { ...options });
  }

  /** Watch a customer's VAT number: PUT /v1/customers/{customer_id}/vat-watch. */
  replaceVatWatch(customerId: string, body: types.VatWatchInput, options: Options = {}): Promise<types.VatWatchView> {
    return this.transport.json<types.VatWatchView>("PUT", `/v1/customers/${encodeURIComponent(customerId)}/vat-watch`, { ...options, body });
  }

}

export class Deadlines {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List deadlines: GET /v1/deadlines. */
  list(query: { state?: "open" | "met" | "missed" | "ended" | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.DeadlineView> {
    return new Pages<types.DeadlineView>(this.transport, `/v1/deadlines`, { ...options, query });
  }

}

export class DeliveryNotes {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List delivery notes, newest first: GET /v1/delivery-notes. */
  list(query: { limit?: number; state?: "draft" | "issued" | "voided" | "corrected" | null; number?: string | null; from?: string | null; until?: string | null; customer_id?: string | null; currency?: string | null; payment_status?: "unpaid" | "partially_paid" | "paid" | "reversed" | null; overdue?: boolean; deleted?: boolean; metadata?: Labels } = {}, options: Options = {}): Pages<types.DocumentView> {
    return new Pages<types.DocumentView>(this.transport, `/v1/delivery-notes`, { ...options, query });
  }

  /** Create a delivery note: POST /v1/delivery-notes. */
  create(body: types.DocumentInput, query: { finalize?: boolean; async?: boolean } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/delivery-notes`, { ...options, query, body });
  }

  /** Preview a delivery note: POST /v1/delivery-notes/preview. */
  preview(body: types.DocumentInput, options: Options = {}): Promise<types.gateway__documents__schemas__PreviewView> {
    return this.transport.json<types.gateway__documents__schemas__PreviewView>("POST", `/v1/delivery-notes/preview`, { ...options, body });
  }

  /** Delete a draft delivery note: DELETE /v1/delivery-notes/{document_id}. */
  delete(documentId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/delivery-notes/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Read a delivery note: GET /v1/delivery-notes/{document_id}. */
  get(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("GET", `/v1/delivery-notes/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Replace a draft delivery note: PUT /v1/delivery-notes/{document_id}. */
  replace(documentId: string, body: types.DocumentInput, query: { change_reason?: string | null } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("PUT", `/v1/delivery-notes/${encodeURIComponent(documentId)}`, { ...options, query, body });
  }

  /** Issue a delivery note: POST /v1/delivery-notes/{document_id}/finalize. */
  finalize(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/delivery-notes/${encodeURIComponent(documentId)}/finalize`, { ...options });
  }

  /** Download the delivery note as PDF: GET /v1/delivery-notes/{document_id}/pdf. */
  pdf(documentId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/delivery-notes/${encodeURIComponent(documentId)}/pdf`, { ...options });
  }

  /** Send the delivery note by e-mail: POST /v1/delivery-notes/{document_id}/send. */
  send(documentId: string, body: types.SendInput, options: Options = {}): Promise<types.EmailView> {
    return this.transport.json<types.EmailView>("POST", `/v1/delivery-notes/${encodeURIComponent(documentId)}/send`, { ...options, body });
  }

  /** Read why a delivery note is taxed as it is: GET /v1/delivery-notes/{document_id}/tax-decision. */
  taxDecision(documentId: string, options: Options = {}): Promise<types.TaxDecisionView> {
    return this.transport.json<types.TaxDecisionView>("GET", `/v1/delivery-notes/${encodeURIComponent(documentId)}/tax-decision`, { ...options });
  }

}

export class Documents {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List documents, newest first: GET /v1/documents. */
  list(query: { limit?: number; state?: "draft" | "issued" | "voided" | "corrected" | null; number?: string | null; from?: string | null; until?: string | null; customer_id?: string | null; currency?: string | null; payment_status?: "unpaid" | "partially_paid" | "paid" | "reversed" | null; overdue?: boolean; deleted?: boolean; metadata?: Labels } = {}, options: Options = {}): Pages<types.DocumentView> {
    return new Pages<types.DocumentView>(this.transport, `/v1/documents`, { ...options, query });
  }

  /** Read a document: GET /v1/documents/{document_id}. */
  get(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("GET", `/v1/documents/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Accept an estimate, proforma or order: POST /v1/documents/{document_id}/accept. */
  accept(documentId: string, body: types.Decision, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/documents/${encodeURIComponent(documentId)}/accept`, { ...options, body });
  }

  /** Export the evidence bundle: GET /v1/documents/{document_id}/bundle. */
  bundle(documentId: string, query: { since?: ReadonlyArray<number> | null } = {}, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/documents/${encodeURIComponent(documentId)}/bundle`, { ...options, query });
  }

  /** Cancel an estimate, proforma or order: POST /v1/documents/{document_id}/cancel. */
  cancel(documentId: string, body: types.Decision, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/documents/${encodeURIComponent(documentId)}/cancel`, { ...options, body });
  }

  /** Continue a document by another one: POST /v1/documents/{document_id}/convert. */
  convert(documentId: string, body: types.ConversionInput, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/documents/${encodeURIComponent(documentId)}/convert`, { ...options, body });
  }

  /** Correct an issued document: POST /v1/documents/{document_id}/corrections. */
  corrections(documentId: string, body: types.CorrectionInput, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/documents/${encodeURIComponent(documentId)}/corrections`, { ...options, body });
  }

  /** List the evidence: GET /v1/documents/{document_id}/evidence. */
  evidence(documentId: string, options: Options = {}): Promise<types.EvidenceList> {
    return this.transport.json<types.EvidenceList>("GET", `/v1/documents/${encodeURIComponent(documentId)}/evidence`, { ...options });
  }

  /** Download evidence: GET /v1/documents/{document_id}/evidence/{entry_id}. */
  getEvidence(documentId: string, entryId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/documents/${encodeURIComponent(documentId)}/evidence/${encodeURIComponent(entryId)}`, { ...options });
  }

  /** Prove that evidence is in the log: GET /v1/documents/{document_id}/evidence/{entry_id}/proof. */
  evidenceProof(documentId: string, entryId: string, query: { cosigned?: boolean } = {}, options: Options = {}): Promise<string> {
    return this.transport.text("GET", `/v1/documents/${encodeURIComponent(documentId)}/evidence/${encodeURIComponent(entryId)}/proof`, { ...options, query });
  }

  /** List the fiscal records: GET /v1/documents/{document_id}/fiscal-records. */
  fiscalRecords(documentId: string, options: Options = {}): Promise<types.FiscalRecordList> {
    return this.transport.json<types.FiscalRecordList>("GET", `/v1/documents/${encodeURIComponent(documentId)}/fiscal-records`, { ...options });
  }

  /** Tell the authority anew of a document: POST /v1/documents/{document_id}/fiscal-records. */
  createFiscalRecord(documentId: string, body: types.MendingInput, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/documents/${encodeURIComponent(documentId)}/fiscal-records`, { ...options, body });
  }

  /** Record a payment: POST /v1/documents/{document_id}/payments. */
  payments(documentId: string, body: types.PaymentInput, options: Options = {}): Promise<types.PaymentView> {
    return this.transport.json<types.PaymentView>("POST", `/v1/documents/${encodeURIComponent(documentId)}/payments`, { ...options, body });
  }

  /** Download the document as PDF: GET /v1/documents/{document_id}/pdf. */
  pdf(documentId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/documents/${encodeURIComponent(documentId)}/pdf`, { ...options });
  }

  /** Preflight a draft: GET /v1/documents/{document_id}/preflight. */
  preflight(documentId: string, options: Options = {}): Promise<types.PreflightView> {
    return this.transport.json<types.PreflightView>("GET", `/v1/documents/${encodeURIComponent(documentId)}/preflight`, { ...options });
  }

  /** Reject an estimate, proforma or order: POST /v1/documents/{document_id}/reject. */
  reject(documentId: string, body: types.Decision, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/documents/${encodeURIComponent(documentId)}/reject`, { ...options, body });
  }

  /** List related documents: GET /v1/documents/{document_id}/relations. */
  relations(documentId: string, options: Options = {}): Promise<types.RelationList> {
    return this.transport.json<types.RelationList>("GET", `/v1/documents/${encodeURIComponent(documentId)}/relations`, { ...options });
  }

  /** Restore a deleted draft: POST /v1/documents/{document_id}/restore. */
  restore(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/documents/${encodeURIComponent(documentId)}/restore`, { ...options });
  }

  /** Send the document by e-mail: POST /v1/documents/{document_id}/send. */
  send(documentId: string, body: types.SendInput, options: Options = {}): Promise<types.EmailView> {
    return this.transport.json<types.EmailView>("POST", `/v1/documents/${encodeURIComponent(documentId)}/send`, { ...options, body });
  }

  /** List Share Links: GET /v1/documents/{document_id}/share-links. */
  shareLinks(documentId: string, query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.ShareLinkView> {
    return new Pages<types.ShareLinkView>(this.transport, `/v1/documents/${encodeURIComponent(documentId)}/share-links`, { ...options, query });
  }

  /** Create Share Link: POST /v1/documents/{document_id}/share-links. */
  createShareLink(documentId: string, body: types.ShareLinkInput, options: Options = {}): Promise<types.NewShareLinkView> {
    return this.transport.json<types.NewShareLinkView>("POST", `/v1/documents/${encodeURIComponent(documentId)}/share-links`, { ...options, body });
  }

  /** Read Status: GET /v1/documents/{document_id}/status. */
  status(documentId: string, query: { wait?: number } = {}, options: Options = {}): Promise<types.StatusView> {
    return this.transport.json<types.StatusView>("GET", `/v1/documents/${encodeURIComponent(documentId)}/status`, { ...options, query });
  }

  /** Read why a document is taxed as it is: GET /v1/documents/{document_id}/tax-decision. */
  taxDecision(documentId: string, options: Options = {}): Promise<types.TaxDecisionView> {
    return this.transport.json<types.TaxDecisionView>("GET", `/v1/documents/${encodeURIComponent(documentId)}/tax-decision`, { ...options });
  }

  /** List earlier versions of a draft: GET /v1/documents/{document_id}/versions. */
  versions(documentId: string, query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.VersionView> {
    return new Pages<types.VersionView>(this.transport, `/v1/documents/${encodeURIComponent(documentId)}/versions`, { ...options, query });
  }

  /** Void an issued document: POST /v1/documents/{document_id}/void. */
  void(documentId: string, body: types.Reason, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/documents/${encodeURIComponent(documentId)}/void`, { ...options, body });
  }

  /** Download the issued bytes: GET /v1/documents/{document_id}/xml. */
  xml(documentId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/documents/${encodeURIComponent(documentId)}/xml`, { ...options });
  }

}

export class Emails {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Emails: GET /v1/emails. */
  list(query: { state?: "queued" | "sending" | "sent" | "failed" | "unknown" | "captured" | null; document_id?: string | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.EmailView> {
    return new Pages<types.EmailView>(this.transport, `/v1/emails`, { ...options, query });
  }

  /** Read Email: GET /v1/emails/{email_id}. */
  get(emailId: string, options: Options = {}): Promise<types.EmailView> {
    return this.transport.json<types.EmailView>("GET", `/v1/emails/${encodeURIComponent(emailId)}`, { ...options });
  }

  /** Read Email Message: GET /v1/emails/{email_id}/message. */
  message(emailId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/emails/${encodeURIComponent(emailId)}/message`, { ...options });
  }

  /** Retry Email: POST /v1/emails/{email_id}/retry. */
  retry(emailId: string, options: Options = {}): Promise<types.EmailView> {
    return this.transport.json<types.EmailView>("POST", `/v1/emails/${encodeURIComponent(emailId)}/retry`, { ...options });
  }

}

export class Entities {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Entities: GET /v1/entities. */
  list(query: { search?: string | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.EntityView> {
    return new Pages<types.EntityView>(this.transport, `/v1/entities`, { ...options, query });
  }

  /** Create Entity: POST /v1/entities. */
  create(body: types.EntityBody, options: Options = {}): Promise<types.EntityView> {
    return this.transport.json<types.EntityView>("POST", `/v1/entities`, { ...options, body });
  }

  /** Delete Entity: DELETE /v1/entities/{entity_id}. */
  delete(entityId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/entities/${encodeURIComponent(entityId)}`, { ...options });
  }

  /** Read Entity: GET /v1/entities/{entity_id}. */
  get(entityId: string, options: Options = {}): Promise<types.EntityView> {
    return this.transport.json<types.EntityView>("GET", `/v1/entities/${encodeURIComponent(entityId)}`, { ...options });
  }

  /** Change Entity: PATCH /v1/entities/{entity_id}. */
  update(entityId: string, body: types.EntityChange, options: Options = {}): Promise<types.EntityView> {
    return this.transport.json<types.EntityView>("PATCH", `/v1/entities/${encodeURIComponent(entityId)}`, { ...options, body });
  }

  /** List Invitations: GET /v1/entities/{entity_id}/invitations. */
  invitations(entityId: string, query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.InvitationView> {
    return new Pages<types.InvitationView>(this.transport, `/v1/entities/${encodeURIComponent(entityId)}/invitations`, { ...options, query });
  }

  /** Revoke Invitation: DELETE /v1/entities/{entity_id}/invitations/{invitation_id}. */
  deleteInvitation(entityId: string, invitationId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/entities/${encodeURIComponent(entityId)}/invitations/${encodeURIComponent(invitationId)}`, { ...options });
  }

  /** Read Readiness: GET /v1/entities/{entity_id}/readiness. */
  readiness(entityId: string, options: Options = {}): Promise<types.ReadinessView> {
    return this.transport.json<types.ReadinessView>("GET", `/v1/entities/${encodeURIComponent(entityId)}/readiness`, { ...options });
  }

  /** List Entity Users: GET /v1/entities/{entity_id}/users. */
  users(entityId: string, query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.MemberView> {
    return new Pages<types.MemberView>(this.transport, `/v1/entities/${encodeURIComponent(entityId)}/users`, { ...options, query });
  }

  /** Add Entity User: POST /v1/entities/{entity_id}/users. */
  createUser(entityId: string, body: types.MemberInput, options: Options = {}): Promise<types.NewMemberView> {
    return this.transport.json<types.NewMemberView>("POST", `/v1/entities/${encodeURIComponent(entityId)}/users`, { ...options, body });
  }

  /** Remove Entity User: DELETE /v1/entities/{entity_id}/users/{user_id}. */
  deleteUser(entityId: string, userId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/entities/${encodeURIComponent(entityId)}/users/${encodeURIComponent(userId)}`, { ...options });
  }

  /** Read Entity User: GET /v1/entities/{entity_id}/users/{user_id}. */
  getUser(entityId: string, userId: string, options: Options = {}): Promise<types.MemberView> {
    return this.transport.json<types.MemberView>("GET", `/v1/entities/${encodeURIComponent(entityId)}/users/${encodeURIComponent(userId)}`, { ...options });
  }

  /** Change Entity User: PATCH /v1/entities/{entity_id}/users/{user_id}. */
  updateUser(entityId: string, userId: string, body: types.MemberChange, options: Options = {}): Promise<types.MemberView> {
    return this.transport.json<types.MemberView>("PATCH", `/v1/entities/${encodeURIComponent(entityId)}/users/${encodeURIComponent(userId)}`, { ...options, body });
  }

  /** Invite Entity User: POST /v1/entities/{entity_id}/users/{user_id}/invitations. */
  invitationsUser(entityId: string, userId: string, options: Options = {}): Promise<types.NewInvitationView> {
    return this.transport.json<types.NewInvitationView>("POST", `/v1/entities/${encodeURIComponent(entityId)}/users/${encodeURIComponent(userId)}/invitations`, { ...options });
  }

  /** List User Sessions: GET /v1/entities/{entity_id}/users/{user_id}/sessions. */
  usersSessions(entityId: string, userId: string, query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.SessionView> {
    return new Pages<types.SessionView>(this.transport, `/v1/entities/${encodeURIComponent(entityId)}/users/${encodeURIComponent(userId)}/sessions`, { ...options, query });
  }

  /** Revoke User Session: DELETE /v1/entities/{entity_id}/users/{user_id}/sessions/{session_id}. */
  deleteSession(entityId: string, userId: string, sessionId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/entities/${encodeURIComponent(entityId)}/users/${encodeURIComponent(userId)}/sessions/${encodeURIComponent(sessionId)}`, { ...options });
  }

  /** List Magic Links: GET /v1/entities/{entity_id}/users/{user_id}/tokens. */
  usersTokens(entityId: string, userId: string, query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.LinkView> {
    return new Pages<types.LinkView>(this.transport, `/v1/entities/${encodeURIComponent(entityId)}/users/${encodeURIComponent(userId)}/tokens`, { ...options, query });
  }

  /** Create Magic Link: POST /v1/entities/{entity_id}/users/{user_id}/tokens. */
  createToken(entityId: string, userId: string, body: types.LinkInput, options: Options = {}): Promise<types.NewLinkView> {
    return this.transport.json<types.NewLinkView>("POST", `/v1/entities/${encodeURIComponent(entityId)}/users/${encodeURIComponent(userId)}/tokens`, { ...options, body });
  }

  /** Revoke Magic Link: DELETE /v1/entities/{entity_id}/users/{user_id}/tokens/{link_id}. */
  deleteToken(entityId: string, userId: string, linkId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/entities/${encodeURIComponent(entityId)}/users/${encodeURIComponent(userId)}/tokens/${encodeURIComponent(linkId)}`, { ...options });
  }

}

export class Estimates {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List estimates, newest first: GET /v1/estimates. */
  list(query: { limit?: number; state?: "draft" | "issued" | "voided" | "corrected" | null; number?: string | null; from?: string | null; until?: string | null; customer_id?: string | null; currency?: string | null; payment_status?: "unpaid" | "partially_paid" | "paid" | "reversed" | null; overdue?: boolean; deleted?: boolean; metadata?: Labels } = {}, options: Options = {}): Pages<types.DocumentView> {
    return new Pages<types.DocumentView>(this.transport, `/v1/estimates`, { ...options, query });
  }

  /** Create a estimate: POST /v1/estimates. */
  create(body: types.DocumentInput, query: { finalize?: boolean; async?: boolean } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/estimates`, { ...options, query, body });
  }

  /** Preview a estimate: POST /v1/estimates/preview. */
  preview(body: types.DocumentInput, options: Options = {}): Promise<types.gateway__documents__schemas__PreviewView> {
    return this.transport.json<types.gateway__documents__schemas__PreviewView>("POST", `/v1/estimates/preview`, { ...options, body });
  }

  /** Delete a draft estimate: DELETE /v1/estimates/{document_id}. */
  delete(documentId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/estimates/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Read a estimate: GET /v1/estimates/{document_id}. */
  get(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("GET", `/v1/estimates/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Replace a draft estimate: PUT /v1/estimates/{document_id}. */
  replace(documentId: string, body: types.DocumentInput, query: { change_reason?: string | null } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("PUT", `/v1/estimates/${encodeURIComponent(documentId)}`, { ...options, query, body });
  }

  /** Issue a estimate: POST /v1/estimates/{document_id}/finalize. */
  finalize(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/estimates/${encodeURIComponent(documentId)}/finalize`, { ...options });
  }

  /** Download the estimate as PDF: GET /v1/estimates/{document_id}/pdf. */
  pdf(documentId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/estimates/${encodeURIComponent(documentId)}/pdf`, { ...options });
  }

  /** Send the estimate by e-mail: POST /v1/estimates/{document_id}/send. */
  send(documentId: string, body: types.SendInput, options: Options = {}): Promise<types.EmailView> {
    return this.transport.json<types.EmailView>("POST", `/v1/estimates/${encodeURIComponent(documentId)}/send`, { ...options, body });
  }

  /** Read why a estimate is taxed as it is: GET /v1/estimates/{document_id}/tax-decision. */
  taxDecision(documentId: string, options: Options = {}): Promise<types.TaxDecisionView> {
    return this.transport.json<types.TaxDecisionView>("GET", `/v1/estimates/${encodeURIComponent(documentId)}/tax-decision`, { ...options });
  }

}

export class EventTypes {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Event Types: GET /v1/event-types. */
  list(query: { metadata?: Labels } = {}, options: Options = {}): Pages<types.EventTypeView> {
    return new Pages<types.EventTypeView>(this.transport, `/v1/event-types`, { ...options, query });
  }

}

export class Events {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Follow what happens: GET /v1/events. */
  list(query: { after?: string | null; limit?: number; wait?: number } = {}, options: Options = {}): Promise<types.EventFeed> {
    return this.transport.json<types.EventFeed>("GET", `/v1/events`, { ...options, query });
  }

}

export class EvidenceSets {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Find issued documents: GET /v1/evidence-sets/issued. */
  issued(query: { limit?: number; number?: string | null; party?: string | null; vat_id?: string | null; issued_from?: string | null; issued_until?: string | null; currency?: string | null; total_from?: string | null; total_until?: string | null; authority_id?: string | null; sha256?: string | null; metadata?: Labels } = {}, options: Options = {}): Pages<types.EvidenceSetView> {
    return new Pages<types.EvidenceSetView>(this.transport, `/v1/evidence-sets/issued`, { ...options, query });
  }

  /** Retrieve evidence of issued documents: POST /v1/evidence-sets/issued/bundles. */
  issuedBundles(body: types.RetrievalInput, options: Options = {}): Promise<types.JobView> {
    return this.transport.json<types.JobView>("POST", `/v1/evidence-sets/issued/bundles`, { ...options, body });
  }

  /** Download evidence of issued documents: GET /v1/evidence-sets/issued/bundles/{retrieval_id}/file. */
  issuedBundlesFile(retrievalId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/evidence-sets/issued/bundles/${encodeURIComponent(retrievalId)}/file`, { ...options });
  }

  /** Find received documents: GET /v1/evidence-sets/received. */
  received(query: { limit?: number; number?: string | null; party?: string | null; vat_id?: string | null; issued_from?: string | null; issued_until?: string | null; currency?: string | null; total_from?: string | null; total_until?: string | null; authority_id?: string | null; sha256?: string | null; metadata?: Labels } = {}, options: Options = {}): Pages<types.EvidenceSetView> {
    return new Pages<types.EvidenceSetView>(this.transport, `/v1/evidence-sets/received`, { ...options, query });
  }

  /** Retrieve evidence of received documents: POST /v1/evidence-sets/received/bundles. */
  receivedBundles(body: types.RetrievalInput, options: Options = {}): Promise<types.JobView> {
    return this.transport.json<types.JobView>("POST", `/v1/evidence-sets/received/bundles`, { ...options, body });
  }

  /** Download evidence of received documents: GET /v1/evidence-sets/received/bundles/{retrieval_id}/file. */
  receivedBundlesFile(retrievalId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/evidence-sets/received/bundles/${encodeURIComponent(retrievalId)}/file`, { ...options });
  }

}

export class Exits {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Export a whole entity: POST /v1/exits. */
  create(body: types.ExitInput, options: Options = {}): Promise<types.JobView> {
    return this.transport.json<types.JobView>("POST", `/v1/exits`, { ...options, body });
  }

  /** Read an exit: GET /v1/exits/{exit_id}. */
  get(exitId: string, options: Options = {}): Promise<types.JobView> {
    return this.transport.json<types.JobView>("GET", `/v1/exits/${encodeURIComponent(exitId)}`, { ...options });
  }

  /** Download an exit: GET /v1/exits/{exit_id}/file. */
  file(exitId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/exits/${encodeURIComponent(exitId)}/file`, { ...options });
  }

  /** Move an entity: POST /v1/exits/{exit_id}/move. */
  move(exitId: string, body: types.MoveInput, options: Options = {}): Promise<types.gateway__exits__schemas__MoveView> {
    return this.transport.json<types.gateway__exits__schemas__MoveView>("POST", `/v1/exits/${encodeURIComponent(exitId)}/move`, { ...options, body });
  }

  /** Keep an entity after all: POST /v1/exits/{exit_id}/stay. */
  stay(exitId: string, options: Options = {}): Promise<types.gateway__exits__schemas__MoveView> {
    return this.transport.json<types.gateway__exits__schemas__MoveView>("POST", `/v1/exits/${encodeURIComponent(exitId)}/stay`, { ...options });
  }

}

export class Exports {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Export documents: POST /v1/exports. */
  create(body: types.ExportInput, options: Options = {}): Promise<types.JobView> {
    return this.transport.json<types.JobView>("POST", `/v1/exports`, { ...options, body });
  }

  /** Read an export: GET /v1/exports/{export_id}. */
  get(exportId: string, options: Options = {}): Promise<types.JobView> {
    return this.transport.json<types.JobView>("GET", `/v1/exports/${encodeURIComponent(exportId)}`, { ...options });
  }

  /** Download an export: GET /v1/exports/{export_id}/file. */
  file(exportId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/exports/${encodeURIComponent(exportId)}/file`, { ...options });
  }

  /** Download a manifest: GET /v1/exports/{export_id}/manifest. */
  manifest(exportId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/exports/${encodeURIComponent(exportId)}/manifest`, { ...options });
  }

}

export class Inbox {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List received documents, newest first: GET /v1/inbox. */
  list(query: { state?: "received" | "readable" | "unreadable" | null; verdict?: "valid" | "invalid" | "not_judged" | null; business?: "new" | "accepted" | "rejected" | "paid" | null; misaddressed?: boolean | null; supplier?: string | null; number?: string | null; from?: string | null; until?: string | null; search?: string | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.ReceivedSummary> {
    return new Pages<types.ReceivedSummary>(this.transport, `/v1/inbox`, { ...options, query });
  }

  /** Put a document into the inbox: POST /v1/inbox. */
  upload(body: Uint8Array | string | types.DocumentWithSeller, query: { filename?: string | null; metadata?: Labels } = {}, options: Options = {}): Promise<types.ReceivedView> {
    return this.transport.json<types.ReceivedView>("POST", `/v1/inbox`, { ...options, query, body });
  }

  /** Read a received document: GET /v1/inbox/{received_id}. */
  get(receivedId: string, options: Options = {}): Promise<types.ReceivedView> {
    return this.transport.json<types.ReceivedView>("GET", `/v1/inbox/${encodeURIComponent(receivedId)}`, { ...options });
  }

  /** Label a received document: PATCH /v1/inbox/{received_id}. */
  update(receivedId: string, body: types.ReceivedChange, options: Options = {}): Promise<types.ReceivedView> {
    return this.transport.json<types.ReceivedView>("PATCH", `/v1/inbox/${encodeURIComponent(receivedId)}`, { ...options, body });
  }

  /** Accept a received document: POST /v1/inbox/{received_id}/accept. */
  accept(receivedId: string, options: Options = {}): Promise<types.ReceivedView> {
    return this.transport.json<types.ReceivedView>("POST", `/v1/inbox/${encodeURIComponent(receivedId)}/accept`, { ...options });
  }

  /** Export the evidence bundle of a received document: GET /v1/inbox/{received_id}/bundle. */
  bundle(receivedId: string, query: { since?: ReadonlyArray<number> | null } = {}, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/inbox/${encodeURIComponent(receivedId)}/bundle`, { ...options, query });
  }

  /** Download what was received: GET /v1/inbox/{received_id}/document. */
  document(receivedId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/inbox/${encodeURIComponent(receivedId)}/document`, { ...options });
  }

  /** List the evidence of a received document: GET /v1/inbox/{received_id}/evidence. */
  evidence(receivedId: string, options: Options = {}): Promise<types.ReceivedEvidenceList> {
    return this.transport.json<types.ReceivedEvidenceList>("GET", `/v1/inbox/${encodeURIComponent(receivedId)}/evidence`, { ...options });
  }

  /** Download evidence of a received document: GET /v1/inbox/{received_id}/evidence/{entry_id}. */
  getEvidence(receivedId: string, entryId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/inbox/${encodeURIComponent(receivedId)}/evidence/${encodeURIComponent(entryId)}`, { ...options });
  }

  /** Mark a received document as paid: POST /v1/inbox/{received_id}/paid. */
  paid(receivedId: string, body: types.ReceivedPaymentInput, options: Options = {}): Promise<types.ReceivedView> {
    return this.transport.json<types.ReceivedView>("POST", `/v1/inbox/${encodeURIComponent(receivedId)}/paid`, { ...options, body });
  }

  /** Show a received document as pages: GET /v1/inbox/{received_id}/pdf. */
  pdf(receivedId: string, query: { template?: "classic" | "modern" | "condensed"; locale?: string } = {}, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/inbox/${encodeURIComponent(receivedId)}/pdf`, { ...options, query });
  }

  /** Reject a received document: POST /v1/inbox/{received_id}/reject. */
  reject(receivedId: string, body: types.RejectionInput, options: Options = {}): Promise<types.ReceivedView> {
    return this.transport.json<types.ReceivedView>("POST", `/v1/inbox/${encodeURIComponent(receivedId)}/reject`, { ...options, body });
  }

}

export class Intake {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List what was handed in: GET /v1/intake. */
  list(query: { state?: "queued" | "succeeded" | "failed" | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.IntakeView> {
    return new Pages<types.IntakeView>(this.transport, `/v1/intake`, { ...options, query });
  }

  /** Get what was handed in: GET /v1/intake/{intake_id}. */
  get(intakeId: string, options: Options = {}): Promise<types.IntakeView> {
    return this.transport.json<types.IntakeView>("GET", `/v1/intake/${encodeURIComponent(intakeId)}`, { ...options });
  }

}

export class Invitations {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Accept Invitation: POST /v1/invitations/accept. */
  accept(body: types.TokenInput, options: Options = {}): Promise<types.NewSessionView> {
    return this.transport.json<types.NewSessionView>("POST", `/v1/invitations/accept`, { ...options, body });
  }

}

export class Invoices {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List invoices, newest first: GET /v1/invoices. */
  list(query: { limit?: number; state?: "draft" | "issued" | "voided" | "corrected" | null; number?: string | null; from?: string | null; until?: string | null; customer_id?: string | null; currency?: string | null; payment_status?: "unpaid" | "partially_paid" | "paid" | "reversed" | null; overdue?: boolean; deleted?: boolean; metadata?: Labels } = {}, options: Options = {}): Pages<types.DocumentView> {
    return new Pages<types.DocumentView>(this.transport, `/v1/invoices`, { ...options, query });
  }

  /** Create a invoice: POST /v1/invoices. */
  create(body: types.DocumentInput, query: { finalize?: boolean; async?: boolean } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/invoices`, { ...options, query, body });
  }

  /** Preview a invoice: POST /v1/invoices/preview. */
  preview(body: types.DocumentInput, options: Options = {}): Promise<types.gateway__documents__schemas__PreviewView> {
    return this.transport.json<types.gateway__documents__schemas__PreviewView>("POST", `/v1/invoices/preview`, { ...options, body });
  }

  /** Delete a draft invoice: DELETE /v1/invoices/{document_id}. */
  delete(documentId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/invoices/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Read a invoice: GET /v1/invoices/{document_id}. */
  get(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("GET", `/v1/invoices/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Replace a draft invoice: PUT /v1/invoices/{document_id}. */
  replace(documentId: string, body: types.DocumentInput, query: { change_reason?: string | null } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("PUT", `/v1/invoices/${encodeURIComponent(documentId)}`, { ...options, query, body });
  }

  /** Issue a invoice: POST /v1/invoices/{document_id}/finalize. */
  finalize(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/invoices/${encodeURIComponent(documentId)}/finalize`, { ...options });
  }

  /** Download the invoice as PDF: GET /v1/invoices/{document_id}/pdf. */
  pdf(documentId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/invoices/${encodeURIComponent(documentId)}/pdf`, { ...options });
  }

  /** Remind Of Invoice: POST /v1/invoices/{document_id}/remind. */
  remind(documentId: string, body: types.RemindInput, options: Options = {}): Promise<types.EmailView> {
    return this.transport.json<types.EmailView>("POST", `/v1/invoices/${encodeURIComponent(documentId)}/remind`, { ...options, body });
  }

  /** Send the invoice by e-mail: POST /v1/invoices/{document_id}/send. */
  send(documentId: string, body: types.SendInput, options: Options = {}): Promise<types.EmailView> {
    return this.transport.json<types.EmailView>("POST", `/v1/invoices/${encodeURIComponent(documentId)}/send`, { ...options, body });
  }

  /** Read why a invoice is taxed as it is: GET /v1/invoices/{document_id}/tax-decision. */
  taxDecision(documentId: string, options: Options = {}): Promise<types.TaxDecisionView> {
    return this.transport.json<types.TaxDecisionView>("GET", `/v1/invoices/${encodeURIComponent(documentId)}/tax-decision`, { ...options });
  }

}

export class Items {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Items: GET /v1/items. */
  list(query: { search?: string | null; sku?: string | null; gtin?: string | null; deleted?: boolean; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.ItemView> {
    return new Pages<types.ItemView>(this.transport, `/v1/items`, { ...options, query });
  }

  /** Create Item: POST /v1/items. */
  create(body: types.ItemInput, options: Options = {}): Promise<types.ItemView> {
    return this.transport.json<types.ItemView>("POST", `/v1/items`, { ...options, body });
  }

  /** Import Items: POST /v1/items/import. */
  import(body: Uint8Array | string, query: { dry_run?: boolean; mode?: "all" | "each" } = {}, options: Options = {}): Promise<types.ImportReport> {
    return this.transport.json<types.ImportReport>("POST", `/v1/items/import`, { contentType: "text/csv", ...options, query, body });
  }

  /** Delete Item: DELETE /v1/items/{item_id}. */
  delete(itemId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/items/${encodeURIComponent(itemId)}`, { ...options });
  }

  /** Read Item: GET /v1/items/{item_id}. */
  get(itemId: string, options: Options = {}): Promise<types.ItemView> {
    return this.transport.json<types.ItemView>("GET", `/v1/items/${encodeURIComponent(itemId)}`, { ...options });
  }

  /** Change Item: PATCH /v1/items/{item_id}. */
  update(itemId: string, body: types.ItemChange, options: Options = {}): Promise<types.ItemView> {
    return this.transport.json<types.ItemView>("PATCH", `/v1/items/${encodeURIComponent(itemId)}`, { ...options, body });
  }

  /** Restore Item: POST /v1/items/{item_id}/restore. */
  restore(itemId: string, options: Options = {}): Promise<types.ItemView> {
    return this.transport.json<types.ItemView>("POST", `/v1/items/${encodeURIComponent(itemId)}/restore`, { ...options });
  }

}

export class Jobs {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Jobs: GET /v1/jobs. */
  list(query: { state?: "queued" | "running" | "succeeded" | "failed" | "cancelled" | null; kind?: string | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.JobView> {
    return new Pages<types.JobView>(this.transport, `/v1/jobs`, { ...options, query });
  }

  /** Cancel Job: DELETE /v1/jobs/{job_id}. */
  delete(jobId: string, options: Options = {}): Promise<types.JobView> {
    return this.transport.json<types.JobView>("DELETE", `/v1/jobs/${encodeURIComponent(jobId)}`, { ...options });
  }

  /** Read Job: GET /v1/jobs/{job_id}. */
  get(jobId: string, query: { wait?: number } = {}, options: Options = {}): Promise<types.JobView> {
    return this.transport.json<types.JobView>("GET", `/v1/jobs/${encodeURIComponent(jobId)}`, { ...options, query });
  }

}

export class Ksef {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Say what the entity may do at KSeF: GET /v1/ksef/access. */
  access(query: { fresh?: boolean } = {}, options: Options = {}): Promise<types.gateway__ksef_access__schemas__AccessView> {
    return this.transport.json<types.gateway__ksef_access__schemas__AccessView>("GET", `/v1/ksef/access`, { ...options, query });
  }

  /** List permissions at KSeF: GET /v1/ksef/grants. */
  grants(query: { metadata?: Labels } = {}, options: Options = {}): Pages<types.GrantView> {
    return new Pages<types.GrantView>(this.transport, `/v1/ksef/grants`, { ...options, query });
  }

  /** Grant a permission at KSeF: POST /v1/ksef/grants. */
  createGrant(body: types.GrantInput, options: Options = {}): Promise<types.OperationView> {
    return this.transport.json<types.OperationView>("POST", `/v1/ksef/grants`, { ...options, body });
  }

  /** Revoke a permission at KSeF: DELETE /v1/ksef/grants/{permission}. */
  deleteGrant(permission: string, query: { to?: "person" | "authorization" } = {}, options: Options = {}): Promise<types.OperationView> {
    return this.transport.json<types.OperationView>("DELETE", `/v1/ksef/grants/${encodeURIComponent(permission)}`, { ...options, query });
  }

  /** List KSeF tokens: GET /v1/ksef/tokens. */
  tokens(query: { metadata?: Labels } = {}, options: Options = {}): Pages<types.KsefTokenView> {
    return new Pages<types.KsefTokenView>(this.transport, `/v1/ksef/tokens`, { ...options, query });
  }

  /** Make a KSeF token: POST /v1/ksef/tokens. */
  createToken(body: types.KsefTokenInput, options: Options = {}): Promise<types.SecretView> {
    return this.transport.json<types.SecretView>("POST", `/v1/ksef/tokens`, { ...options, body });
  }

  /** Revoke a KSeF token: DELETE /v1/ksef/tokens/{secret_id}. */
  deleteToken(secretId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/ksef/tokens/${encodeURIComponent(secretId)}`, { ...options });
  }

}

export class Log {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List where heads of the log are: GET /v1/log/anchors. */
  anchors(query: { limit?: number } = {}, options: Options = {}): Promise<types.LogAnchorList> {
    return this.transport.json<types.LogAnchorList>("GET", `/v1/log/anchors`, { ...options, query });
  }

  /** Read the newest checkpoint: GET /v1/log/checkpoint. */
  checkpoint(query: { cosigned?: boolean } = {}, options: Options = {}): Promise<string> {
    return this.transport.text("GET", `/v1/log/checkpoint`, { ...options, query });
  }

  /** Prove that the log only grew: GET /v1/log/consistency. */
  consistency(query: { old: number; new: number }, options: Options = {}): Promise<types.ConsistencyProof> {
    return this.transport.json<types.ConsistencyProof>("GET", `/v1/log/consistency`, { ...options, query });
  }

  /** Read a checkpoint of the entity: GET /v1/log/entity/checkpoint. */
  entityCheckpoint(query: { size?: number | null } = {}, options: Options = {}): Promise<string> {
    return this.transport.text("GET", `/v1/log/entity/checkpoint`, { ...options, query });
  }

  /** Prove that the entity's log only grew: GET /v1/log/entity/consistency. */
  entityConsistency(query: { old: number; new: number }, options: Options = {}): Promise<types.ConsistencyProof> {
    return this.transport.json<types.ConsistencyProof>("GET", `/v1/log/entity/consistency`, { ...options, query });
  }

  /** Read the entity log's verifier key: GET /v1/log/entity/key. */
  entityKey(options: Options = {}): Promise<string> {
    return this.transport.text("GET", `/v1/log/entity/key`, { ...options });
  }

  /** List the leaves of the entity: GET /v1/log/entity/leaves. */
  entityLeaves(query: { first?: number; limit?: number } = {}, options: Options = {}): Promise<types.EntityLogLeaves> {
    return this.transport.json<types.EntityLogLeaves>("GET", `/v1/log/entity/leaves`, { ...options, query });
  }

  /** Prove that a leaf is the entity's: GET /v1/log/entity/proof. */
  entityProof(query: { index: number }, options: Options = {}): Promise<string> {
    return this.transport.text("GET", `/v1/log/entity/proof`, { ...options, query });
  }

  /** Read the log's verifier key: GET /v1/log/key. */
  key(options: Options = {}): Promise<string> {
    return this.transport.text("GET", `/v1/log/key`, { ...options });
  }

  /** Read a tile of hashes: GET /v1/log/tile/{level}/{tile}. */
  getTile(level: string, tile: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/log/tile/${encodeURIComponent(level)}/${encodeURIComponent(tile)}`, { ...options });
  }

}

export class Orders {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List orders, newest first: GET /v1/orders. */
  list(query: { limit?: number; state?: "draft" | "issued" | "voided" | "corrected" | null; number?: string | null; from?: string | null; until?: string | null; customer_id?: string | null; currency?: string | null; payment_status?: "unpaid" | "partially_paid" | "paid" | "reversed" | null; overdue?: boolean; deleted?: boolean; metadata?: Labels } = {}, options: Options = {}): Pages<types.DocumentView> {
    return new Pages<types.DocumentView>(this.transport, `/v1/orders`, { ...options, query });
  }

  /** Create a order: POST /v1/orders. */
  create(body: types.DocumentInput, query: { finalize?: boolean; async?: boolean } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/orders`, { ...options, query, body });
  }

  /** Preview a order: POST /v1/orders/preview. */
  preview(body: types.DocumentInput, options: Options = {}): Promise<types.gateway__documents__schemas__PreviewView> {
    return this.transport.json<types.gateway__documents__schemas__PreviewView>("POST", `/v1/orders/preview`, { ...options, body });
  }

  /** Delete a draft order: DELETE /v1/orders/{document_id}. */
  delete(documentId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/orders/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Read a order: GET /v1/orders/{document_id}. */
  get(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("GET", `/v1/orders/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Replace a draft order: PUT /v1/orders/{document_id}. */
  replace(documentId: string, body: types.DocumentInput, query: { change_reason?: string | null } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("PUT", `/v1/orders/${encodeURIComponent(documentId)}`, { ...options, query, body });
  }

  /** Issue a order: POST /v1/orders/{document_id}/finalize. */
  finalize(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/orders/${encodeURIComponent(documentId)}/finalize`, { ...options });
  }

  /** Download the order as PDF: GET /v1/orders/{document_id}/pdf. */
  pdf(documentId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/orders/${encodeURIComponent(documentId)}/pdf`, { ...options });
  }

  /** Send the order by e-mail: POST /v1/orders/{document_id}/send. */
  send(documentId: string, body: types.SendInput, options: Options = {}): Promise<types.EmailView> {
    return this.transport.json<types.EmailView>("POST", `/v1/orders/${encodeURIComponent(documentId)}/send`, { ...options, body });
  }

  /** Read why a order is taxed as it is: GET /v1/orders/{document_id}/tax-decision. */
  taxDecision(documentId: string, options: Options = {}): Promise<types.TaxDecisionView> {
    return this.transport.json<types.TaxDecisionView>("GET", `/v1/orders/${encodeURIComponent(documentId)}/tax-decision`, { ...options });
  }

}

export class Payments {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List payments, newest first: GET /v1/payments. */
  list(query: { document_id?: string | null; reference?: string | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.PaymentView> {
    return new Pages<types.PaymentView>(this.transport, `/v1/payments`, { ...options, query });
  }

  /** Read a payment: GET /v1/payments/{payment_id}. */
  get(paymentId: string, options: Options = {}): Promise<types.PaymentView> {
    return this.transport.json<types.PaymentView>("GET", `/v1/payments/${encodeURIComponent(paymentId)}`, { ...options });
  }

  /** Reverse a payment: POST /v1/payments/{payment_id}/reverse. */
  reverse(paymentId: string, body: types.ReversalInput, options: Options = {}): Promise<types.PaymentView> {
    return this.transport.json<types.PaymentView>("POST", `/v1/payments/${encodeURIComponent(paymentId)}/reverse`, { ...options, body });
  }

}

export class Pickups {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List what is fetched into the inbox: GET /v1/pickups. */
  list(options: Options = {}): Promise<types.PickupList> {
    return this.transport.json<types.PickupList>("GET", `/v1/pickups`, { ...options });
  }

  /** Fetch into the inbox now: POST /v1/pickups/run. */
  run(options: Options = {}): Promise<types.PickupList> {
    return this.transport.json<types.PickupList>("POST", `/v1/pickups/run`, { ...options });
  }

}

export class Premises {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List business premises: GET /v1/premises. */
  list(query: { state?: "declared" | "registered" | "closed" | "unknown" | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.PremiseView> {
    return new Pages<types.PremiseView>(this.transport, `/v1/premises`, { ...options, query });
  }

  /** Declare a business premise: POST /v1/premises. */
  create(body: types.PremiseInput, options: Options = {}): Promise<types.PremiseView> {
    return this.transport.json<types.PremiseView>("POST", `/v1/premises`, { ...options, body });
  }

  /** Download the internal act: GET /v1/premises/internal-act. */
  internalAct(query: { adopted_on?: string | null } = {}, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/premises/internal-act`, { ...options, query });
  }

  /** Read a business premise: GET /v1/premises/{premise_id}. */
  get(premiseId: string, options: Options = {}): Promise<types.PremiseView> {
    return this.transport.json<types.PremiseView>("GET", `/v1/premises/${encodeURIComponent(premiseId)}`, { ...options });
  }

  /** Change a declared premise: PATCH /v1/premises/{premise_id}. */
  update(premiseId: string, body: types.PremiseChange, options: Options = {}): Promise<types.PremiseView> {
    return this.transport.json<types.PremiseView>("PATCH", `/v1/premises/${encodeURIComponent(premiseId)}`, { ...options, body });
  }

  /** Close a premise: POST /v1/premises/{premise_id}/close. */
  close(premiseId: string, options: Options = {}): Promise<types.PremiseView> {
    return this.transport.json<types.PremiseView>("POST", `/v1/premises/${encodeURIComponent(premiseId)}/close`, { ...options });
  }

  /** Register a premise: POST /v1/premises/{premise_id}/register. */
  register(premiseId: string, options: Options = {}): Promise<types.PremiseView> {
    return this.transport.json<types.PremiseView>("POST", `/v1/premises/${encodeURIComponent(premiseId)}/register`, { ...options });
  }

  /** List what the authority was told: GET /v1/premises/{premise_id}/reports. */
  reports(premiseId: string, query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.PremiseReportView> {
    return new Pages<types.PremiseReportView>(this.transport, `/v1/premises/${encodeURIComponent(premiseId)}/reports`, { ...options, query });
  }

}

export class Profiles {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List the profiles: GET /v1/profiles. */
  list(options: Options = {}): Promise<types.ProfileList> {
    return this.transport.json<types.ProfileList>("GET", `/v1/profiles`, { ...options });
  }

}

export class Proformas {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List proformas, newest first: GET /v1/proformas. */
  list(query: { limit?: number; state?: "draft" | "issued" | "voided" | "corrected" | null; number?: string | null; from?: string | null; until?: string | null; customer_id?: string | null; currency?: string | null; payment_status?: "unpaid" | "partially_paid" | "paid" | "reversed" | null; overdue?: boolean; deleted?: boolean; metadata?: Labels } = {}, options: Options = {}): Pages<types.DocumentView> {
    return new Pages<types.DocumentView>(this.transport, `/v1/proformas`, { ...options, query });
  }

  /** Create a proforma: POST /v1/proformas. */
  create(body: types.DocumentInput, query: { finalize?: boolean; async?: boolean } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/proformas`, { ...options, query, body });
  }

  /** Preview a proforma: POST /v1/proformas/preview. */
  preview(body: types.DocumentInput, options: Options = {}): Promise<types.gateway__documents__schemas__PreviewView> {
    return this.transport.json<types.gateway__documents__schemas__PreviewView>("POST", `/v1/proformas/preview`, { ...options, body });
  }

  /** Delete a draft proforma: DELETE /v1/proformas/{document_id}. */
  delete(documentId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/proformas/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Read a proforma: GET /v1/proformas/{document_id}. */
  get(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("GET", `/v1/proformas/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Replace a draft proforma: PUT /v1/proformas/{document_id}. */
  replace(documentId: string, body: types.DocumentInput, query: { change_reason?: string | null } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("PUT", `/v1/proformas/${encodeURIComponent(documentId)}`, { ...options, query, body });
  }

  /** Issue a proforma: POST /v1/proformas/{document_id}/finalize. */
  finalize(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/proformas/${encodeURIComponent(documentId)}/finalize`, { ...options });
  }

  /** Download the proforma as PDF: GET /v1/proformas/{document_id}/pdf. */
  pdf(documentId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/proformas/${encodeURIComponent(documentId)}/pdf`, { ...options });
  }

  /** Send the proforma by e-mail: POST /v1/proformas/{document_id}/send. */
  send(documentId: string, body: types.SendInput, options: Options = {}): Promise<types.EmailView> {
    return this.transport.json<types.EmailView>("POST", `/v1/proformas/${encodeURIComponent(documentId)}/send`, { ...options, body });
  }

  /** Read why a proforma is taxed as it is: GET /v1/proformas/{document_id}/tax-decision. */
  taxDecision(documentId: string, options: Options = {}): Promise<types.TaxDecisionView> {
    return this.transport.json<types.TaxDecisionView>("GET", `/v1/proformas/${encodeURIComponent(documentId)}/tax-decision`, { ...options });
  }

}

export class Receipts {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List receipts, newest first: GET /v1/receipts. */
  list(query: { limit?: number; state?: "draft" | "issued" | "voided" | "corrected" | null; number?: string | null; from?: string | null; until?: string | null; customer_id?: string | null; currency?: string | null; payment_status?: "unpaid" | "partially_paid" | "paid" | "reversed" | null; overdue?: boolean; deleted?: boolean; metadata?: Labels } = {}, options: Options = {}): Pages<types.DocumentView> {
    return new Pages<types.DocumentView>(this.transport, `/v1/receipts`, { ...options, query });
  }

  /** Create a receipt: POST /v1/receipts. */
  create(body: types.DocumentInput, query: { finalize?: boolean; async?: boolean } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/receipts`, { ...options, query, body });
  }

  /** Preview a receipt: POST /v1/receipts/preview. */
  preview(body: types.DocumentInput, options: Options = {}): Promise<types.gateway__documents__schemas__PreviewView> {
    return this.transport.json<types.gateway__documents__schemas__PreviewView>("POST", `/v1/receipts/preview`, { ...options, body });
  }

  /** Delete a draft receipt: DELETE /v1/receipts/{document_id}. */
  delete(documentId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/receipts/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Read a receipt: GET /v1/receipts/{document_id}. */
  get(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("GET", `/v1/receipts/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Replace a draft receipt: PUT /v1/receipts/{document_id}. */
  replace(documentId: string, body: types.DocumentInput, query: { change_reason?: string | null } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("PUT", `/v1/receipts/${encodeURIComponent(documentId)}`, { ...options, query, body });
  }

  /** Issue a receipt: POST /v1/receipts/{document_id}/finalize. */
  finalize(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/receipts/${encodeURIComponent(documentId)}/finalize`, { ...options });
  }

  /** Download the receipt as PDF: GET /v1/receipts/{document_id}/pdf. */
  pdf(documentId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/receipts/${encodeURIComponent(documentId)}/pdf`, { ...options });
  }

  /** Send the receipt by e-mail: POST /v1/receipts/{document_id}/send. */
  send(documentId: string, body: types.SendInput, options: Options = {}): Promise<types.EmailView> {
    return this.transport.json<types.EmailView>("POST", `/v1/receipts/${encodeURIComponent(documentId)}/send`, { ...options, body });
  }

  /** Read why a receipt is taxed as it is: GET /v1/receipts/{document_id}/tax-decision. */
  taxDecision(documentId: string, options: Options = {}): Promise<types.TaxDecisionView> {
    return this.transport.json<types.TaxDecisionView>("GET", `/v1/receipts/${encodeURIComponent(documentId)}/tax-decision`, { ...options });
  }

}

export class RecurringInvoices {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Recurring Invoices: GET /v1/recurring-invoices. */
  list(query: { state?: "active" | "paused" | "completed" | "failed" | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.RecurringView> {
    return new Pages<types.RecurringView>(this.transport, `/v1/recurring-invoices`, { ...options, query });
  }

  /** Create Recurring Invoice: POST /v1/recurring-invoices. */
  create(body: types.RecurringInput, options: Options = {}): Promise<types.RecurringView> {
    return this.transport.json<types.RecurringView>("POST", `/v1/recurring-invoices`, { ...options, body });
  }

  /** Delete Recurring Invoice: DELETE /v1/recurring-invoices/{recurring_id}. */
  delete(recurringId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/recurring-invoices/${encodeURIComponent(recurringId)}`, { ...options });
  }

  /** Read Recurring Invoice: GET /v1/recurring-invoices/{recurring_id}. */
  get(recurringId: string, options: Options = {}): Promise<types.RecurringView> {
    return this.transport.json<types.RecurringView>("GET", `/v1/recurring-invoices/${encodeURIComponent(recurringId)}`, { ...options });
  }

  /** Change Recurring Invoice: PATCH /v1/recurring-invoices/{recurring_id}. */
  update(recurringId: string, body: types.RecurringChange, options: Options = {}): Promise<types.RecurringView> {
    return this.transport.json<types.RecurringView>("PATCH", `/v1/recurring-invoices/${encodeURIComponent(recurringId)}`, { ...options, body });
  }

  /** List Occurrences: GET /v1/recurring-invoices/{recurring_id}/occurrences. */
  occurrences(recurringId: string, query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.OccurrenceView> {
    return new Pages<types.OccurrenceView>(this.transport, `/v1/recurring-invoices/${encodeURIComponent(recurringId)}/occurrences`, { ...options, query });
  }

  /** Pause Recurring Invoice: POST /v1/recurring-invoices/{recurring_id}/pause. */
  pause(recurringId: string, options: Options = {}): Promise<types.RecurringView> {
    return this.transport.json<types.RecurringView>("POST", `/v1/recurring-invoices/${encodeURIComponent(recurringId)}/pause`, { ...options });
  }

  /** Preview Recurring Invoice: GET /v1/recurring-invoices/{recurring_id}/preview. */
  preview(recurringId: string, query: { count?: number } = {}, options: Options = {}): Promise<types.gateway__recurring__schemas__PreviewView> {
    return this.transport.json<types.gateway__recurring__schemas__PreviewView>("GET", `/v1/recurring-invoices/${encodeURIComponent(recurringId)}/preview`, { ...options, query });
  }

  /** Resume Recurring Invoice: POST /v1/recurring-invoices/{recurring_id}/resume. */
  resume(recurringId: string, options: Options = {}): Promise<types.RecurringView> {
    return this.transport.json<types.RecurringView>("POST", `/v1/recurring-invoices/${encodeURIComponent(recurringId)}/resume`, { ...options });
  }

}

export class Reports {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** The compliance board: GET /v1/reports/compliance. */
  compliance(query: { state?: "pending" | "failed" | "unknown" | "action_required" | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.ComplianceRow> {
    return new Pages<types.ComplianceRow>(this.transport, `/v1/reports/compliance`, { ...options, query });
  }

  /** Receivables by age: GET /v1/reports/receivables. */
  receivables(query: { group_by?: string; as_of?: string | null; from?: string | null; to?: string | null; kind?: ReadonlyArray<types.DocumentKind> | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.ReceivablesRow> {
    return new Pages<types.ReceivablesRow>(this.transport, `/v1/reports/receivables`, { ...options, query });
  }

  /** Totals of issued documents: GET /v1/reports/totals. */
  totals(query: { group_by?: string; from?: string | null; to?: string | null; kind?: ReadonlyArray<types.DocumentKind> | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.TotalsRow> {
    return new Pages<types.TotalsRow>(this.transport, `/v1/reports/totals`, { ...options, query });
  }

  /** Documents issued each month: GET /v1/reports/usage. */
  usage(query: { from?: string | null; to?: string | null; group_by?: string; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.UsageRow> {
    return new Pages<types.UsageRow>(this.transport, `/v1/reports/usage`, { ...options, query });
  }

  /** VAT by category and rate: GET /v1/reports/vat. */
  vat(query: { group_by?: string; from?: string | null; to?: string | null; kind?: ReadonlyArray<types.DocumentKind> | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.VatRow> {
    return new Pages<types.VatRow>(this.transport, `/v1/reports/vat`, { ...options, query });
  }

}

export class Retention {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Read the certificate of a destruction: GET /v1/retention/certificates/{destroyed_id}. */
  getCertificate(destroyedId: string, options: Options = {}): Promise<types.DestructionCertificateView> {
    return this.transport.json<types.DestructionCertificateView>("GET", `/v1/retention/certificates/${encodeURIComponent(destroyedId)}`, { ...options });
  }

  /** List destructions: GET /v1/retention/destructions. */
  destructions(query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.DestructionView> {
    return new Pages<types.DestructionView>(this.transport, `/v1/retention/destructions`, { ...options, query });
  }

  /** Propose to destroy documents: POST /v1/retention/destructions. */
  createDestruction(body: types.DestructionInput, options: Options = {}): Promise<types.DestructionDetailView> {
    return this.transport.json<types.DestructionDetailView>("POST", `/v1/retention/destructions`, { ...options, body });
  }

  /** Read a destruction: GET /v1/retention/destructions/{destruction_id}. */
  getDestruction(destructionId: string, options: Options = {}): Promise<types.DestructionDetailView> {
    return this.transport.json<types.DestructionDetailView>("GET", `/v1/retention/destructions/${encodeURIComponent(destructionId)}`, { ...options });
  }

  /** Approve a destruction: POST /v1/retention/destructions/{destruction_id}/approve. */
  approveDestruction(destructionId: string, body: types.DestructionDecisionInput, options: Options = {}): Promise<types.DestructionView> {
    return this.transport.json<types.DestructionView>("POST", `/v1/retention/destructions/${encodeURIComponent(destructionId)}/approve`, { ...options, body });
  }

  /** Reject a destruction: POST /v1/retention/destructions/{destruction_id}/reject. */
  rejectDestruction(destructionId: string, body: types.DestructionDecisionInput, options: Options = {}): Promise<types.DestructionView> {
    return this.transport.json<types.DestructionView>("POST", `/v1/retention/destructions/${encodeURIComponent(destructionId)}/reject`, { ...options, body });
  }

  /** List documents whose last day is past: GET /v1/retention/documents. */
  documents(query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.OverView> {
    return new Pages<types.OverView>(this.transport, `/v1/retention/documents`, { ...options, query });
  }

  /** Read how long a document is kept: GET /v1/retention/documents/{document_id}. */
  getDocument(documentId: string, query: { as_of?: string | null } = {}, options: Options = {}): Promise<types.RetentionView> {
    return this.transport.json<types.RetentionView>("GET", `/v1/retention/documents/${encodeURIComponent(documentId)}`, { ...options, query });
  }

  /** Note what a document is about: POST /v1/retention/documents/{document_id}/subjects. */
  subjectsDocument(documentId: string, body: types.SubjectsInput, options: Options = {}): Promise<types.RetentionView> {
    return this.transport.json<types.RetentionView>("POST", `/v1/retention/documents/${encodeURIComponent(documentId)}/subjects`, { ...options, body });
  }

  /** List erasures: GET /v1/retention/erasures. */
  erasures(query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.ErasureView> {
    return new Pages<types.ErasureView>(this.transport, `/v1/retention/erasures`, { ...options, query });
  }

  /** Ask for the erasure of a customer: POST /v1/retention/erasures. */
  createErasure(body: types.ErasureInput, options: Options = {}): Promise<types.ErasureView> {
    return this.transport.json<types.ErasureView>("POST", `/v1/retention/erasures`, { ...options, body });
  }

  /** Read an erasure: GET /v1/retention/erasures/{erasure_id}. */
  getErasure(erasureId: string, options: Options = {}): Promise<types.ErasureView> {
    return this.transport.json<types.ErasureView>("GET", `/v1/retention/erasures/${encodeURIComponent(erasureId)}`, { ...options });
  }

  /** Approve an erasure: POST /v1/retention/erasures/{erasure_id}/approve. */
  approveErasure(erasureId: string, body: types.ErasureDecisionInput, options: Options = {}): Promise<types.ErasureView> {
    return this.transport.json<types.ErasureView>("POST", `/v1/retention/erasures/${encodeURIComponent(erasureId)}/approve`, { ...options, body });
  }

  /** List the documents that name the customer: GET /v1/retention/erasures/{erasure_id}/documents. */
  erasuresDocuments(erasureId: string, query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.ErasureDocumentView> {
    return new Pages<types.ErasureDocumentView>(this.transport, `/v1/retention/erasures/${encodeURIComponent(erasureId)}/documents`, { ...options, query });
  }

  /** Reject an erasure: POST /v1/retention/erasures/{erasure_id}/reject. */
  rejectErasure(erasureId: string, body: types.ErasureDecisionInput, options: Options = {}): Promise<types.ErasureView> {
    return this.transport.json<types.ErasureView>("POST", `/v1/retention/erasures/${encodeURIComponent(erasureId)}/reject`, { ...options, body });
  }

  /** Keep documents as long as today's law says: POST /v1/retention/extensions. */
  extensions(options: Options = {}): Promise<types.JobView> {
    return this.transport.json<types.JobView>("POST", `/v1/retention/extensions`, { ...options });
  }

  /** List legal holds: GET /v1/retention/holds. */
  holds(query: { active?: boolean | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.HoldView> {
    return new Pages<types.HoldView>(this.transport, `/v1/retention/holds`, { ...options, query });
  }

  /** Place a legal hold: POST /v1/retention/holds. */
  createHold(body: types.HoldInput, options: Options = {}): Promise<types.HoldView> {
    return this.transport.json<types.HoldView>("POST", `/v1/retention/holds`, { ...options, body });
  }

  /** Read a legal hold: GET /v1/retention/holds/{hold_id}. */
  getHold(holdId: string, options: Options = {}): Promise<types.HoldView> {
    return this.transport.json<types.HoldView>("GET", `/v1/retention/holds/${encodeURIComponent(holdId)}`, { ...options });
  }

  /** End a legal hold: POST /v1/retention/holds/{hold_id}/end. */
  endHold(holdId: string, body: types.HoldEndInput, options: Options = {}): Promise<types.HoldView> {
    return this.transport.json<types.HoldView>("POST", `/v1/retention/holds/${encodeURIComponent(holdId)}/end`, { ...options, body });
  }

  /** List received documents whose last day is past: GET /v1/retention/received. */
  received(query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.OverView> {
    return new Pages<types.OverView>(this.transport, `/v1/retention/received`, { ...options, query });
  }

  /** Read how long a received document is kept: GET /v1/retention/received/{received_id}. */
  getReceived(receivedId: string, query: { as_of?: string | null } = {}, options: Options = {}): Promise<types.RetentionView> {
    return this.transport.json<types.RetentionView>("GET", `/v1/retention/received/${encodeURIComponent(receivedId)}`, { ...options, query });
  }

  /** Note what a received document is about: POST /v1/retention/received/{received_id}/subjects. */
  subjectsReceived(receivedId: string, body: types.SubjectsInput, options: Options = {}): Promise<types.RetentionView> {
    return this.transport.json<types.RetentionView>("POST", `/v1/retention/received/${encodeURIComponent(receivedId)}/subjects`, { ...options, body });
  }

}

export class Secrets {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List secrets: GET /v1/secrets. */
  list(query: { kind?: "ksef-token" | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.SecretView> {
    return new Pages<types.SecretView>(this.transport, `/v1/secrets`, { ...options, query });
  }

  /** Put a secret into the vault: POST /v1/secrets. */
  create(body: types.SecretInput, options: Options = {}): Promise<types.SecretView> {
    return this.transport.json<types.SecretView>("POST", `/v1/secrets`, { ...options, body });
  }

  /** Wipe a secret from the vault: DELETE /v1/secrets/{secret_id}. */
  delete(secretId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/secrets/${encodeURIComponent(secretId)}`, { ...options });
  }

  /** Read what is known of a secret: GET /v1/secrets/{secret_id}. */
  get(secretId: string, options: Options = {}): Promise<types.SecretView> {
    return this.transport.json<types.SecretView>("GET", `/v1/secrets/${encodeURIComponent(secretId)}`, { ...options });
  }

}

export class SelfBilledCreditNotes {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List self billed credit notes, newest first: GET /v1/self-billed-credit-notes. */
  list(query: { limit?: number; state?: "draft" | "issued" | "voided" | "corrected" | null; number?: string | null; from?: string | null; until?: string | null; customer_id?: string | null; currency?: string | null; payment_status?: "unpaid" | "partially_paid" | "paid" | "reversed" | null; overdue?: boolean; deleted?: boolean; metadata?: Labels } = {}, options: Options = {}): Pages<types.DocumentView> {
    return new Pages<types.DocumentView>(this.transport, `/v1/self-billed-credit-notes`, { ...options, query });
  }

  /** Create a self billed credit note: POST /v1/self-billed-credit-notes. */
  create(body: types.DocumentInput, query: { finalize?: boolean; async?: boolean } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/self-billed-credit-notes`, { ...options, query, body });
  }

  /** Preview a self billed credit note: POST /v1/self-billed-credit-notes/preview. */
  preview(body: types.DocumentInput, options: Options = {}): Promise<types.gateway__documents__schemas__PreviewView> {
    return this.transport.json<types.gateway__documents__schemas__PreviewView>("POST", `/v1/self-billed-credit-notes/preview`, { ...options, body });
  }

  /** Delete a draft self billed credit note: DELETE /v1/self-billed-credit-notes/{document_id}. */
  delete(documentId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/self-billed-credit-notes/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Read a self billed credit note: GET /v1/self-billed-credit-notes/{document_id}. */
  get(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("GET", `/v1/self-billed-credit-notes/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Replace a draft self billed credit note: PUT /v1/self-billed-credit-notes/{document_id}. */
  replace(documentId: string, body: types.DocumentInput, query: { change_reason?: string | null } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("PUT", `/v1/self-billed-credit-notes/${encodeURIComponent(documentId)}`, { ...options, query, body });
  }

  /** Issue a self billed credit note: POST /v1/self-billed-credit-notes/{document_id}/finalize. */
  finalize(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/self-billed-credit-notes/${encodeURIComponent(documentId)}/finalize`, { ...options });
  }

  /** Download the self billed credit note as PDF: GET /v1/self-billed-credit-notes/{document_id}/pdf. */
  pdf(documentId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/self-billed-credit-notes/${encodeURIComponent(documentId)}/pdf`, { ...options });
  }

  /** Send the self billed credit note by e-mail: POST /v1/self-billed-credit-notes/{document_id}/send. */
  send(documentId: string, body: types.SendInput, options: Options = {}): Promise<types.EmailView> {
    return this.transport.json<types.EmailView>("POST", `/v1/self-billed-credit-notes/${encodeURIComponent(documentId)}/send`, { ...options, body });
  }

  /** Read why a self billed credit note is taxed as it is: GET /v1/self-billed-credit-notes/{document_id}/tax-decision. */
  taxDecision(documentId: string, options: Options = {}): Promise<types.TaxDecisionView> {
    return this.transport.json<types.TaxDecisionView>("GET", `/v1/self-billed-credit-notes/${encodeURIComponent(documentId)}/tax-decision`, { ...options });
  }

}

export class SelfBilledInvoices {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List self billed invoices, newest first: GET /v1/self-billed-invoices. */
  list(query: { limit?: number; state?: "draft" | "issued" | "voided" | "corrected" | null; number?: string | null; from?: string | null; until?: string | null; customer_id?: string | null; currency?: string | null; payment_status?: "unpaid" | "partially_paid" | "paid" | "reversed" | null; overdue?: boolean; deleted?: boolean; metadata?: Labels } = {}, options: Options = {}): Pages<types.DocumentView> {
    return new Pages<types.DocumentView>(this.transport, `/v1/self-billed-invoices`, { ...options, query });
  }

  /** Create a self billed invoice: POST /v1/self-billed-invoices. */
  create(body: types.DocumentInput, query: { finalize?: boolean; async?: boolean } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/self-billed-invoices`, { ...options, query, body });
  }

  /** Preview a self billed invoice: POST /v1/self-billed-invoices/preview. */
  preview(body: types.DocumentInput, options: Options = {}): Promise<types.gateway__documents__schemas__PreviewView> {
    return this.transport.json<types.gateway__documents__schemas__PreviewView>("POST", `/v1/self-billed-invoices/preview`, { ...options, body });
  }

  /** Delete a draft self billed invoice: DELETE /v1/self-billed-invoices/{document_id}. */
  delete(documentId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/self-billed-invoices/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Read a self billed invoice: GET /v1/self-billed-invoices/{document_id}. */
  get(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("GET", `/v1/self-billed-invoices/${encodeURIComponent(documentId)}`, { ...options });
  }

  /** Replace a draft self billed invoice: PUT /v1/self-billed-invoices/{document_id}. */
  replace(documentId: string, body: types.DocumentInput, query: { change_reason?: string | null } = {}, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("PUT", `/v1/self-billed-invoices/${encodeURIComponent(documentId)}`, { ...options, query, body });
  }

  /** Issue a self billed invoice: POST /v1/self-billed-invoices/{document_id}/finalize. */
  finalize(documentId: string, options: Options = {}): Promise<types.DocumentView> {
    return this.transport.json<types.DocumentView>("POST", `/v1/self-billed-invoices/${encodeURIComponent(documentId)}/finalize`, { ...options });
  }

  /** Download the self billed invoice as PDF: GET /v1/self-billed-invoices/{document_id}/pdf. */
  pdf(documentId: string, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/self-billed-invoices/${encodeURIComponent(documentId)}/pdf`, { ...options });
  }

  /** Send the self billed invoice by e-mail: POST /v1/self-billed-invoices/{document_id}/send. */
  send(documentId: string, body: types.SendInput, options: Options = {}): Promise<types.EmailView> {
    return this.transport.json<types.EmailView>("POST", `/v1/self-billed-invoices/${encodeURIComponent(documentId)}/send`, { ...options, body });
  }

  /** Read why a self billed invoice is taxed as it is: GET /v1/self-billed-invoices/{document_id}/tax-decision. */
  taxDecision(documentId: string, options: Options = {}): Promise<types.TaxDecisionView> {
    return this.transport.json<types.TaxDecisionView>("GET", `/v1/self-billed-invoices/${encodeURIComponent(documentId)}/tax-decision`, { ...options });
  }

}

export class Series {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Series: GET /v1/series. */
  list(query: { metadata?: Labels } = {}, options: Options = {}): Pages<types.SeriesView> {
    return new Pages<types.SeriesView>(this.transport, `/v1/series`, { ...options, query });
  }

  /** Create Series: POST /v1/series. */
  create(body: types.SeriesInput, options: Options = {}): Promise<types.SeriesView> {
    return this.transport.json<types.SeriesView>("POST", `/v1/series`, { ...options, body });
  }

  /** Read Series: GET /v1/series/{series_id}. */
  get(seriesId: string, options: Options = {}): Promise<types.SeriesView> {
    return this.transport.json<types.SeriesView>("GET", `/v1/series/${encodeURIComponent(seriesId)}`, { ...options });
  }

  /** Change Series: PATCH /v1/series/{series_id}. */
  update(seriesId: string, body: types.SeriesChange, options: Options = {}): Promise<types.SeriesView> {
    return this.transport.json<types.SeriesView>("PATCH", `/v1/series/${encodeURIComponent(seriesId)}`, { ...options, body });
  }

  /** Preview Series: GET /v1/series/{series_id}/preview. */
  preview(seriesId: string, query: { date?: string | null; count?: number } = {}, options: Options = {}): Promise<types.SeriesPreview> {
    return this.transport.json<types.SeriesPreview>("GET", `/v1/series/${encodeURIComponent(seriesId)}/preview`, { ...options, query });
  }

  /** Report Series: GET /v1/series/{series_id}/report. */
  report(seriesId: string, options: Options = {}): Promise<types.SeriesReport> {
    return this.transport.json<types.SeriesReport>("GET", `/v1/series/${encodeURIComponent(seriesId)}/report`, { ...options });
  }

}

export class Sessions {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Create Session: POST /v1/sessions. */
  create(body: types.TokenInput, options: Options = {}): Promise<types.NewSessionView> {
    return this.transport.json<types.NewSessionView>("POST", `/v1/sessions`, { ...options, body });
  }

  /** End Current Session: DELETE /v1/sessions/current. */
  deleteCurrent(options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/sessions/current`, { ...options });
  }

  /** Read Current Session: GET /v1/sessions/current. */
  current(options: Options = {}): Promise<types.CurrentSessionView> {
    return this.transport.json<types.CurrentSessionView>("GET", `/v1/sessions/current`, { ...options });
  }

}

export class ShareLinks {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Revoke Share Link: DELETE /v1/share-links/{share_link_id}. */
  delete(shareLinkId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/share-links/${encodeURIComponent(shareLinkId)}`, { ...options });
  }

  /** Read Share Link: GET /v1/share-links/{share_link_id}. */
  get(shareLinkId: string, options: Options = {}): Promise<types.ShareLinkView> {
    return this.transport.json<types.ShareLinkView>("GET", `/v1/share-links/${encodeURIComponent(shareLinkId)}`, { ...options });
  }

}

export class Signatures {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Verify signatures: POST /v1/signatures/verify. */
  verify(body: types.VerificationInput, options: Options = {}): Promise<types.VerificationView> {
    return this.transport.json<types.VerificationView>("POST", `/v1/signatures/verify`, { ...options, body });
  }

}

export class SigningKeys {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Signing Keys: GET /v1/signing-keys. */
  list(query: { purpose?: string | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.SigningKeyView> {
    return new Pages<types.SigningKeyView>(this.transport, `/v1/signing-keys`, { ...options, query });
  }

  /** Create Signing Key: POST /v1/signing-keys. */
  create(body: types.SigningKeyInput, options: Options = {}): Promise<types.SigningKeyView> {
    return this.transport.json<types.SigningKeyView>("POST", `/v1/signing-keys`, { ...options, body });
  }

  /** Import Signing Key: POST /v1/signing-keys/import. */
  import(body: types.SigningKeyImport, options: Options = {}): Promise<types.SigningKeyView> {
    return this.transport.json<types.SigningKeyView>("POST", `/v1/signing-keys/import`, { ...options, body });
  }

  /** Destroy Signing Key: DELETE /v1/signing-keys/{signing_key_id}. */
  delete(signingKeyId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/signing-keys/${encodeURIComponent(signingKeyId)}`, { ...options });
  }

  /** Read Signing Key: GET /v1/signing-keys/{signing_key_id}. */
  get(signingKeyId: string, options: Options = {}): Promise<types.SigningKeyView> {
    return this.transport.json<types.SigningKeyView>("GET", `/v1/signing-keys/${encodeURIComponent(signingKeyId)}`, { ...options });
  }

  /** Change Signing Key: PATCH /v1/signing-keys/{signing_key_id}. */
  update(signingKeyId: string, body: types.SigningKeyChange, options: Options = {}): Promise<types.SigningKeyView> {
    return this.transport.json<types.SigningKeyView>("PATCH", `/v1/signing-keys/${encodeURIComponent(signingKeyId)}`, { ...options, body });
  }

  /** Add Certificate: POST /v1/signing-keys/{signing_key_id}/certificates. */
  certificates(signingKeyId: string, body: types.CertificateInput, options: Options = {}): Promise<types.SigningKeyView> {
    return this.transport.json<types.SigningKeyView>("POST", `/v1/signing-keys/${encodeURIComponent(signingKeyId)}/certificates`, { ...options, body });
  }

  /** Request Certificate: POST /v1/signing-keys/{signing_key_id}/csr. */
  csr(signingKeyId: string, body: types.CertificateRequestInput, options: Options = {}): Promise<types.CertificateRequestView> {
    return this.transport.json<types.CertificateRequestView>("POST", `/v1/signing-keys/${encodeURIComponent(signingKeyId)}/csr`, { ...options, body });
  }

  /** Retire Signing Key: POST /v1/signing-keys/{signing_key_id}/retire. */
  retire(signingKeyId: string, options: Options = {}): Promise<types.SigningKeyView> {
    return this.transport.json<types.SigningKeyView>("POST", `/v1/signing-keys/${encodeURIComponent(signingKeyId)}/retire`, { ...options });
  }

  /** Revoke Signing Key: POST /v1/signing-keys/{signing_key_id}/revoke. */
  revoke(signingKeyId: string, body: types.KeyRevocationInput, options: Options = {}): Promise<types.SigningKeyView> {
    return this.transport.json<types.SigningKeyView>("POST", `/v1/signing-keys/${encodeURIComponent(signingKeyId)}/revoke`, { ...options, body });
  }

  /** Rotate Signing Key: POST /v1/signing-keys/{signing_key_id}/rotate. */
  rotate(signingKeyId: string, body: types.RotationInput, options: Options = {}): Promise<types.SigningKeyView> {
    return this.transport.json<types.SigningKeyView>("POST", `/v1/signing-keys/${encodeURIComponent(signingKeyId)}/rotate`, { ...options, body });
  }

}

export class Tax {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Determine the VAT of a sale, and say why: POST /v1/tax/determine. */
  determine(body: types.DetermineInput, options: Options = {}): Promise<types.DeterminationView> {
    return this.transport.json<types.DeterminationView>("POST", `/v1/tax/determine`, { ...options, body });
  }

}

export class Taxes {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Taxes: GET /v1/taxes. */
  list(query: { deleted?: boolean; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.TaxView> {
    return new Pages<types.TaxView>(this.transport, `/v1/taxes`, { ...options, query });
  }

  /** Create Tax: POST /v1/taxes. */
  create(body: types.TaxInput, options: Options = {}): Promise<types.TaxView> {
    return this.transport.json<types.TaxView>("POST", `/v1/taxes`, { ...options, body });
  }

  /** Suggest Taxes: GET /v1/taxes/suggested. */
  suggested(query: { date?: string | null; metadata?: Labels } = {}, options: Options = {}): Pages<types.Suggestion> {
    return new Pages<types.Suggestion>(this.transport, `/v1/taxes/suggested`, { ...options, query });
  }

  /** Delete Tax: DELETE /v1/taxes/{tax_id}. */
  delete(taxId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/taxes/${encodeURIComponent(taxId)}`, { ...options });
  }

  /** Read Tax: GET /v1/taxes/{tax_id}. */
  get(taxId: string, options: Options = {}): Promise<types.TaxView> {
    return this.transport.json<types.TaxView>("GET", `/v1/taxes/${encodeURIComponent(taxId)}`, { ...options });
  }

  /** Change Tax: PATCH /v1/taxes/{tax_id}. */
  update(taxId: string, body: types.TaxChange, options: Options = {}): Promise<types.TaxView> {
    return this.transport.json<types.TaxView>("PATCH", `/v1/taxes/${encodeURIComponent(taxId)}`, { ...options, body });
  }

  /** Restore Tax: POST /v1/taxes/{tax_id}/restore. */
  restore(taxId: string, options: Options = {}): Promise<types.TaxView> {
    return this.transport.json<types.TaxView>("POST", `/v1/taxes/${encodeURIComponent(taxId)}/restore`, { ...options });
  }

}

export class Templates {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Templates: GET /v1/templates. */
  list(query: { purpose?: "text" | "email" | "document" | null; document_kind?: types.DocumentKind | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.TemplateView> {
    return new Pages<types.TemplateView>(this.transport, `/v1/templates`, { ...options, query });
  }

  /** Create Template: POST /v1/templates. */
  create(body: types.TemplateInput, options: Options = {}): Promise<types.TemplateView> {
    return this.transport.json<types.TemplateView>("POST", `/v1/templates`, { ...options, body });
  }

  /** Preview Template: POST /v1/templates/preview. */
  preview(body: types.PreviewInput, options: Options = {}): Promise<types.Preview> {
    return this.transport.json<types.Preview>("POST", `/v1/templates/preview`, { ...options, body });
  }

  /** Delete Template: DELETE /v1/templates/{template_id}. */
  delete(templateId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/templates/${encodeURIComponent(templateId)}`, { ...options });
  }

  /** Read Template: GET /v1/templates/{template_id}. */
  get(templateId: string, options: Options = {}): Promise<types.TemplateView> {
    return this.transport.json<types.TemplateView>("GET", `/v1/templates/${encodeURIComponent(templateId)}`, { ...options });
  }

  /** Change Template: PATCH /v1/templates/{template_id}. */
  update(templateId: string, body: types.TemplateChange, options: Options = {}): Promise<types.TemplateView> {
    return this.transport.json<types.TemplateView>("PATCH", `/v1/templates/${encodeURIComponent(templateId)}`, { ...options, body });
  }

}

export class Transmissions {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List transmissions: GET /v1/transmissions. */
  list(query: { document_id?: string | null; channel?: string | null; transport?: types.Transport | null; regulatory?: types.Regulatory | null; business?: types.Business | null; action_required?: boolean | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.Transmission> {
    return new Pages<types.Transmission>(this.transport, `/v1/transmissions`, { ...options, query });
  }

  /** Get a transmission: GET /v1/transmissions/{transmission_id}. */
  get(transmissionId: string, options: Options = {}): Promise<types.Transmission> {
    return this.transport.json<types.Transmission>("GET", `/v1/transmissions/${encodeURIComponent(transmissionId)}`, { ...options });
  }

  /** List attempts: GET /v1/transmissions/{transmission_id}/attempts. */
  attempts(transmissionId: string, options: Options = {}): Promise<types.AttemptList> {
    return this.transport.json<types.AttemptList>("GET", `/v1/transmissions/${encodeURIComponent(transmissionId)}/attempts`, { ...options });
  }

  /** Get the bytes that were sent: GET /v1/transmissions/{transmission_id}/attempts/{number}/request. */
  attemptsRequest(transmissionId: string, number: string, query: { exchange?: number } = {}, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/transmissions/${encodeURIComponent(transmissionId)}/attempts/${encodeURIComponent(number)}/request`, { ...options, query });
  }

  /** Get the bytes that came back: GET /v1/transmissions/{transmission_id}/attempts/{number}/response. */
  attemptsResponse(transmissionId: string, number: string, query: { exchange?: number } = {}, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/transmissions/${encodeURIComponent(transmissionId)}/attempts/${encodeURIComponent(number)}/response`, { ...options, query });
  }

  /** Take it back before it is sent: POST /v1/transmissions/{transmission_id}/cancel. */
  cancel(transmissionId: string, options: Options = {}): Promise<types.Transmission> {
    return this.transport.json<types.Transmission>("POST", `/v1/transmissions/${encodeURIComponent(transmissionId)}/cancel`, { ...options });
  }

  /** Put it to today's code: GET /v1/transmissions/{transmission_id}/replay. */
  replay(transmissionId: string, options: Options = {}): Promise<types.Replay> {
    return this.transport.json<types.Replay>("GET", `/v1/transmissions/${encodeURIComponent(transmissionId)}/replay`, { ...options });
  }

  /** Try it again now: POST /v1/transmissions/{transmission_id}/retry. */
  retry(transmissionId: string, options: Options = {}): Promise<types.Transmission> {
    return this.transport.json<types.Transmission>("POST", `/v1/transmissions/${encodeURIComponent(transmissionId)}/retry`, { ...options });
  }

  /** Why it stands so: GET /v1/transmissions/{transmission_id}/why. */
  why(transmissionId: string, options: Options = {}): Promise<types.Why> {
    return this.transport.json<types.Why>("GET", `/v1/transmissions/${encodeURIComponent(transmissionId)}/why`, { ...options });
  }

}

export class Users {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Users: GET /v1/users. */
  list(query: { email?: string | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.UserView> {
    return new Pages<types.UserView>(this.transport, `/v1/users`, { ...options, query });
  }

  /** Create User: POST /v1/users. */
  create(body: types.UserInput, options: Options = {}): Promise<types.UserView> {
    return this.transport.json<types.UserView>("POST", `/v1/users`, { ...options, body });
  }

  /** Remove User: DELETE /v1/users/{user_id}. */
  delete(userId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/users/${encodeURIComponent(userId)}`, { ...options });
  }

  /** Read User: GET /v1/users/{user_id}. */
  get(userId: string, options: Options = {}): Promise<types.UserView> {
    return this.transport.json<types.UserView>("GET", `/v1/users/${encodeURIComponent(userId)}`, { ...options });
  }

  /** Change User: PATCH /v1/users/{user_id}. */
  update(userId: string, body: types.UserChange, options: Options = {}): Promise<types.UserView> {
    return this.transport.json<types.UserView>("PATCH", `/v1/users/${encodeURIComponent(userId)}`, { ...options, body });
  }

}

export class VatChecks {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List checks of VAT numbers: GET /v1/vat-checks. */
  list(query: { vat_id?: string | null; outcome?: types.Outcome | null; customer_id?: string | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.gateway__vies__schemas__VatCheckView> {
    return new Pages<types.gateway__vies__schemas__VatCheckView>(this.transport, `/v1/vat-checks`, { ...options, query });
  }

  /** Check a VAT number: POST /v1/vat-checks. */
  create(body: types.VatCheckInput, options: Options = {}): Promise<types.gateway__vies__schemas__VatCheckView> {
    return this.transport.json<types.gateway__vies__schemas__VatCheckView>("POST", `/v1/vat-checks`, { ...options, body });
  }

  /** Check many VAT numbers: POST /v1/vat-checks/batch. */
  batch(body: types.VatBatchInput, query: { wait?: number } = {}, options: Options = {}): Promise<types.JobView> {
    return this.transport.json<types.JobView>("POST", `/v1/vat-checks/batch`, { ...options, query, body });
  }

  /** Read the report of a batch: GET /v1/vat-checks/batch/{batch_id}. */
  getBatch(batchId: string, query: { outcome?: types.Outcome | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.VatBatchItem> {
    return new Pages<types.VatBatchItem>(this.transport, `/v1/vat-checks/batch/${encodeURIComponent(batchId)}`, { ...options, query });
  }

  /** Download the report of a batch: GET /v1/vat-checks/batch/{batch_id}/file. */
  batchFile(batchId: string, query: { format?: "csv" | "xlsx" } = {}, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/vat-checks/batch/${encodeURIComponent(batchId)}/file`, { ...options, query });
  }

  /** Read a check: GET /v1/vat-checks/{check_id}. */
  get(checkId: string, options: Options = {}): Promise<types.gateway__vies__schemas__VatCheckView> {
    return this.transport.json<types.gateway__vies__schemas__VatCheckView>("GET", `/v1/vat-checks/${encodeURIComponent(checkId)}`, { ...options });
  }

  /** Read the bytes of a check: GET /v1/vat-checks/{check_id}/evidence. */
  evidence(checkId: string, options: Options = {}): Promise<types.VatCheckEvidence> {
    return this.transport.json<types.VatCheckEvidence>("GET", `/v1/vat-checks/${encodeURIComponent(checkId)}/evidence`, { ...options });
  }

}

export class VatServices {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List how the authorities answer: GET /v1/vat-services. */
  list(options: Options = {}): Promise<types.VatServiceList> {
    return this.transport.json<types.VatServiceList>("GET", `/v1/vat-services`, { ...options });
  }

}

export class Verifactu {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Look for anomalies: POST /v1/verifactu/checks. */
  checks(options: Options = {}): Promise<types.gateway__verifactu__kept_schemas__CheckView> {
    return this.transport.json<types.gateway__verifactu__kept_schemas__CheckView>("POST", `/v1/verifactu/checks`, { ...options });
  }

  /** Read the declaración responsable: GET /v1/verifactu/declaration. */
  declaration(options: Options = {}): Promise<types.DeclarationView> {
    return this.transport.json<types.DeclarationView>("GET", `/v1/verifactu/declaration`, { ...options });
  }

  /** Download the declaración responsable: GET /v1/verifactu/declaration/pdf. */
  declarationPdf(options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("GET", `/v1/verifactu/declaration/pdf`, { ...options });
  }

  /** Send the records that the AEAT demanded: POST /v1/verifactu/demands. */
  demands(body: types.DemandInput, options: Options = {}): Promise<types.DemandView> {
    return this.transport.json<types.DemandView>("POST", `/v1/verifactu/demands`, { ...options, body });
  }

  /** Write the records that the AEAT demanded: POST /v1/verifactu/demands/files. */
  demandsFiles(body: types.DemandInput, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("POST", `/v1/verifactu/demands/files`, { ...options, body });
  }

  /** Export records and events: POST /v1/verifactu/exports. */
  exports(body: types.SpanInput, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("POST", `/v1/verifactu/exports`, { ...options, body });
  }

}

export class WebhookEndpoints {
  readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** List Webhook Endpoints: GET /v1/webhook-endpoints. */
  list(query: { limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.WebhookEndpointView> {
    return new Pages<types.WebhookEndpointView>(this.transport, `/v1/webhook-endpoints`, { ...options, query });
  }

  /** Create Webhook Endpoint: POST /v1/webhook-endpoints. */
  create(body: types.WebhookEndpointInput, options: Options = {}): Promise<types.NewWebhookEndpointView> {
    return this.transport.json<types.NewWebhookEndpointView>("POST", `/v1/webhook-endpoints`, { ...options, body });
  }

  /** Delete Webhook Endpoint: DELETE /v1/webhook-endpoints/{endpoint_id}. */
  delete(endpointId: string, options: Options = {}): Promise<void> {
    return this.transport.nothing("DELETE", `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}`, { ...options });
  }

  /** Read Webhook Endpoint: GET /v1/webhook-endpoints/{endpoint_id}. */
  get(endpointId: string, options: Options = {}): Promise<types.WebhookEndpointView> {
    return this.transport.json<types.WebhookEndpointView>("GET", `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}`, { ...options });
  }

  /** Change Webhook Endpoint: PATCH /v1/webhook-endpoints/{endpoint_id}. */
  update(endpointId: string, body: types.WebhookEndpointChange, options: Options = {}): Promise<types.WebhookEndpointView> {
    return this.transport.json<types.WebhookEndpointView>("PATCH", `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}`, { ...options, body });
  }

  /** List Webhook Deliveries: GET /v1/webhook-endpoints/{endpoint_id}/deliveries. */
  deliveries(endpointId: string, query: { state?: "pending" | "delivered" | "failed" | null; limit?: number; metadata?: Labels } = {}, options: Options = {}): Pages<types.WebhookDeliveryView> {
    return new Pages<types.WebhookDeliveryView>(this.transport, `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}/deliveries`, { ...options, query });
  }

  /** Read Webhook Delivery: GET /v1/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}. */
  getDelivery(endpointId: string, deliveryId: string, options: Options = {}): Promise<types.WebhookDeliveryDetail> {
    return this.transport.json<types.WebhookDeliveryDetail>("GET", `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}/deliveries/${encodeURIComponent(deliveryId)}`, { ...options });
  }

  /** Replay Webhook Delivery: POST /v1/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/replay. */
  replayDelivery(endpointId: string, deliveryId: string, options: Options = {}): Promise<types.WebhookDeliveryView> {
    return this.transport.json<types.WebhookDeliveryView>("POST", `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}/deliveries/${encodeURIComponent(deliveryId)}/replay`, { ...options });
  }

  /** Replay Webhook Events: POST /v1/webhook-endpoints/{endpoint_id}/replay. */
  replay(endpointId: string, body: types.ReplayInput, options: Options = {}): Promise<types.ReplayView> {
    return this.transport.json<types.ReplayView>("POST", `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}/replay`, { ...options, body });
  }

  /** Rotate Webhook Secret: POST /v1/webhook-endpoints/{endpoint_id}/rotate-secret. */
  rotateSecret(endpointId: string, body: types.SecretRotation, options: Options = {}): Promise<types.NewWebhookEndpointView> {
    return this.transport.json<types.NewWebhookEndpointView>("POST", `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}/rotate-secret`, { ...options, body });
  }

  /** Test Webhook Endpoint: POST /v1/webhook-endpoints/{endpoint_id}/test. */
  test(endpointId: string, options: Options = {}): Promise<types.WebhookDeliveryView> {
    return this.transport.json<types.WebhookDeliveryView>("POST", `/v1/webhook-endpoints/${encodeURIComponent(endpointId)}/test`, { ...options });
  }

}

export class Resources {
  readonly transport: Transport;
  readonly account: Account;
  readonly activity: Activity;
  readonly advanceInvoices: AdvanceInvoices;
  readonly apiKeys: ApiKeys;
  readonly archive: Archive;
  readonly auditors: Auditors;
  readonly bulk: Bulk;
  readonly certificates: Certificates;
  readonly chains: Chains;
  readonly creditNotes: CreditNotes;
  readonly customers: Customers;
  readonly deadlines: Deadlines;
  readonly deliveryNotes: DeliveryNotes;
  readonly documents: Documents;
  readonly emails: Emails;
  readonly entities: Entities;
  readonly estimates: Estimates;
  readonly eventTypes: EventTypes;
  readonly events: Events;
  readonly evidenceSets: EvidenceSets;
  readonly exits: Exits;
  readonly exports: Exports;
  readonly inbox: Inbox;
  readonly intake: Intake;
  readonly invitations: Invitations;
  readonly invoices: Invoices;
  readonly items: Items;
  readonly jobs: Jobs;
  readonly ksef: Ksef;
  readonly log: Log;
  readonly orders: Orders;
  readonly payments: Payments;
  readonly pickups: Pickups;
  readonly premises: Premises;
  readonly profiles: Profiles;
  readonly proformas: Proformas;
  readonly receipts: Receipts;
  readonly recurringInvoices: RecurringInvoices;
  readonly reports: Reports;
  readonly retention: Retention;
  readonly secrets: Secrets;
  readonly selfBilledCreditNotes: SelfBilledCreditNotes;
  readonly selfBilledInvoices: SelfBilledInvoices;
  readonly series: Series;
  readonly sessions: Sessions;
  readonly shareLinks: ShareLinks;
  readonly signatures: Signatures;
  readonly signingKeys: SigningKeys;
  readonly tax: Tax;
  readonly taxes: Taxes;
  readonly templates: Templates;
  readonly transmissions: Transmissions;
  readonly users: Users;
  readonly vatChecks: VatChecks;
  readonly vatServices: VatServices;
  readonly verifactu: Verifactu;
  readonly webhookEndpoints: WebhookEndpoints;

  constructor(transport: Transport) {
    this.transport = transport;
    this.account = new Account(transport);
    this.activity = new Activity(transport);
    this.advanceInvoices = new AdvanceInvoices(transport);
    this.apiKeys = new ApiKeys(transport);
    this.archive = new Archive(transport);
    this.auditors = new Auditors(transport);
    this.bulk = new Bulk(transport);
    this.certificates = new Certificates(transport);
    this.chains = new Chains(transport);
    this.creditNotes = new CreditNotes(transport);
    this.customers = new Customers(transport);
    this.deadlines = new Deadlines(transport);
    this.deliveryNotes = new DeliveryNotes(transport);
    this.documents = new Documents(transport);
    this.emails = new Emails(transport);
    this.entities = new Entities(transport);
    this.estimates = new Estimates(transport);
    this.eventTypes = new EventTypes(transport);
    this.events = new Events(transport);
    this.evidenceSets = new EvidenceSets(transport);
    this.exits = new Exits(transport);
    this.exports = new Exports(transport);
    this.inbox = new Inbox(transport);
    this.intake = new Intake(transport);
    this.invitations = new Invitations(transport);
    this.invoices = new Invoices(transport);
    this.items = new Items(transport);
    this.jobs = new Jobs(transport);
    this.ksef = new Ksef(transport);
    this.log = new Log(transport);
    this.orders = new Orders(transport);
    this.payments = new Payments(transport);
    this.pickups = new Pickups(transport);
    this.premises = new Premises(transport);
    this.profiles = new Profiles(transport);
    this.proformas = new Proformas(transport);
    this.receipts = new Receipts(transport);
    this.recurringInvoices = new RecurringInvoices(transport);
    this.reports = new Reports(transport);
    this.retention = new Retention(transport);
    this.secrets = new Secrets(transport);
    this.selfBilledCreditNotes = new SelfBilledCreditNotes(transport);
    this.selfBilledInvoices = new SelfBilledInvoices(transport);
    this.series = new Series(transport);
    this.sessions = new Sessions(transport);
    this.shareLinks = new ShareLinks(transport);
    this.signatures = new Signatures(transport);
    this.signingKeys = new SigningKeys(transport);
    this.tax = new Tax(transport);
    this.taxes = new Taxes(transport);
    this.templates = new Templates(transport);
    this.transmissions = new Transmissions(transport);
    this.users = new Users(transport);
    this.vatChecks = new VatChecks(transport);
    this.vatServices = new VatServices(transport);
    this.verifactu = new Verifactu(transport);
    this.webhookEndpoints = new WebhookEndpoints(transport);
  }

  /** Convert a document to another profile: POST /v1/convert. */
  convert(body: Uint8Array | string | types.DocumentWithSeller, query: { to: string; strict?: boolean; xml?: boolean; template?: "classic" | "modern" | "condensed"; locale?: string; color?: string | null; decimal?: "." | "," | null }, options: Options = {}): Promise<types.ConversionView> {
    return this.transport.json<types.ConversionView>("POST", `/v1/convert`, { ...options, query, body });
  }

  /** Compare two documents: POST /v1/diff. */
  diff(body: types.DiffInput, options: Options = {}): Promise<types.DiffView> {
    return this.transport.json<types.DiffView>("POST", `/v1/diff`, { ...options, body });
  }

  /** Explain a rejection or a report, and mend the document: POST /v1/explain. */
  explain(body: types.ExplainInput, query: { apply?: boolean } = {}, options: Options = {}): Promise<types.ExplanationsView> {
    return this.transport.json<types.ExplanationsView>("POST", `/v1/explain`, { ...options, query, body });
  }

  /** Read a document: POST /v1/inspect. */
  inspect(body: Uint8Array | string | types.DocumentWithSeller, query: { decimal?: "." | "," | null } = {}, options: Options = {}): Promise<types.InspectionView> {
    return this.transport.json<types.InspectionView>("POST", `/v1/inspect`, { ...options, query, body });
  }

  /** Show a document as pages: POST /v1/render. */
  render(body: Uint8Array | string | types.DocumentWithSeller, query: { template?: "classic" | "modern" | "condensed"; locale?: string; color?: string | null; decimal?: "." | "," | null } = {}, options: Options = {}): Promise<Uint8Array> {
    return this.transport.bytes("POST", `/v1/render`, { ...options, query, body });
  }

  /** Judge a document: POST /v1/validate. */
  validate(body: Uint8Array | string | types.DocumentWithSeller, query: { rules?: ReadonlyArray<string> | null; profile?: string | null; as_of?: string | null; language?: string | null } = {}, options: Options = {}): Promise<types.ValidationView> {
    return this.transport.json<types.ValidationView>("POST", `/v1/validate`, { ...options, query, body });
  }

}
