import type { TopLevelSpec } from 'vega-lite';
import {
  type AlertPost,
  alertPostById,
  incidentsOfPost,
  keepAlertFile,
  noteChanges,
  takeAlertPost,
} from '../../db/alert-posts.ts';
import { dayOf } from '../../db/days.ts';
import type { Incident } from '../../db/incident.ts';
import { incidentById } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import {
  endPosting,
  putOffPosting,
  releasePosting,
  stampPosting,
} from '../../db/posting-ledger.ts';
import { mayHearOfAllChannels } from '../../db/viewer.ts';
import { awayWords } from '../../reports/alerts/away.ts';
import { alerts } from '../../reports/alerts.ts';
import { whatIncident } from '../../reports/incident-words.ts';
import type { Words } from '../../reports/report.ts';
import type { Theme } from '../../reports/theme.ts';
import { presentAlert } from '../slack/alert-message.ts';
import { handOver, type Posting, type PostingDeps, settle, uploadChart } from '../slack/posting.ts';
import type { Mark } from '../slack/posts.ts';
import { presentSentence, type Shown } from '../slack/present.ts';
import { refusalOf } from '../slack/refusal.ts';
import { atNight, changesOf, type SaidIncident, type ShownIncident, shownOf } from './changes.ts';

/**
 * Brings a message about incidents up to date, or a note into its thread; each is posted once. Throws
 * what Slack throws; called again, it goes on where it was.
 *
 * @param mayPost false at night: what is out is brought up to date, and nothing new is said
 */
export async function bringAlert(
  deps: PostingDeps,
  workspaceId: string,
  post: AlertPost,
  mayPost: boolean,
): Promise<void> {
  const mark = markOf(deps.db, post);
  if (mark === undefined) return;
  const found = await settle(deps, postingOf(deps.db, post, mark));
  if (found === undefined) return;
  const settled = { ...post, sentAt: null, ts: post.ts ?? found };
  if (post.parentId !== null) return bringNote(deps, settled, mark, mayPost);
  await bringMessage(deps, workspaceId, settled, mark, mayPost);
}

/** Undefined for a note on a message that is not out. */
function markOf(db: Db, { id, parentId, isBroadcast }: AlertPost): Mark | undefined {
  if (parentId === null) return { id, part: 'message' };
  const threadTs = alertPostById(db, parentId)?.ts;
  return threadTs ? { id, part: 'details', threadTs, isBroadcast } : undefined;
}

function postingOf(db: Db, post: AlertPost, mark: Mark): Posting {
  const { id, channelId, claimedAt, sentAt } = post;
  return {
    ...{ channelId, mark, claimedAt, sentAt },
    take: (at, before) => takeAlertPost(db, post, at, before),
    release: (at) => releasePosting(db, 'alert_post', id, at),
    stamp: (ts, at) => stampPosting(db, 'alert_post', id, ts, at),
  };
}

async function bringNote(
  deps: PostingDeps,
  post: AlertPost,
  mark: Mark,
  mayPost: boolean,
): Promise<void> {
  const { db } = deps;
  if (post.ts === null) {
    if (!mayPost) return;
    const words = presentSentence(post.text ?? '');
    if ((await handOver(deps, postingOf(db, post, mark), words)) === undefined) return;
  }
  endPosting(db, 'alert_post', post.id, 'done');
}

async function bringMessage(
  deps: PostingDeps,
  workspaceId: string,
  post: AlertPost,
  mark: Mark,
  mayPost: boolean,
): Promise<void> {
  const { db, now } = deps;
  const incidents = incidentsOfPost(db, post.id).flatMap(
    (id) => incidentById(db, id, workspaceId) ?? [],
  );
  // When a rename shows that two subjects are one, the incidents of one of them are deleted.
  if (incidents.length === 0) return endPosting(db, 'alert_post', post.id, 'done');
  const isOver = incidents.every(({ closedDay }) => closedDay !== null);
  if (post.ts === null) {
    // What was over before it was posted is no news.
    if (isOver) return endPosting(db, 'alert_post', post.id, 'done');
    if (!mayPost) return;
  }
  const before = JSON.parse(post.shown ?? '[]') as ShownIncident[];
  const current = mayPost ? incidents : incidents.map((incident) => atNight(before, incident));
  const inWords = (incident: Incident) => describedOf(deps, workspaceId, incident);
  // Most minutes change nothing, and the words of an incident take far longer than its row.
  const isSame = () => JSON.stringify(current.map((one) => shownOf(one, inWords))) === post.shown;
  if (post.ts !== null && isSame()) {
    if (isOver) endPosting(db, 'alert_post', post.id, 'done');
    return;
  }
  const described = current.map(inWords);
  if (!(await isForChannel(deps, workspaceId, post, incidents))) {
    if (isOver) return endPosting(db, 'alert_post', post.id, 'done');
    const until = new Date(now() + ASK_AGAIN_MS).toISOString();
    return putOffPosting(db, 'alert_post', post.id, until);
  }
  const shown = JSON.stringify(described.map((one) => shownOf(one.incident, () => one)));
  const message = await present(deps, post, described);
  if (post.ts === null) {
    await handOver(deps, postingOf(db, { ...post, shown }, mark), message);
  } else {
    await edit(deps, post, post.ts, message, mark);
    const notes = changesOf(before, described);
    noteChanges(db, workspaceId, post, { shown, notes, now: new Date(now()).toISOString() });
  }
  if (isOver) endPosting(db, 'alert_post', post.id, 'done');
}

