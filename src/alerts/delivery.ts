import type { Logger } from 'pino';
import type { TopLevelSpec } from 'vega-lite';
import {
  type AlertPost,
  alertPostById,
  endAlertPost,
  incidentsOfPost,
  keepAlertFile,
  noteChanges,
  putOffAlertPost,
  releaseAlertPost,
  stampAlertPost,
  takeAlertPost,
} from '../../db/alert-posts.ts';
import { dayOf } from '../../db/days.ts';
import type { Incident } from '../../db/incident.ts';
import { incidentById } from '../../db/incidents.ts';
import type { Db } from '../../db/open.ts';
import { alerts } from '../../reports/alerts.ts';
import { type Answer, ask, type Words } from '../../reports/report.ts';
import type { Renderer } from '../render/renderer.ts';
import { presentAlert } from '../slack/alert-message.ts';
import type { Mark, Posts } from '../slack/posts.ts';
import { presentSentence, type Shown } from '../slack/present.ts';
import { refusalOf } from '../slack/refusal.ts';
import { labelAsSample } from '../slack/sample-label.ts';
import { awayWords } from './away.ts';
import { changesOf, type SaidIncident, type ShownIncident, shownOf } from './changes.ts';

export interface AlertDeliveryDeps {
  readonly db: Db;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly posts: Pick<Posts, 'post' | 'find' | 'upload' | 'update' | 'tell' | 'audienceOf'>;
  readonly renderer: Pick<Renderer, 'png'>;
  readonly isSample: boolean;
  /** How long Slack may still be at work on a message that it has not answered. */
  readonly settleMs: number;
}

/**
 * Brings a message about incidents up to date, or a note into its thread. As with digests: what is
 * handed to Slack is noted before, and a note without an answer means that the channel is asked
 * before anything is posted. Throws what Slack throws; called again, it goes on where it was.
 *
 * @param mayPost false at night: what is out is brought up to date, and nothing new is said
 */
export async function bringAlert(
  deps: AlertDeliveryDeps,
  workspaceId: string,
  post: AlertPost,
  mayPost: boolean,
): Promise<void> {
  const mark = markOf(deps.db, post);
  if (mark === undefined) return;
  const settled = await settle(deps, post, mark);
  if (settled === undefined) return;
  if (post.parentId !== null) return bringNote(deps, settled, mark, mayPost);
  await bringMessage(deps, workspaceId, settled, mark, mayPost);
}

/** Undefined for a note on a message that is not out. */
function markOf(db: Db, { id, parentId, isBroadcast }: AlertPost): Mark | undefined {
  if (parentId === null) return { id, part: 'message' };
  const threadTs = alertPostById(db, parentId)?.ts;
  return threadTs ? { id, part: 'details', threadTs, isBroadcast } : undefined;
}

/** Finds out what became of a post that was not answered; undefined while it is too early for that. */
async function settle(
  { db, now, posts, settleMs }: AlertDeliveryDeps,
  post: AlertPost,
  mark: Mark,
): Promise<AlertPost | undefined> {
  if (post.sentAt === null) return post;
  if (now() - Date.parse(post.sentAt) < settleMs) return undefined;
  const found = await posts.find(post.channelId, mark, post.claimedAt);
  if (found === undefined) releaseAlertPost(db, post.id);
  else stampAlertPost(db, post.id, found);
  return { ...post, sentAt: null, ts: found ?? post.ts };
}

async function bringNote(
  deps: AlertDeliveryDeps,
  post: AlertPost,
  mark: Mark,
  mayPost: boolean,
): Promise<void> {
  if (post.ts === null) {
    if (!mayPost) return;
    const isSent = await send(deps, post, presentSentence(post.text ?? ''), mark, null);
    if (!isSent) return;
  }
  endAlertPost(deps.db, post.id, 'done');
}

