/** An answer with `ok: false`: Slack's error code, and what stands beside it. */
export class SlackFailure extends Error {
  readonly code: string;
  readonly extra: Readonly<Record<string, unknown>>;
  constructor(code: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

/** A failure with Slack's explanations, which its clients show. */
export function failureWith(code: string, messages: readonly string[]): SlackFailure {
  return new SlackFailure(code, { errors: messages, response_metadata: { messages } });
}
