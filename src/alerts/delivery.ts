import {
  type AlertPost,
  alertPostById,
  incidentsOfPost,
  type Note,
  noteChanges,
  takeAlertPost,
} from '../../db/alert-posts.ts';
import { judgedOf } from '../../db/alert-series.ts';
import { type Day, dayOf } from '../../db/days.ts';
import { type Incident, isMovement } from '../../db/incident.ts';
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
import { toldLoss } from '../../reports/course.ts';
import { whatIncident } from '../../reports/incident-words.ts';
import { presentAlert } from '../slack/alert-message.ts';
import { handOver, type Posting, type PostingDeps, settle } from '../slack/posting.ts';
import type { Mark } from '../slack/posts.ts';
import { presentSentence, type Shown } from '../slack/present.ts';
import { refusalOf } from '../slack/refusal.ts';
import { atNight, changesOf } from './changes.ts';
import { type Drawable, pictureFor } from './picture.ts';
import {
  isAlike,
  isDone,
  isLooked,
  keptOf,
  rowsOf,
  type ShownIncident,
  shownNow,
} from './shown.ts';

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
  const ids = incidents.map(({ id }) => id);
  const inWords = (incident: Incident) => describedOf(deps, workspaceId, incident, ids);
  const keep = (shown: string, notes: readonly Note[]) =>
    noteChanges(db, workspaceId, post, { shown, notes, now: new Date(now()).toISOString() });
  const through = judgedThrough(db, incidents);
  const endWhenDone = (shown: readonly ShownIncident[]) => {
    const known = new Map(shown.map((one) => [one.id, one]));
    const today = dayOf(now());
    if (incidents.every((incident) => isDone(incident, known.get(incident.id), today))) {
      endPosting(db, 'alert_post', post.id, 'done');
    }
  };
  // Most minutes change nothing, and the words of an incident take far longer than its row.
  const isSame =
    post.ts !== null && JSON.stringify(rowsOf(before, current, inWords)) === post.shown;
  if (isSame && isLooked(before, through)) return endWhenDone(before);
  const described = current.map(inWords);
  // What is out is better than that it can't be put into words.
  if (isSame && described.some(({ isFailed }) => isFailed)) {
    return putOffPosting(db, 'alert_post', post.id, later(deps, WORDS_AGAIN_MS));
  }
  const next = shownNow(before, described, through);
  const shown = JSON.stringify(next);
  if (post.ts !== null && isAlike(before, next)) {
    keep(JSON.stringify(keptOf(before, next)), []);
    return endWhenDone(next);
  }
  if (!(await isForChannel(deps, workspaceId, post, incidents))) {
    if (isOver) return endPosting(db, 'alert_post', post.id, 'done');
    return putOffPosting(db, 'alert_post', post.id, later(deps, ASK_AGAIN_MS));
  }
  const picture = await pictureFor(deps, post, described, before);
  const message = presentAlert(described, { picture, isSample: deps.isSample });
  if (post.ts === null) {
    await handOver(deps, postingOf(db, { ...post, shown }, mark), message);
  } else {
    await edit(deps, post, post.ts, message, mark);
    keep(shown, changesOf(before, described));
  }
  endWhenDone(next);
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

function later({ now }: PostingDeps, ms: number): string {
  return new Date(now() + ms).toISOString();
}

/** How long to wait before what failed is put into words again. */
const WORDS_AGAIN_MS = 600_000;

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

/** The last day that was judged of any of the series; undefined where none is watched. */
function judgedThrough(db: Db, incidents: readonly Incident[]): Day | undefined {
  const days = incidents
    .filter(isMovement)
    .flatMap((incident) => judgedOf(db, incident)?.judgedThrough ?? []);
  return days.toSorted().at(-1);
}

/** An incident that can't be put into words holds up no other. */
function describedOf(
  deps: PostingDeps,
  workspaceId: string,
  incident: Incident,
  beside: readonly number[],
): Drawable {
  try {
    return describe(deps, workspaceId, incident, beside);
  } catch (error) {
    const { id } = incident;
    deps.log.error({ incident: id, err: error }, 'an incident could not be put into words');
    const headline = `Incident ${id} (${whatIncident(incident)}) could not be put into words: the log tells why.`;
    return { incident, words: { headline, lines: [], notes: [], alt: headline }, isFailed: true };
  }
}

function describe(
  { db, now }: PostingDeps,
  workspaceId: string,
  incident: Incident,
  beside: readonly number[],
): Drawable {
  if (incident.kind === 'away') return { incident, words: awayWords(db, incident, now()) };
  const today = dayOf(now());
  const viewer = { workspaceId, privateChannelIds: [] };
  const found = alerts.query(db, { today, incident: incident.id, beside }, viewer);
  const { shown } = found;
  return {
    incident,
    words: alerts.words(found),
    ...(shown?.kind === 'movement' && { lost: toldLoss(incident, shown.course) }),
    chart: (theme) => alerts.chart(found, theme),
  };
}
