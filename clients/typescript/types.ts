// Generated from openapi.json by scripts/write_clients.py: change it there.

export interface AccessList {
  data: ReadonlyArray<gateway__auditors__schemas__AccessView>;
  next_cursor: string | null;
  object?: "list";
}

export interface AccountChange {
  metadata?: Readonly<Record<string, unknown>> | null;
  name?: string | null;
  settings?: Readonly<Record<string, unknown>> | null;
}

export interface AccountView {
  created_at: string;
  environment: "sandbox" | "live";
  id: string;
  metadata: Readonly<Record<string, string>>;
  name: string;
  object?: "account";
  settings: Readonly<Record<string, unknown>>;
  updated_at: string;
}

export interface AccountingReference {
  reference?: string | null;
  type_code?: string | null;
}

export interface AccountingVatBreakdown {
  category_code?: string | null;
  category_rate?: string | null;
  category_tax_amount?: string | null;
  category_taxable_amount?: string | null;
}

export interface AccountingVatBreakdownInput {
  category_code?: string | null;
  category_rate?: string | null;
  category_tax_amount?: string | null;
  category_taxable_amount?: string | null;
}

export interface ActionsInput {
  finalize?: boolean;
  send?: boolean;
}

export interface ActivityList {
  data: ReadonlyArray<ActivityView>;
  next_cursor: string | null;
  object?: "list";
}

export interface ActivityView {
  action: string;
  actor_id: string | null;
  actor_kind: "key" | "user" | "auditor" | "system" | "operator";
  created_at: string;
  data: Readonly<Record<string, unknown>>;
  entity_id: string | null;
  id: string;
  object?: "activity";
  request_id: string | null;
  subject_id: string | null;
}

export interface ActorView {
  id: string | null;
  kind: "key" | "user" | "auditor" | "system" | "operator";
}

export interface AdditionalItemIdentifier {
  scheme?: string | null;
  scheme_identifier?: string | null;
  value?: string | null;
}

export interface AdditionalSupportingDocument {
  attached_document?: BinaryObject | null;
  description?: string | null;
  extensions?: AdditionalSupportingDocumentExtensions | null;
  external_document_location?: string | null;
  reference?: string | null;
}

export interface AdditionalSupportingDocumentExtensions {
  issue_date?: string | null;
  reference_scheme?: string | null;
  type?: string | null;
  type_code?: string | null;
  unique_identifier?: string | null;
  validation_date?: string | null;
  validation_time?: string | null;
}

export interface AdvancePayment {
  amount?: string | null;
  invoice_issue_date?: string | null;
  invoice_reference?: string | null;
  invoice_type_code?: string | null;
  received_date?: string | null;
  taxes?: ReadonlyArray<AdvancePaymentTax>;
}

export interface AdvancePaymentInput {
  amount?: string | null;
  invoice_issue_date?: string | null;
  invoice_reference?: string | null;
  invoice_type_code?: string | null;
  received_date?: string | null;
  taxes?: ReadonlyArray<AdvancePaymentTaxInput>;
}

export interface AdvancePaymentTax {
  amount?: string | null;
  category_code?: string | null;
  exemption_reason_code?: string | null;
  exemption_reason_text?: string | null;
  rate?: string | null;
  type_code?: string | null;
}

export interface AdvancePaymentTaxInput {
  amount?: string | null;
  category_code?: string | null;
  exemption_reason_code?: string | null;
  exemption_reason_text?: string | null;
  rate?: string | null;
  type_code?: string | null;
}

export interface Alive {
  status?: "ok";
}

export interface AmountFindingView {
  fix?: string | null;
  flag: string;
  message: string;
  pointer?: string | null;
  rule: string;
  term?: string | null;
}

export type Anchor = "calendar_year_end" | "fiscal_year_end" | "fiscal_year_calendar_end" | "first_of_july" | "issue" | "tax_period_end" | "tax_due" | "tax_due_year_end";

export interface AnomalyView {
  reason: "huella" | "signature" | "first" | "link" | "time";
  sequence: number;
  type: string;
}

export interface ApiKeyInput {
  entity_id?: string | null;
  expires_at?: string | null;
  name: string;
  period?: PeriodInput | null;
  role: "writer" | "auditor";
  scopes?: ReadonlyArray<string> | null;
}

export interface ApiKeyList {
  data: ReadonlyArray<ApiKeyView>;
  next_cursor: string | null;
  object?: "list";
}

export interface ApiKeyView {
  created_at: string;
  entity_id: string | null;
  environment: "sandbox" | "live";
  expires_at: string | null;
  hint: string;
  id: string;
  last_used_at: string | null;
  name: string;
  object?: "api_key";
  period: PeriodInput | null;
  revoked_at: string | null;
  role: "writer" | "auditor";
  scopes: ReadonlyArray<string> | null;
}

export interface AppliedView {
  changes: ReadonlyArray<gateway__conversions__schemas__ChangeView>;
  content: string | null;
  document: unknown;
  findings: ReadonlyArray<JudgedFindingView>;
  judged: boolean;
  layers: ReadonlyArray<JudgedLayerView>;
  losses: ReadonlyArray<LossView>;
  valid: boolean;
}

export interface ArrivalView {
  at: string;
  channel: string;
  filename: string | null;
  message_id: string | null;
  receiver: string | null;
  sender: string | null;
}

export interface AttachmentView {
  media_type: string;
  name: string;
  sha256: string;
  size: number;
}

export interface AttemptList {
  data: ReadonlyArray<gateway__transmissions__schemas__AttemptView>;
  dropped: number;
  object?: "list";
}

export interface Attribute {
  name: string;
  value: string;
}

export interface AuditorInput {
  directions?: ReadonlyArray<"issued" | "received">;
  email?: string | null;
  expires_at: string;
  firm?: string | null;
  kinds?: ReadonlyArray<DocumentKind> | null;
  name: string;
  period?: PeriodInput | null;
  purpose: string;
  send_invite?: boolean;
}

export interface AuditorList {
  data: ReadonlyArray<AuditorView>;
  next_cursor: string | null;
  object?: "list";
}

export interface AuditorView {
  created_at: string;
  directions: ReadonlyArray<"issued" | "received">;
  email: string | null;
  ended_at: string | null;
  ended_by: InviterView | null;
  entity_id: string;
  environment: "sandbox" | "live";
  expires_at: string;
  firm: string | null;
  hint: string;
  id: string;
  invited_by: InviterView;
  kinds: ReadonlyArray<DocumentKind> | null;
  last_used_at: string | null;
  name: string;
  object?: "auditor";
  period: PeriodInput | null;
  purpose: string;
  state: "open" | "ended" | "expired";
}

export interface AxesView {
  action_required: string | null;
  business: Business;
  regulatory: Regulatory;
  transport: Transport;
}

export interface BankAccount {
  bic?: string | null;
  default?: boolean;
  iban: string;
  name?: string | null;
}

export interface BehindView {
  document_id: string;
  meaning: string;
  next_at: string | null;
  reason: string | null;
  transmission_id: string;
  what: string;
}

export interface BinaryObject {
  content: string;
  filename: string;
  mime_code: string;
}

export interface BulkDocument {
  body: Readonly<Record<string, unknown>>;
  kind?: DocumentKind;
  reference?: string | null;
}

export interface BulkDocumentsInput {
  documents: ReadonlyArray<BulkDocument>;
  finalize?: boolean;
  send?: boolean;
}

export interface BulkIdsInput {
  ids: ReadonlyArray<string>;
}

export interface BulkItemList {
  data: ReadonlyArray<BulkItemView>;
  next_cursor: string | null;
  object?: "list";
}

export interface BulkItemView {
  document_id: string | null;
  error: Readonly<Record<string, unknown>> | null;
  kind: string | null;
  number: string | null;
  object?: "bulk_item";
  position: number;
  reference: string | null;
  state: "queued" | "succeeded" | "failed";
}

export type Business = "none" | "acknowledged" | "in_process" | "under_query" | "conditionally_accepted" | "partially_accepted" | "accepted" | "rejected" | "disputed" | "suspended" | "completed" | "paid_partially" | "paid";

export interface Buyer {
  contact?: BuyerContact | null;
  electronic_address?: SchemedIdentifier | null;
  extensions?: BuyerExtensions | null;
  identifier?: SchemedIdentifier | null;
  legal_registration_identifier?: SchemedIdentifier | null;
  name?: string | null;
  postal_address?: BuyerPostalAddress | null;
  trading_name?: string | null;
  vat_identifier?: string | null;
}

export interface BuyerContact {
  email_address?: string | null;
  extensions?: BuyerContactExtensions | null;
  point?: string | null;
  telephone_number?: string | null;
}

export interface BuyerContactExtensions {
  department_name?: string | null;
  fax_number?: string | null;
  type_code?: string | null;
}

export interface BuyerExtensions {
  additional_contacts?: ReadonlyArray<TradeContact>;
  additional_identifiers?: ReadonlyArray<SchemedIdentifier>;
  additional_legal_information?: string | null;
  identifier_scheme_name?: string | null;
  legal_address?: TradeAddress | null;
  legal_registration_authority?: string | null;
  legal_registration_type_code?: string | null;
  role_code?: string | null;
  tax_registrations?: ReadonlyArray<TaxRegistration>;
}

export interface BuyerExtensionsInput {
  additional_contacts?: ReadonlyArray<TradeContact>;
  additional_identifiers?: ReadonlyArray<string | SchemedIdentifier>;
  additional_legal_information?: string | null;
  identifier_scheme_name?: string | null;
  legal_address?: TradeAddress | null;
  legal_registration_authority?: string | null;
  legal_registration_type_code?: string | null;
  role_code?: string | null;
  tax_registrations?: ReadonlyArray<TaxRegistration>;
}

export interface BuyerFacts {
  country?: string | null;
  kind?: BuyerKind | null;
  vat_id?: string | null;
  vies?: Vies | null;
}

export interface BuyerFactsView {
  country: string | null;
  kind: string | null;
  taken_as: string | null;
  vat_id: string | null;
  vies: string | null;
}

export interface BuyerInput {
  address?: string | null;
  address_2?: string | null;
  city?: string | null;
  contact?: BuyerContact | null;
  contact_name?: string | null;
  country_code?: string | null;
  electronic_address?: string | SchemedIdentifier | null;
  email?: string | null;
  extensions?: BuyerExtensionsInput | null;
  identifier?: string | SchemedIdentifier | null;
  legal_registration_identifier?: string | SchemedIdentifier | null;
  name?: string | null;
  phone?: string | null;
  post_code?: string | null;
  postal_address?: BuyerPostalAddress | null;
  trading_name?: string | null;
  vat_id?: string | null;
  vat_identifier?: string | null;
}

export type BuyerKind = "business" | "consumer" | "public";

export interface BuyerPostalAddress {
  city?: string | null;
  country_code?: string | null;
  country_subdivision?: string | null;
  extensions?: BuyerPostalAddressExtensions | null;
  line_1?: string | null;
  line_2?: string | null;
  line_3?: string | null;
  post_code?: string | null;
}

export interface BuyerPostalAddressExtensions {
  country_subdivision_code?: string | null;
}

export interface CertificateInput {
  certificate: string;
}

export interface CertificateList {
  data: ReadonlyArray<CertificateView>;
  next_cursor: string | null;
  object?: "list";
}

export interface CertificateNotice {
  days_left: number;
  ends_at: string;
  purpose: string;
  state: "ending" | "expired" | "revoked";
}

export interface CertificateRequestInput {
  addresses?: ReadonlyArray<string>;
  dns_names?: ReadonlyArray<string>;
  emails?: ReadonlyArray<string>;
  subject: SubjectInput;
  uris?: ReadonlyArray<string>;
}

export interface CertificateRequestView {
  csr: string;
  object?: "certificate_request";
  signing_key_id: string;
}

export interface CertificateView {
  certificate: string;
  chain: ReadonlyArray<string>;
  created_at: string;
  days_left: number;
  entity_id: string;
  fingerprint: string;
  id: string;
  issuer: string;
  not_after: string;
  not_before: string;
  object?: "certificate";
  revocation: RevocationView;
  serial_number: string;
  signing_key_id: string;
  status: "valid" | "not_yet_valid" | "expired" | "revoked";
  subject: string;
}

export interface ChainList {
  data: ReadonlyArray<ChainView>;
  next_cursor?: string | null;
  object?: "list";
}

export interface ChainRecordList {
  data: ReadonlyArray<ChainRecordView>;
  next_cursor?: string | null;
  object?: "list";
}

export interface ChainRecordView {
  at: string;
  chain_id: string;
  digest: string;
  document_id: string | null;
  id: string;
  kind: string;
  object?: "chain_record";
  previous: string;
  record: string;
  sequence: number;
}

export interface ChainView {
  closed_at: string | null;
  closed_because: string | null;
  entity_id: string;
  first_previous: string;
  first_sequence: number;
  generation: number;
  halted_at: string | null;
  halted_because: string | null;
  id: string;
  key: string;
  last_at: string | null;
  last_digest: string;
  next_sequence: number;
  object?: "chain";
  opened_at: string;
  opened_because: string;
  state: "open" | "halted" | "closed";
  void_from: number | null;
}

export interface CisFiscalization {
  numbering?: "N" | "P";
  operator_oib?: string | null;
  scheme: "hr-cis";
}

export interface Classification {
  code: string;
  list: string;
  version?: string | null;
}

export interface ComplianceBoard {
  data: ReadonlyArray<ComplianceRow>;
  environment: "sandbox" | "live";
  next_cursor: string | null;
  object?: "list";
}

export interface ComplianceRow {
  certificates: ReadonlyArray<CertificateNotice>;
  drafts: number;
  entity_id: string;
  entity_name: string;
  last_issued_at: string | null;
  missing_setup: ReadonlyArray<string>;
  object?: "entity_compliance";
  oldest_pending_at: string | null;
  transmissions: TransmissionCounts;
}

export type Confidence = "A" | "B" | "C" | "M";

export interface ConsistencyProof {
  new: number;
  old: number;
  proof: ReadonlyArray<string>;
}

export interface ConversionInput {
  to: DocumentKind;
}

export interface ConversionView {
  content: string;
  filename: string;
  findings: ReadonlyArray<AmountFindingView>;
  loss_count: number;
  losses: ReadonlyArray<LossView>;
  lossless: boolean;
  media_type: string;
  object?: "conversion";
  profile: string;
  semantic_hash: string;
  sha256: string;
  source: "ubl" | "cii" | "ksef" | "facturae" | "eslog" | "hybrid-pdf" | "json" | "csv" | "xlsx";
  source_profile: string | null;
}

export interface CorrectionInput {
  extensions?: InvoiceExtensionsInput;
  lines?: ReadonlyArray<LinePart> | null;
  metadata?: Readonly<Record<string, string>>;
  method?: "credit_note" | "corrective_invoice" | null;
  reason: string;
}

export interface CountryDefaultsView {
  country_declared: boolean;
  currency_code: string | null;
  eu_member: boolean;
  locale: string;
  time_zone: string;
  vat_rates: ReadonlyArray<VatRateView>;
}

export interface CreditTransfer {
  extensions?: CreditTransferExtensions | null;
  payment_account_identifier?: string | null;
  payment_account_name?: string | null;
  payment_service_provider_identifier?: string | null;
}

export interface CreditTransferExtensions {
  payment_account_scheme?: string | null;
  provider_address?: TradeAddress | null;
}

export interface CurrentSessionView {
  created_at: string;
  email: string;
  entity_id: string;
  environment: "sandbox" | "live";
  expires_at: string;
  id: string;
  name: string;
  object?: "session";
  permissions: ReadonlyArray<string>;
  revoked_at: string | null;
  role: "viewer" | "editor" | "admin" | "auditor";
  user_id: string;
}

export interface CustomerChange {
  address?: null | string;
  address_2?: null | string;
  city?: null | string;
  contact?: null | BuyerContact;
  contact_name?: null | string;
  contact_type?: null | "buyer" | "supplier" | "both";
  country?: null | string;
  country_code?: null | string;
  due_days?: null | number;
  electronic_address?: null | string | SchemedIdentifier;
  email?: null | string;
  extensions?: null | BuyerExtensions;
  format_agreement?: null | FormatAgreement;
  iban?: null | string;
  identifier?: null | string | SchemedIdentifier;
  legal_registration_identifier?: null | string | SchemedIdentifier;
  locale?: null | string;
  metadata?: null | Readonly<Record<string, string>>;
  name?: null | string;
  peppol_id?: null | string;
  phone?: null | string;
  post_code?: null | string;
  postal_address?: null | BuyerPostalAddress;
  reference?: null | string;
  tax_number?: null | string;
  trading_name?: null | string;
  vat_id?: null | string;
  vat_identifier?: null | string;
}

export interface CustomerCheck {
  field: string;
  reason: string;
  result: "valid" | "invalid" | "unknown";
  value: string;
}

export interface CustomerInput {
  address?: string | null;
  address_2?: string | null;
  city?: string | null;
  contact?: BuyerContact | null;
  contact_name?: string | null;
  contact_type?: "buyer" | "supplier" | "both";
  country?: string | null;
  country_code?: string | null;
  due_days?: number | null;
  electronic_address?: string | SchemedIdentifier | null;
  email?: string | null;
  extensions?: BuyerExtensions | null;
  format_agreement?: FormatAgreement | null;
  iban?: string | null;
  identifier?: string | SchemedIdentifier | null;
  legal_registration_identifier?: string | SchemedIdentifier | null;
  locale?: string | null;
  metadata?: Readonly<Record<string, string>>;
  name: string;
  peppol_id?: string | null;
  phone?: string | null;
  post_code?: string | null;
  postal_address?: BuyerPostalAddress | null;
  reference?: string | null;
  tax_number?: string | null;
  trading_name?: string | null;
  vat_id?: string | null;
  vat_identifier?: string | null;
}

export interface CustomerList {
  data: ReadonlyArray<CustomerView>;
  next_cursor: string | null;
  object?: "list";
}

export interface CustomerOrder {
  issue_date?: string | null;
  reference?: string | null;
}

export interface CustomerVatCheck {
  age_seconds: number;
  asked_at: string;
  fault: string | null;
  id: string;
  known: CustomerVatKnown | null;
  outcome: "valid" | "invalid" | "unknown";
}

export interface CustomerVatKnown {
  address: string | null;
  age_seconds: number;
  asked_at: string;
  consultation_number: string | null;
  id: string;
  name: string | null;
  outcome: "valid" | "invalid";
}

export interface CustomerView {
  address: string | null;
  address_2: string | null;
  buyer: Readonly<Record<string, unknown>>;
  checks: ReadonlyArray<CustomerCheck>;
  city: string | null;
  contact_name: string | null;
  contact_type: "buyer" | "supplier" | "both";
  country_code: string | null;
  created_at: string;
  deleted_at: string | null;
  due_days: number | null;
  email: string | null;
  entity_id: string;
  erased_at: string | null;
  format_agreement: Readonly<Record<string, unknown>> | null;
  iban: string | null;
  id: string;
  locale: string | null;
  metadata: Readonly<Record<string, string>>;
  name: string;
  object?: "customer";
  peppol_id: string | null;
  phone: string | null;
  post_code: string | null;
  reference: string | null;
  tax_number: string | null;
  updated_at: string;
  vat_check: CustomerVatCheck | null;
  vat_id: string | null;
}

export interface DeadlineList {
  data: ReadonlyArray<DeadlineView>;
  next_cursor: string | null;
  object?: "list";
}

export interface DeadlineView {
  alerted: number;
  channel: string;
  document_id: string;
  due_at: string;
  ended_at: string | null;
  id: string;
  kind: "send" | "verdict" | "answer" | "offline";
  mode: string | null;
  object?: "deadline";
  reason: "issued" | "retried" | "sent";
  started_at: string;
  state: "open" | "met" | "missed" | "ended";
  suspended: boolean;
  transmission_id: string;
}

export interface Decision {
  reason?: string | null;
}

export interface DecisionView {
  at: string;
  code: string | null;
  reason: string | null;
  state: "accepted" | "rejected";
}

export interface DeclarationPoint {
  about: string;
  letter: string;
  text: string | null;
}

export interface DeclarationView {
  complete: boolean;
  contact: string | null;
  missing: ReadonlyArray<string>;
  object?: "responsible_declaration";
  points: ReadonlyArray<DeclarationPoint>;
  system: Readonly<Record<string, string>>;
  version: string;
}

export interface DeliverToAddress {
  city?: string | null;
  country_code?: string | null;
  country_subdivision?: string | null;
  extensions?: DeliverToAddressExtensions | null;
  line_1?: string | null;
  line_2?: string | null;
  line_3?: string | null;
  post_code?: string | null;
}

export interface DeliverToAddressExtensions {
  country_subdivision_code?: string | null;
}

export interface DeliveryInformation {
  actual_delivery_date?: string | null;
  deliver_to_address?: DeliverToAddress | null;
  deliver_to_location_identifier?: SchemedIdentifier | null;
  deliver_to_party_name?: string | null;
  extensions?: DeliveryInformationExtensions | null;
  invoicing_period?: InvoicingPeriod | null;
}

export interface DeliveryInformationExtensions {
  additional_location_identifiers?: ReadonlyArray<SchemedIdentifier>;
  consignment_identifier?: string | null;
  consignment_terms_code?: string | null;
  deliver_to_contacts?: ReadonlyArray<TradeContact>;
  deliver_to_electronic_address?: SchemedIdentifier | null;
  deliver_to_legal_address?: TradeAddress | null;
  deliver_to_legal_registration_identifier?: SchemedIdentifier | null;
  deliver_to_party_identifiers?: ReadonlyArray<SchemedIdentifier>;
  deliver_to_role_code?: string | null;
  deliver_to_trading_name?: string | null;
  deliver_to_vat_identifier?: string | null;
  delivery_note_issue_date?: string | null;
  delivery_note_reference?: string | null;
  freight_charges?: ReadonlyArray<FreightCharge>;
  import_date?: string | null;
  ship_from?: TradeParty | null;
  shipment_identifier?: string | null;
  terms_code?: string | null;
  terms_scheme_identifier?: string | null;
  transport_mode_codes?: ReadonlyArray<string>;
  ultimate_ship_to?: TradeParty | null;
}

