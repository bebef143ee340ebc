/**
 * Somebody asked for something that can't be done. The message is one sentence for that person:
 * what is wrong and what would be right. Every door shows it as it is.
 */
export class InputError extends Error {
  override name = 'InputError';
}
