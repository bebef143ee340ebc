import type { TopLevelSpec } from 'vega-lite';
import { type AlertPost, keepAlertFile } from '../../db/alert-posts.ts';
import { alerts } from '../../reports/alerts.ts';
import type { Words } from '../../reports/report.ts';
import type { Theme } from '../../reports/theme.ts';
import type { AlertAround } from '../slack/alert-message.ts';
import { type PostingDeps, uploadChart } from '../slack/posting.ts';
import type { SaidIncident, ShownIncident } from './shown.ts';

/** An incident that may be drawn. */
export interface Drawable extends SaidIncident {
  readonly words: Words;
  /** True when the words are only that there are none. */
  readonly isFailed?: boolean;
  /** Undefined where there is no picture of it. */
  chart?(theme: Theme): TopLevelSpec | undefined;
}

/** The picture of a message: of the first incident that is open and can be drawn, or else the first that can. */
export async function pictureFor(
  deps: PostingDeps,
  post: AlertPost,
  incidents: readonly Drawable[],
  before: readonly ShownIncident[],
): Promise<AlertAround['picture']> {
  const drawn = drawingOf(incidents, ({ incident }) => incident.closedDay === null);
  if (!drawn) return undefined;
  const fileId = await fileFor(deps, post, drawn, picturedBefore(incidents, before));
  return fileId ? { fileId, of: incidents.indexOf(drawn.one) } : undefined;
}

interface Drawing {
  readonly one: Drawable;
  readonly spec: TopLevelSpec;
}

function drawingOf(
  incidents: readonly Drawable[],
  isOpen: (one: Drawable) => boolean,
): Drawing | undefined {
  const open = incidents.filter(isOpen);
  for (const one of [...open, ...incidents]) {
    const spec = one.chart?.('light');
    if (spec) return { one, spec };
  }
  return undefined;
}

/** What the picture shows that is out, by how the incidents were when it was drawn. */
function picturedBefore(
  incidents: readonly Drawable[],
  before: readonly ShownIncident[],
): Drawable | undefined {
  const states = new Map(before.map(({ id, state }) => [id, state]));
  const known = incidents.filter(({ incident }) => states.has(incident.id));
  return drawingOf(known, ({ incident }) => states.get(incident.id) !== 'resolved')?.one;
}

/**
 * The id of the chart's file; null without one. A message that is not out keeps the file of an earlier
 * attempt. For one that is out, the chart is drawn anew, to match its new words.
 */
async function fileFor(
  deps: PostingDeps,
  post: AlertPost,
  { one, spec }: Drawing,
  before: Drawable | undefined,
): Promise<string | null> {
  if (post.ts === null && post.fileId !== null) return post.fileId;
  const fileId = await uploadChart(deps, spec, { title: alerts.title, alt: one.words.alt });
  // Without it, the old one has to do, where it is of the same incident.
  if (fileId === undefined && one === before) return post.fileId;
  keepAlertFile(deps.db, post.id, fileId ?? null);
  return fileId ?? null;
}
