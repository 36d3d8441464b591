/** A piece of a message: words, or a picture's file. */
export type ChatPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "image"; readonly mediaType: string; readonly bytes: Uint8Array };

export interface ChatMessage {
  /** Whose word it is: the system's rules, or the user's. */
  readonly role: "system" | "user";
  readonly parts: readonly ChatPart[];
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** Length of the longest answer, in the model's own tokens. */
  readonly maxTokens: number;
  /** Ends the request, at the model's server too. */
  readonly signal: AbortSignal;
}

/** What a request took, in the model's own tokens. */
export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export type ChatEvent =
  | { readonly kind: "text"; readonly text: string }
  /** The last one. `isTruncated`: the model had more to say; `usage`: null where its server tells none. */
  | { readonly kind: "end"; readonly isTruncated: boolean; readonly usage: TokenUsage | null };

/**
 * A model that goes on with a conversation and sees pictures. `chat` gives what it says as it says it, ended by one `end`;
 * throws LLM_UNAVAILABLE or LLM_FAILED, and the signal's reason once that is aborted.
 */
export interface ChatModel {
  /** As its server calls it. */
  readonly name: string;
  chat(request: ChatRequest): AsyncIterable<ChatEvent>;
  close(): Promise<void>;
}
