import type { Report } from './report.ts';
import { versionsChart } from './versions/chart.ts';
import {
  readVersions,
  type VersionsData,
  type VersionsParams,
  versionsParams,
} from './versions/history.ts';
import { versionsTable } from './versions/table.ts';
import { versionsWords } from './versions/words.ts';

export const versions: Report<VersionsParams, VersionsData> = {
  name: 'versions',
  title: 'Versions',
  summary: 'Which releases are downloaded, and how many have a known vulnerability.',
  params: versionsParams,
  query: readVersions,
  chart: versionsChart,
  words: versionsWords,
  table: versionsTable,
};