export interface DeliveryInformationExtensionsInput {
  additional_location_identifiers?: ReadonlyArray<string | SchemedIdentifier>;
  consignment_identifier?: string | null;
  consignment_terms_code?: string | null;
  deliver_to_contacts?: ReadonlyArray<TradeContact>;
  deliver_to_electronic_address?: string | SchemedIdentifier | null;
  deliver_to_legal_address?: TradeAddress | null;
  deliver_to_legal_registration_identifier?: string | SchemedIdentifier | null;
  deliver_to_party_identifiers?: ReadonlyArray<string | SchemedIdentifier>;
  deliver_to_role_code?: string | null;
  deliver_to_trading_name?: string | null;
  deliver_to_vat_identifier?: string | null;
  delivery_note_issue_date?: string | null;
  delivery_note_reference?: string | null;
  freight_charges?: ReadonlyArray<FreightChargeInput>;
  import_date?: string | null;
  ship_from?: TradePartyInput | null;
  shipment_identifier?: string | null;
  terms_code?: string | null;
  terms_scheme_identifier?: string | null;
  transport_mode_codes?: ReadonlyArray<string>;
  ultimate_ship_to?: TradePartyInput | null;
}

export interface DeliveryInformationInput {
  actual_delivery_date?: string | null;
  deliver_to_address?: DeliverToAddress | null;
  deliver_to_location_identifier?: string | SchemedIdentifier | null;
  deliver_to_party_name?: string | null;
  extensions?: DeliveryInformationExtensionsInput | null;
  invoicing_period?: InvoicingPeriod | null;
}

export interface DeliveryReceived {
  known: boolean;
}

export interface DemandInput {
  from: string;
  last?: boolean;
  reference: string;
  to: string;
}

export interface DemandView {
  object?: "verifactu_demand";
  reference: string;
  requests: ReadonlyArray<DemandedView>;
}

export interface DemandedRecord {
  code: string | null;
  detail: string | null;
  number: string;
  operation: "Alta" | "Anulacion";
  state: "Correcto" | "AceptadoConErrores" | "Incorrecto";
}

export interface DemandedView {
  csv: string | null;
  records: ReadonlyArray<DemandedRecord>;
  state: "Correcto" | "ParcialmenteCorrecto" | "Incorrecto";
}

export interface Destinatario {
  codigo_pais?: string | null;
  id_type?: string | null;
  nif?: string | null;
  nombre_razon?: string | null;
  numero?: string | null;
}

export interface DestructionCertificateView {
  certificate: Readonly<Record<string, unknown>>;
  checkpoint: string;
  leaf: string;
  log_index: number;
  object?: "destruction_certificate";
  proof: ReadonlyArray<string>;
  sha256: string;
}

export interface DestructionDecisionInput {
  reason?: string | null;
}

export interface DestructionDetailView {
  counts: Readonly<Record<string, number>>;
  decided_at: string | null;
  decided_by: ActorView | null;
  decision_reason: string | null;
  documents: ReadonlyArray<DestructionItemView>;
  done_at: string | null;
  entity_id: string;
  erasure_id: string | null;
  expires_at: string;
  id: string;
  job_id: string | null;
  object?: "destruction";
  proposed_at: string;
  proposed_by: ActorView;
  reason: string | null;
  state: "proposed" | "expired" | "approved" | "rejected" | "done";
}

export interface DestructionInput {
  document_ids?: ReadonlyArray<string> | null;
  reason?: string | null;
}

export interface DestructionItemView {
  id: string;
  kind: DocumentKind | "received";
  number: string | null;
  object?: "destruction_item";
  retain_until: string;
  rule: RetentionRuleView;
  spared_because: "held" | "kept" | "unfinished" | "chained" | "destroyed" | null;
  state: "listed" | "marked" | "destroyed" | "spared";
}

export interface DestructionList {
  data: ReadonlyArray<DestructionView>;
  next_cursor: string | null;
  object?: "list";
}

export interface DestructionView {
  decided_at: string | null;
  decided_by: ActorView | null;
  decision_reason: string | null;
  done_at: string | null;
  entity_id: string;
  erasure_id: string | null;
  expires_at: string;
  id: string;
  job_id: string | null;
  object?: "destruction";
  proposed_at: string;
  proposed_by: ActorView;
  reason: string | null;
  state: "proposed" | "expired" | "approved" | "rejected" | "done";
}

export interface DeterminationView {
  day: string;
  law: string;
  lines: ReadonlyArray<LineDecisionView>;
  object?: "tax_determination";
}

export interface DetermineInput {
  buyer: BuyerFacts;
  day: string;
  language?: string;
  lines: ReadonlyArray<LineFacts>;
  place_of_supply?: string | null;
  seller: SellerFacts;
}

export interface DiffInput {
  new: string | Readonly<Record<string, unknown>>;
  old: string | Readonly<Record<string, unknown>>;
  process_control?: boolean;
}

export interface DiffView {
  changes: ReadonlyArray<gateway__conversions__schemas__ChangeView>;
  new: ReadingView;
  object?: "diff";
  old: ReadingView;
  same: boolean;
}

export interface DifferenceView {
  new: unknown;
  old: unknown;
  part: "line" | "header" | "body" | "writing";
  place: string | null;
}

export interface DirectDebit {
  bank_assigned_creditor_identifier?: string | null;
  debited_account_identifier?: string | null;
  extensions?: DirectDebitExtensions | null;
  mandate_reference_identifier?: string | null;
}

export interface DirectDebitExtensions {
  debited_account_name?: string | null;
  debited_account_provider_identifier?: string | null;
}

export interface DocumentInput {
  additional_supporting_documents?: ReadonlyArray<AdditionalSupportingDocument>;
  allowances?: ReadonlyArray<DocumentLevelAllowanceInput>;
  buyer?: BuyerInput;
  buyer_accounting_reference?: string | null;
  buyer_kind?: BuyerKind | null;
  buyer_reference?: string | null;
  charges?: ReadonlyArray<DocumentLevelChargeInput>;
  contract_reference?: string | null;
  corrects?: string | null;
  currency?: string | null;
  currency_code?: string | null;
  customer?: BuyerInput;
  customer_id?: string | null;
  delivery_date?: string | null;
  delivery_information?: DeliveryInformationInput | null;
  derived_from?: string | null;
  despatch_advice_reference?: string | null;
  document_level_allowances?: ReadonlyArray<DocumentLevelAllowanceInput>;
  document_level_charges?: ReadonlyArray<DocumentLevelChargeInput>;
  due_date?: string | null;
  earlier_invoices?: ReadonlyArray<EarlierInvoice>;
  exchange_rate?: string | null;
  expected_amount_due?: string | null;
  expected_total?: string | null;
  extensions?: InvoiceExtensionsInput | null;
  invoiced_object_identifier?: string | SchemedIdentifier | null;
  issue_date?: string | null;
  items?: ReadonlyArray<LineInput>;
  lines?: ReadonlyArray<LineInput>;
  metadata?: Readonly<Record<string, string>>;
  note?: string | InvoiceNote | ReadonlyArray<string | InvoiceNote>;
  notes?: string | InvoiceNote | ReadonlyArray<string | InvoiceNote>;
  number?: string | null;
  paid_amount?: string | null;
  payee?: PayeeInput | null;
  payment_due_date?: string | null;
  payment_instructions?: PaymentInstructions | ReadonlyArray<PaymentInstructions>;
  payment_terms?: string | null;
  place_of_supply?: string | null;
  preceding_invoice_references?: ReadonlyArray<PrecedingInvoiceReference>;
  prepaid_amount?: string | null;
  prices_include_vat?: boolean;
  process_control?: ProcessControl;
  profile?: string | null;
  project_reference?: string | null;
  purchase_order_reference?: string | null;
  receiving_advice_reference?: string | null;
  related?: ReadonlyArray<string>;
  rounding_amount?: string | null;
  rounding_permitted?: boolean;
  sales_order_reference?: string | null;
  seller_tax_representative?: SellerTaxRepresentativeInput | null;
  series?: string | null;
  settles?: ReadonlyArray<string>;
  tender_or_lot_reference?: string | null;
  totals?: TotalsInput | null;
  type_code?: string | null;
  value_added_tax_point_date?: string | null;
  value_added_tax_point_date_code?: string | null;
  vat_accounting_currency_code?: string | null;
  vat_accounting_exchange_rate?: string | null;
  vat_breakdown?: ReadonlyArray<VatBreakdownInput> | null;
  vat_exemptions?: ReadonlyArray<VatExemptionInput>;
}

export type DocumentKind = "invoice" | "credit_note" | "advance_invoice" | "self_billed_invoice" | "self_billed_credit_note" | "estimate" | "proforma" | "delivery_note" | "order" | "receipt";

export interface DocumentLevelAllowance {
  amount?: string | null;
  base_amount?: string | null;
  extensions?: DocumentLevelAllowanceExtensions | null;
  percentage?: string | null;
  reason?: string | null;
  reason_code?: string | null;
  vat_category_code?: string | null;
  vat_rate?: string | null;
}

export interface DocumentLevelAllowanceExtensions {
  base_quantity?: string | null;
  base_quantity_unit_code?: string | null;
  exemption_reason_code?: string | null;
  exemption_reason_text?: string | null;
  sequence?: string | null;
}

export interface DocumentLevelAllowanceExtensionsInput {
  base_quantity?: string | null;
  base_quantity_unit_code?: string | null;
  exemption_reason_code?: string | null;
  exemption_reason_text?: string | null;
  sequence?: string | null;
}

export interface DocumentLevelAllowanceInput {
  amount?: string | null;
  base_amount?: string | null;
  extensions?: DocumentLevelAllowanceExtensionsInput | null;
  percentage?: string | null;
  reason?: string | null;
  reason_code?: string | null;
  vat_category_code?: string | null;
  vat_rate?: string | null;
}

export interface DocumentLevelCharge {
  amount?: string | null;
  base_amount?: string | null;
  extensions?: DocumentLevelChargeExtensions | null;
  percentage?: string | null;
  reason?: string | null;
  reason_code?: string | null;
  vat_category_code?: string | null;
  vat_rate?: string | null;
}

export interface DocumentLevelChargeExtensions {
  base_quantity?: string | null;
  base_quantity_unit_code?: string | null;
  exemption_reason_code?: string | null;
  exemption_reason_text?: string | null;
  sequence?: string | null;
  tax_type_code?: string | null;
  vat_category_name?: string | null;
}

export interface DocumentLevelChargeExtensionsInput {
  base_quantity?: string | null;
  base_quantity_unit_code?: string | null;
  exemption_reason_code?: string | null;
  exemption_reason_text?: string | null;
  sequence?: string | null;
  tax_type_code?: string | null;
  vat_category_name?: string | null;
}

export interface DocumentLevelChargeInput {
  amount?: string | null;
  base_amount?: string | null;
  extensions?: DocumentLevelChargeExtensionsInput | null;
  percentage?: string | null;
  reason?: string | null;
  reason_code?: string | null;
  vat_category_code?: string | null;
  vat_rate?: string | null;
}

export interface DocumentLineDecisionView {
  assumed: ReadonlyArray<string>;
  category: string;
  decided_by: "law" | "document";
  item_code: string | null;
  kind: string | null;
  line: string | null;
  note: string;
  rate: string | null;
  rules: ReadonlyArray<string>;
  sources: ReadonlyArray<RuleSourceView>;
  stated_category: string | null;
  stated_rate: string | null;
  tax_country: string | null;
  undecided: ReadonlyArray<MissingView>;
  vatex: string | null;
  would_change: ReadonlyArray<gateway__tax__schemas__ChangeView>;
}

export interface DocumentList {
  data: ReadonlyArray<DocumentView>;
  next_cursor: string | null;
  object?: string;
}

export interface DocumentView {
  amount_credited: string;
  amount_due: string | null;
  amount_paid: string;
  created_at: string;
  currency_code: string | null;
  customer_id: string | null;
  customer_name: string | null;
  decided_at: string | null;
  decision: string | null;
  decision_reason: string | null;
  due_date: string | null;
  entity_id: string;
  environment: string;
  findings: ReadonlyArray<FindingView>;
  held: HeldView | null;
  id: string;
  invoice: Invoice | null;
  invoice_id?: string | null;
  issue_date: string | null;
  issued_at: string | null;
  layers: ReadonlyArray<LayerView>;
  metadata: Readonly<Record<string, string>>;
  number: string | null;
  object: string;
  open_amount: string;
  payment_status: string | null;
  profile: string | null;
  retain_until: string | null;
  sent_at: string | null;
  series: string | null;
  sha256: string | null;
  stamps: ReadonlyArray<StampView>;
  state: string;
  status: string;
  total_vat: string | null;
  total_with_vat: string | null;
  total_without_vat: string | null;
  transmissions: ReadonlyArray<TransmissionSummary>;
  updated_at: string;
  version: number;
  void_reason: string | null;
  voided_at: string | null;
}

export interface DocumentWithSeller {
  additional_supporting_documents?: ReadonlyArray<AdditionalSupportingDocument>;
  allowances?: ReadonlyArray<DocumentLevelAllowanceInput>;
  buyer?: BuyerInput;
  buyer_accounting_reference?: string | null;
  buyer_reference?: string | null;
  charges?: ReadonlyArray<DocumentLevelChargeInput>;
  contract_reference?: string | null;
  currency?: string | null;
  currency_code?: string | null;
  customer?: BuyerInput;
  delivery_date?: string | null;
  delivery_information?: DeliveryInformationInput | null;
  despatch_advice_reference?: string | null;
  document_level_allowances?: ReadonlyArray<DocumentLevelAllowanceInput>;
  document_level_charges?: ReadonlyArray<DocumentLevelChargeInput>;
  due_date?: string | null;
  exchange_rate?: string | null;
  expected_amount_due?: string | null;
  expected_total?: string | null;
  extensions?: InvoiceExtensionsInput | null;
  invoiced_object_identifier?: string | SchemedIdentifier | null;
  issue_date?: string | null;
  items?: ReadonlyArray<LineInput>;
  lines?: ReadonlyArray<LineInput>;
  metadata?: Readonly<Record<string, string>>;
  note?: string | InvoiceNote | ReadonlyArray<string | InvoiceNote>;
  notes?: string | InvoiceNote | ReadonlyArray<string | InvoiceNote>;
  number?: string | null;
  paid_amount?: string | null;
  payee?: PayeeInput | null;
  payment_due_date?: string | null;
  payment_instructions?: PaymentInstructions | ReadonlyArray<PaymentInstructions>;
  payment_terms?: string | null;
  preceding_invoice_references?: ReadonlyArray<PrecedingInvoiceReference>;
  prepaid_amount?: string | null;
  prices_include_vat?: boolean;
  process_control?: ProcessControl;
  profile?: string | null;
  project_reference?: string | null;
  purchase_order_reference?: string | null;
  receiving_advice_reference?: string | null;
  rounding_amount?: string | null;
  rounding_permitted?: boolean;
  sales_order_reference?: string | null;
  seller: SellerInput;
  seller_tax_representative?: SellerTaxRepresentativeInput | null;
  series?: string | null;
  tender_or_lot_reference?: string | null;
  totals?: TotalsInput | null;
  type_code?: string | null;
  value_added_tax_point_date?: string | null;
  value_added_tax_point_date_code?: string | null;
  vat_accounting_currency_code?: string | null;
  vat_accounting_exchange_rate?: string | null;
  vat_breakdown?: ReadonlyArray<VatBreakdownInput> | null;
  vat_exemptions?: ReadonlyArray<VatExemptionInput>;
}

export interface DuplicateView {
  id: string;
  relation: "possible_duplicate" | "conflict";
}

export interface EInvoicing {
  auto_send?: boolean | null;
  enabled?: boolean | null;
}

export interface ESlogExtension {
  buyer_account?: string | null;
  buyer_account_name?: string | null;
  buyer_bank?: string | null;
  buyer_tax_number?: string | null;
  eor?: string | null;
  fiscal_moment?: string | null;
  fiscal_operator?: string | null;
  other_taxes?: ReadonlyArray<ESlogOtherTax>;
  payment_method?: string | null;
  payment_purpose?: string | null;
  receipt_code?: string | null;
  zoi?: string | null;
}

export interface ESlogExtensionInput {
  buyer_account?: string | null;
  buyer_account_name?: string | null;
  buyer_bank?: string | null;
  buyer_tax_number?: string | null;
  eor?: string | null;
  fiscal_moment?: string | null;
  fiscal_operator?: string | null;
  other_taxes?: ReadonlyArray<ESlogOtherTaxInput>;
  payment_method?: string | null;
  payment_purpose?: string | null;
  receipt_code?: string | null;
  zoi?: string | null;
}

export interface ESlogOtherTax {
  rate?: string | null;
  tax_amount?: string | null;
  taxable_amount?: string | null;
}

export interface ESlogOtherTaxInput {
  rate?: string | null;
  tax_amount?: string | null;
  taxable_amount?: string | null;
}

export interface EarlierInvoice {
  issued_at: string;
  number: string;
  zoi?: string | null;
}

export interface EmailDefaults {
  advance_invoice?: MailText | null;
  credit_note?: MailText | null;
  delivery_note?: MailText | null;
  estimate?: MailText | null;
  invoice?: MailText | null;
  order?: MailText | null;
  proforma?: MailText | null;
  receipt?: MailText | null;
  reminder?: MailText | null;
  reply_to?: string | null;
  self_billed_credit_note?: MailText | null;
  self_billed_invoice?: MailText | null;
  sender_name?: string | null;
}

export interface EmailList {
  data: ReadonlyArray<EmailView>;
  next_cursor: string | null;
  object?: "list";
}

export interface EmailView {
  attachments: ReadonlyArray<AttachmentView>;
  attempts: number;
  body: string;
  created_at: string;
  document_id: string | null;
  entity_id: string;
  environment: string;
  id: string;
  last_error: string | null;
  message_id: string;
  metadata: Readonly<Record<string, string>>;
  object?: "email";
  purpose: string;
  recipients: ReadonlyArray<RecipientView>;
  reply_to: string | null;
  sender: string;
  sent_at: string | null;
  state: string;
  subject: string;
  updated_at: string;
}

export interface EntityBody {
  address?: string | null;
  address_2?: string | null;
  city?: string | null;
  company_number?: string | null;
  contact_name?: string | null;
  country?: string | null;
  country_code?: string | null;
  currency_code?: string | null;
  email?: string | null;
  locale?: string | null;
  metadata?: Readonly<Record<string, string>>;
  name: string;
  phone?: string | null;
  post_code?: string | null;
  seller?: Seller;
  settings?: EntitySettings;
  state?: string | null;
  tax_number?: string | null;
  vat_id?: string | null;
}

export interface EntityChange {
  address?: string | null;
  address_2?: string | null;
  city?: string | null;
  company_number?: string | null;
  contact_name?: string | null;
  country?: string | null;
  country_code?: string | null;
  currency_code?: string | null;
  email?: string | null;
  locale?: string | null;
  metadata?: Readonly<Record<string, unknown>> | null;
  name?: string | null;
  phone?: string | null;
  post_code?: string | null;
  seller?: Readonly<Record<string, unknown>> | null;
  settings?: Readonly<Record<string, unknown>> | null;
  state?: string | null;
  tax_number?: string | null;
  vat_id?: string | null;
}

export interface EntityList {
  data: ReadonlyArray<EntityView>;
  next_cursor: string | null;
  object?: "list";
}

export interface EntityLogLeaf {
  hash: string;
  index: number;
  leaf: string | null;
  log_index: number | null;
  object?: "log_leaf";
}

export interface EntityLogLeaves {
  data: ReadonlyArray<EntityLogLeaf>;
  object?: "list";
  size: number;
}

export interface EntitySettings {
  bank_accounts?: ReadonlyArray<BankAccount> | null;
  currency_code?: string | null;
  default_profile?: string | null;
  due_days?: number | null;
  e_invoicing?: EInvoicing | null;
  email_defaults?: EmailDefaults | null;
  fiscalization?: SandboxFiscalization | FursFiscalization | CisFiscalization | VerifactuFiscalization | KsefFiscalization | null;
  locale?: string | null;
  notices_to?: ReadonlyArray<string> | null;
  number_formats?: Readonly<Record<string, string>> | null;
  number_sequence_starts?: Readonly<Record<string, number>> | null;
  overdue_notifications?: OverdueNotifications | null;
  payment_qr?: PaymentQr | null;
  payment_reminders?: PaymentReminders | null;
  pdf_template?: PdfTemplate | null;
  retention?: Retention | null;
  seal?: Seal | null;
  tax_clause_defaults?: TaxClauses | null;
  tax_rules?: TaxRules | null;
  valid_days?: number | null;
  vat_rechecks?: VatRechecks | null;
}

export interface EntityView {
  country_code: string;
  created_at: string;
  defaults: CountryDefaultsView;
  environment: "sandbox" | "live";
  id: string;
  inherited_settings: Readonly<Record<string, unknown>>;
  metadata: Readonly<Record<string, string>>;
  name: string;
  object?: "entity";
  seller: Readonly<Record<string, unknown>>;
  settings: Readonly<Record<string, unknown>>;
  updated_at: string;
}

export interface ErasureDecisionInput {
  reason?: string | null;
}

