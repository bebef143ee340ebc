import { addDays } from '../../db/days.ts';
import { plural } from '../words.ts';
import type { State } from './judge.ts';
import { ago } from './phrases.ts';
import { SHOWN_DAYS, type Status } from './read.ts';
import type { DayMark } from './standings.ts';

const MINUTE_MS = 60_000;
/** How long an event may wait for its recording. */
const LATE_MINUTES = 5;
const BAD_MINUTES = 60;

/** Recording stands as the oldest waiting event; what can't be read is somebody's work. */
export function recordingState({ backlog, now }: Status): State {
  const { oldestAt, unreadable } = backlog;
  const minutes = oldestAt === null ? 0 : (now - Date.parse(oldestAt)) / MINUTE_MS;
  if (minutes > BAD_MINUTES) return 'bad';
  return minutes > LATE_MINUTES || unreadable > 0 ? 'late' : 'good';
}

/** For the board. */
export function recordingShortly(status: Status): string {
  const { recording, backlog, now } = status;
  if (recordingState(status) !== 'good') {
    return backlog.unreadable > 0
      ? `${plural(backlog.unreadable, 'event')} could not be read`
      : `${plural(backlog.waiting, 'event')} ${backlog.waiting === 1 ? 'waits' : 'wait'}`;
  }
  if (recording?.lastMessageAt) return `last message ${ago(recording.lastMessageAt, now)}`;
  return recording?.firstDay ? 'no message you may see' : 'no message recorded yet';
}

/** In sentences. */
export function recordingLines({ recording, backlog, now }: Status): string[] {
  if (!recording) return [];
  const { name, lastMessageAt, firstDay } = recording;
  const last = lastMessageAt
    ? `the last recorded message was written ${ago(lastMessageAt, now)}`
    : firstDay
      ? 'no message is recorded of the channels that you may see'
      : 'no message is recorded yet: invite the bot into the channels that it should count';
  const { waiting, oldestAt, unreadable } = backlog;
  const wait =
    waiting > 0 && oldestAt
      ? `${plural(waiting, 'event')} ${waiting === 1 ? 'waits' : 'wait'} in the inbox, the oldest came ${ago(oldestAt, now)}`
      : 'no event waits in the inbox';
  const lost =
    unreadable > 0
      ? [
          `${plural(unreadable, 'event')} from Slack could not be read: kept, and tried again at the next start.`,
        ]
      : [];
  return [`Slack (${name}): ${last}; ${wait}.`, ...lost];
}

/** A day without a message is quiet, not missing. */
export function recordingDays({ recording, today }: Status): (DayMark | undefined)[] {
  return Array.from({ length: SHOWN_DAYS }, (_, index) => {
    const day = addDays(today, index + 1 - SHOWN_DAYS);
    if (!recording?.firstDay || day < recording.firstDay) return undefined;
    if (!recording.days.has(day)) return 'quiet';
    return day === today ? 'open' : 'full';
  });
}
