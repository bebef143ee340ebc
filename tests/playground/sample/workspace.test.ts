import { describe, expect, test } from 'vitest';
import { addDays, dayMs, dayOf, daysBetween } from '../../../db/days.ts';
import { sampleWorkspace } from '../../../playground/sample/workspace.ts';

const LAST_DAY = '2026-11-21';
const sample = sampleWorkspace(LAST_DAY);
const { users, channels, messages } = sample;
const dayOfTs = (ts: string): string => dayOf(Number(ts) * 1000);

function tally<T, K>(items: readonly T[], key: (item: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

describe('sampleWorkspace', () => {
  test('is the same for the same day, whatever was asked before', () => {
    sampleWorkspace('2024-02-29');
    expect(sampleWorkspace(LAST_DAY)).toEqual(sample);
  });

  test('says that it is a sample', () => {
    expect(sample.team.name).toContain('sample');
    expect(sample.team.domain).toContain('sample');
  });

  test.each(['2024-02-29', '2025-01-01', LAST_DAY])('is half a year that ends on %s', (lastDay) => {
    const days = sampleWorkspace(lastDay).messages.map(({ ts }) => dayOfTs(ts));
    const [first = lastDay] = days.toSorted();
    expect(days.toSorted().at(-1)).toBe(lastDay);
    expect(daysBetween(first, lastDay)).toBeGreaterThan(175);
    expect(days.length).toBeGreaterThan(7_500);
    expect(days.length).toBeLessThan(9_500);
  });

  test('has people of many names, and two bots', () => {
    const people = users.filter((user) => !user.isBot);
    expect(people).toHaveLength(40);
    expect(users).toHaveLength(42);
    expect(new Set(users.map(({ id }) => id)).size).toBe(users.length);
    const names = people.map(({ name }) => name);
    expect(names.some((name) => /\p{Script=Hebrew}/u.test(name))).toBe(true);
    expect(names.some((name) => /\p{Script=Arabic}/u.test(name))).toBe(true);
    expect(names.some((name) => /\p{Extended_Pictographic}/u.test(name))).toBe(true);
    expect(names.some((name) => name.includes("'"))).toBe(true);
    expect(names.some((name) => name.length > 60)).toBe(true);
    expect(names).toContain('*stella*_k');
  });

  test('avatars can be read: white on their colour has a contrast of 4.5 at least', () => {
    for (const { color } of users) expect(contrastWithWhite(color), color).toBeGreaterThan(4.5);
  });

  test('the private channel has its few members, and only they write there', () => {
    const hidden = channels.filter((channel) => channel.isPrivate);
    expect(hidden.map(({ name }) => name)).toEqual(['maintainers']);
    const members = new Set(hidden[0]?.members);
    expect(members.size).toBe(7);
    expect(members.has(sample.bot.userId)).toBe(true);
    const writers = messages.filter(({ channel }) => channel === hidden[0]?.id);
    expect(writers.length).toBeGreaterThan(300);
    expect(writers.every(({ user }) => members.has(user))).toBe(true);
  });

  test('everyone who writes is a member of the channel', () => {
    const members = new Map(channels.map(({ id, members }) => [id, new Set(members)]));
    for (const { channel, user } of messages) expect(members.get(channel)?.has(user)).toBe(true);
  });

  test('a ts occurs once in its channel, in order, and replies follow their parent', () => {
    const seen = new Set<string>();
    const last = new Map<string, number>();
    for (const { channel, ts, threadTs, editedTs } of messages) {
      expect(ts).toMatch(/^\d{10}\.\d{6}$/);
      expect(Number(ts)).toBeGreaterThanOrEqual(last.get(channel) ?? 0);
      last.set(channel, Number(ts));
      if (threadTs) expect(seen.has(`${channel} ${threadTs}`)).toBe(true);
      if (editedTs) expect(Number(editedTs)).toBeGreaterThan(Number(ts));
      expect(seen.has(`${channel} ${ts}`)).toBe(false);
      seen.add(`${channel} ${ts}`);
    }
  });

  test('threads are one level deep', () => {
    const replies = new Set(
      messages.filter(({ threadTs }) => threadTs).map((m) => `${m.channel} ${m.ts}`),
    );
    const deep = messages.filter((m) => m.threadTs && replies.has(`${m.channel} ${m.threadTs}`));
    expect(deep).toEqual([]);
  });

  test('weekends are quiet', () => {
    const byWeekday = tally(messages, ({ ts }) => new Date(Number(ts) * 1000).getUTCDay());
    const weekend = (byWeekday.get(0) ?? 0) + (byWeekday.get(6) ?? 0);
    for (const weekday of [1, 2, 3, 4, 5]) {
      expect(byWeekday.get(weekday)).toBeGreaterThan(weekend);
    }
  });

  test('people write in the working hours of their time zone', () => {
    for (const tz of ['Asia/Tokyo', 'America/Denver', 'Europe/Oslo']) {
      const hour = new Intl.DateTimeFormat('en', {
        timeZone: tz,
        hour: 'numeric',
        hourCycle: 'h23',
      });
      const ids = new Set(users.filter((user) => user.tz === tz).map(({ id }) => id));
      const hours = messages
        .filter(({ user, threadTs }) => ids.has(user) && !threadTs)
        .map(({ ts }) => Number(hour.format(Number(ts) * 1000)));
      const working = hours.filter((h) => h >= 7 && h < 20).length;
      expect(working / hours.length, tz).toBeGreaterThan(0.6);
    }
  });

  test('one person carries about a fifth of the talk', () => {
    const bots = new Set(users.filter((user) => user.isBot).map(({ id }) => id));
    const people = messages.filter(({ user }) => !bots.has(user));
    const counts = [...tally(people, ({ user }) => user).values()].sort((a, b) => b - a);
    const [top = 0, second = 0] = counts;
    expect(top / people.length).toBeGreaterThan(0.17);
    expect(top / people.length).toBeLessThan(0.24);
    expect(second / top).toBeLessThan(0.75);
    expect(counts).toHaveLength(40);
  });

  test('newcomers join over time, and a holiday shows', () => {
    const middle = dayMs(addDays(LAST_DAY, -91)) / 1000;
    const writers = (late: boolean): number =>
      new Set(messages.filter(({ ts }) => Number(ts) > middle === late).map(({ user }) => user))
        .size;
    expect(writers(true)).toBeGreaterThan(writers(false));
    const between = (from: number, to: number): number =>
      messages.filter(({ ts }) => {
        const ago = daysBetween(dayOfTs(ts), LAST_DAY);
        return ago >= to && ago <= from;
      }).length;
    expect(between(79, 73)).toBeLessThan(between(93, 87) * 0.6);
  });

  test('nothing is said again in a channel within days, but for a +1 or a smile', () => {
    const last = new Map<string, number>();
    for (const { channel, text, ts } of messages) {
      if (text.length < 8) continue;
      const before = last.get(`${channel} ${text}`) ?? 0;
      expect(Number(ts) - before, text).toBeGreaterThan(6 * 86_400);
      last.set(`${channel} ${text}`, Number(ts));
    }
  });

  test('a weekday that is spoken of is neither today nor tomorrow, wherever one reads', () => {
    const named = messages.filter(({ text }) => weekdaysIn(text).length > 0);
    expect(named.length).toBeGreaterThan(100);
    for (const { text, ts } of named) {
      const near = [-1, 0, 1].map((days) => weekdayName(Number(ts) + days * 86_400));
      expect(weekdaysIn(text).filter((name) => near.includes(name))).toEqual([]);
    }
  });

  test('versions are announced every other Tuesday, in their order', () => {
    const announced = messages.flatMap(({ text, ts }) => {
      const [, minor, patch] = /0\.(\d+)\.(\d+) of .* is out/.exec(text) ?? [];
      return minor ? [{ version: Number(minor) * 2 + Number(patch), ts: Number(ts) }] : [];
    });
    expect(announced.length).toBeGreaterThan(10);
    const [first] = announced;
    for (const [i, { version, ts }] of announced.entries()) {
      expect(version).toBe((first?.version ?? 0) + i);
      expect(weekdayName(ts)).toBe('Tuesday');
    }
  });

  test('people are greeted by the time of day where they are', () => {
    const greetings = messages.filter(({ text }) => text.startsWith('Good morning'));
    expect(greetings.length).toBeGreaterThan(20);
    for (const { user, ts } of greetings) {
      const timeZone = users.find(({ id }) => id === user)?.tz ?? '';
      const hour = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' });
      // Zones are taken as they are on the last day, so that summer time may be an hour off.
      expect(Number(hour.format(Number(ts) * 1000)), timeZone).toBeLessThanOrEqual(12);
    }
  });

  test('has threads, edits, mentions, links, code and emoji', () => {
    const share = (matches: (m: (typeof messages)[number]) => boolean): number =>
      messages.filter(matches).length / messages.length;
    expect(share(({ threadTs }) => threadTs !== undefined)).toBeGreaterThan(0.3);
    expect(share(({ editedTs }) => editedTs !== undefined)).toBeGreaterThan(0.01);
    expect(share(({ text }) => /<@U0SAMPLE\d\d>/.test(text))).toBeGreaterThan(0.01);
    expect(share(({ text }) => text.includes('https://'))).toBeGreaterThan(0.005);
    expect(share(({ text }) => text.includes('`'))).toBeGreaterThan(0.05);
    expect(share(({ text }) => /:\w+:/.test(text))).toBeGreaterThan(0.05);
    expect(messages.filter(({ text }) => /\{(?! "event")\w+\}|undefined/.test(text))).toEqual([]);
  });
});

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function weekdaysIn(text: string): string[] {
  return weekdays.filter((name) => text.includes(name));
}

function weekdayName(seconds: number): string {
  return weekdays[new Date(seconds * 1000).getUTCDay()] ?? '';
}

/** The contrast ratio of WCAG 2. */
function contrastWithWhite(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}
