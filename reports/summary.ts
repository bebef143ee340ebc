import type { Report } from './report.ts';
import { summaryChart } from './summary/chart.ts';
import { type SummaryParams, summaryParams } from './summary/params.ts';
import { readSummary, type Summary } from './summary/read.ts';
import { summaryTable } from './summary/table.ts';
import { summaryWords } from './summary/words.ts';

export { isQuiet, summarySections } from './summary/sections.ts';

export const summary: Report<SummaryParams, Summary> = {
  name: 'summary',
  title: 'Summary',
  summary: 'What changed in the last whole day, week or month, and who made it happen.',
  params: summaryParams,
  query: readSummary,
  chart: summaryChart,
  words: summaryWords,
  table: summaryTable,
};
