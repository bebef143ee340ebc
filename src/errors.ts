/** Base of the errors a source throws. `message` is for the log; the doors put it into words. */
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

/** The credentials are missing, wrong or too weak. */
export class Unauthorised extends SourceError {}

/** The source answered something that is not of the documented shape. */
export class Malformed extends SourceError {}

/** The source did not answer, or answered that it can't now. */
export class Unavailable extends SourceError {}
