import { alertsChart } from './alerts/chart.ts';
import { type Alerts, type AlertsParams, alertsParams, readAlerts } from './alerts/read.ts';
import { alertsTable } from './alerts/table.ts';
import { alertsWords } from './alerts/words.ts';
import type { Report } from './report.ts';

export const alerts: Report<AlertsParams, Alerts> = {
  name: 'alerts',
  title: 'Alerts',
  summary: 'What has dropped or risen, is vulnerable or keeps failing, and what explains it.',
  params: alertsParams,
  query: readAlerts,
  chart: alertsChart,
  words: alertsWords,
  table: alertsTable,
};