export interface ErasureDocumentList {
  data: ReadonlyArray<ErasureDocumentView>;
  next_cursor: string | null;
  object?: "list";
}

export interface ErasureDocumentView {
  holds: ReadonlyArray<string>;
  id: string;
  issued: string;
  kept_because: "kept" | "held" | "listed" | "chained" | "unfinished" | null;
  kind: DocumentKind | "received";
  number: string | null;
  object?: "erasure_document";
  retain_until: string;
  rule: RetentionRuleView;
}

export interface ErasureInput {
  customer_id: string;
  reason?: string | null;
}

export interface ErasureList {
  data: ReadonlyArray<ErasureView>;
  next_cursor: string | null;
  object?: "list";
}

export interface ErasureView {
  customer_id: string;
  decided_at: string | null;
  decided_by: ActorView | null;
  decision_reason: string | null;
  done_at: string | null;
  entity_id: string;
  expires_at: string;
  id: string;
  next_look_at: string | null;
  object?: "erasure";
  reason: string | null;
  requested_at: string;
  requested_by: ActorView;
  state: "requested" | "expired" | "approved" | "rejected" | "done";
}

export interface EuTaxRules {
  auto_remove_tax_export?: boolean | null;
  auto_reverse_charge?: boolean | null;
  require_gross_prices?: boolean | null;
  schemes?: ReadonlyArray<Scheme> | null;
  unknown?: "hold" | "flag" | null;
  unverified?: "stop" | "flag" | null;
  vies_validate_vat?: boolean | null;
}

export interface Event {
  at: string;
  data: Readonly<Record<string, unknown>>;
  document_id: string | null;
  evidence_id: string | null;
  id: string;
  object?: "event";
  subject_id: string | null;
  transmission_id: string | null;
  type: string;
}

export interface EventFeed {
  cursor: string;
  data: ReadonlyArray<Event>;
  object?: "list";
}

export interface EventTypeList {
  data: ReadonlyArray<EventTypeView>;
  next_cursor?: null;
  object?: "list";
}

export interface EventTypeView {
  alias: boolean;
  description: string;
  name: string;
  object?: "event_type";
}

export interface EvidenceBytes {
  content: string;
  sha256: string;
  size: number;
}

export interface EvidenceList {
  data: ReadonlyArray<EvidenceView>;
  object?: string;
}

export interface EvidenceSetList {
  data: ReadonlyArray<EvidenceSetView>;
  next_cursor: string | null;
  object?: "list";
}

export interface EvidenceSetView {
  bundle_url: string;
  currency_code: string | null;
  direction: "issued" | "received";
  evidence_url: string;
  id: string;
  issue_date: string | null;
  kind: string | null;
  number: string | null;
  object?: "evidence_set";
  party: PartyFoundView;
  sha256: string;
  total_with_vat: string | null;
}

export interface EvidenceView {
  at: string;
  id: string;
  log_index: number;
  media_type: string;
  name: string;
  object: string;
  role: string;
  sha256: string;
  size: number;
}

export interface ExitInput {
  leaving?: boolean;
  secrets_for?: string | null;
}

export interface ExplainInput {
  codes?: ReadonlyArray<string>;
  document?: Readonly<Record<string, unknown>> | string | null;
  language?: string;
  profile?: string | null;
  report?: Readonly<Record<string, unknown>> | ReadonlyArray<unknown> | string | null;
}

export interface ExplanationView {
  action: string;
  authority: string | null;
  cause: string;
  code: string;
  knowledge: "exact" | "family" | "unknown";
  message: string | null;
  patch: ReadonlyArray<Readonly<Record<string, unknown>>>;
  pointer: string | null;
  reference: string | null;
  rule_set: string | null;
  term: string | null;
  term_name: string | null;
  title: string;
}

export interface ExplanationsView {
  applied: AppliedView | null;
  explanations: ReadonlyArray<ExplanationView>;
  language: string;
  object?: "explanations";
  patch: ReadonlyArray<Readonly<Record<string, unknown>>>;
  valid: boolean | null;
}

export interface ExportInput {
  complete?: boolean;
  format: "csv" | "xlsx" | "pdf_zip" | "xml_zip" | "bundle" | "asice";
  from?: string | null;
  kinds?: ReadonlyArray<DocumentKind> | null;
  log_sizes?: ReadonlyArray<number>;
  metadata?: Readonly<Record<string, string>>;
  rows?: "documents" | "lines";
  states?: ReadonlyArray<"issued" | "corrected" | "voided">;
  to?: string | null;
}

export interface FaAdnotacje {
  nowe_srodki_transportu?: FaNoweSrodkiTransportu | null;
  p_16?: string | null;
  p_17?: string | null;
  p_18?: string | null;
  p_18a?: string | null;
  p_23?: string | null;
  pmarzy?: FaPMarzy | null;
  zwolnienie?: FaZwolnienie | null;
}

export interface FaAdres {
  adres_l1?: string | null;
  adres_l2?: string | null;
  gln?: string | null;
  kod_kraju?: string | null;
}

export interface FaBlokDanych {
  meta_dane?: ReadonlyArray<FaMetaDane>;
  tabela?: ReadonlyArray<FaTabela>;
  tekst?: FaTekst | null;
  znaglowek?: string | null;
}

export interface FaDaneFaKorygowanej {
  data_wyst_fa_korygowanej?: string | null;
  nr_fa_korygowanej?: string | null;
  nr_kse_f?: string | null;
  nr_kse_ffa_korygowanej?: string | null;
  nr_kse_fn?: string | null;
}

export interface FaDaneKontaktowe {
  email?: string | null;
  telefon?: string | null;
}

export interface FaDaneKontaktowePU {
  email_pu?: string | null;
  telefon_pu?: string | null;
}

export interface FaDodatkowyOpis {
  klucz?: string | null;
  nr_wiersza?: string | null;
  wartosc?: string | null;
}

export interface FaExtension {
  fa?: FaTresc | null;
  naglowek?: FaNaglowek | null;
  podmiot1?: FaPodmiot1 | null;
  podmiot2?: FaPodmiot2 | null;
  podmiot3?: ReadonlyArray<FaPodmiot3>;
  podmiot_upowazniony?: FaPodmiotUpowazniony | null;
  stopka?: FaStopka | null;
  zalacznik?: FaZalacznik | null;
}

export interface FaExtensionInput {
  fa?: FaTrescInput | null;
  naglowek?: FaNaglowek | null;
  podmiot1?: FaPodmiot1 | null;
  podmiot2?: FaPodmiot2 | null;
  podmiot3?: ReadonlyArray<FaPodmiot3Input>;
  podmiot_upowazniony?: FaPodmiotUpowazniony | null;
  stopka?: FaStopka | null;
  zalacznik?: FaZalacznik | null;
}

export interface FaFakturaZaliczkowa {
  nr_fa_zaliczkowej?: string | null;
  nr_kse_ffa_zaliczkowej?: string | null;
  nr_kse_fzn?: string | null;
}

export interface FaIdentyfikacja1 {
  nazwa?: string | null;
  nip?: string | null;
}

export interface FaIdentyfikacja2 {
  brak_id?: string | null;
  kod_kraju?: string | null;
  kod_ue?: string | null;
  nazwa?: string | null;
  nip?: string | null;
  nr_id?: string | null;
  nr_vat_ue?: string | null;
}

export interface FaIdentyfikacja3 {
  brak_id?: string | null;
  idwew?: string | null;
  kod_kraju?: string | null;
  kod_ue?: string | null;
  nazwa?: string | null;
  nip?: string | null;
  nr_id?: string | null;
  nr_vat_ue?: string | null;
}

export interface FaInformacje {
  stopka_faktury?: string | null;
}

export interface FaKol {
  nkom?: string | null;
  typ?: string | null;
}

export interface FaMetaDane {
  zklucz?: string | null;
  zwartosc?: string | null;
}

export interface FaNaglowek {
  data_wytworzenia_fa?: string | null;
  system_info?: string | null;
}

export interface FaNaglowekTabeli {
  kol?: ReadonlyArray<FaKol>;
}

export interface FaNoweSrodkiTransportu {
  nowy_srodek_transportu?: ReadonlyArray<FaNowySrodekTransportu>;
  p_22?: string | null;
  p_22n?: string | null;
  p_42_5?: string | null;
}

export interface FaNowySrodekTransportu {
  p_22a?: string | null;
  p_22b?: string | null;
  p_22b1?: string | null;
  p_22b2?: string | null;
  p_22b3?: string | null;
  p_22b4?: string | null;
  p_22bk?: string | null;
  p_22bmd?: string | null;
  p_22bmk?: string | null;
  p_22bnr?: string | null;
  p_22brp?: string | null;
  p_22bt?: string | null;
  p_22c?: string | null;
  p_22c1?: string | null;
  p_22d?: string | null;
  p_22d1?: string | null;
  p_nr_wiersza_nst?: string | null;
}

export interface FaObciazenia {
  kwota?: string | null;
  powod?: string | null;
}

export interface FaObciazeniaInput {
  kwota?: string | null;
  powod?: string | null;
}

export interface FaOdliczenia {
  kwota?: string | null;
  powod?: string | null;
}

export interface FaOdliczeniaInput {
  kwota?: string | null;
  powod?: string | null;
}

export interface FaOkresFa {
  p_6_do?: string | null;
  p_6_od?: string | null;
}

export interface FaPMarzy {
  p_pmarzy?: string | null;
  p_pmarzy_2?: string | null;
  p_pmarzy_3_1?: string | null;
  p_pmarzy_3_2?: string | null;
  p_pmarzy_3_3?: string | null;
  p_pmarzy_n?: string | null;
}

export interface FaPlatnosc {
  data_zaplaty?: string | null;
  forma_platnosci?: string | null;
  ipkse_f?: string | null;
  link_do_platnosci?: string | null;
  opis_platnosci?: string | null;
  platnosc_inna?: string | null;
  rachunek_bankowy?: ReadonlyArray<FaRachunekBankowy>;
  rachunek_bankowy_faktora?: ReadonlyArray<FaRachunekBankowy>;
  skonto?: FaSkonto | null;
  termin_platnosci?: ReadonlyArray<FaTerminPlatnosci>;
  zaplacono?: string | null;
  zaplata_czesciowa?: ReadonlyArray<FaZaplataCzesciowa>;
  znacznik_zaplaty_czesciowej?: string | null;
}

export interface FaPlatnoscInput {
  data_zaplaty?: string | null;
  forma_platnosci?: string | null;
  ipkse_f?: string | null;
  link_do_platnosci?: string | null;
  opis_platnosci?: string | null;
  platnosc_inna?: string | null;
  rachunek_bankowy?: ReadonlyArray<FaRachunekBankowy>;
  rachunek_bankowy_faktora?: ReadonlyArray<FaRachunekBankowy>;
  skonto?: FaSkonto | null;
  termin_platnosci?: ReadonlyArray<FaTerminPlatnosci>;
  zaplacono?: string | null;
  zaplata_czesciowa?: ReadonlyArray<FaZaplataCzesciowaInput>;
  znacznik_zaplaty_czesciowej?: string | null;
}

export interface FaPodmiot1 {
  adres?: FaAdres | null;
  adres_koresp?: FaAdres | null;
  dane_kontaktowe?: ReadonlyArray<FaDaneKontaktowe>;
  nr_eori?: string | null;
  prefiks_podatnika?: string | null;
  status_info_podatnika?: string | null;
}

export interface FaPodmiot1K {
  adres?: FaAdres | null;
  dane_identyfikacyjne?: FaIdentyfikacja1 | null;
  prefiks_podatnika?: string | null;
}

export interface FaPodmiot2 {
  adres?: FaAdres | null;
  adres_koresp?: FaAdres | null;
  dane_identyfikacyjne?: FaIdentyfikacja2 | null;
  dane_kontaktowe?: ReadonlyArray<FaDaneKontaktowe>;
  gv?: string | null;
  idnabywcy?: string | null;
  jst?: string | null;
  nr_eori?: string | null;
  nr_klienta?: string | null;
}

export interface FaPodmiot2K {
  adres?: FaAdres | null;
  dane_identyfikacyjne?: FaIdentyfikacja2 | null;
  idnabywcy?: string | null;
}

export interface FaPodmiot3 {
  adres?: FaAdres | null;
  adres_koresp?: FaAdres | null;
  dane_identyfikacyjne?: FaIdentyfikacja3 | null;
  dane_kontaktowe?: ReadonlyArray<FaDaneKontaktowe>;
  idnabywcy?: string | null;
  nr_eori?: string | null;
  nr_klienta?: string | null;
  opis_roli?: string | null;
  rola?: string | null;
  rola_inna?: string | null;
  udzial?: string | null;
}

export interface FaPodmiot3Input {
  adres?: FaAdres | null;
  adres_koresp?: FaAdres | null;
  dane_identyfikacyjne?: FaIdentyfikacja3 | null;
  dane_kontaktowe?: ReadonlyArray<FaDaneKontaktowe>;
  idnabywcy?: string | null;
  nr_eori?: string | null;
  nr_klienta?: string | null;
  opis_roli?: string | null;
  rola?: string | null;
  rola_inna?: string | null;
  udzial?: string | null;
}

export interface FaPodmiotUpowazniony {
  adres?: FaAdres | null;
  adres_koresp?: FaAdres | null;
  dane_identyfikacyjne?: FaIdentyfikacja1 | null;
  dane_kontaktowe?: ReadonlyArray<FaDaneKontaktowePU>;
  nr_eori?: string | null;
  rola_pu?: string | null;
}

export interface FaPrzewoznik {
  adres_przewoznika?: FaAdres | null;
  dane_identyfikacyjne?: FaIdentyfikacja2 | null;
}

export interface FaRachunekBankowy {
  nazwa_banku?: string | null;
  nr_rb?: string | null;
  opis_rachunku?: string | null;
  rachunek_wlasny_banku?: string | null;
  swift?: string | null;
}

export interface FaRejestry {
  bdo?: string | null;
  krs?: string | null;
  pelna_nazwa?: string | null;
  regon?: string | null;
}

export interface FaRozliczenie {
  do_rozliczenia?: string | null;
  do_zaplaty?: string | null;
  obciazenia?: ReadonlyArray<FaObciazenia>;
  odliczenia?: ReadonlyArray<FaOdliczenia>;
  suma_obciazen?: string | null;
  suma_odliczen?: string | null;
}

export interface FaRozliczenieInput {
  do_rozliczenia?: string | null;
  do_zaplaty?: string | null;
  obciazenia?: ReadonlyArray<FaObciazeniaInput>;
  odliczenia?: ReadonlyArray<FaOdliczeniaInput>;
  suma_obciazen?: string | null;
  suma_odliczen?: string | null;
}

export interface FaSkonto {
  warunki_skonta?: string | null;
  wysokosc_skonta?: string | null;
}

export interface FaStopka {
  informacje?: ReadonlyArray<FaInformacje>;
  rejestry?: ReadonlyArray<FaRejestry>;
}

export interface FaSuma {
  skom?: ReadonlyArray<string>;
}

export interface FaTMetaDane {
  tklucz?: string | null;
  twartosc?: string | null;
}

export interface FaTabela {
  opis?: string | null;
  suma?: FaSuma | null;
  tmeta_dane?: ReadonlyArray<FaTMetaDane>;
  tnaglowek?: FaNaglowekTabeli | null;
  wiersz?: ReadonlyArray<formats__en16931__extensions__poland__attachment__FaWiersz>;
}

export interface FaTekst {
  akapit?: ReadonlyArray<string>;
}

export interface FaTerminOpis {
  ilosc?: string | null;
  jednostka?: string | null;
  zdarzenie_poczatkowe?: string | null;
}

export interface FaTerminPlatnosci {
  termin?: string | null;
  termin_opis?: FaTerminOpis | null;
}

export interface FaTransport {
  data_godz_rozp_transportu?: string | null;
  data_godz_zak_transportu?: string | null;
  jednostka_opakowania?: string | null;
  ladunek_inny?: string | null;
  nr_zlecenia_transportu?: string | null;
  opis_innego_ladunku?: string | null;
  opis_innego_transportu?: string | null;
  opis_ladunku?: string | null;
  przewoznik?: FaPrzewoznik | null;
  rodzaj_transportu?: string | null;
  transport_inny?: string | null;
  wysylka_do?: FaAdres | null;
  wysylka_przez?: ReadonlyArray<FaAdres>;
  wysylka_z?: FaAdres | null;
}

export interface FaTresc {
  adnotacje?: FaAdnotacje | null;
  dane_fa_korygowanej?: ReadonlyArray<FaDaneFaKorygowanej>;
  dodatkowy_opis?: ReadonlyArray<FaDodatkowyOpis>;
  faktura_zaliczkowa?: ReadonlyArray<FaFakturaZaliczkowa>;
  fp?: string | null;
  kurs_waluty_z?: string | null;
  kurs_waluty_zk?: string | null;
  nr_fa_korygowany?: string | null;
  okres_fa?: FaOkresFa | null;
  okres_fa_korygowanej?: string | null;
  p_13_1?: string | null;
  p_13_10?: string | null;
  p_13_11?: string | null;
  p_13_2?: string | null;
  p_13_3?: string | null;
  p_13_4?: string | null;
  p_13_5?: string | null;
  p_13_6_1?: string | null;
  p_13_6_2?: string | null;
  p_13_6_3?: string | null;
  p_13_7?: string | null;
  p_13_8?: string | null;
  p_13_9?: string | null;
  p_14_1?: string | null;
  p_14_1w?: string | null;
  p_14_2?: string | null;
  p_14_2w?: string | null;
  p_14_3?: string | null;
  p_14_3w?: string | null;
  p_14_4?: string | null;
  p_14_4w?: string | null;
  p_14_5?: string | null;
  p_15zk?: string | null;
  p_1m?: string | null;
  p_6?: string | null;
  platnosc?: FaPlatnosc | null;
  podmiot1k?: FaPodmiot1K | null;
  podmiot2k?: ReadonlyArray<FaPodmiot2K>;
  przyczyna_korekty?: string | null;
  rodzaj_faktury?: string | null;
  rozliczenie?: FaRozliczenie | null;
  tp?: string | null;
  typ_korekty?: string | null;
  warunki_transakcji?: FaWarunkiTransakcji | null;
  wz?: ReadonlyArray<string>;
  zaliczka_czesciowa?: ReadonlyArray<FaZaliczkaCzesciowa>;
  zamowienie?: FaZamowienie | null;
  zwrot_akcyzy?: string | null;
}

export interface FaTrescInput {
  adnotacje?: FaAdnotacje | null;
  dane_fa_korygowanej?: ReadonlyArray<FaDaneFaKorygowanej>;
  dodatkowy_opis?: ReadonlyArray<FaDodatkowyOpis>;
  faktura_zaliczkowa?: ReadonlyArray<FaFakturaZaliczkowa>;
  fp?: string | null;
  kurs_waluty_z?: string | null;
  kurs_waluty_zk?: string | null;
  nr_fa_korygowany?: string | null;
  okres_fa?: FaOkresFa | null;
  okres_fa_korygowanej?: string | null;
  p_13_1?: string | null;
  p_13_10?: string | null;
  p_13_11?: string | null;
  p_13_2?: string | null;
  p_13_3?: string | null;
  p_13_4?: string | null;
  p_13_5?: string | null;
  p_13_6_1?: string | null;
  p_13_6_2?: string | null;
  p_13_6_3?: string | null;
  p_13_7?: string | null;
  p_13_8?: string | null;
  p_13_9?: string | null;
  p_14_1?: string | null;
  p_14_1w?: string | null;
  p_14_2?: string | null;
  p_14_2w?: string | null;
  p_14_3?: string | null;
  p_14_3w?: string | null;
  p_14_4?: string | null;
  p_14_4w?: string | null;
  p_14_5?: string | null;
  p_15zk?: string | null;
  p_1m?: string | null;
  p_6?: string | null;
  platnosc?: FaPlatnoscInput | null;
  podmiot1k?: FaPodmiot1K | null;
  podmiot2k?: ReadonlyArray<FaPodmiot2K>;
  przyczyna_korekty?: string | null;
  rodzaj_faktury?: string | null;
  rozliczenie?: FaRozliczenieInput | null;
  tp?: string | null;
  typ_korekty?: string | null;
  warunki_transakcji?: FaWarunkiTransakcjiInput | null;
  wz?: ReadonlyArray<string>;
  zaliczka_czesciowa?: ReadonlyArray<FaZaliczkaCzesciowaInput>;
  zamowienie?: FaZamowienieInput | null;
  zwrot_akcyzy?: string | null;
}

export interface FaUmowy {
  data_umowy?: string | null;
  nr_umowy?: string | null;
}

export interface FaWarunkiTransakcji {
  kurs_umowny?: string | null;
  nr_partii_towaru?: ReadonlyArray<string>;
  podmiot_posredniczacy?: string | null;
  transport?: ReadonlyArray<FaTransport>;
  umowy?: ReadonlyArray<FaUmowy>;
  waluta_umowna?: string | null;
  warunki_dostawy?: string | null;
  zamowienia?: ReadonlyArray<FaZamowienia>;
}

export interface FaWarunkiTransakcjiInput {
  kurs_umowny?: string | null;
  nr_partii_towaru?: ReadonlyArray<string>;
  podmiot_posredniczacy?: string | null;
  transport?: ReadonlyArray<FaTransport>;
  umowy?: ReadonlyArray<FaUmowy>;
  waluta_umowna?: string | null;
  warunki_dostawy?: string | null;
  zamowienia?: ReadonlyArray<FaZamowienia>;
}

export interface FaZalacznik {
  blok_danych?: ReadonlyArray<FaBlokDanych>;
}

