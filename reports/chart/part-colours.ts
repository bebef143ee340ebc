import type { Part } from '../parts.ts';
import type { Look } from '../theme.ts';

/** The colours of a part and of its label, by rank; what is no member by itself is grey. */
export function partColours({ kind }: Part, rank: number, look: Look) {
  if (kind === 'unknown') return { color: look.grid, ink: look.muted };
  if (kind === 'other') return { color: look.backdrop, ink: look.muted };
  const color = look.series[rank] ?? look.ink;
  return { color, ink: color };
}
