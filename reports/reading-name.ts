/** `acme/rocket` for headline numbers, `commits of acme/rocket`, or what is read of all at once. */
export function nameOfReading(part: string, subject: string | undefined): string {
  if (subject === undefined) return part;
  return part === '' ? subject : `${part} of ${subject}`;
}