export interface FaZaliczkaCzesciowa {
  kurs_waluty_zw?: string | null;
  p_15z?: string | null;
  p_6z?: string | null;
}

export interface FaZaliczkaCzesciowaInput {
  kurs_waluty_zw?: string | null;
  p_15z?: string | null;
  p_6z?: string | null;
}

export interface FaZamowienia {
  data_zamowienia?: string | null;
  nr_zamowienia?: string | null;
}

export interface FaZamowienie {
  wartosc_zamowienia?: string | null;
  zamowienie_wiersz?: ReadonlyArray<FaZamowienieWiersz>;
}

export interface FaZamowienieInput {
  wartosc_zamowienia?: string | null;
  zamowienie_wiersz?: ReadonlyArray<FaZamowienieWierszInput>;
}

export interface FaZamowienieWiersz {
  cnz?: string | null;
  gtinz?: string | null;
  gtuz?: string | null;
  indeks_z?: string | null;
  kwota_akcyzy_z?: string | null;
  nr_wiersza_zam?: string | null;
  p_11netto_z?: string | null;
  p_11vat_z?: string | null;
  p_12z?: string | null;
  p_12z_xii?: string | null;
  p_12z_zal_15?: string | null;
  p_7z?: string | null;
  p_8az?: string | null;
  p_8bz?: string | null;
  p_9az?: string | null;
  pkobz?: string | null;
  pkwi_uz?: string | null;
  procedura_z?: string | null;
  stan_przed_z?: string | null;
  uu_idz?: string | null;
}

export interface FaZamowienieWierszInput {
  cnz?: string | null;
  gtinz?: string | null;
  gtuz?: string | null;
  indeks_z?: string | null;
  kwota_akcyzy_z?: string | null;
  nr_wiersza_zam?: string | null;
  p_11netto_z?: string | null;
  p_11vat_z?: string | null;
  p_12z?: string | null;
  p_12z_xii?: string | null;
  p_12z_zal_15?: string | null;
  p_7z?: string | null;
  p_8az?: string | null;
  p_8bz?: string | null;
  p_9az?: string | null;
  pkobz?: string | null;
  pkwi_uz?: string | null;
  procedura_z?: string | null;
  stan_przed_z?: string | null;
  uu_idz?: string | null;
}

export interface FaZaplataCzesciowa {
  data_zaplaty_czesciowej?: string | null;
  forma_platnosci?: string | null;
  kwota_zaplaty_czesciowej?: string | null;
  opis_platnosci?: string | null;
  platnosc_inna?: string | null;
}

export interface FaZaplataCzesciowaInput {
  data_zaplaty_czesciowej?: string | null;
  forma_platnosci?: string | null;
  kwota_zaplaty_czesciowej?: string | null;
  opis_platnosci?: string | null;
  platnosc_inna?: string | null;
}

export interface FaZwolnienie {
  p_19?: string | null;
  p_19a?: string | null;
  p_19b?: string | null;
  p_19c?: string | null;
  p_19n?: string | null;
}

export interface FacturaNombrada {
  fecha_expedicion_factura?: string | null;
  num_serie_factura?: string | null;
}

export type Fault = "INVALID_INPUT" | "INVALID_REQUESTER_INFO" | "SERVICE_UNAVAILABLE" | "MS_UNAVAILABLE" | "TIMEOUT" | "SERVER_BUSY" | "VAT_BLOCKED" | "IP_BLOCKED" | "GLOBAL_MAX_CONCURRENT_REQ" | "GLOBAL_MAX_CONCURRENT_REQ_TIME" | "MS_MAX_CONCURRENT_REQ" | "MS_MAX_CONCURRENT_REQ_TIME" | "NO_ANSWER" | "BAD_ANSWER" | "PAUSED" | "NOT_SERVED" | "ACCESS_REFUSED" | "UNKNOWN_FAULT";

export interface FeAdministrativeCentre {
  address?: string | null;
  centre_code?: string | null;
  country_code?: string | null;
  description?: string | null;
  first_surname?: string | null;
  name?: string | null;
  post_code?: string | null;
  province?: string | null;
  role_code?: string | null;
  second_surname?: string | null;
  town?: string | null;
}

export interface FeCorrective {
  additional_reason?: string | null;
  method?: string | null;
  period_end?: string | null;
  period_start?: string | null;
  reason_code?: string | null;
  series_code?: string | null;
}

export interface FeEquivalenceSurcharge {
  amount?: string | null;
  rate?: string | null;
  vat_rate?: string | null;
}

export interface FeEquivalenceSurchargeInput {
  amount?: string | null;
  rate?: string | null;
  vat_rate?: string | null;
}

export interface FeExtension {
  administrative_centres?: ReadonlyArray<FeAdministrativeCentre>;
  corrective?: FeCorrective | null;
  description?: string | null;
  document_type?: string | null;
  equivalence_surcharges?: ReadonlyArray<FeEquivalenceSurcharge>;
  language?: string | null;
  legal_references?: ReadonlyArray<string>;
  other_taxes?: ReadonlyArray<FeTax>;
  series_code?: string | null;
  third_party_name?: string | null;
  third_party_number?: string | null;
  withheld_taxes?: ReadonlyArray<FeTax>;
}

export interface FeExtensionInput {
  administrative_centres?: ReadonlyArray<FeAdministrativeCentre>;
  corrective?: FeCorrective | null;
  description?: string | null;
  document_type?: string | null;
  equivalence_surcharges?: ReadonlyArray<FeEquivalenceSurchargeInput>;
  language?: string | null;
  legal_references?: ReadonlyArray<string>;
  other_taxes?: ReadonlyArray<FeTaxInput>;
  series_code?: string | null;
  third_party_name?: string | null;
  third_party_number?: string | null;
  withheld_taxes?: ReadonlyArray<FeTaxInput>;
}

export interface FeLine {
  equivalence_surcharge?: FeEquivalenceSurcharge | null;
  file_reference?: string | null;
  other_taxes?: ReadonlyArray<FeTax>;
  receiver_contract_reference?: string | null;
  receiver_transaction_reference?: string | null;
  withheld_taxes?: ReadonlyArray<FeTax>;
}

export interface FeLineInput {
  equivalence_surcharge?: FeEquivalenceSurchargeInput | null;
  file_reference?: string | null;
  other_taxes?: ReadonlyArray<FeTaxInput>;
  receiver_contract_reference?: string | null;
  receiver_transaction_reference?: string | null;
  withheld_taxes?: ReadonlyArray<FeTaxInput>;
}

export interface FeTax {
  rate?: string | null;
  surcharge_amount?: string | null;
  surcharge_rate?: string | null;
  tax_amount?: string | null;
  tax_type_code?: string | null;
  taxable_amount?: string | null;
}

export interface FeTaxInput {
  rate?: string | null;
  surcharge_amount?: string | null;
  surcharge_rate?: string | null;
  tax_amount?: string | null;
  tax_type_code?: string | null;
  taxable_amount?: string | null;
}

export interface FindingView {
  fix?: string | null;
  flag: string;
  line?: number | null;
  location?: string | null;
  message: string;
  patch?: ReadonlyArray<Readonly<Record<string, unknown>>> | null;
  pointer?: string | null;
  rule: string;
  rule_set: string;
  term?: string | null;
}

export interface FiscalRecordList {
  data: ReadonlyArray<FiscalRecordView>;
  object?: string;
}

export interface FiscalRecordView {
  at: string;
  chain: string;
  digest: string;
  kind: string;
  object?: string;
  regulatory: string | null;
  sequence: number;
  transmission_id: string | null;
}

export interface FiscalVatBreakdown {
  category_code?: string | null;
  category_name?: string | null;
  category_rate?: string | null;
  category_tax_amount?: string | null;
  category_taxable_amount?: string | null;
  exemption_reason_code?: string | null;
  exemption_reason_text?: string | null;
  tax_scheme?: string | null;
}

export interface FiscalVatBreakdownInput {
  category_code?: string | null;
  category_name?: string | null;
  category_rate?: string | null;
  category_tax_amount?: string | null;
  category_taxable_amount?: string | null;
  exemption_reason_code?: string | null;
  exemption_reason_text?: string | null;
  tax_scheme?: string | null;
}

export interface Fiscalization {
  out_of_scope_amount?: string | null;
  total_vat?: string | null;
  total_without_vat?: string | null;
  vat_breakdown?: ReadonlyArray<FiscalVatBreakdown>;
  vat_on_payment?: string | null;
}

export interface FiscalizationInput {
  out_of_scope_amount?: string | null;
  total_vat?: string | null;
  total_without_vat?: string | null;
  vat_breakdown?: ReadonlyArray<FiscalVatBreakdownInput>;
  vat_on_payment?: string | null;
}

export interface FormatAgreement {
  channel?: string | null;
  profile?: string | null;
  valid_from?: string | null;
  valid_to?: string | null;
}

export interface FreightCharge {
  amount?: string | null;
  is_charge?: boolean | null;
  reason?: string | null;
}

export interface FreightChargeInput {
  amount?: string | null;
  is_charge?: boolean | null;
  reason?: string | null;
}

export interface FursAddress {
  city: string;
  community: string;
  house_number: string;
  house_number_addition?: string | null;
  postal_code: string;
  street: string;
}

export interface FursContent {
  premise_type?: "A" | "B" | "C" | null;
  real_estate?: FursRealEstate | null;
  scheme: "si-furs";
  software_supplier: FursSupplier;
  special_notes?: string | null;
}

export interface FursFiscalization {
  numbering?: "B" | "C";
  operator_tax_number?: string | null;
  scheme: "si-furs";
  tells?: "all" | "cash";
  untold_series?: ReadonlyArray<string>;
}

export interface FursProperty {
  building: number;
  cadastral_community: number;
  section: number;
}

export interface FursRealEstate {
  address: FursAddress;
  property: FursProperty;
}

export interface FursSupplier {
  foreign_name?: string | null;
  tax_number?: string | null;
}

export interface FurtherTaxTotal {
  amount?: string | null;
  currency_code?: string | null;
  vat_breakdown?: ReadonlyArray<VatBreakdown>;
}

export interface FurtherTaxTotalInput {
  amount?: string | null;
  currency_code?: string | null;
  vat_breakdown?: ReadonlyArray<VatBreakdownInput>;
}

export interface Gap {
  first: number;
  last: number;
}

export interface GrantInput {
  description: string;
  first_name?: string | null;
  full_name?: string | null;
  identifier: string;
  identifier_type?: "Nip" | "Pesel" | "Fingerprint" | "PeppolId";
  last_name?: string | null;
  permissions: ReadonlyArray<"CredentialsManage" | "CredentialsRead" | "EnforcementOperations" | "Introspection" | "InvoiceRead" | "InvoiceWrite" | "SubunitManage" | "PefInvoicing" | "RRInvoicing" | "SelfInvoicing" | "TaxRepresentative">;
  to: "person" | "entity" | "authorization";
}

export interface GrantList {
  data: ReadonlyArray<GrantView>;
  next_cursor?: null;
  object?: "list";
}

export interface GrantView {
  description: string;
  id: string;
  identifier: string | null;
  identifier_type: string;
  object?: "ksef_grant";
  permission: string;
  since: string;
  to: "person" | "authorization";
}

export interface HeadlineView {
  meaning: string;
  reason: string;
  status: string;
  transmission_id: string | null;
}

export interface HeldView {
  reason: "vat_check";
  since: string;
  vat_id: string | null;
}

export interface HoldEndInput {
  reason: string;
}

export interface HoldInput {
  document_id?: string | null;
  issued_from?: string | null;
  issued_until?: string | null;
  kinds?: ReadonlyArray<DocumentKind | "received"> | null;
  reason: string;
}

export interface HoldList {
  data: ReadonlyArray<HoldView>;
  next_cursor: string | null;
  object?: "list";
}

export interface HoldView {
  active: boolean;
  document_id: string | null;
  end_reason: string | null;
  ended_at: string | null;
  ended_by: ActorView | null;
  entity_id: string;
  id: string;
  issued_from: string | null;
  issued_until: string | null;
  kinds: ReadonlyArray<DocumentKind | "received"> | null;
  object?: "retention_hold";
  placed_at: string;
  placed_by: ActorView;
  reason: string;
}

export interface ImportMistake {
  cell: string | null;
  column: string | null;
  fix?: string | null;
  message: string;
  pointer: string;
  row: number;
}

export interface ImportReport {
  applied: boolean;
  created: number;
  data: ReadonlyArray<ImportRow>;
  dry_run: boolean;
  ignored_columns: ReadonlyArray<string>;
  mode: "all" | "each";
  object?: "import";
  refused: number;
  rows: number;
  unchanged: number;
  updated: number;
}

export interface ImportRow {
  errors: ReadonlyArray<ImportMistake>;
  id: string | null;
  outcome: "created" | "updated" | "unchanged" | "refused";
  row: number;
}

export interface ImporteRectificado {
  base_rectificada?: string | null;
  cuota_recargo_rectificado?: string | null;
  cuota_rectificada?: string | null;
}

export interface ImporteRectificadoInput {
  base_rectificada?: string | null;
  cuota_recargo_rectificado?: string | null;
  cuota_rectificada?: string | null;
}

export interface InTheWay {
  document_id: string;
  meaning: string;
  next_at?: string | null;
  reason?: string | null;
  transmission_id: string;
  what: string;
}

export interface IncludedProduct {
  buyers_identifier?: string | null;
  description?: string | null;
  identifier?: string | null;
  industry_identifier?: string | null;
  name?: string | null;
  quantity?: string | null;
  quantity_unit_code?: string | null;
  sellers_identifier?: string | null;
  standard_identifiers?: ReadonlyArray<SchemedIdentifier>;
}

export interface IncludedProductInput {
  buyers_identifier?: string | null;
  description?: string | null;
  identifier?: string | null;
  industry_identifier?: string | null;
  name?: string | null;
  quantity?: string | null;
  quantity_unit_code?: string | null;
  sellers_identifier?: string | null;
  standard_identifiers?: ReadonlyArray<string | SchemedIdentifier>;
}

export interface InspectionView {
  findings: ReadonlyArray<AmountFindingView>;
  invoice: Invoice;
  loss_count: number;
  losses: ReadonlyArray<LossView>;
  lossless: boolean;
  object?: "inspection";
  profile: string | null;
  semantic_hash: string;
  source: "ubl" | "cii" | "ksef" | "facturae" | "eslog" | "hybrid-pdf" | "json" | "csv" | "xlsx";
}

export interface IntakeList {
  data: ReadonlyArray<IntakeView>;
  next_cursor: string | null;
  object?: "list";
}

export interface IntakeView {
  created_at: string;
  document_id: string | null;
  entity_id: string;
  error: Readonly<Record<string, unknown>> | null;
  finalize: boolean;
  id: string;
  kind: string;
  object?: "intake";
  state: "queued" | "succeeded" | "failed";
  updated_at: string;
}

export interface InvitationList {
  data: ReadonlyArray<InvitationView>;
  next_cursor: string | null;
  object?: "list";
}

export interface InvitationView {
  accepted_at: string | null;
  created_at: string;
  email: string;
  expires_at: string;
  id: string;
  invited_by: string | null;
  object?: "invitation";
  revoked_at: string | null;
  state: "open" | "accepted" | "revoked" | "expired";
  user_id: string;
}

export interface InviterView {
  id: string | null;
  kind: "key" | "user" | "auditor" | "system" | "operator";
}

export interface Invoice {
  additional_supporting_documents?: ReadonlyArray<AdditionalSupportingDocument>;
  buyer: Buyer;
  buyer_accounting_reference?: string | null;
  buyer_reference?: string | null;
  contract_reference?: string | null;
  currency_code?: string | null;
  delivery_information?: DeliveryInformation | null;
  despatch_advice_reference?: string | null;
  document_level_allowances?: ReadonlyArray<DocumentLevelAllowance>;
  document_level_charges?: ReadonlyArray<DocumentLevelCharge>;
  extensions?: InvoiceExtensions | null;
  invoiced_object_identifier?: SchemedIdentifier | null;
  issue_date?: string | null;
  lines?: ReadonlyArray<Line>;
  notes?: ReadonlyArray<InvoiceNote>;
  number?: string | null;
  payee?: Payee | null;
  payment_due_date?: string | null;
  payment_instructions?: ReadonlyArray<PaymentInstructions>;
  payment_terms?: string | null;
  preceding_invoice_references?: ReadonlyArray<PrecedingInvoiceReference>;
  process_control?: ProcessControl;
  project_reference?: string | null;
  purchase_order_reference?: string | null;
  receiving_advice_reference?: string | null;
  sales_order_reference?: string | null;
  seller: Seller;
  seller_tax_representative?: SellerTaxRepresentative | null;
  tender_or_lot_reference?: string | null;
  totals: Totals;
  type_code?: string | null;
  value_added_tax_point_date?: string | null;
  value_added_tax_point_date_code?: string | null;
  vat_accounting_currency_code?: string | null;
  vat_breakdown?: ReadonlyArray<VatBreakdown>;
}

export interface InvoiceExtensions {
  accounting_vat_breakdown?: ReadonlyArray<AccountingVatBreakdown>;
  additional_buyer_accounting_references?: ReadonlyArray<AccountingReference>;
  additional_invoiced_object_identifiers?: ReadonlyArray<SchemedIdentifier>;
  additional_payment_terms?: ReadonlyArray<PaymentTerms>;
  additional_tender_or_lot_references?: ReadonlyArray<string>;
  advance_payments?: ReadonlyArray<AdvancePayment>;
  amounts_state_currency?: boolean | null;
  beneficiary_identifier?: SchemedIdentifier | null;
  buyer_accounting_reference_type_code?: string | null;
  buyer_agent?: TradeParty | null;
  buyer_tax_representative?: TradeParty | null;
  contract_issue_date?: string | null;
  contract_type_code?: string | null;
  contract_value?: string | null;
  contractual_due_date?: string | null;
  copy_indicator?: boolean | null;
  credit_reason_code?: string | null;
  delivery_terms_code?: string | null;
  delivery_terms_country_code?: string | null;
  delivery_terms_location?: string | null;
  despatch_advice_issue_date?: string | null;
  document_name?: string | null;
  exchange_rate?: string | null;
  exchange_rate_date?: string | null;
  exchange_source_currency_code?: string | null;
  exchange_target_currency_code?: string | null;
  facturae?: FeExtension | null;
  fiscalization?: Fiscalization | null;
  further_tax_totals?: ReadonlyArray<FurtherTaxTotal>;
  invoiced_object_issue_date?: string | null;
  invoicee?: TradeParty | null;
  invoicer?: TradeParty | null;
  issue_time?: string | null;
  language_code?: string | null;
  logistics_service_charges?: ReadonlyArray<LogisticsServiceCharge>;
  name?: string | null;
  payer?: TradeParty | null;
  payment_terms?: PaymentTerms | null;
  poland?: FaExtension | null;
  prepayments?: ReadonlyArray<Prepayment>;
  principal_identifier?: SchemedIdentifier | null;
  product_end_user?: TradeParty | null;
  project_name?: string | null;
  purchase_order_issue_date?: string | null;
  quotation_issue_date?: string | null;
  quotation_reference?: string | null;
  receiving_advice_issue_date?: string | null;
  sales_agent?: TradeParty | null;
  sales_order_issue_date?: string | null;
  seller_reference?: string | null;
  slovenia?: ESlogExtension | null;
  spain?: SpanishRecord | null;
  statement_reference?: string | null;
  tax_included?: boolean | null;
  tax_scheme?: string | null;
  tender_or_lot_issue_date?: string | null;
  test_indicator?: boolean | null;
  third_party_payments?: ReadonlyArray<ThirdPartyPayment>;
  transaction_type?: string | null;
  transaction_type_code?: string | null;
  type_code_list_version?: string | null;
  ultimate_customer_orders?: ReadonlyArray<CustomerOrder>;
  unique_identifier?: string | null;
}

export interface InvoiceExtensionsInput {
  accounting_vat_breakdown?: ReadonlyArray<AccountingVatBreakdownInput>;
  additional_buyer_accounting_references?: ReadonlyArray<AccountingReference>;
  additional_invoiced_object_identifiers?: ReadonlyArray<string | SchemedIdentifier>;
  additional_payment_terms?: ReadonlyArray<PaymentTermsInput>;
  additional_tender_or_lot_references?: ReadonlyArray<string>;
  advance_payments?: ReadonlyArray<AdvancePaymentInput>;
  amounts_state_currency?: boolean | null;
  beneficiary_identifier?: string | SchemedIdentifier | null;
  buyer_accounting_reference_type_code?: string | null;
  buyer_agent?: TradePartyInput | null;
  buyer_tax_representative?: TradePartyInput | null;
  contract_issue_date?: string | null;
  contract_type_code?: string | null;
  contract_value?: string | null;
  contractual_due_date?: string | null;
  copy_indicator?: boolean | null;
  credit_reason_code?: string | null;
  delivery_terms_code?: string | null;
  delivery_terms_country_code?: string | null;
  delivery_terms_location?: string | null;
  despatch_advice_issue_date?: string | null;
  document_name?: string | null;
  exchange_rate?: string | null;
  exchange_rate_date?: string | null;
  exchange_source_currency_code?: string | null;
  exchange_target_currency_code?: string | null;
  facturae?: FeExtensionInput | null;
  fiscalization?: FiscalizationInput | null;
  further_tax_totals?: ReadonlyArray<FurtherTaxTotalInput>;
  invoiced_object_issue_date?: string | null;
  invoicee?: TradePartyInput | null;
  invoicer?: TradePartyInput | null;
  issue_time?: string | null;
  language_code?: string | null;
  logistics_service_charges?: ReadonlyArray<LogisticsServiceChargeInput>;
  name?: string | null;
  payer?: TradePartyInput | null;
  payment_terms?: PaymentTermsInput | null;
  poland?: FaExtensionInput | null;
  prepayments?: ReadonlyArray<PrepaymentInput>;
  principal_identifier?: string | SchemedIdentifier | null;
  product_end_user?: TradePartyInput | null;
  project_name?: string | null;
  purchase_order_issue_date?: string | null;
  quotation_issue_date?: string | null;
  quotation_reference?: string | null;
  receiving_advice_issue_date?: string | null;
  sales_agent?: TradePartyInput | null;
  sales_order_issue_date?: string | null;
  seller_reference?: string | null;
  slovenia?: ESlogExtensionInput | null;
  spain?: SpanishRecordInput | null;
  statement_reference?: string | null;
  tax_included?: boolean | null;
  tax_scheme?: string | null;
  tender_or_lot_issue_date?: string | null;
  test_indicator?: boolean | null;
  third_party_payments?: ReadonlyArray<ThirdPartyPaymentInput>;
  transaction_type?: string | null;
  transaction_type_code?: string | null;
  type_code_list_version?: string | null;
  ultimate_customer_orders?: ReadonlyArray<CustomerOrder>;
  unique_identifier?: string | null;
}

