const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
const CI: Readonly<Record<string, string>> = { yes: 'CI', no: 'no CI' };

/** A member of a split as people call it: `Germany` of the countries, `no CI` of the kinds of CI. */
export function memberName(dimension: string, member: string): string {
  if (dimension === 'country' && /^[A-Z]{2}$/.test(member)) return regions.of(member) ?? member;
  return dimension === 'ci' ? (CI[member] ?? member) : member;
}
