const MOST = 60;

/** What somebody typed, as it may be repeated to them: whole, or its beginning. */
export function shortened(text: string): string {
  const letters = [...text];
  return letters.length <= MOST ? text : `${letters.slice(0, MOST - 1).join('')}…`;
}
