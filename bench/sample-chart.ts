import type { TopLevelSpec } from 'vega-lite';
import { IN_MEMORY, openDatabase } from '../db/open.ts';
import { sampleProjects } from '../playground/sample/projects.ts';
import { sampleWorkspace } from '../playground/sample/workspace.ts';
import { seed } from '../playground/seed.ts';
import { ask } from '../reports/report.ts';
import { stars } from '../reports/stars.ts';

const LAST_DAY = '2026-06-30';

/** The stars report of the sample projects, as `/metrics stars` would draw it. */
export function sampleChart(): { spec: TopLevelSpec; points: number } {
  const db = openDatabase(IN_MEMORY);
  const sample = sampleWorkspace(LAST_DAY);
  seed(db, sample, sampleProjects(LAST_DAY));
  const params = { today: '2026-07-01', to: LAST_DAY, granularity: 'daily' };
  const viewer = { workspaceId: sample.team.id, privateChannelIds: [] };
  const answer = ask(stars, db, params, viewer);
  const spec = answer.chart('light');
  if (!spec) throw new Error('the stars report draws nothing');
  return { spec, points: answer.table.rows.length };
}
