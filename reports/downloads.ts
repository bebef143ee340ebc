import { downloadsChart } from './downloads/chart.ts';
import { type Downloads, readDownloads } from './downloads/history.ts';
import { type DownloadsParams, downloadsParams } from './downloads/params.ts';
import { downloadsTable } from './downloads/table.ts';
import { downloadsWords } from './downloads/words.ts';
import type { Report } from './report.ts';

export const downloads: Report<DownloadsParams, Downloads> = {
  name: 'downloads',
  title: 'PyPI downloads',
  summary: 'How often packages are downloaded, and by which versions, systems and countries.',
  params: downloadsParams,
  query: readDownloads,
  chart: downloadsChart,
  words: downloadsWords,
  table: downloadsTable,
};
