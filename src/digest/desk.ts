import type { DigestDesk, Edition, Said, WantedDigest } from '../../commands/digest-desk.ts';
import { type Digest, reopenRefused } from '../../db/digests.ts';
import { InputError } from '../../db/input-error.ts';
import type { Db } from '../../db/open.ts';
import {
  type Cadence,
  listSubscriptions,
  removeSubscription,
  type Subscription,
  saveSubscription,
} from '../../db/subscriptions.ts';
import { knownZone } from '../../db/wall-time.ts';
import { here, mustBeChannel } from '../slack/here.ts';
import type { Posts } from '../slack/posts.ts';
import { cadenceOf, earlyWords, everyOf } from './choice.ts';
import { chosenWords } from './content.ts';
import { patienceMs } from './due.ts';
import { listItems } from './list.ts';
import { pauseReason } from './pause.ts';
import { kindWords, scheduleWords } from './words.ts';

/** Who asks, and where. */
interface Asker {
  readonly workspaceId: string;
  readonly userId: string;
  readonly channelId: string;
}

/** A choice of all there is to choose. */
export type Choice = WantedDigest & Partial<Pick<Subscription, 'sections' | 'subjectIds'>>;

interface Desk extends DigestDesk {
  /** @param edited the kind of digest that is being changed, maybe into one of another kind */
  subscribe(wanted: Choice, edited?: Cadence['every']): Promise<Said>;
}

/** `open` shows the asker a window to choose in, filled with what there is. */
export type DeskOf = (asker: Asker, open: (draft: Subscription) => Promise<void>) => Desk;

interface DeskDeps {
  readonly db: Db;
  readonly now: () => number;
  readonly posts: Posts;
  readonly sendNow: (subscription: Subscription) => Promise<Digest | undefined>;
  readonly preview: (subscription: Subscription) => Promise<Edition>;
}

const NEW: Pick<
  Subscription,
  'id' | 'whenQuiet' | 'sections' | 'subjectIds' | 'paused' | 'toldAt'
> = {
  id: 0,
  whenQuiet: 'line',
  sections: null,
  subjectIds: null,
  paused: null,
  toldAt: null,
};

const NO_DIRECT =
  'A digest is that of a channel: type this there. For yourself there is “/metrics summary”.';

/** A subscription as it is, if there is one, and as it would be. */
interface Draft {
  readonly before: Subscription | undefined;
  /** The one of another kind whose place it takes. */
  readonly replaced: Subscription | undefined;
  readonly after: Subscription;
  /** False where nobody says in which zone the clocks are to be read. */
  readonly isZoneKnown: boolean;
}

export function createDesk({ db, now, posts, sendNow, preview }: DeskDeps): DeskOf {
  return (asker, open) => {
    const { workspaceId, userId, channelId } = asker;
    const current = () => listSubscriptions(db, workspaceId, channelId);

    /** The subscription as it would be with what is wanted. */
    async function drafted(choice: Choice, edited?: Cadence['every']): Promise<Draft> {
      const all = current();
      const every = everyOf(choice.every ?? edited, all);
      const before = all.find((one) => one.every === every);
      const replaced = all.find((one) => one.every === edited && edited !== every);
      // Of another kind, it comes on another day, but at the same time.
      const wanted = { ...(replaced && { minute: replaced.minute }), ...choice };
      const like = replaced ?? before;
      const zone = wanted.zone ?? knownZone(like?.zone) ?? knownZone(await posts.zoneOf(userId));
      const { whenQuiet, sections, subjectIds } = { ...NEW, ...before, ...wanted };
      const after = {
        ...NEW,
        ...before,
        ...{ workspaceId, channelId, userId, whenQuiet, sections, subjectIds },
        ...cadenceOf(every, wanted, before, zone ?? 'UTC', now()),
        since: new Date(now()).toISOString(),
      };
      return { before, replaced, after, isZoneKnown: zone !== undefined };
    }

    /**
     * A digest that is due stays due, unless it is wanted at another time. Returns true when one
     * that Slack refused is taken up again.
     */
    function save({ before, replaced, after }: Draft): boolean {
      if (replaced) removeSubscription(db, replaced.id);
      if (!before || before.paused !== null || differIn(CADENCE, before, after)) {
        saveSubscription(db, after);
      } else if (differIn(CONTENT, before, after)) {
        saveSubscription(db, { ...after, since: before.since });
      }
      if (!before || before.paused === null) return false;
      return reopenRefused(db, before.id, new Date(now() - patienceMs(after)).toISOString());
    }

    /** The subscription of that cadence; without one, the only one. */
    function chosen(every: Cadence['every'] | undefined): Subscription {
      const all = current();
      const found = all.filter((one) => every === undefined || one.every === every);
      const [only, ...more] = found;
      if (only && more.length === 0) return only;
      if (!only) throw new InputError(noneWords(every, all));
      const kinds = all.map((one) => kindWords(one.every)).join(' or ');
      throw new InputError(`This channel has several digests: say which one, ${kinds}.`);
    }

    return {
      async subscribe(wanted, edited) {
        mustBeChannel(channelId, NO_DIRECT);
        const draft = await drafted(wanted, edited);
        await here(() => posts.probe(channelId));
        const isResumed = db.transaction(() => save(draft))();
        const schedule = `${scheduleWords(draft.after, now())}.`;
        const owed = isResumed ? ['The one that I could not post comes within minutes.'] : [];
        const isBare = Object.keys(wanted).length === 0;
        const other = isBare ? otherWords(draft) : [];
        const chosen = chosenWords(db, draft.after).join(' ');
        // In the window, all there is to choose has just been chosen.
        const isChoice = 'sections' in wanted;
        const told = chosen === '' ? 'everything, of all that is ours' : chosen;
        const content = isChoice || chosen !== '' ? [`It tells ${told}.`] : [];
        const rest = hints(draft, now(), isChoice);
        return { sentence: [schedule, ...owed, ...other, ...content, ...rest].join(' ') };
      },
      async choose(every) {
        mustBeChannel(channelId, NO_DIRECT);
        const { after } = await drafted(every ? { every } : {});
        await here(() => posts.probe(channelId));
        await open(after);
        return { sentence: 'Choose in the window that has opened, and press Subscribe.' };
      },
      async preview(every) {
        mustBeChannel(channelId, NO_DIRECT);
        const { after } = await drafted(every ? { every } : {});
        return here(() => preview(after));
      },
      async sendNow(every) {
        mustBeChannel(channelId, NO_DIRECT);
        const subscription = chosen(every);
        if (subscription.paused !== null) throw new InputError(pausedWords(subscription));
        return { sentence: sentWords(subscription, await sendNow(subscription)) };
      },
      unsubscribe(every) {
        mustBeChannel(channelId, NO_DIRECT);
        const all = current();
        const ended = all.filter((one) => every === undefined || one.every === every);
        if (ended.length === 0) throw new InputError(noneWords(every, all));
        for (const { id } of ended) removeSubscription(db, id);
        const kinds = ended.map((one) => kindWords(one.every)).join(' or ');
        return { sentence: `This channel no longer gets a ${kinds} digest.` };
      },
      list: (viewer) => listItems(db, viewer, channelId, now()),
    };
  };
}

