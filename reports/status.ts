import type { Report } from './report.ts';
import { statusChart } from './status/chart.ts';
import { readStatus, type Status, type StatusParams, statusParams } from './status/read.ts';
import { statusTable } from './status/table.ts';
import { statusWords } from './status/words.ts';

export const status: Report<StatusParams, Status> = {
  name: 'status',
  title: 'Status of the data',
  summary: 'Whether the data is fresh and whole, source by source, and what is switched off.',
  params: statusParams,
  query: readStatus,
  chart: statusChart,
  words: statusWords,
  table: statusTable,
};
