import type { Report } from './report.ts';
import { starsChart } from './stars/chart.ts';
import { readStars, type Stars, type StarsParams, starsParams } from './stars/history.ts';
import { starsTable } from './stars/table.ts';
import { starsWords } from './stars/words.ts';

export const stars: Report<StarsParams, Stars> = {
  name: 'stars',
  title: 'GitHub stars',
  summary: 'How the stars of repositories grow, and whether growth speeds up or slows down.',
  params: starsParams,
  query: readStars,
  chart: starsChart,
  words: starsWords,
  table: starsTable,
};