export interface InvoiceNote {
  extensions?: InvoiceNoteExtensions | null;
  note: string;
  subject_code?: string | null;
}

export interface InvoiceNoteExtensions {
  content_code?: string | null;
}

export interface InvoicingPeriod {
  end_date?: string | null;
  extensions?: InvoicingPeriodExtensions | null;
  start_date?: string | null;
}

export interface InvoicingPeriodExtensions {
  description?: string | null;
}

export interface ItemAttribute {
  extensions?: ItemAttributeExtensions | null;
  name?: string | null;
  value?: string | null;
}

export interface ItemAttributeExtensions {
  code?: string | null;
  measure?: string | null;
  measure_unit_code?: string | null;
}

export interface ItemAttributeExtensionsInput {
  code?: string | null;
  measure?: string | null;
  measure_unit_code?: string | null;
}

export interface ItemAttributeInput {
  extensions?: ItemAttributeExtensionsInput | null;
  name?: string | null;
  value?: string | null;
}

export interface ItemChange {
  attributes?: null | ReadonlyArray<Attribute>;
  base_quantity?: null | string;
  buyers_identifier?: null | string;
  classifications?: null | ReadonlyArray<Classification>;
  country_of_origin?: null | string;
  currency_code?: null | string;
  description?: null | string;
  gtin?: null | string;
  metadata?: null | Readonly<Record<string, string>>;
  name?: null | string;
  price?: null | string;
  sku?: null | string;
  supply_code?: null | string;
  supply_kind?: null | SupplyKind;
  tax_id?: null | string;
  unit?: null | string;
  vat_category_code?: null | string;
  vat_rate?: null | string;
}

export interface ItemInput {
  attributes?: ReadonlyArray<Attribute>;
  base_quantity?: string | null;
  buyers_identifier?: string | null;
  classifications?: ReadonlyArray<Classification>;
  country_of_origin?: string | null;
  currency_code?: string | null;
  description?: string | null;
  gtin?: string | null;
  metadata?: Readonly<Record<string, string>>;
  name: string;
  price?: string | null;
  sku?: string | null;
  supply_code?: string | null;
  supply_kind?: SupplyKind | null;
  tax_id?: string | null;
  unit?: string | null;
  vat_category_code?: string | null;
  vat_rate?: string | null;
}

export interface ItemInstance {
  batch_identifier?: string | null;
  expiry_date?: string | null;
  serial_identifier?: string | null;
}

export interface ItemList {
  data: ReadonlyArray<ItemView>;
  next_cursor: string | null;
  object?: "list";
}

export interface ItemSpecification {
  identifier?: string | null;
  scheme?: string | null;
  type_code?: string | null;
}

export interface ItemView {
  attributes: ReadonlyArray<Attribute>;
  base_quantity: string | null;
  buyers_identifier: string | null;
  classifications: ReadonlyArray<Classification>;
  country_of_origin: string | null;
  created_at: string;
  currency_code: string | null;
  deleted_at: string | null;
  description: string | null;
  entity_id: string;
  gtin: string | null;
  id: string;
  line: Readonly<Record<string, unknown>>;
  metadata: Readonly<Record<string, string>>;
  name: string;
  object?: "item";
  price: string | null;
  sku: string | null;
  supply_code: string | null;
  supply_kind: SupplyKind | null;
  tax_id: string | null;
  unit: string | null;
  updated_at: string;
  vat_category_code: string | null;
  vat_rate: string | null;
}

export interface JobActor {
  id: string | null;
  kind: "key" | "user" | "auditor" | "system" | "operator";
}

export interface JobList {
  data: ReadonlyArray<JobView>;
  next_cursor: string | null;
  object?: "list";
}

export interface JobProgress {
  done: number;
  total: number | null;
}

export interface JobView {
  actor: JobActor;
  attempts: number;
  created_at: string;
  entity_id: string | null;
  environment: "sandbox" | "live";
  error: Readonly<Record<string, unknown>> | null;
  finished_at: string | null;
  id: string;
  kind: string;
  object?: "job";
  parameters: Readonly<Record<string, unknown>>;
  progress: JobProgress;
  result: unknown;
  run_at: string | null;
  started_at: string | null;
  state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
  updated_at: string;
}

export interface JudgedFindingView {
  fix: string | null;
  flag: "fatal" | "warning" | "information";
  layer: "semantic" | "xsd" | "schematron" | null;
  line: number | null;
  location: string | null;
  message: string;
  patch: ReadonlyArray<Readonly<Record<string, unknown>>>;
  pointer: string | null;
  rule: string;
  rule_set: string;
  term: string | null;
}

export interface JudgedLayerView {
  id: string;
  layer: "semantic" | "xsd" | "schematron" | null;
  outcome: "ran" | "not_judged" | "crashed";
  reason: string | null;
  source: string | null;
}

export interface KeyRevocationInput {
  reason?: "unspecified" | "key_compromise" | "affiliation_changed" | "superseded" | "cessation_of_operation";
}

export interface KnownVatCheck {
  address: string | null;
  age_seconds: number;
  asked_at: string;
  consultation_number: string | null;
  id: string;
  name: string | null;
  outcome: Outcome;
}

export interface KsefFiscalization {
  receives?: "nothing" | "buyer" | "named";
  receives_from?: string | null;
  scheme: "pl-ksef";
}

export interface KsefTokenInput {
  description?: string;
  name: string;
  permissions?: ReadonlyArray<"CredentialsManage" | "CredentialsRead" | "EnforcementOperations" | "Introspection" | "InvoiceRead" | "InvoiceWrite" | "SubunitManage">;
}

export interface KsefTokenList {
  data: ReadonlyArray<KsefTokenView>;
  next_cursor?: null;
  object?: "list";
}

export interface KsefTokenView {
  author: string;
  created_at: string;
  description: string;
  last_used_at: string | null;
  object?: "ksef_token";
  permissions: ReadonlyArray<string>;
  reference: string;
  secret_id: string | null;
  status: string;
}

export interface LayerView {
  id: string;
  outcome: string;
  reason?: string | null;
  source?: string | null;
}

export type Light = "green" | "amber" | "red";

export interface Line {
  allowances?: ReadonlyArray<LineAllowance>;
  buyer_accounting_reference?: string | null;
  charges?: ReadonlyArray<LineCharge>;
  extensions?: LineExtensions | null;
  identifier?: string | null;
  invoiced_quantity?: string | null;
  item_attributes?: ReadonlyArray<ItemAttribute>;
  item_buyers_identifier?: string | null;
  item_classification_identifiers?: ReadonlyArray<SchemedIdentifier>;
  item_country_of_origin?: string | null;
  item_description?: string | null;
  item_gross_price?: string | null;
  item_name?: string | null;
  item_net_price?: string | null;
  item_price_base_quantity?: string | null;
  item_price_base_quantity_unit_code?: string | null;
  item_price_discount?: string | null;
  item_sellers_identifier?: string | null;
  item_standard_identifier?: SchemedIdentifier | null;
  net_amount?: string | null;
  note?: string | null;
  object_identifier?: SchemedIdentifier | null;
  period?: LinePeriod | null;
  referenced_purchase_order_line_reference?: string | null;
  unit_code?: string | null;
  vat_category_code?: string | null;
  vat_rate?: string | null;
}

export interface LineAccountingReference {
  reference?: string | null;
  type_code?: string | null;
}

export interface LineAllowance {
  amount?: string | null;
  base_amount?: string | null;
  percentage?: string | null;
  reason?: string | null;
  reason_code?: string | null;
}

export interface LineAllowanceInput {
  amount?: string | null;
  base_amount?: string | null;
  percentage?: string | null;
  reason?: string | null;
  reason_code?: string | null;
}

export interface LineCharge {
  amount?: string | null;
  base_amount?: string | null;
  extensions?: LineChargeExtensions | null;
  percentage?: string | null;
  reason?: string | null;
  reason_code?: string | null;
}

export interface LineChargeExtensions {
  tax_type_code?: string | null;
}

export interface LineChargeInput {
  amount?: string | null;
  base_amount?: string | null;
  extensions?: LineChargeExtensions | null;
  percentage?: string | null;
  reason?: string | null;
  reason_code?: string | null;
}

export interface LineCustomerOrder {
  issue_date?: string | null;
  line_reference?: string | null;
  reference?: string | null;
}

export interface LineDecisionView {
  assumed: ReadonlyArray<string>;
  category: string;
  note: string;
  rate: string | null;
  rules: ReadonlyArray<string>;
  sources: ReadonlyArray<RuleSourceView>;
  tax_country: string | null;
  undecided: ReadonlyArray<MissingView>;
  vatex: string | null;
  would_change: ReadonlyArray<gateway__tax__schemas__ChangeView>;
}

export interface LineDocument {
  attached_document?: BinaryObject | null;
  description?: string | null;
  external_document_location?: string | null;
  issue_date?: string | null;
  line_reference?: string | null;
  reference?: string | null;
  reference_type_code?: string | null;
  scheme_identifier?: string | null;
  type_code?: string | null;
}

export interface LineExtensions {
  actual_delivery_date?: string | null;
  additional_buyer_accounting_references?: ReadonlyArray<LineAccountingReference>;
  additional_item_identifiers?: ReadonlyArray<AdditionalItemIdentifier>;
  additional_item_price_discounts?: ReadonlyArray<PriceReduction>;
  additional_notes?: ReadonlyArray<LineNote>;
  additional_object_identifiers?: ReadonlyArray<SchemedIdentifier>;
  amount_with_vat?: string | null;
  buyer_accounting_reference_type_code?: string | null;
  charge_free_quantity?: string | null;
  charge_free_quantity_unit_code?: string | null;
  contract_issue_date?: string | null;
  contract_line_reference?: string | null;
  contract_reference?: string | null;
  delivery_note_issue_date?: string | null;
  delivery_note_line_reference?: string | null;
  delivery_note_reference?: string | null;
  delivery_terms_code?: string | null;
  delivery_terms_country_code?: string | null;
  delivery_terms_location?: string | null;
  despatch_advice_issue_date?: string | null;
  despatch_advice_line_reference?: string | null;
  despatch_advice_reference?: string | null;
  documents?: ReadonlyArray<LineDocument>;
  facturae?: FeLine | null;
  included_products?: ReadonlyArray<IncludedProduct>;
  item_additional_information?: string | null;
  item_batch_identifiers?: ReadonlyArray<string>;
  item_brand_name?: string | null;
  item_classification_names?: ReadonlyArray<string>;
  item_gross_price_base_quantity?: string | null;
  item_gross_price_base_quantity_unit_code?: string | null;
  item_identifier?: string | null;
  item_industry_identifier?: string | null;
  item_instances?: ReadonlyArray<ItemInstance>;
  item_manufacturer?: TradeParty | null;
  item_model_identifier?: string | null;
  item_model_name?: string | null;
  item_nature_code?: string | null;
  item_price_charges?: ReadonlyArray<PriceReduction>;
  item_price_discount_base_amount?: string | null;
  item_price_discount_percentage?: string | null;
  item_price_discount_reason?: string | null;
  item_price_discount_reason_code?: string | null;
  item_price_taxes?: ReadonlyArray<LineTax>;
  item_seller?: TradeParty | null;
  item_specifications?: ReadonlyArray<ItemSpecification>;
  item_tax_categories?: ReadonlyArray<LineTax>;
  item_type_codes?: ReadonlyArray<string>;
  note_content_code?: string | null;
  note_subject_code?: string | null;
  package_quantity?: string | null;
  package_quantity_unit_code?: string | null;
  parent_line_identifier?: string | null;
  payable_amount?: string | null;
  payable_currency_code?: string | null;
  payable_vat_amount?: string | null;
  poland?: formats__en16931__extensions__poland__line__FaWiersz | null;
  preceding_invoice_issue_date?: string | null;
  preceding_invoice_line_reference?: string | null;
  preceding_invoice_reference?: string | null;
  preceding_invoice_type_code?: string | null;
  purchase_order_issue_date?: string | null;
  purchase_order_reference?: string | null;
  quotation_issue_date?: string | null;
  quotation_line_reference?: string | null;
  quotation_reference?: string | null;
  receiving_advice_issue_date?: string | null;
  receiving_advice_line_reference?: string | null;
  receiving_advice_reference?: string | null;
  sales_order_issue_date?: string | null;
  sales_order_line_reference?: string | null;
  sales_order_reference?: string | null;
  ship_to?: TradeParty | null;
  status_code?: string | null;
  status_reason_code?: string | null;
  sub_lines?: ReadonlyArray<Line>;
  sum_of_allowances?: string | null;
  sum_of_allowances_and_charges?: string | null;
  sum_of_charges?: string | null;
  taxes?: ReadonlyArray<LineTax>;
  ultimate_customer_orders?: ReadonlyArray<LineCustomerOrder>;
  ultimate_ship_to?: TradeParty | null;
  units_per_package?: string | null;
  units_per_package_unit_code?: string | null;
  value_added_tax_point_date_code?: string | null;
  vat_amount?: string | null;
  vat_amount_in_accounting_currency?: string | null;
  vat_category_name?: string | null;
  vat_category_tax_amount?: string | null;
  vat_exemption_reason_code?: string | null;
  vat_exemption_reason_text?: string | null;
}

export interface LineExtensionsInput {
  actual_delivery_date?: string | null;
  additional_buyer_accounting_references?: ReadonlyArray<LineAccountingReference>;
  additional_item_identifiers?: ReadonlyArray<AdditionalItemIdentifier>;
  additional_item_price_discounts?: ReadonlyArray<PriceReductionInput>;
  additional_notes?: ReadonlyArray<LineNote>;
  additional_object_identifiers?: ReadonlyArray<string | SchemedIdentifier>;
  amount_with_vat?: string | null;
  buyer_accounting_reference_type_code?: string | null;
  charge_free_quantity?: string | null;
  charge_free_quantity_unit_code?: string | null;
  contract_issue_date?: string | null;
  contract_line_reference?: string | null;
  contract_reference?: string | null;
  delivery_note_issue_date?: string | null;
  delivery_note_line_reference?: string | null;
  delivery_note_reference?: string | null;
  delivery_terms_code?: string | null;
  delivery_terms_country_code?: string | null;
  delivery_terms_location?: string | null;
  despatch_advice_issue_date?: string | null;
  despatch_advice_line_reference?: string | null;
  despatch_advice_reference?: string | null;
  documents?: ReadonlyArray<LineDocument>;
  facturae?: FeLineInput | null;
  included_products?: ReadonlyArray<IncludedProductInput>;
  item_additional_information?: string | null;
  item_batch_identifiers?: ReadonlyArray<string>;
  item_brand_name?: string | null;
  item_classification_names?: ReadonlyArray<string>;
  item_gross_price_base_quantity?: string | null;
  item_gross_price_base_quantity_unit_code?: string | null;
  item_identifier?: string | null;
  item_industry_identifier?: string | null;
  item_instances?: ReadonlyArray<ItemInstance>;
  item_manufacturer?: TradePartyInput | null;
  item_model_identifier?: string | null;
  item_model_name?: string | null;
  item_nature_code?: string | null;
  item_price_charges?: ReadonlyArray<PriceReductionInput>;
  item_price_discount_base_amount?: string | null;
  item_price_discount_percentage?: string | null;
  item_price_discount_reason?: string | null;
  item_price_discount_reason_code?: string | null;
  item_price_taxes?: ReadonlyArray<LineTaxInput>;
  item_seller?: TradePartyInput | null;
  item_specifications?: ReadonlyArray<ItemSpecification>;
  item_tax_categories?: ReadonlyArray<LineTaxInput>;
  item_type_codes?: ReadonlyArray<string>;
  note_content_code?: string | null;
  note_subject_code?: string | null;
  package_quantity?: string | null;
  package_quantity_unit_code?: string | null;
  parent_line_identifier?: string | null;
  payable_amount?: string | null;
  payable_currency_code?: string | null;
  payable_vat_amount?: string | null;
  poland?: formats__en16931__extensions__poland__line__FaWierszInput | null;
  preceding_invoice_issue_date?: string | null;
  preceding_invoice_line_reference?: string | null;
  preceding_invoice_reference?: string | null;
  preceding_invoice_type_code?: string | null;
  purchase_order_issue_date?: string | null;
  purchase_order_reference?: string | null;
  quotation_issue_date?: string | null;
  quotation_line_reference?: string | null;
  quotation_reference?: string | null;
  receiving_advice_issue_date?: string | null;
  receiving_advice_line_reference?: string | null;
  receiving_advice_reference?: string | null;
  sales_order_issue_date?: string | null;
  sales_order_line_reference?: string | null;
  sales_order_reference?: string | null;
  ship_to?: TradePartyInput | null;
  status_code?: string | null;
  status_reason_code?: string | null;
  sub_lines?: ReadonlyArray<LineInput>;
  sum_of_allowances?: string | null;
  sum_of_allowances_and_charges?: string | null;
  sum_of_charges?: string | null;
  taxes?: ReadonlyArray<LineTaxInput>;
  ultimate_customer_orders?: ReadonlyArray<LineCustomerOrder>;
  ultimate_ship_to?: TradePartyInput | null;
  units_per_package?: string | null;
  units_per_package_unit_code?: string | null;
  value_added_tax_point_date_code?: string | null;
  vat_amount?: string | null;
  vat_amount_in_accounting_currency?: string | null;
  vat_category_name?: string | null;
  vat_category_tax_amount?: string | null;
  vat_exemption_reason_code?: string | null;
  vat_exemption_reason_text?: string | null;
}

export interface LineFacts {
  item_code?: string | null;
  kind?: SupplyKind | null;
  net?: string;
}

export interface LineInput {
  allowances?: ReadonlyArray<LineAllowanceInput>;
  base_quantity?: string | null;
  buyer_accounting_reference?: string | null;
  charges?: ReadonlyArray<LineChargeInput>;
  description?: string | null;
  extensions?: LineExtensionsInput | null;
  gross_price?: string | null;
  identifier?: string | null;
  invoiced_quantity?: string | null;
  item_attributes?: ReadonlyArray<ItemAttributeInput>;
  item_buyers_identifier?: string | null;
  item_classification_identifiers?: ReadonlyArray<string | SchemedIdentifier>;
  item_country_of_origin?: string | null;
  item_description?: string | null;
  item_gross_price?: string | null;
  item_id?: string | null;
  item_name?: string | null;
  item_net_price?: string | null;
  item_price_base_quantity?: string | null;
  item_price_base_quantity_unit_code?: string | null;
  item_price_discount?: string | null;
  item_sellers_identifier?: string | null;
  item_standard_identifier?: string | SchemedIdentifier | null;
  name?: string | null;
  net_amount?: string | null;
  note?: string | null;
  object_identifier?: string | SchemedIdentifier | null;
  period?: LinePeriod | null;
  price?: string | null;
  quantity?: string | null;
  referenced_purchase_order_line_reference?: string | null;
  supply_code?: string | null;
  supply_kind?: SupplyKind | null;
  tax_id?: string | null;
  unit?: string | null;
  unit_code?: string | null;
  vat_category_code?: string | null;
  vat_rate?: string | null;
}

export interface LineNote {
  content_code?: string | null;
  note?: string | null;
  subject_code?: string | null;
}

export interface LinePart {
  line: string;
  quantity?: string | null;
}

export interface LinePeriod {
  end_date?: string | null;
  start_date?: string | null;
}

export interface LineTax {
  amount?: string | null;
  amount_per_unit?: string | null;
  category_code?: string | null;
  exemption_reason_code?: string | null;
  exemption_reason_text?: string | null;
  rate?: string | null;
  tax_scheme?: string | null;
  taxable_amount?: string | null;
  unit_code?: string | null;
  units?: string | null;
  value_added_tax_point_date_code?: string | null;
}

export interface LineTaxInput {
  amount?: string | null;
  amount_per_unit?: string | null;
  category_code?: string | null;
  exemption_reason_code?: string | null;
  exemption_reason_text?: string | null;
  rate?: string | null;
  tax_scheme?: string | null;
  taxable_amount?: string | null;
  unit_code?: string | null;
  units?: string | null;
  value_added_tax_point_date_code?: string | null;
}

export interface LineageEvent {
  at: string;
  data: Readonly<Record<string, unknown>>;
  evidence_id: string | null;
  id: string;
  moves: ReadonlyArray<gateway__transmissions__schemas__MoveView>;
  type: string;
}

export interface LinkInput {
  expires_in?: number | null;
  role?: "viewer" | "editor" | "admin" | "auditor" | null;
}

export interface LinkList {
  data: ReadonlyArray<LinkView>;
  next_cursor: string | null;
  object?: "list";
}

