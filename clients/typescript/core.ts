// The wire: one request, repeated where that is safe. No dependencies: fetch and Web Crypto.

export type Labels = Readonly<Record<string, string>>;

/** What may be said of any call. */
export interface Options {
  /** The entity it is about; a key of an entity needs none. */
  entity?: string;
  /** Your name for this request; made at random for a POST without one. */
  idempotencyKey?: string;
  /** Of a body given as bytes or text. */
  contentType?: string;
}

interface Asked extends Options {
  query?: object;
  body?: unknown;
}

export interface Settings {
  url: string;
  key: string;
  entity?: string;
  /** How often a request is sent at most. */
  attempts?: number;
  /** Milliseconds for one answer. */
  timeout?: number;
  fetch?: typeof fetch;
  sleep?: (milliseconds: number) => Promise<void>;
}

/** One wrong place of a request, and how to mend it. */
export interface Part {
  message: string;
  pointer?: string;
  parameter?: string;
  header?: string;
  rule?: string;
  fix?: string;
}

export class GatewayError extends Error {}

/** There was no answer; repeating with the same idempotency key is safe. */
export class ConnectionLostError extends GatewayError {}

/** The webhook is not signed with this secret, or it is too old. */
export class SignatureError extends GatewayError {}

/** The gateway refused: a problem document (RFC 9457). */
export class Problem extends GatewayError {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly parts: ReadonlyArray<Part>;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Record<string, unknown>) {
    const type = String(body.type ?? "about:blank").replace("/problems/", "");
    super(`${status} ${type}: ${body.detail ?? ""}`);
    this.type = type;
    this.title = String(body.title ?? "");
    this.status = status;
    this.detail = String(body.detail ?? "");
    const findings = (body.findings ?? []) as Array<Part & { flag?: string }>;
    const fatal = findings.filter((one) => one.flag === "fatal");
    this.parts = [...((body.errors ?? []) as Array<Part>), ...fatal];
    this.body = body;
  }
}

const BUSY = new Set([429, 502, 503, 504]);
const LONGEST_WAIT = 30_000;

export class Transport {
  readonly settings: Settings;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  async json<T>(method: string, path: string, asked: Asked): Promise<T> {
    const answer = await this.send(method, path, asked);
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }

  async bytes(method: string, path: string, asked: Asked): Promise<Uint8Array> {
    return new Uint8Array(await (await this.send(method, path, asked)).arrayBuffer());
  }

  async text(method: string, path: string, asked: Asked): Promise<string> {
    return await (await this.send(method, path, asked)).text();
  }

  async nothing(method: string, path: string, asked: Asked): Promise<void> {
    await this.send(method, path, asked);
  }

  /** Send a request and return the answer, below 400; throws Problem or ConnectionLostError. */
  async send(method: string, path: string, asked: Asked): Promise<Response> {
    const { url, key, attempts = 5, timeout = 60_000 } = this.settings;
    const headers: Record<string, string> = {
      Authorization: `Bearer ${key}`,
      Accept: "application/json, */*",
    };
    const entity = asked.entity ?? this.settings.entity;
    if (entity !== undefined) headers["Entity-Id"] = entity;
    if (method === "POST") headers["Idempotency-Key"] = asked.idempotencyKey ?? crypto.randomUUID();
    let body: BodyInit | undefined;
    if (asked.body instanceof Uint8Array || typeof asked.body === "string") {
      body = asked.body as BodyInit;
      headers["Content-Type"] = asked.contentType ?? "application/xml";
    } else if (asked.body !== undefined) {
      body = JSON.stringify(asked.body, exact);
      headers["Content-Type"] = "application/json";
    }
    const address = url.replace(/\/$/, "") + path + written(asked.query ?? {});
    const pause = this.settings.sleep ?? ((ms) => new Promise((done) => setTimeout(done, ms)));
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt >= attempts;
      const backoff = Math.min(LONGEST_WAIT, 200 * 2 ** attempt) * (0.5 + Math.random() / 2);
      let answer: Response;
      try {
        const signal = AbortSignal.timeout(timeout);
        answer = await (this.settings.fetch ?? fetch)(address, { method, headers, body, signal });
        if (answer.status < 400) return answer;
      } catch (error) {
        if (last) throw new ConnectionLostError(String(error), { cause: error });
        await pause(backoff);
        continue;
      }
      const problem = new Problem(answer.status, await read(answer));
      const inFlight = answer.status === 409 && problem.type === "idempotency-in-flight";
      if (last || !(BUSY.has(answer.status) || inFlight)) throw problem;
      const said = Number(answer.headers.get("retry-after") ?? "");
      await pause(said > 0 ? Math.min(LONGEST_WAIT, said * 1000) : backoff);
    }
  }
}

/** A list of the gateway: iterate over all of it (`for await`), or take one page. */
export class Pages<T> implements AsyncIterable<T> {
  readonly transport: Transport;
  readonly path: string;
  readonly asked: Asked;

  constructor(transport: Transport, path: string, asked: Asked) {
    this.transport = transport;
    this.path = path;
    this.asked = asked;
  }

  async page(cursor?: string | null): Promise<{ data: T[]; next_cursor?: string | null }> {
    const query = { ...this.asked.query, ...(cursor ? { cursor } : {}) };
    return await this.transport.json("GET", this.path, { ...this.asked, query });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    let cursor: string | null | undefined;
    do {
      const found = await this.page(cursor);
      yield* found.data;
      cursor = found.next_cursor;
    } while (cursor);
  }
}

/** Return the event of a webhook that the gateway signed (Standard Webhooks). */
export async function verifyWebhook(
  secret: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  now: number = Date.now() / 1000,
): Promise<unknown> {
  const named = new Map(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]));
  const id = named.get("webhook-id");
  const stamp = named.get("webhook-timestamp");
  const given = (named.get("webhook-signature") ?? "").split(" ");
  if (!id || !stamp || !(Math.abs(now - Number(stamp)) <= 300)) {
    throw new SignatureError("the webhook is too old, or its headers are missing");
  }
  const signed = new TextEncoder().encode(`${id}.${stamp}.${body}`);
  for (const one of secret.split(" ")) {
    const raw = Uint8Array.from(atob(one.replace("whsec_", "")), (c) => c.charCodeAt(0));
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", raw, algorithm, false, ["verify"]);
    for (const signature of given) {
      if (!signature.startsWith("v1,")) continue;
      const bytes = Uint8Array.from(atob(signature.slice(3)), (c) => c.charCodeAt(0));
      if (await crypto.subtle.verify("HMAC", key, bytes, signed)) return JSON.parse(body);
    }
  }
  throw new SignatureError("no signature fits");
}

function exact(this: unknown, _name: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isInteger(value)) {
    throw new TypeError(`${value} is no exact amount: write it as a string`);
  }
  return value;
}

function written(query: object): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    if (Array.isArray(value)) value.forEach((one) => pairs.append(name, String(one)));
    else if (typeof value === "object") {
      for (const [key, inner] of Object.entries(value)) pairs.append(`${name}[${key}]`, String(inner));
    } else pairs.append(name, String(value));
  }
  const text = pairs.toString();
  return text ? `?${text}` : "";
}

async function read(answer: Response): Promise<Record<string, unknown>> {
  const text = await answer.text();
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { detail: text.slice(0, 500) };
  }
}
