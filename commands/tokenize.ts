export interface Token {
  readonly text: string;
  /** A quoted token is a name, whatever word it looks like. */
  readonly isQuoted: boolean;
}

const PATTERN = /<[#@][A-Z0-9]+(?:\|[^>]*)?>|["“”„]([^"“”„]*)["“”„]|[^\s,]+/gu;

/**
 * Splits what somebody typed at white space and commas. Quoted stretches (with the curly quotes
 * that phones insert, too) and Slack's `<#C…|name>` stay whole.
 */
export function tokenize(text: string): Token[] {
  return [...text.matchAll(PATTERN)].map(([whole, quoted]) => ({
    text: quoted ?? whole,
    isQuoted: quoted !== undefined,
  }));
}