export interface LinkView {
  created_at: string;
  entity_id: string;
  expires_at: string;
  id: string;
  made_by: string | null;
  object?: "magic_link";
  purpose: "embed";
  revoked_at: string | null;
  role: "viewer" | "editor" | "admin" | "auditor";
  state: "open" | "used" | "revoked" | "expired";
  used_at: string | null;
  user_id: string;
}

export interface LogAnchor {
  at: string;
  checkpoint: string;
  kind: string;
  object?: "log_anchor";
  receipt: string | null;
  root: string;
  size: number;
  target: string;
}

export interface LogAnchorList {
  data: ReadonlyArray<LogAnchor>;
  object?: "list";
}

export interface LogisticsServiceCharge {
  amount?: string | null;
  description?: string | null;
  taxes?: ReadonlyArray<LogisticsServiceChargeTax>;
}

export interface LogisticsServiceChargeInput {
  amount?: string | null;
  description?: string | null;
  taxes?: ReadonlyArray<LogisticsServiceChargeTaxInput>;
}

export interface LogisticsServiceChargeTax {
  category_code?: string | null;
  exemption_reason_code?: string | null;
  exemption_reason_text?: string | null;
  rate?: string | null;
  type_code?: string | null;
}

export interface LogisticsServiceChargeTaxInput {
  category_code?: string | null;
  exemption_reason_code?: string | null;
  exemption_reason_text?: string | null;
  rate?: string | null;
  type_code?: string | null;
}

export interface LookedView {
  anomalies: ReadonlyArray<AnomalyView>;
  count: number;
  signed: number;
}

export interface LossView {
  detail: string;
  fate: "dropped" | "approximated" | "moved";
  line?: number | null;
  name?: string | null;
  pointer?: string | null;
  source?: string | null;
  term?: string | null;
  value?: string | null;
}

export interface MailText {
  body?: string | null;
  subject?: string | null;
}

export interface MatchesView {
  city?: "valid" | "invalid" | "not_processed" | null;
  company_type?: "valid" | "invalid" | "not_processed" | null;
  name?: "valid" | "invalid" | "not_processed" | null;
  postcode?: "valid" | "invalid" | "not_processed" | null;
  street?: "valid" | "invalid" | "not_processed" | null;
}

export interface MemberChange {
  expires_at?: string | null;
  may_invite?: boolean | null;
  period?: PeriodInput | null;
  role?: "viewer" | "editor" | "admin" | "auditor" | null;
}

export interface MemberInput {
  email: string;
  expires_at?: string | null;
  may_invite?: boolean | null;
  name?: string;
  period?: PeriodInput | null;
  role?: "viewer" | "editor" | "admin" | "auditor";
  send_invite?: boolean;
}

export interface MemberList {
  data: ReadonlyArray<MemberView>;
  next_cursor: string | null;
  object?: "list";
}

export interface MemberView {
  accepted_at: string | null;
  created_at: string;
  email: string;
  entity_id: string;
  environment: "sandbox" | "live";
  expires_at: string | null;
  id: string;
  may_invite: boolean;
  name: string;
  object?: "entity_user";
  period: PeriodInput | null;
  role: "viewer" | "editor" | "admin" | "auditor";
  updated_at: string;
}

export interface MendingInput {
  reason: string;
  spain?: SpanishRecord | null;
}

export interface MissingView {
  fact: string;
  why: string;
}

export interface MoveInput {
  to: string;
}

export interface NewApiKeyView {
  created_at: string;
  entity_id: string | null;
  environment: "sandbox" | "live";
  expires_at: string | null;
  hint: string;
  id: string;
  key: string | null;
  last_used_at: string | null;
  name: string;
  object?: "api_key";
  period: PeriodInput | null;
  revoked_at: string | null;
  role: "writer" | "auditor";
  scopes: ReadonlyArray<string> | null;
}

export interface NewAuditorView {
  created_at: string;
  directions: ReadonlyArray<"issued" | "received">;
  email: string | null;
  ended_at: string | null;
  ended_by: InviterView | null;
  entity_id: string;
  environment: "sandbox" | "live";
  expires_at: string;
  firm: string | null;
  hint: string;
  id: string;
  invited_by: InviterView;
  kinds: ReadonlyArray<DocumentKind> | null;
  last_used_at: string | null;
  name: string;
  object?: "auditor";
  period: PeriodInput | null;
  purpose: string;
  sent: boolean;
  state: "open" | "ended" | "expired";
  token: string | null;
  url: string;
}

export interface NewInvitationView {
  accepted_at: string | null;
  created_at: string;
  email: string;
  expires_at: string;
  id: string;
  invited_by: string | null;
  object?: "invitation";
  revoked_at: string | null;
  sent: boolean;
  state: "open" | "accepted" | "revoked" | "expired";
  token: string | null;
  url: string | null;
  user_id: string;
}

export interface NewLinkView {
  created_at: string;
  entity_id: string;
  expires_at: string;
  id: string;
  made_by: string | null;
  object?: "magic_link";
  purpose: "embed";
  revoked_at: string | null;
  role: "viewer" | "editor" | "admin" | "auditor";
  state: "open" | "used" | "revoked" | "expired";
  token: string | null;
  url: string | null;
  used_at: string | null;
  user_id: string;
}

export interface NewMemberView {
  accepted_at: string | null;
  created_at: string;
  email: string;
  entity_id: string;
  environment: "sandbox" | "live";
  expires_at: string | null;
  id: string;
  invitation: NewInvitationView | null;
  may_invite: boolean;
  name: string;
  object?: "entity_user";
  period: PeriodInput | null;
  role: "viewer" | "editor" | "admin" | "auditor";
  updated_at: string;
}

export interface NewSessionView {
  created_at: string;
  entity_id: string;
  environment: "sandbox" | "live";
  expires_at: string;
  id: string;
  object?: "session";
  revoked_at: string | null;
  role: "viewer" | "editor" | "admin" | "auditor";
  token: string;
  user_id: string;
}

export interface NewShareLinkView {
  created_at: string;
  document_id: string;
  expires_at: string | null;
  hint: string;
  id: string;
  last_viewed_at: string | null;
  metadata: Readonly<Record<string, string>>;
  object?: "share_link";
  revoked_at: string | null;
  updated_at: string;
  url: string | null;
  views: number;
}

export interface NewWebhookEndpointView {
  created_at: string;
  description: string;
  disabled_at: string | null;
  disabled_reason: "by_you" | "gone" | "failing" | null;
  enabled: boolean;
  entity_id: string | null;
  environment: "sandbox" | "live";
  event_types: ReadonlyArray<string>;
  failing_since: string | null;
  id: string;
  metadata: Readonly<Record<string, string>>;
  object?: "webhook_endpoint";
  previous_secret_until: string | null;
  secret: string | null;
  updated_at: string;
  url: string;
}

export interface NextStep {
  behind?: InTheWay | null;
  endpoint?: string | null;
  meaning: string;
  next_at?: string | null;
  outage?: OutageView | null;
  reason?: string | null;
  until?: string | null;
  what: string;
}

export interface OccurrenceList {
  data: ReadonlyArray<OccurrenceView>;
  next_cursor: string | null;
  object?: "list";
}

export interface OccurrenceView {
  created_at: string;
  date: string;
  document_id: string | null;
  error: Readonly<Record<string, unknown>> | null;
  number: number;
  object?: "occurrence";
  send_error: Readonly<Record<string, unknown>> | null;
  sent_at: string | null;
  state: "generated" | "failed";
}

export interface OperationView {
  code: number;
  detail: string;
  object?: "ksef_operation";
  reference: string;
  state: "done" | "pending";
}

export interface OutageView {
  begins_at: string;
  ends_at: string | null;
  kind: string;
  mode: string | null;
  no_duty: boolean;
  open_end: boolean;
  source: string;
}

export type Outcome = "valid" | "invalid" | "unknown";

export interface OverList {
  data: ReadonlyArray<OverView>;
  next_cursor: string | null;
  object?: "list";
}

export interface OverView {
  by_law_until: string;
  holds: ReadonlyArray<string>;
  id: string;
  issued: string;
  kind: DocumentKind | "received";
  number: string | null;
  object?: "retention_over";
  retain_until: string;
  why: string;
}

export interface OverdueNotifications {
  threshold_days?: ReadonlyArray<number>;
}

export interface PartyFoundView {
  name: string | null;
  vat_identifier: string | null;
}

export interface Payee {
  extensions?: PayeeExtensions | null;
  identifier?: SchemedIdentifier | null;
  legal_registration_identifier?: SchemedIdentifier | null;
  name?: string | null;
}

export interface PayeeExtensions {
  additional_identifiers?: ReadonlyArray<SchemedIdentifier>;
  contacts?: ReadonlyArray<TradeContact>;
  electronic_address?: SchemedIdentifier | null;
  legal_address?: TradeAddress | null;
  postal_address?: TradeAddress | null;
  role_code?: string | null;
  trading_name?: string | null;
  vat_identifier?: string | null;
}

export interface PayeeExtensionsInput {
  additional_identifiers?: ReadonlyArray<string | SchemedIdentifier>;
  contacts?: ReadonlyArray<TradeContact>;
  electronic_address?: string | SchemedIdentifier | null;
  legal_address?: TradeAddress | null;
  postal_address?: TradeAddress | null;
  role_code?: string | null;
  trading_name?: string | null;
  vat_identifier?: string | null;
}

export interface PayeeInput {
  extensions?: PayeeExtensionsInput | null;
  identifier?: string | SchemedIdentifier | null;
  legal_registration_identifier?: string | SchemedIdentifier | null;
  name?: string | null;
}

export interface PaymentCardInformation {
  extensions?: PaymentCardInformationExtensions | null;
  holder_name?: string | null;
  primary_account_number?: string | null;
}

export interface PaymentCardInformationExtensions {
  network?: string | null;
}

export interface PaymentDiscount {
  amount?: string | null;
  base_amount?: string | null;
  basis_date?: string | null;
  basis_period?: string | null;
  basis_period_unit_code?: string | null;
  percentage?: string | null;
}

export interface PaymentDiscountInput {
  amount?: string | null;
  base_amount?: string | null;
  basis_date?: string | null;
  basis_period?: string | null;
  basis_period_unit_code?: string | null;
  percentage?: string | null;
}

export interface PaymentInput {
  amount: string;
  currency_code?: string | null;
  metadata?: Readonly<Record<string, string>>;
  method?: string | null;
  note?: string | null;
  paid_on?: string | null;
  reference?: string | null;
}

export interface PaymentInstructions {
  credit_transfers?: ReadonlyArray<CreditTransfer>;
  direct_debit?: DirectDebit | null;
  extensions?: PaymentInstructionsExtensions | null;
  payment_card_information?: PaymentCardInformation | null;
  payment_means_text?: string | null;
  payment_means_type_code?: string | null;
  remittance_information?: string | null;
}

export interface PaymentInstructionsExtensions {
  identifier?: string | null;
  note?: string | null;
  remittance_scheme?: string | null;
}

export interface PaymentList {
  data: ReadonlyArray<PaymentView>;
  next_cursor: string | null;
  object?: string;
}

export interface PaymentPenalty {
  amount?: string | null;
  base_amount?: string | null;
  basis_date?: string | null;
  basis_period?: string | null;
  basis_period_unit_code?: string | null;
  percentage?: string | null;
}

export interface PaymentPenaltyInput {
  amount?: string | null;
  base_amount?: string | null;
  basis_date?: string | null;
  basis_period?: string | null;
  basis_period_unit_code?: string | null;
  percentage?: string | null;
}

export type PaymentQr = "auto" | "none" | "epc" | "upn" | "hub3";

export interface PaymentReminders {
  days?: ReadonlyArray<number>;
  days_before?: ReadonlyArray<number>;
  enabled?: boolean;
}

export interface PaymentTerms {
  description?: string | null;
  discount?: PaymentDiscount | null;
  due_date?: string | null;
  mandate_reference_identifier?: string | null;
  partial_payment_amount?: string | null;
  payee?: TradeParty | null;
  payment_means_identifier?: string | null;
  penalty?: PaymentPenalty | null;
}

export interface PaymentTermsInput {
  description?: string | null;
  discount?: PaymentDiscountInput | null;
  due_date?: string | null;
  mandate_reference_identifier?: string | null;
  partial_payment_amount?: string | null;
  payee?: TradePartyInput | null;
  payment_means_identifier?: string | null;
  penalty?: PaymentPenaltyInput | null;
}

export interface PaymentView {
  amount: string;
  created_at: string;
  currency_code: string;
  document_id: string;
  entity_id: string;
  id: string;
  metadata: Readonly<Record<string, string>>;
  method: string | null;
  note: string | null;
  object?: string;
  paid_on: string;
  reference: string | null;
  reversal_reason: string | null;
  reversed_at: string | null;
  state: string;
  updated_at: string;
}

export interface PdfTemplate {
  delivery_notes_without_prices?: boolean | null;
  logo?: string | null;
  logo_scale_percent?: number | null;
  logo_url?: string | null;
  name?: Template | null;
  primary_color?: string | null;
  texts?: PdfTexts | null;
}

export interface PdfTexts {
  footer?: string | null;
  intro?: string | null;
  legal?: string | null;
}

export interface PeriodInput {
  since?: string | null;
  until?: string | null;
}

export interface PickupList {
  data: ReadonlyArray<PickupView>;
  object?: "list";
}

export interface PickupView {
  channel: string;
  detail: string | null;
  due_at: string;
  failing_since: string | null;
  fetched_at: string | null;
  object?: "pickup";
  reason: string | null;
  received_at: string | null;
  role: string;
  since: string;
  state: "working" | "failing";
}

export interface PrecedingInvoiceReference {
  extensions?: PrecedingInvoiceReferenceExtensions | null;
  issue_date?: string | null;
  reference?: string | null;
}

export interface PrecedingInvoiceReferenceExtensions {
  description?: string | null;
  reason_code?: string | null;
  type_code?: string | null;
  unique_identifier?: string | null;
}

export interface PreflightCheck {
  data: Readonly<Record<string, unknown>>;
  id: string;
  light: Light;
  reason: string;
}

export interface PreflightView {
  checks: ReadonlyArray<PreflightCheck>;
  document_id: string;
  light: Light;
  object?: "preflight";
}

export interface PremiseChange {
  code?: string;
  content?: FursContent;
  valid_from?: string;
}

export interface PremiseInput {
  code: string;
  content: FursContent;
  valid_from: string;
}

export interface PremiseList {
  data: ReadonlyArray<PremiseView>;
  next_cursor: string | null;
  object?: "list";
}

export interface PremiseReportList {
  data: ReadonlyArray<PremiseReportView>;
  next_cursor: string | null;
  object?: "list";
}

export interface PremiseReportView {
  action: "register" | "close";
  answer: string | null;
  at: string;
  channel: string;
  detail: string | null;
  id: string;
  object?: "premise_report";
  outcome: "accepted" | "refused" | "not_taken" | "unknown";
  premise_id: string;
  reason: string | null;
  request: string;
  settled_at: string | null;
}

export interface PremiseView {
  code: string;
  content: FursContent;
  created_at: string;
  entity_id: string;
  id: string;
  object?: "premise";
  registered_at: string | null;
  state: "declared" | "registered" | "closed" | "unknown";
  updated_at: string;
  valid_from: string;
}

export interface Prepayment {
  amount?: string | null;
  identifier?: string | null;
  instruction?: string | null;
  paid_time?: string | null;
  received_date?: string | null;
}

export interface PrepaymentInput {
  amount?: string | null;
  identifier?: string | null;
  instruction?: string | null;
  paid_time?: string | null;
  received_date?: string | null;
}

export interface Preview {
  body: string | null;
  findings: ReadonlyArray<PreviewFinding>;
  html_body: string | null;
  object?: "template_preview";
  subject: string | null;
}

export interface PreviewDocument {
  findings: ReadonlyArray<FindingView>;
  invoice: Readonly<Record<string, unknown>> | null;
}

export interface PreviewFinding {
  fix: string | null;
  flag: string;
  message: string;
  pointer: string | null;
  rule: string;
  term: string | null;
}

export interface PreviewInput {
  body?: string | null;
  currency_code?: string;
  html_body?: string | null;
  language?: string;
  subject?: string | null;
  template_id?: string | null;
  variables?: Readonly<Record<string, unknown>> | null;
}

export interface PriceReduction {
  amount?: string | null;
  base_amount?: string | null;
  percentage?: string | null;
  reason?: string | null;
  reason_code?: string | null;
  tax_type_code?: string | null;
}

export interface PriceReductionInput {
  amount?: string | null;
  base_amount?: string | null;
  percentage?: string | null;
  reason?: string | null;
  reason_code?: string | null;
  tax_type_code?: string | null;
}

export interface Problem {
  detail: string;
  errors?: ReadonlyArray<Readonly<Record<string, unknown>>>;
  instance: string;
  status: number;
  title: string;
  type: string;
}

export interface ProcessControl {
  business_process_type?: string | null;
  specification_identifier?: string | null;
}

export interface ProfileList {
  data: ReadonlyArray<ProfileView>;
  object?: "list";
}

export interface ProfileView {
  customization_id: string;
  hybrid: string | null;
  id: string;
  name: string;
  process_id: string | null;
  syntax: string;
  unproven: string | null;
}

export interface ReadinessItem {
  days_left: number | null;
  ends_at: string | null;
  fields: ReadonlyArray<string>;
  fix: string | null;
  id: string;
  required_for: ReadonlyArray<"sandbox" | "live" | "sending">;
  source: string | null;
  state: "done" | "missing" | "not_applicable" | "unknown" | "warning" | "failing";
  title: string;
  why: string;
}

export interface ReadinessView {
  country_code: string;
  entity_id: string;
  environment: "sandbox" | "live";
  items: ReadonlyArray<ReadinessItem>;
  missing: ReadonlyArray<string>;
  object?: "readiness";
  profile: string;
  ready_for_live: boolean;
  ready_for_sandbox: boolean;
  ready_for_sending: boolean;
}

export interface ReadingView {
  profile: string | null;
  semantic_hash: string;
  source: "ubl" | "cii" | "ksef" | "facturae" | "eslog" | "hybrid-pdf" | "json" | "csv" | "xlsx";
}

export interface Ready {
  checks: ReadonlyArray<gateway__monitoring__endpoints__CheckView>;
  status?: "ready";
}

export interface Reason {
  reason: string;
}

export interface ReceivablesReport {
  as_of: string;
  data: ReadonlyArray<ReceivablesRow>;
  environment: "sandbox" | "live";
  next_cursor: string | null;
  object?: "list";
}

export interface ReceivablesRow {
  amount_due: string;
  credits: string;
  currency_code: string | null;
  days_1_30: string;
  days_31_60: string;
  days_61_90: string;
  days_over_90: string;
  documents: number;
  entity_id: string | null;
  entity_name: string | null;
  kind: string | null;
  month: string | null;
  not_due: string;
}

export interface ReceivedChange {
  metadata?: Readonly<Record<string, string>> | null;
}

export interface ReceivedEvidenceList {
  data: ReadonlyArray<ReceivedEvidenceView>;
  object?: string;
}

export interface ReceivedEvidenceView {
  at: string;
  id: string;
  log_index: number;
  media_type: string;
  name: string;
  object?: string;
  role: string;
  sha256: string;
  size: number;
}

export interface ReceivedFindingView {
  fix?: string | null;
  flag: string;
  layer?: string | null;
  line?: number | null;
  location?: string | null;
  message: string;
  patch?: ReadonlyArray<Readonly<Record<string, unknown>>>;
  pointer?: string | null;
  rule: string;
  rule_set?: string | null;
  term?: string | null;
}

export interface ReceivedLayerView {
  id: string;
  layer?: string | null;
  outcome: string;
  reason?: string | null;
  source?: string | null;
}

export interface ReceivedList {
  data: ReadonlyArray<ReceivedSummary>;
  next_cursor: string | null;
  object?: string;
}

export interface ReceivedLossView {
  detail?: string | null;
  fate: string;
  line?: number | null;
  name?: string | null;
  pointer?: string | null;
  source?: string | null;
  term?: string | null;
  value?: string | null;
}

export interface ReceivedPaymentInput {
  paid_on?: string | null;
  reference?: string | null;
}

export interface ReceivedPaymentView {
  paid_on: string;
  reference: string | null;
}

export interface ReceivedSummary {
  amount_due: string | null;
  business: "new" | "accepted" | "rejected" | "paid";
  channel: string;
  created_at: string;
  currency_code: string | null;
  decision: DecisionView | null;
  due_date: string | null;
  duplicates: ReadonlyArray<DuplicateView>;
  entity_id: string;
  environment: string;
  id: string;
  issue_date: string | null;
  media_type: string;
  metadata: Readonly<Record<string, string>>;
  misaddressed: boolean;
  number: string | null;
  object?: string;
  payment: ReceivedPaymentView | null;
  profile: string | null;
  read_at: string | null;
  retain_until: string;
  semantic_hash: string | null;
  sha256: string;
  size: number;
  source: string | null;
  state: "received" | "readable" | "unreadable";
  supplier_id: string | null;
  supplier_name: string | null;
  total_vat: string | null;
  total_with_vat: string | null;
  total_without_vat: string | null;
  type_code: string | null;
  updated_at: string;
  verdict: "valid" | "invalid" | "not_judged";
}