async function bringMessage(
  deps: AlertDeliveryDeps,
  workspaceId: string,
  post: AlertPost,
  mark: Mark,
  mayPost: boolean,
): Promise<void> {
  const { db, now } = deps;
  const incidents = incidentsOfPost(db, post.id).flatMap((id) => incidentById(db, id) ?? []);
  // Its subject turned out to be another one, and is gone.
  if (incidents.length === 0) return endAlertPost(db, post.id, 'done');
  const isOver = incidents.every(({ closedDay }) => closedDay !== null);
  if (post.ts === null) {
    // What was over before anybody was told is no news.
    if (isOver) return endAlertPost(db, post.id, 'done');
    if (!mayPost) return;
    if (!(await mayHear(deps, workspaceId, post, incidents))) {
      return putOffAlertPost(db, post.id, new Date(now() + ASK_AGAIN_MS).toISOString());
    }
    const told = incidents.map((incident) => tellOf(deps, workspaceId, incident));
    const shown = JSON.stringify(told.map(({ said }) => shownOf(said)));
    await send(deps, post, await present(deps, post, told), mark, shown);
  } else {
    const before = JSON.parse(post.shown ?? '[]') as ShownIncident[];
    const told = incidents.map((incident) => tellOf(deps, workspaceId, incident));
    const shown = JSON.stringify(told.map(({ said }) => shownOf(said)));
    if (shown !== post.shown) {
      await deps.posts.update(post.channelId, post.ts, await present(deps, post, told), mark);
      const notes = changesOf(
        before,
        told.map(({ said }) => said),
      );
      noteChanges(db, workspaceId, post, { shown, notes, now: new Date(now()).toISOString() });
    }
  }
  if (isOver) endAlertPost(db, post.id, 'done');
}

/** After this long, a channel may be shared with nobody any more. */
const ASK_AGAIN_MS = 24 * 3_600_000;

/** What is said in all public channels is not for those of another organisation. */
async function mayHear(
  { posts }: AlertDeliveryDeps,
  workspaceId: string,
  { channelId }: AlertPost,
  incidents: readonly Incident[],
): Promise<boolean> {
  if (!incidents.some(({ kind, source }) => kind !== 'away' && source === 'slack')) return true;
  const { publicChannelIds } = await posts.audienceOf(workspaceId, channelId);
  return publicChannelIds === undefined;
}

/** What is told of an incident. */
interface Told {
  readonly incident: Incident;
  readonly words: Words;
  readonly said: SaidIncident;
  /** Where there is a picture of it. */
  readonly answer?: Answer;
}

function tellOf({ db, now }: AlertDeliveryDeps, workspaceId: string, incident: Incident): Told {
  const today = dayOf(now());
  if (incident.kind === 'away') {
    const words = awayWords(db, incident, today);
    return { incident, words, said: { incident, ...words } };
  }
  const viewer = { workspaceId, privateChannelIds: [] };
  const answer = ask(alerts, db, { today, incident: incident.id }, viewer);
  const { words } = answer;
  return { incident, words, said: { incident, ...words }, answer };
}

async function present(
  deps: AlertDeliveryDeps,
  post: AlertPost,
  told: readonly Told[],
): Promise<Shown> {
  // The first that there is something to draw of.
  const [drawn] = told.flatMap(({ answer }, of) => {
    const spec = answer?.chart('light');
    return answer && spec ? [{ of, answer, spec }] : [];
  });
  const fileId = drawn && (await fileFor(deps, post, drawn));
  const picture = drawn && fileId ? { fileId, of: drawn.of } : undefined;
  return presentAlert(told, { picture, isSample: deps.isSample });
}

interface Drawing {
  readonly answer: Answer;
  readonly spec: TopLevelSpec;
}

/** Of a message that is out, drawn once more: the picture is to tell what the words do. */
async function fileFor(
  deps: AlertDeliveryDeps,
  post: AlertPost,
  drawn: Drawing,
): Promise<string | null> {
  if (post.ts === null && post.fileId !== null) return post.fileId;
  return (await upload(deps, post, drawn)) ?? post.fileId;
}

/** Uploads the picture; without it, the old one or the words have to do. */
async function upload(
  { db, renderer, posts, isSample, log }: AlertDeliveryDeps,
  post: AlertPost,
  { answer, spec }: Drawing,
): Promise<string | undefined> {
  try {
    const png = await renderer.png(isSample ? labelAsSample(spec) : spec);
    const fileId = await posts.upload(png, answer.title, answer.words.alt);
    keepAlertFile(db, post.id, fileId);
    return fileId;
  } catch (error) {
    log.error({ err: error }, 'the picture of an alert failed');
    return undefined;
  }
}

/** False when another process is at it. */
async function send(
  { db, now, posts }: AlertDeliveryDeps,
  { id, channelId }: AlertPost,
  message: Shown,
  mark: Mark,
  shown: string | null,
): Promise<boolean> {
  if (!takeAlertPost(db, id, new Date(now()).toISOString(), shown)) return false;
  try {
    stampAlertPost(db, id, await posts.post(channelId, message, mark));
    return true;
  } catch (error) {
    if (refusalOf(error).kind !== 'silent') releaseAlertPost(db, id);
    throw error;
  }
}
