/** Base of the errors a source throws. `message` is for the log; `explain` puts it into words. */
export class SourceError extends Error {
  override name = this.constructor.name;
}

/** The subject does not exist, or is not for our eyes. */
export class NotFound extends SourceError {}

/** The source wants us to wait; `until` is in milliseconds since the epoch. */
export class RateLimited extends SourceError {
  readonly until: number;
  constructor(message: string, until: number) {
    super(message);
    this.until = until;
  }
}

/** The source is still working the answer out: asked again at `until`, and nothing else waits. */
export class NotReady extends RateLimited {}

/**
 * One of a source's providers grants no more until `until`, and nothing else waits. `message` is
 * for people: one sentence.
 */
export class QuotaSpent extends NotReady {}

/** The credentials are missing, wrong or too weak. */
export class Unauthorised extends SourceError {}

/**
 * Our settings, or the account they name, do not allow it. `message` is for people: one sentence
 * that says what is wrong and how to mend it.
 */
export class NotAllowed extends Unauthorised {}

/** The source answered something that is not of the documented shape. */
export class Malformed extends SourceError {}

/** The source did not answer, or answered that it can't now. */
export class Unavailable extends SourceError {}

/**
 * What a failed poll means, in one sentence for people. `title` is the source's, `name` the
 * subject's.
 */
export function explain(error: SourceError, title: string, name: string): string {
  if (error instanceof NotFound) {
    return `${title} knows no “${name}”, or does not show it to everyone.`;
  }
  if (error instanceof NotAllowed || error instanceof QuotaSpent) return error.message;
  if (error instanceof NotReady) {
    return `${title} is still working the numbers of “${name}” out, and is asked again later.`;
  }
  if (error instanceof RateLimited) {
    return `${title} wants us to wait until ${clock(error.until)} before we ask again.`;
  }
  if (error instanceof Unauthorised) {
    return `${title} refuses to show “${name}”: the token is wrong or may not read it.`;
  }
  if (error instanceof Malformed) {
    return `${title} answered something about “${name}” that Groundswell does not understand.`;
  }
  return `${title} does not answer at the moment.`;
}

/** `2026-11-24 08:00 UTC`. */
export function clock(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
