import type { EncodingRole } from "../../../ports/encoder";
import type { TimeBudget } from "../../../retries/time-budget";
import type { RemoteAddress } from "../remote-address";
import type { RemoteCalls } from "../remote-calls";
import { API_DIALECTS, type ApiDialect, type ApiInputs } from "./api-dialect";
import { readEmbeddings } from "./read-embeddings";

export interface ApiCallsOptions {
  readonly calls: RemoteCalls;
  readonly address: RemoteAddress & { readonly protocol: keyof typeof API_DIALECTS };
  /** What the API calls the model. */
  readonly model: string;
  /** Asked for, of a model that can give several; null: the model's own. */
  readonly wantedDimension: number | null;
}

export interface ApiCall extends ApiInputs {
  /** What is left for the batch that it is of. */
  readonly budget: TimeBudget;
  /** Null: what the API gives. */
  readonly dimension: number | null;
  /** Whether what is sent is nobody's, so that errors may repeat it. */
  readonly isOurOwn: boolean;
}

const LONGEST_VECTOR = 8_192;
/** A number in JSON, with room. */
const BYTES_A_NUMBER = 32;
const BYTES_BESIDE = 65_536;

/** An API's embeddings, one request at a time. */
export class ApiCalls {
  readonly dialect: ApiDialect;

  constructor(private readonly options: ApiCallsOptions) {
    this.dialect = API_DIALECTS[options.address.protocol];
  }

  /** The time for one batch. */
  budget(role: EncodingRole): TimeBudget {
    return this.options.calls.budget(role);
  }

  /** The time for what is asked before that. */
  startBudget(): TimeBudget {
    return this.options.calls.startBudget();
  }

  /** As `readEmbeddings`; at most `dialect.most` inputs. */
  embed({ budget, dimension, isOurOwn, ...asked }: ApiCall): Promise<(Float32Array | null)[]> {
    const { calls, address, model, wantedDimension } = this.options;
    const dimensions = wantedDimension === null ? {} : { dimensions: wantedDimension };
    const count = asked.inputs.length;
    const request = {
      method: "POST",
      url: address.url,
      contentType: "application/json",
      body: JSON.stringify({ model, ...dimensions, ...this.dialect.body(asked) }),
      maxBytes: BYTES_BESIDE + count * (dimension ?? LONGEST_VECTOR) * BYTES_A_NUMBER,
      mayBeQuoted: isOurOwn,
    } as const;
    return calls.ask(request, (body) => readEmbeddings(body, { count, dimension }), budget);
  }

  close(): Promise<void> {
    return this.options.calls.close();
  }
}