export interface ReceivedView {
  amount_due: string | null;
  arrivals: ReadonlyArray<ArrivalView>;
  business: "new" | "accepted" | "rejected" | "paid";
  channel: string;
  created_at: string;
  currency_code: string | null;
  decision: DecisionView | null;
  due_date: string | null;
  duplicates: ReadonlyArray<DuplicateView>;
  entity_id: string;
  environment: string;
  finding_count: number;
  findings: ReadonlyArray<ReceivedFindingView>;
  id: string;
  invoice: Invoice | null;
  issue_date: string | null;
  layers: ReadonlyArray<ReceivedLayerView>;
  losses: ReadonlyArray<ReceivedLossView>;
  media_type: string;
  metadata: Readonly<Record<string, string>>;
  misaddressed: boolean;
  number: string | null;
  object?: string;
  payment: ReceivedPaymentView | null;
  profile: string | null;
  read_at: string | null;
  refusal: RefusalView | null;
  retain_until: string;
  semantic_hash: string | null;
  sha256: string;
  size: number;
  source: string | null;
  state: "received" | "readable" | "unreadable";
  supplier_id: string | null;
  supplier_name: string | null;
  total_vat: string | null;
  total_with_vat: string | null;
  total_without_vat: string | null;
  type_code: string | null;
  updated_at: string;
  verdict: "valid" | "invalid" | "not_judged";
}

export interface RecipientView {
  address: string;
  header: string;
  reply?: string | null;
  state: string;
}

export type RecordKind = "invoice" | "credit_note" | "received" | "fiscal_record" | "business_letter";

export interface RecurringChange {
  actions?: Readonly<Record<string, unknown>> | null;
  document?: Readonly<Record<string, unknown>> | null;
  due_days?: number | null;
  kind?: DocumentKind | null;
  metadata?: Readonly<Record<string, unknown>> | null;
  name?: string | null;
  schedule?: Readonly<Record<string, unknown>> | null;
}

export interface RecurringInput {
  actions?: ActionsInput;
  document: Readonly<Record<string, unknown>>;
  due_days?: number | null;
  kind?: DocumentKind;
  metadata?: Readonly<Record<string, string>>;
  name?: string | null;
  schedule: ScheduleInput;
}

export interface RecurringList {
  data: ReadonlyArray<RecurringView>;
  next_cursor: string | null;
  object?: "list";
}

export interface RecurringView {
  actions: ActionsInput;
  created_at: string;
  document: Readonly<Record<string, unknown>>;
  due_days: number | null;
  entity_id: string;
  environment: "sandbox" | "live";
  error: Readonly<Record<string, unknown>> | null;
  id: string;
  kind: DocumentKind;
  last_date: string | null;
  made: number;
  metadata: Readonly<Record<string, string>>;
  name: string | null;
  next_date: string | null;
  object?: "recurring_invoice";
  schedule: ScheduleInput;
  state: "active" | "paused" | "completed" | "failed";
  updated_at: string;
}

export interface RefusalView {
  code: string;
  errors: ReadonlyArray<RefusedPartView>;
  line?: number | null;
  message: string;
}

export interface RefusedPartView {
  column?: string | null;
  fix?: string | null;
  message: string;
  place?: string | null;
}

export type Regulatory = "not_applicable" | "pending" | "accepted" | "accepted_with_warnings" | "cleared" | "reported" | "rejected" | "duplicate_of_accepted" | "expired" | "cancel_requested" | "cancelled";

export interface RejectionInput {
  code?: "NON" | "REF" | "LEG" | "REC" | "QUA" | "DEL" | "PRI" | "QTY" | "ITM" | "PAY" | "UNR" | "FIN" | "PPD" | "OTH";
  reason: string;
}

export interface RelationList {
  data: ReadonlyArray<RelationView>;
  object?: string;
}

export interface RelationView {
  effective: boolean;
  from_id: string;
  relation: string;
  to_id: string;
}

export interface RemindInput {
  message?: string | null;
  metadata?: Readonly<Record<string, string>>;
  subject?: string | null;
  to?: ReadonlyArray<string> | null;
}

export interface Replay {
  attempts: ReadonlyArray<ReplayedAttempt>;
  channel: string;
  code_version: string;
  issued_now: Readonly<Record<string, unknown>>;
  now: Readonly<Record<string, unknown>>;
  object?: "replay";
  same: boolean;
  transmission_id: string;
}

export interface ReplayInput {
  cursor?: string | null;
  since: string;
  until?: string | null;
  which: "failed" | "missed" | "all";
}

export interface ReplayView {
  next_cursor: string | null;
  object?: "webhook_replay";
  queued: number;
}

export interface ReplayedAttempt {
  at: string;
  code_version: string;
  decisions?: Readonly<Record<string, unknown>>;
  not_replayed?: string | null;
  number: number;
  purpose: string;
  recorded: Readonly<Record<string, unknown>>;
  replayed?: Readonly<Record<string, unknown>> | null;
  request?: ReadonlyArray<DifferenceView>;
  same: boolean;
}

export type Reset = "never" | "yearly" | "monthly";

export interface Retention {
  fiscal_year_end?: string | null;
  subjects?: ReadonlyArray<Subject> | null;
}

export interface RetentionRuleView {
  anchor: Anchor;
  kind: RecordKind | null;
  months: number;
  source: SourceView;
  subject: Subject | null;
  until: string;
  why: string;
  years: number;
}

export interface RetentionView {
  as_of: string;
  by_law_until: string;
  entity_id: string;
  fiscal_year_end: string;
  holds: ReadonlyArray<string>;
  id: string;
  issued: string;
  kinds: ReadonlyArray<RecordKind>;
  noted_subjects: ReadonlyArray<Subject>;
  object?: "retention";
  over: boolean;
  retain_until: string;
  rules: ReadonlyArray<RetentionRuleView>;
  subjects: ReadonlyArray<Subject>;
  tax_point: string | null;
}

export interface RetrievalInput {
  authority_id?: string | null;
  currency?: string | null;
  issued_from?: string | null;
  issued_until?: string | null;
  log_sizes?: ReadonlyArray<number>;
  number?: string | null;
  party?: string | null;
  sha256?: string | null;
  total_from?: string | null;
  total_until?: string | null;
  vat_id?: string | null;
}

export interface RevalidationInput {
  as_of?: string | null;
  directions?: ReadonlyArray<"issued" | "received">;
  from?: string | null;
  ids?: ReadonlyArray<string> | null;
  kinds?: ReadonlyArray<DocumentKind> | null;
  own_day?: boolean;
  to?: string | null;
}

export interface ReversalInput {
  reason: string;
}

export interface RevocationView {
  age_seconds: number | null;
  checked_at: string | null;
  detail: string | null;
  next_update: string | null;
  source: "ocsp" | "crl" | null;
  status: "unchecked" | "good" | "revoked" | "unknown";
  this_update: string | null;
}

export interface RotationInput {
  at?: string | null;
  keep_until?: string | null;
  successor_id: string;
}

export interface RuleSourceView {
  confidence: "A" | "B" | "C" | "M";
  read_on: string;
  remark: string;
  rule: string;
  says: string;
  title: string;
  url: string;
}

export interface SaleFactsView {
  buyer: BuyerFactsView;
  place_of_supply: string | null;
  seller: SellerFactsView;
}

export interface SandboxFiscalization {
  scheme: "sandbox-authority";
}

export interface ScheduleInput {
  count?: number | null;
  day_of_month?: number | null;
  end_date?: string | null;
  frequency: "daily" | "weekly" | "monthly" | "quarterly" | "yearly";
  interval?: number;
  start_date?: string | null;
}

export type Scheme = "small_business" | "sme_cross_border" | "oss_union" | "oss_non_union" | "ioss" | "distance_threshold_exceeded" | "triangulation" | "margin_second_hand" | "margin_art" | "margin_collectors" | "margin_travel";

export interface SchemedIdentifier {
  scheme_identifier?: string | null;
  scheme_version_identifier?: string | null;
  value: string;
}

export interface Seal {
  documents?: "xades" | "jws" | null;
  pdf?: boolean | null;
}

export interface SecretAbout {
  context: string | null;
  permissions: ReadonlyArray<string> | null;
  reference: string | null;
}

export interface SecretInput {
  expires_at?: string | null;
  kind: "ksef-token";
  name: string;
  value: string;
}

export interface SecretList {
  data: ReadonlyArray<SecretView>;
  next_cursor: string | null;
  object?: "list";
}

export interface SecretRotation {
  overlap_hours?: number;
  secret?: string | null;
}

export interface SecretView {
  about: SecretAbout;
  created_at: string;
  entity_id: string;
  expires_at: string | null;
  id: string;
  kind: "ksef-token";
  last_used_at: string | null;
  name: string;
  object?: "secret";
  status: "active" | "pending" | "expired";
}

export interface Seller {
  additional_legal_information?: string | null;
  contact?: SellerContact | null;
  electronic_address?: SchemedIdentifier | null;
  extensions?: SellerExtensions | null;
  identifiers?: ReadonlyArray<SchemedIdentifier>;
  legal_registration_identifier?: SchemedIdentifier | null;
  name?: string | null;
  postal_address?: SellerPostalAddress | null;
  tax_registration_identifier?: string | null;
  trading_name?: string | null;
  vat_identifier?: string | null;
}

export interface SellerContact {
  email_address?: string | null;
  extensions?: SellerContactExtensions | null;
  point?: string | null;
  telephone_number?: string | null;
}

export interface SellerContactExtensions {
  department_name?: string | null;
  fax_number?: string | null;
  type_code?: string | null;
}

export interface SellerExtensions {
  additional_contacts?: ReadonlyArray<TradeContact>;
  identifier_scheme_name?: string | null;
  industry_classification_code?: string | null;
  industry_classification_name?: string | null;
  legal_address?: TradeAddress | null;
  legal_registration_authority?: string | null;
  legal_registration_type_code?: string | null;
  operator_identifier?: string | null;
  operator_name?: string | null;
  registration_key?: string | null;
  role_code?: string | null;
  tax_registration_scheme?: string | null;
  tax_registrations?: ReadonlyArray<TaxRegistration>;
}

export interface SellerFacts {
  country?: string | null;
  schemes?: ReadonlyArray<Scheme>;
  vat_id?: string | null;
}

export interface SellerFactsView {
  country: string | null;
  schemes: ReadonlyArray<string>;
  vat_id: string | null;
}

export interface SellerInput {
  additional_legal_information?: string | null;
  address?: string | null;
  address_2?: string | null;
  city?: string | null;
  contact?: SellerContact | null;
  contact_name?: string | null;
  country_code?: string | null;
  electronic_address?: string | SchemedIdentifier | null;
  email?: string | null;
  extensions?: SellerExtensions | null;
  identifiers?: ReadonlyArray<string | SchemedIdentifier>;
  legal_registration_identifier?: string | SchemedIdentifier | null;
  name?: string | null;
  phone?: string | null;
  post_code?: string | null;
  postal_address?: SellerPostalAddress | null;
  tax_registration_identifier?: string | null;
  trading_name?: string | null;
  vat_id?: string | null;
  vat_identifier?: string | null;
}

export interface SellerPostalAddress {
  city?: string | null;
  country_code?: string | null;
  country_subdivision?: string | null;
  extensions?: SellerPostalAddressExtensions | null;
  line_1?: string | null;
  line_2?: string | null;
  line_3?: string | null;
  post_code?: string | null;
}

export interface SellerPostalAddressExtensions {
  country_subdivision_code?: string | null;
}

export interface SellerTaxRepresentative {
  extensions?: SellerTaxRepresentativeExtensions | null;
  name?: string | null;
  postal_address?: TaxRepresentativePostalAddress | null;
  vat_identifier?: string | null;
}

export interface SellerTaxRepresentativeExtensions {
  contacts?: ReadonlyArray<TradeContact>;
  electronic_address?: SchemedIdentifier | null;
  identifiers?: ReadonlyArray<SchemedIdentifier>;
  legal_address?: TradeAddress | null;
  legal_registration_identifier?: SchemedIdentifier | null;
  role_code?: string | null;
  tax_registrations?: ReadonlyArray<TaxRegistration>;
  trading_name?: string | null;
}

export interface SellerTaxRepresentativeExtensionsInput {
  contacts?: ReadonlyArray<TradeContact>;
  electronic_address?: string | SchemedIdentifier | null;
  identifiers?: ReadonlyArray<string | SchemedIdentifier>;
  legal_address?: TradeAddress | null;
  legal_registration_identifier?: string | SchemedIdentifier | null;
  role_code?: string | null;
  tax_registrations?: ReadonlyArray<TaxRegistration>;
  trading_name?: string | null;
}

export interface SellerTaxRepresentativeInput {
  extensions?: SellerTaxRepresentativeExtensionsInput | null;
  name?: string | null;
  postal_address?: TaxRepresentativePostalAddress | null;
  vat_identifier?: string | null;
}

export interface SendInput {
  attach?: ReadonlyArray<"pdf" | "xml">;
  cc?: ReadonlyArray<string>;
  channel?: "email";
  link?: boolean;
  message?: string | null;
  metadata?: Readonly<Record<string, string>>;
  subject?: string | null;
  template?: string | null;
  to?: ReadonlyArray<string> | null;
}

export interface SeriesChange {
  archived?: boolean | null;
  device?: string | null;
  next_number?: number | null;
  pattern?: string | null;
  premise?: string | null;
  reset?: Reset | null;
}

export interface SeriesInput {
  code: string;
  counts_with?: string | null;
  device?: string;
  kind?: "gapless" | "external";
  next_number?: number;
  pattern?: string;
  premise?: string;
  reset?: Reset | null;
}

export interface SeriesList {
  data: ReadonlyArray<SeriesView>;
  next_cursor?: string | null;
  object?: "list";
}

export interface SeriesPreview {
  date: string;
  numbers: ReadonlyArray<string>;
  object?: "series_preview";
  series_id: string;
}

export interface SeriesReport {
  code: string;
  complete: boolean;
  counted: number | null;
  documents: number;
  duplicates: ReadonlyArray<string>;
  first: string | null;
  first_date: string | null;
  gaps: ReadonlyArray<Gap>;
  kind: "gapless" | "external";
  last: string | null;
  last_date: string | null;
  object?: "series_report";
  out_of_order: ReadonlyArray<string>;
  series_id: string;
}

export interface SeriesView {
  archived_at: string | null;
  code: string;
  count: number;
  counts_with: string | null;
  created_at: string;
  device: string;
  entity_id: string;
  id: string;
  kind: "gapless" | "external";
  last_issue_date: string | null;
  next_number: number | null;
  object?: "series";
  pattern: string | null;
  period: string | null;
  premise: string;
  reset: Reset | null;
}

export interface SessionList {
  data: ReadonlyArray<SessionView>;
  next_cursor: string | null;
  object?: "list";
}

export interface SessionView {
  created_at: string;
  entity_id: string;
  environment: "sandbox" | "live";
  expires_at: string;
  id: string;
  object?: "session";
  revoked_at: string | null;
  role: "viewer" | "editor" | "admin" | "auditor";
  user_id: string;
}

export interface ShareLinkInput {
  expires_at?: string | null;
  metadata?: Readonly<Record<string, string>>;
}

export interface ShareLinkList {
  data: ReadonlyArray<ShareLinkView>;
  next_cursor: string | null;
  object?: "list";
}

export interface ShareLinkView {
  created_at: string;
  document_id: string;
  expires_at: string | null;
  hint: string;
  id: string;
  last_viewed_at: string | null;
  metadata: Readonly<Record<string, string>>;
  object?: "share_link";
  revoked_at: string | null;
  updated_at: string;
  views: number;
}

export interface SignalReceived {
  known: boolean;
}

export interface SignatureCheckView {
  detail: string;
  id: string;
  outcome: "passed" | "failed" | "not_judged";
}

export interface SignatureView {
  algorithm: string | null;
  certificate_sha256: string | null;
  checks: ReadonlyArray<SignatureCheckView>;
  claimed_at: string | null;
  format: string;
  indication: "TOTAL-PASSED" | "TOTAL-FAILED" | "INDETERMINATE";
  proven_at: string | null;
  signed: ReadonlyArray<SignedPartView>;
  sub_indication: string | null;
  subject: string | null;
}

export interface SignedPartView {
  bytes: number;
  digest_algorithm: string;
  name: string;
  sha256: string;
}

export interface SigningKeyChange {
  metadata?: Readonly<Record<string, unknown>> | null;
  name?: string | null;
  purposes?: ReadonlyArray<string> | null;
}

export interface SigningKeyImport {
  active_from?: string | null;
  metadata?: Readonly<Record<string, string>>;
  name: string;
  password?: string;
  pkcs12: string;
  purposes: ReadonlyArray<string>;
}

export interface SigningKeyInput {
  active_from?: string | null;
  bare?: boolean;
  kind?: "p-256" | "p-384" | "p-521" | "rsa-2048" | "rsa-3072" | "rsa-4096" | "ed25519";
  metadata?: Readonly<Record<string, string>>;
  name: string;
  purposes: ReadonlyArray<string>;
}

export interface SigningKeyList {
  data: ReadonlyArray<SigningKeyView>;
  next_cursor: string | null;
  object?: "list";
}

export interface SigningKeyView {
  active_from: string;
  active_until: string | null;
  bare: boolean;
  certificates: ReadonlyArray<CertificateView>;
  created_at: string;
  entity_id: string;
  environment: "sandbox" | "live";
  id: string;
  kept_until: string | null;
  kind: string;
  metadata: Readonly<Record<string, string>>;
  name: string;
  object?: "signing_key";
  origin: "generated" | "imported" | "token";
  public_key: string;
  purposes: ReadonlyArray<string>;
  retired_at: string | null;
  revocation_reason: "unspecified" | "key_compromise" | "affiliation_changed" | "superseded" | "cessation_of_operation" | null;
  revoked_at: string | null;
  status: "waiting" | "upcoming" | "active" | "replaced" | "retired" | "revoked" | "expired";
  successor_id: string | null;
  updated_at: string;
}

export interface SourceView {
  confidence: Confidence;
  note: string;
  read_on: string;
  title: string;
  url: string;
}

export interface SpanInput {
  from: string;
  to: string;
}

export interface SpanishRecord {
  clave_regimen?: string | null;
  cupon?: boolean | null;
  descripcion_operacion?: string | null;
  destinatario?: Destinatario | null;
  emitida_por_tercero_o_destinatario?: string | null;
  factura_simplificada_art_7273?: boolean | null;
  factura_sin_identif_destinatario_art_61d?: boolean | null;
  facturas_sustituidas?: ReadonlyArray<FacturaNombrada>;
  importe_rectificacion?: ImporteRectificado | null;
  tercero?: Tercero | null;
  tipo_factura?: string | null;
  tipo_rectificativa?: string | null;
}

export interface SpanishRecordInput {
  clave_regimen?: string | null;
  cupon?: boolean | null;
  descripcion_operacion?: string | null;
  destinatario?: Destinatario | null;
  emitida_por_tercero_o_destinatario?: string | null;
  factura_simplificada_art_7273?: boolean | null;
  factura_sin_identif_destinatario_art_61d?: boolean | null;
  facturas_sustituidas?: ReadonlyArray<FacturaNombrada>;
  importe_rectificacion?: ImporteRectificadoInput | null;
  tercero?: Tercero | null;
  tipo_factura?: string | null;
  tipo_rectificativa?: string | null;
}

export interface StampView {
  at: string;
  authority: string;
  evidence_id: string | null;
  identifier: string;
  kind: string;
  qr: string | null;
}

export interface StatusView {
  events: number;
  final: boolean;
  held: HeldView | null;
  id: string;
  layers: ReadonlyArray<LayerView>;
  number: string | null;
  object?: string;
  state: string;
  status: string;
  transmissions: ReadonlyArray<TransmissionSummary>;
}

export type Subject = "immovable_property" | "capital_goods";

export interface SubjectInput {
  common_name?: string | null;
  country?: string | null;
  given_name?: string | null;
  locality?: string | null;
  organization?: string | null;
  organization_identifier?: string | null;
  organizational_unit?: string | null;
  postal_code?: string | null;
  serial_number?: string | null;
  state?: string | null;
  street?: string | null;
  surname?: string | null;
  title?: string | null;
}

export interface SubjectsInput {
  reason?: string | null;
  subjects: ReadonlyArray<Subject>;
}

export interface Suggestion {
  category_code: string;
  confidence: string | null;
  exemption_reason_code: string | null;
  name: string;
  rate: string | null;
  since: string | null;
  source: string | null;
  until: string | null;
}

export interface SuggestionList {
  country_code: string;
  data: ReadonlyArray<Suggestion>;
  date: string;
  next_cursor?: null;
  object?: "list";
}

export type SupplyKind = "goods" | "service" | "digital" | "event" | "real_estate" | "transport";

export interface TaxChange {
  category_code?: string | null;
  exemption_reason?: string | null;
  exemption_reason_code?: string | null;
  metadata?: Readonly<Record<string, unknown>> | null;
  name?: string | null;
  rate?: string | null;
}

export interface TaxClauses {
  domestic?: string | null;
  intra_eu_b2b?: string | null;
  intra_eu_b2c?: string | null;
  third_country_b2b?: string | null;
  third_country_b2c?: string | null;
}

export interface TaxDecisionView {
  day: string;
  document_id: string;
  facts: SaleFactsView;
  law: string;
  lines: ReadonlyArray<DocumentLineDecisionView>;
  object?: "tax_decision";
  state: string;
  vat_check: gateway__tax__schemas__VatCheckView | null;
}

export interface TaxInput {
  category_code?: string;
  exemption_reason?: string | null;
  exemption_reason_code?: string | null;
  metadata?: Readonly<Record<string, string>>;
  name: string;
  rate?: string | null;
}

export interface TaxList {
  data: ReadonlyArray<TaxView>;
  next_cursor: string | null;
  object?: "list";
}

export interface TaxRegistration {
  identifier?: string | null;
  scheme?: string | null;
}

