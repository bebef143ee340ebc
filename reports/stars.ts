import type { Report } from './report.ts';
import { starsChart } from './stars/chart.ts';
import { readStars, type Stars, type StarsParams, starsParams } from './stars/history.ts';
import { ageNotes } from './stars/notes.ts';
import { STARS } from './totals/kind.ts';
import { totalsTable } from './totals/table.ts';
import { totalsWords } from './totals/words.ts';

export const stars: Report<StarsParams, Stars> = {
  name: 'stars',
  title: STARS.title,
  summary: 'How the stars of repositories grow, and whether growth speeds up or slows down.',
  params: starsParams,
  query: readStars,
  chart: starsChart,
  words: (data) => totalsWords(data, STARS, ageNotes(data)),
  table: (data) => totalsTable(data, STARS),
};