/** Where Slack lets nobody edit the message any more, the notes in its thread have to do. */
async function edit(
  { posts, log }: PostingDeps,
  { id, channelId }: AlertPost,
  ts: string,
  shown: Shown,
  mark: Mark,
): Promise<void> {
  try {
    await posts.update(channelId, ts, shown, mark);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal.kind !== 'refused' || !UNEDITABLE.includes(refusal.code)) throw error;
    log.warn({ alert_post: id, code: refusal.code }, 'an alert can not be brought up to date');
  }
}

const UNEDITABLE = ['cant_update_message', 'edit_window_closed'];

/** How long to wait before asking again whether a channel is still shared with another organisation. */
const ASK_AGAIN_MS = 24 * 3_600_000;

/** What is said in all public channels is not for those of another organisation. */
async function isForChannel(
  { posts }: PostingDeps,
  workspaceId: string,
  { channelId }: AlertPost,
  incidents: readonly Incident[],
): Promise<boolean> {
  if (!incidents.some(({ kind, source }) => kind !== 'away' && source === 'slack')) return true;
  return mayHearOfAllChannels(await posts.audienceOf(workspaceId, channelId));
}

/** What a post says of an incident. */
interface Described extends SaidIncident {
  readonly words: Words;
  /** Undefined where there is no picture of it. */
  chart?(theme: Theme): TopLevelSpec | undefined;
}

/** An incident that can't be put into words holds up no other. */
function describedOf(deps: PostingDeps, workspaceId: string, incident: Incident): Described {
  try {
    return describe(deps, workspaceId, incident);
  } catch (error) {
    const { id } = incident;
    deps.log.error({ incident: id, err: error }, 'an incident could not be put into words');
    const headline = `Incident ${id} (${whatIncident(incident)}) could not be put into words: the log tells why.`;
    return { incident, words: { headline, lines: [], notes: [], alt: headline } };
  }
}

function describe({ db, now }: PostingDeps, workspaceId: string, incident: Incident): Described {
  if (incident.kind === 'away') return { incident, words: awayWords(db, incident, now()) };
  const today = dayOf(now());
  const viewer = { workspaceId, privateChannelIds: [] };
  const found = alerts.query(db, { today, incident: incident.id }, viewer);
  return {
    incident,
    words: alerts.words(found),
    isMadeUp: found.shown?.kind === 'movement' && found.shown.course.isMadeUp,
    chart: (theme) => alerts.chart(found, theme),
  };
}

async function present(
  deps: PostingDeps,
  post: AlertPost,
  described: readonly Described[],
): Promise<Shown> {
  // The first that can be drawn.
  const [drawn] = described.flatMap(({ words, chart }, of) => {
    const spec = chart?.('light');
    return spec ? [{ of, spec, alt: words.alt }] : [];
  });
  const fileId = drawn && (await fileFor(deps, post, drawn));
  const picture = drawn && fileId ? { fileId, of: drawn.of } : undefined;
  return presentAlert(described, { picture, isSample: deps.isSample });
}

interface Drawing {
  readonly spec: TopLevelSpec;
  readonly alt: string;
}

/**
 * The id of the chart's file; null without one. A message that is not out keeps the file of an earlier
 * attempt. For one that is out, the chart is drawn anew, to match its new words.
 */
async function fileFor(
  deps: PostingDeps,
  post: AlertPost,
  { spec, alt }: Drawing,
): Promise<string | null> {
  if (post.ts === null && post.fileId !== null) return post.fileId;
  const fileId = await uploadChart(deps, spec, { title: alerts.title, alt });
  // Without it, the old one has to do.
  if (fileId === undefined) return post.fileId;
  keepAlertFile(deps.db, post.id, fileId);
  return fileId;
}