const CADENCE = ['onDay', 'minute', 'zone'] as const;
const CONTENT = ['whenQuiet', 'sections', 'subjectIds'] as const;

function differIn(
  keys: readonly (keyof Subscription)[],
  before: Subscription,
  after: Subscription,
): boolean {
  return keys.some((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

/** Nothing was named, and so the one there is was meant: not everybody knows of it. */
function otherWords({ before }: Draft): string[] {
  if (!before || before.every === 'week') return [];
  return [
    `That is the ${kindWords(before.every)} digest that this channel has already; “/metrics subscribe weekly” adds a weekly one.`,
  ];
}

function hints(
  { replaced, after: subscription, isZoneKnown }: Draft,
  now: number,
  isChoice: boolean,
): string[] {
  const early = earlyWords(subscription, now);
  const kind = kindWords(subscription.every);
  return [
    ...(replaced ? [`It takes the place of the ${kindWords(replaced.every)} digest.`] : []),
    ...(isZoneKnown
      ? []
      : ['Slack did not tell me your time zone: “/metrics subscribe in Europe/Berlin” sets it.']),
    ...(early === undefined ? [] : [early]),
    ...(subscription.whenQuiet === 'nothing'
      ? [
          `When there is nothing to say, nothing is posted: “/metrics subscribe ${kind} always” posts a line then.`,
        ]
      : []),
    `“/metrics subscribe preview ${kind}” shows it to you now${isChoice ? '' : `; “subscribe choose ${kind}” opens a window for what it tells of`}.`,
  ];
}

function noneWords(every: Cadence['every'] | undefined, all: readonly Subscription[]): string {
  const begin = `“/metrics subscribe${every ? ` ${kindWords(every)}` : ''}” begins one.`;
  if (every === undefined || all.length === 0) return `This channel has no digest yet: ${begin}`;
  return `This channel has no ${kindWords(every)} digest: ${begin}`;
}

function pausedWords({ every, paused }: Subscription): string {
  const kind = kindWords(every);
  return `The ${kind} digest is paused: ${pauseReason(paused ?? '')}. Then “/metrics subscribe ${kind}” starts it again.`;
}

function sentWords({ every }: Subscription, digest: Digest | undefined): string {
  const kind = kindWords(every);
  switch (digest?.outcome) {
    case 'posted':
      return `The ${kind} digest is posted.`;
    case 'quiet':
      return 'There is nothing to say, and this channel chose to get no message then.';
    case 'refused':
      return `Slack does not take the ${kind} digest here, so it is paused: “/metrics subscriptions” says why.`;
    default:
      if (digest?.sentAt == null) {
        return `The ${kind} digest could not be posted: I try again every few minutes.`;
      }
      return `Slack has not answered yet: the ${kind} digest is looked after, and will be here within minutes.`;
  }
}