export interface TaxRepresentativePostalAddress {
  city?: string | null;
  country_code?: string | null;
  country_subdivision?: string | null;
  extensions?: TaxRepresentativePostalAddressExtensions | null;
  line_1?: string | null;
  line_2?: string | null;
  line_3?: string | null;
  post_code?: string | null;
}

export interface TaxRepresentativePostalAddressExtensions {
  country_subdivision_code?: string | null;
}

export interface TaxRules {
  eu?: EuTaxRules | null;
}

export interface TaxView {
  category_code: string;
  created_at: string;
  deleted_at: string | null;
  entity_id: string;
  exemption_reason: string | null;
  exemption_reason_code: string | null;
  id: string;
  metadata: Readonly<Record<string, string>>;
  name: string;
  object?: "tax";
  rate: string | null;
  updated_at: string;
}

export type Template = "classic" | "modern" | "condensed";

export interface TemplateChange {
  body?: string | null;
  document?: Readonly<Record<string, unknown>> | null;
  document_kind?: string | null;
  html_body?: string | null;
  language?: string | null;
  metadata?: Readonly<Record<string, unknown>> | null;
  name?: string | null;
  purpose?: "text" | "email" | "document" | null;
  subject?: string | null;
}

export interface TemplateInput {
  body?: string | null;
  document?: Readonly<Record<string, unknown>> | null;
  document_kind?: DocumentKind | null;
  html_body?: string | null;
  language?: string | null;
  metadata?: Readonly<Record<string, string>>;
  name: string;
  purpose: "text" | "email" | "document";
  subject?: string | null;
}

export interface TemplateList {
  data: ReadonlyArray<TemplateView>;
  next_cursor: string | null;
  object?: "list";
}

export interface TemplateView {
  body: string | null;
  created_at: string;
  document: Readonly<Record<string, unknown>> | null;
  document_kind: DocumentKind | null;
  entity_id: string;
  html_body: string | null;
  id: string;
  language: string | null;
  metadata: Readonly<Record<string, string>>;
  name: string;
  object?: "template";
  purpose: "text" | "email" | "document";
  subject: string | null;
  updated_at: string;
}

export interface Tercero {
  codigo_pais?: string | null;
  id_type?: string | null;
  nif?: string | null;
  nombre_razon?: string | null;
  numero?: string | null;
}

export interface ThirdPartyPayment {
  amount?: string | null;
  description?: string | null;
}

export interface ThirdPartyPaymentInput {
  amount?: string | null;
  description?: string | null;
}

export interface TokenInput {
  token: string;
}

export interface Totals {
  amount_due?: string | null;
  paid_amount?: string | null;
  rounding_amount?: string | null;
  sum_of_allowances?: string | null;
  sum_of_charges?: string | null;
  sum_of_line_net_amounts?: string | null;
  total_vat?: string | null;
  total_vat_in_accounting_currency?: string | null;
  total_with_vat?: string | null;
  total_without_vat?: string | null;
}

export interface TotalsInput {
  amount_due?: string | null;
  paid_amount?: string | null;
  rounding_amount?: string | null;
  sum_of_allowances?: string | null;
  sum_of_charges?: string | null;
  sum_of_line_net_amounts?: string | null;
  total_vat?: string | null;
  total_vat_in_accounting_currency?: string | null;
  total_with_vat?: string | null;
  total_without_vat?: string | null;
}

export interface TotalsReport {
  data: ReadonlyArray<TotalsRow>;
  environment: "sandbox" | "live";
  next_cursor: string | null;
  object?: "list";
}

export interface TotalsRow {
  amount_due: string;
  amount_paid: string;
  currency_code: string | null;
  documents: number;
  entity_id: string | null;
  entity_name: string | null;
  kind: string | null;
  month: string | null;
  total_vat: string;
  total_with_vat: string;
  total_without_vat: string;
}

export interface TradeAddress {
  city?: string | null;
  country_code?: string | null;
  country_subdivision?: string | null;
  country_subdivision_code?: string | null;
  line_1?: string | null;
  line_2?: string | null;
  line_3?: string | null;
  post_code?: string | null;
}

export interface TradeContact {
  department_name?: string | null;
  email_address?: string | null;
  fax_number?: string | null;
  point?: string | null;
  telephone_number?: string | null;
  type_code?: string | null;
}

export interface TradeParty {
  contacts?: ReadonlyArray<TradeContact>;
  description?: string | null;
  electronic_address?: SchemedIdentifier | null;
  identifiers?: ReadonlyArray<SchemedIdentifier>;
  legal_address?: TradeAddress | null;
  legal_registration_identifier?: SchemedIdentifier | null;
  name?: string | null;
  postal_address?: TradeAddress | null;
  role_code?: string | null;
  tax_registration_identifier?: string | null;
  trading_name?: string | null;
  vat_identifier?: string | null;
}

export interface TradePartyInput {
  contacts?: ReadonlyArray<TradeContact>;
  description?: string | null;
  electronic_address?: string | SchemedIdentifier | null;
  identifiers?: ReadonlyArray<string | SchemedIdentifier>;
  legal_address?: TradeAddress | null;
  legal_registration_identifier?: string | SchemedIdentifier | null;
  name?: string | null;
  postal_address?: TradeAddress | null;
  role_code?: string | null;
  tax_registration_identifier?: string | null;
  trading_name?: string | null;
  vat_identifier?: string | null;
}

export interface TraderInput {
  city?: string | null;
  company_type?: string | null;
  name?: string | null;
  postcode?: string | null;
  street?: string | null;
}

export interface Transmission {
  action_required: string | null;
  attempts: number;
  business: Business;
  channel: string;
  created_at: string;
  document_id: string;
  id: string;
  message_id: string;
  next_poll_at: string | null;
  object?: "transmission";
  receiver: string;
  regulatory: Regulatory;
  sender: string;
  sha256: string;
  transport: Transport;
  updated_at: string;
  waiting: WaitingView;
}

export interface TransmissionCounts {
  action_required: number;
  failed: number;
  pending: number;
  unknown: number;
}

export interface TransmissionList {
  data: ReadonlyArray<Transmission>;
  next_cursor?: string | null;
  object?: "list";
}

export interface TransmissionSummary {
  action_required?: string | null;
  attempts: number;
  business: string;
  channel: string;
  id: string;
  message_id: string;
  regulatory: string;
  transport: string;
  updated_at: string;
  waiting?: NextStep | null;
}

export type Transport = "created" | "prepared" | "queued" | "submitting" | "outcome_unknown" | "submitted" | "delivered" | "deferred" | "failed_retryable" | "failed_permanent" | "cancelled_before_send";

export interface TrustInput {
  certificates?: ReadonlyArray<string> | null;
  name?: string;
  store?: string | null;
}

export interface UnsignedPartView {
  detail: string;
  name: string;
}

export interface UsageReport {
  data: ReadonlyArray<UsageRow>;
  environment: "sandbox" | "live";
  next_cursor: string | null;
  object?: "list";
}

export interface UsageRow {
  active_entities: number;
  documents: number;
  entity_id: string | null;
  entity_name: string | null;
  metered: boolean;
  month: string;
}

export interface UserChange {
  metadata?: Readonly<Record<string, unknown>> | null;
  name?: string | null;
}

export interface UserEntity {
  entity_id: string;
  role: "viewer" | "editor" | "admin" | "auditor";
}

export interface UserInput {
  email: string;
  metadata?: Readonly<Record<string, string>>;
  name?: string;
}

export interface UserList {
  data: ReadonlyArray<UserView>;
  next_cursor: string | null;
  object?: "list";
}

export interface UserView {
  created_at: string;
  email: string;
  entities: ReadonlyArray<UserEntity>;
  environment: "sandbox" | "live";
  id: string;
  metadata: Readonly<Record<string, string>>;
  name: string;
  object?: "user";
  updated_at: string;
}

export interface ValidationView {
  as_of: string;
  findings: ReadonlyArray<JudgedFindingView>;
  judged: boolean;
  judged_as: string | null;
  layers: ReadonlyArray<JudgedLayerView>;
  object?: "validation";
  source: "xml" | "hybrid-pdf" | "json";
  valid: boolean;
}

export interface VatBatchCounts {
  invalid: number;
  unknown: number;
  valid: number;
  waiting: number;
}

export interface VatBatchInput {
  customers?: "all" | null;
  max_age?: number | null;
  retry?: boolean;
  vat_ids?: ReadonlyArray<string> | null;
}

export interface VatBatchItem {
  action: string | null;
  address: string | null;
  asked_at: string | null;
  attempts: number;
  check_id: string | null;
  consultation_number: string | null;
  customer_id: string | null;
  detail: string | null;
  fault: Fault | null;
  from_cache: boolean;
  given: string;
  name: string | null;
  outcome: Outcome | null;
  position: number;
  vat_id: string;
}

export interface VatBatchView {
  counts: VatBatchCounts;
  created_at: string;
  data: ReadonlyArray<VatBatchItem>;
  entity_id: string;
  faults: Readonly<Record<string, number>>;
  finished_at: string | null;
  id: string;
  next_cursor: string | null;
  object?: "vat_batch";
  progress: JobProgress;
  state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
}

export interface VatBreakdown {
  category_code?: string | null;
  category_rate?: string | null;
  category_tax_amount?: string | null;
  category_taxable_amount?: string | null;
  exemption_reason_code?: string | null;
  exemption_reason_text?: string | null;
  extensions?: VatBreakdownExtensions | null;
}

export interface VatBreakdownExtensions {
  allowance_charge_amount?: string | null;
  line_total_amount?: string | null;
  other_category_code?: string | null;
  other_rate?: string | null;
  other_tax_scheme?: string | null;
  value_added_tax_point_date?: string | null;
}

export interface VatBreakdownExtensionsInput {
  allowance_charge_amount?: string | null;
  line_total_amount?: string | null;
  other_category_code?: string | null;
  other_rate?: string | null;
  other_tax_scheme?: string | null;
  value_added_tax_point_date?: string | null;
}

export interface VatBreakdownInput {
  category_code?: string | null;
  category_rate?: string | null;
  category_tax_amount?: string | null;
  category_taxable_amount?: string | null;
  exemption_reason_code?: string | null;
  exemption_reason_text?: string | null;
  extensions?: VatBreakdownExtensionsInput | null;
}

export interface VatCheckEvidence {
  id: string;
  object?: "vat_check_evidence";
  received: EvidenceBytes;
  sent: EvidenceBytes;
}

export interface VatCheckInput {
  max_age?: number | null;
  retry?: boolean;
  trader?: TraderInput | null;
  vat_id: string;
}

export interface VatCheckList {
  data: ReadonlyArray<gateway__vies__schemas__VatCheckView>;
  next_cursor: string | null;
  object?: "list";
}

export interface VatExemption {
  category_code: string;
  code?: string | null;
  rate?: string | null;
  text?: string | null;
}

export interface VatExemptionInput {
  category_code: string;
  code?: string | null;
  rate?: string | null;
  text?: string | null;
}

export interface VatRateView {
  name: string;
  percent: string;
}

export interface VatRechecks {
  days?: number;
  enabled?: boolean;
}

export interface VatReport {
  data: ReadonlyArray<VatRow>;
  environment: "sandbox" | "live";
  next_cursor: string | null;
  object?: "list";
}

export interface VatRetryView {
  attempts: number;
  deadline: string;
  next_try_at: string | null;
  state: "waiting" | "answered" | "given_up";
}

export interface VatRow {
  category_code: string;
  currency_code: string | null;
  entity_id: string | null;
  entity_name: string | null;
  kind: string | null;
  month: string | null;
  rate: string | null;
  tax_amount: string;
  taxable_amount: string;
}

export interface VatServiceList {
  data: ReadonlyArray<VatServiceView>;
  object?: "list";
}

export interface VatServiceView {
  failures: number;
  member_state: string | null;
  open_until: string | null;
  service: string;
  state: "closed" | "open" | "half_open";
}

export interface VatWatchInput {
  enabled?: boolean;
  every_days?: number;
}

export interface VatWatchView {
  created_at: string;
  customer_id: string;
  enabled: boolean;
  every_days: number;
  object?: "vat_watch";
  updated_at: string;
}

export interface VerifactuFiscalization {
  declared_in?: string | null;
  declared_on?: string | null;
  declared_version?: string | null;
  description?: string | null;
  installation: string;
  mode?: "verifactu" | "no-verifactu";
  only_verifactu?: boolean;
  producer_address?: string | null;
  producer_contact?: string | null;
  producer_name: string;
  producer_nif: string;
  scheme: "es-verifactu";
  several_taxpayers?: boolean;
  system_description?: string | null;
  system_id?: string;
  system_name?: string;
  verifactu_until?: number | null;
}

export interface VerificationInput {
  at?: string | null;
  content: string;
  crls?: ReadonlyArray<string>;
  files?: Readonly<Record<string, string>>;
  ocsps?: ReadonlyArray<string>;
  revocation?: "ignore" | "if-known" | "require";
  stamps?: TrustInput | null;
  trust?: TrustInput | null;
}

export interface VerificationView {
  at: string;
  coverage: "all" | "part" | "none";
  indication: "TOTAL-PASSED" | "TOTAL-FAILED" | "INDETERMINATE";
  kind: "xml" | "cms" | "jws" | "pdf" | "asic" | "unknown";
  object: "signature_report";
  signatures: ReadonlyArray<SignatureView>;
  statement: string;
  trust: string | null;
  unsigned: ReadonlyArray<UnsignedPartView>;
}

export interface VersionList {
  data: ReadonlyArray<VersionView>;
  next_cursor: string | null;
  object?: string;
}

export interface VersionView {
  actor: string;
  actor_id: string | null;
  body: Readonly<Record<string, unknown>>;
  object?: string;
  reason: string | null;
  replaced_at: string;
  version: number;
}

export type Vies = "valid" | "invalid" | "unknown";

export interface WaitingView {
  behind: BehindView | null;
  endpoint: string | null;
  meaning: string;
  next_at: string | null;
  outage: OutageView | null;
  reason: string | null;
  until: string | null;
  what: string;
}

export interface WebhookDeliveryDetail {
  attempts: ReadonlyArray<gateway__webhooks__schemas__AttemptView>;
  created_at: string;
  event_id: string;
  id: string;
  next_attempt_at: string | null;
  object?: "webhook_delivery";
  payload: Readonly<Record<string, unknown>>;
  state: "pending" | "delivered" | "failed";
  type: string;
  updated_at: string;
  webhook_endpoint_id: string;
}

export interface WebhookDeliveryList {
  data: ReadonlyArray<WebhookDeliveryView>;
  next_cursor: string | null;
  object?: "list";
}

export interface WebhookDeliveryView {
  attempts: ReadonlyArray<gateway__webhooks__schemas__AttemptView>;
  created_at: string;
  event_id: string;
  id: string;
  next_attempt_at: string | null;
  object?: "webhook_delivery";
  state: "pending" | "delivered" | "failed";
  type: string;
  updated_at: string;
  webhook_endpoint_id: string;
}

export interface WebhookEndpointChange {
  description?: string | null;
  enabled?: boolean | null;
  event_types?: ReadonlyArray<string> | null;
  metadata?: Readonly<Record<string, unknown>> | null;
  url?: string | null;
}

export interface WebhookEndpointInput {
  description?: string;
  enabled?: boolean;
  entity_id?: string | null;
  event_types?: ReadonlyArray<string>;
  metadata?: Readonly<Record<string, string>>;
  secret?: string | null;
  url: string;
}

export interface WebhookEndpointList {
  data: ReadonlyArray<WebhookEndpointView>;
  next_cursor: string | null;
  object?: "list";
}

export interface WebhookEndpointView {
  created_at: string;
  description: string;
  disabled_at: string | null;
  disabled_reason: "by_you" | "gone" | "failing" | null;
  enabled: boolean;
  entity_id: string | null;
  environment: "sandbox" | "live";
  event_types: ReadonlyArray<string>;
  failing_since: string | null;
  id: string;
  metadata: Readonly<Record<string, string>>;
  object?: "webhook_endpoint";
  previous_secret_until: string | null;
  updated_at: string;
  url: string;
}

export interface Why {
  attempts: ReadonlyArray<gateway__transmissions__schemas__AttemptView>;
  channel: string;
  document_id: string;
  events: ReadonlyArray<LineageEvent>;
  headline: HeadlineView;
  id: string;
  names: Readonly<Record<string, string>>;
  object?: "why";
  state: AxesView;
  summary: ReadonlyArray<string>;
  waiting: WaitingView;
}

export interface formats__en16931__extensions__poland__attachment__FaWiersz {
  wkom?: ReadonlyArray<string>;
}

export interface formats__en16931__extensions__poland__line__FaWiersz {
  cn?: string | null;
  gtin?: string | null;
  gtu?: string | null;
  indeks?: string | null;
  kurs_waluty?: string | null;
  kwota_akcyzy?: string | null;
  p_10?: string | null;
  p_11a?: string | null;
  p_11vat?: string | null;
  p_12?: string | null;
  p_12_xii?: string | null;
  p_12_zal_15?: string | null;
  p_6a?: string | null;
  p_7?: string | null;
  p_8a?: string | null;
  p_8b?: string | null;
  p_9a?: string | null;
  p_9b?: string | null;
  pkob?: string | null;
  pkwi_u?: string | null;
  procedura?: string | null;
  stan_przed?: string | null;
  uu_id?: string | null;
}

export interface formats__en16931__extensions__poland__line__FaWierszInput {
  cn?: string | null;
  gtin?: string | null;
  gtu?: string | null;
  indeks?: string | null;
  kurs_waluty?: string | null;
  kwota_akcyzy?: string | null;
  p_10?: string | null;
  p_11a?: string | null;
  p_11vat?: string | null;
  p_12?: string | null;
  p_12_xii?: string | null;
  p_12_zal_15?: string | null;
  p_6a?: string | null;
  p_7?: string | null;
  p_8a?: string | null;
  p_8b?: string | null;
  p_9a?: string | null;
  p_9b?: string | null;
  pkob?: string | null;
  pkwi_u?: string | null;
  procedura?: string | null;
  stan_przed?: string | null;
  uu_id?: string | null;
}

export interface gateway__auditors__schemas__AccessView {
  address: string;
  at: string;
  id: string;
  object?: "auditor_access";
  operation: string;
  path: string;
  query: string;
  request_id: string | null;
  shows: "list" | "record" | "file";
  subject_id: string | null;
}

export interface gateway__conversions__schemas__ChangeView {
  kind: "added" | "removed" | "changed" | "moved" | "renumbered";
  name: string;
  new?: unknown;
  old?: unknown;
  old_pointer?: string | null;
  pointer?: string | null;
  term?: string | null;
}

export interface gateway__documents__schemas__PreviewView {
  amount_due: string | null;
  currency_code: string | null;
  customer_name: string | null;
  due_date: string | null;
  findings: ReadonlyArray<FindingView>;
  invoice: Invoice | null;
  issue_date: string | null;
  kind: string;
  layers: ReadonlyArray<LayerView>;
  number: string | null;
  object?: string;
  profile: string | null;
  series: string | null;
  total_vat: string | null;
  total_with_vat: string | null;
  total_without_vat: string | null;
}

export interface gateway__exits__schemas__MoveView {
  entity_id: string;
  file: string | null;
  object?: "move";
  state: "leaving" | "moved" | "arriving" | "here";
  statement: string | null;
}

export interface gateway__ksef_access__schemas__AccessView {
  asked_at: string;
  context: string;
  credential_id: string;
  fix: string | null;
  object?: "ksef_access";
  owner: boolean | null;
  permissions: ReadonlyArray<string> | null;
  reason: string;
  state: "may" | "may_not" | "unknown";
}

export interface gateway__monitoring__endpoints__CheckView {
  name: string;
  ok: boolean;
  reason: string | null;
}

export interface gateway__recurring__schemas__PreviewView {
  dates: ReadonlyArray<string>;
  document: PreviewDocument | null;
  object?: "preview";
}

export interface gateway__tax__schemas__ChangeView {
  category: string;
  fact: string;
  rate: string | null;
  tax_country: string | null;
  value: string;
  vatex: string | null;
}

export interface gateway__tax__schemas__VatCheckView {
  address: string | null;
  asked_at: string;
  consultation_number: string | null;
  fault: string | null;
  id: string;
  name: string | null;
  outcome: "valid" | "invalid" | "unknown";
  service: string;
  vat_id: string;
}

export interface gateway__transmissions__schemas__AttemptView {
  attempt: number;
  begun_at: string;
  code_version: string;
  credential: string | null;
  decisions: Readonly<Record<string, unknown>>;
  ended_at: string | null;
  endpoint: string;
  exchanges: number;
  number: number;
  outcome: string | null;
  purpose: "send" | "ask" | "verdict";
  reason: string | null;
}

export interface gateway__transmissions__schemas__MoveView {
  after: string | null;
  axis: string;
  before: string | null;
  meaning: string;
  moved: boolean;
  rule: string;
}

export interface gateway__verifactu__kept_schemas__CheckView {
  events: LookedView;
  object?: "verifactu_check";
  records: LookedView;
}

export interface gateway__vies__schemas__VatCheckView {
  action: string | null;
  address: string | null;
  age_seconds: number;
  asked_at: string;
  consultation_number: string | null;
  detail: string;
  entity_id: string;
  fault: Fault | null;
  from_cache: boolean;
  id: string;
  known: KnownVatCheck | null;
  matches: MatchesView;
  name: string | null;
  object?: "vat_check";
  outcome: Outcome;
  request_date: string | null;
  requester: string | null;
  retry: VatRetryView | null;
  service: string;
  trader: TraderInput | null;
  vat_id: string;
}

export interface gateway__webhooks__schemas__AttemptView {
  at: string;
  error: string | null;
  excerpt: string | null;
  latency_ms: number | null;
  outcome: "delivered" | "failed" | "unknown";
  status: number | null;
}
