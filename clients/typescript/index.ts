// The client: `new Gateway({ url, key })`, then `gateway.invoices.create({...}, { finalize: true })`.

import { GatewayError, type Settings, Transport } from "./core.ts";
import { Resources } from "./resources.ts";
import type { StatusView } from "./types.ts";

export * from "./core.ts";
export type * from "./types.ts";

export class Gateway extends Resources {
  constructor(settings: Settings) {
    super(new Transport(settings));
  }

  /** The same gateway; calls are about one entity. */
  forEntity(entity: string): Gateway {
    return new Gateway({ ...this.transport.settings, entity });
  }

  /** Return the status of a document once nothing more is expected. */
  async waitUntilFinal(documentId: string, seconds = 120): Promise<StatusView> {
    const deadline = Date.now() + seconds * 1000;
    let status = await this.documents.status(documentId);
    while (!status.final) {
      const left = Math.floor((deadline - Date.now()) / 1000);
      if (left <= 0) throw new GatewayError(`${documentId} is still ${status.status}`);
      status = await this.documents.status(documentId, { wait: Math.max(1, Math.min(20, left)) });
    }
    return status;
  }
}
