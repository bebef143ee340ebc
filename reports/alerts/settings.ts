import { alertPlaceOf, type Purpose } from '../../db/alert-places.ts';
import type { WatchedKey } from '../../db/alert-series.ts';
import {
  EVERYTHING,
  EXTRAS,
  type Extra,
  extrasOf,
  ownSensitivities,
  type Sensitivity,
  sensitivityOf,
} from '../../db/alert-settings.ts';
import { findChannel, visibleChannels } from '../../db/channels.ts';
import type { Db } from '../../db/open.ts';
import type { Viewer } from '../../db/viewer.ts';
import { allOf, isolated, lowerFirst, orList, zoneWords } from '../words.ts';

/** How a workspace has it: where incidents are told, how easily, and what is watched as well. */
export interface AlertSettings {
  /** Undefined where they are told nowhere. */
  readonly place: ToldIn | undefined;
  readonly adminPlace: ToldIn | undefined;
  readonly sensitivity: Sensitivity;
  /** The watched subjects that have one of their own. */
  readonly own: readonly { readonly subjectName: string; readonly sensitivity: Sensitivity }[];
  readonly extras: ReadonlySet<Extra>;
}

interface ToldIn {
  /** `#releases`, or `a private channel` for whoever is not in it. */
  readonly name: string;
  readonly zone: string;
}

/** What can be watched beside the downloads and pulls of our own, as a sentence begins. */
export const EXTRA_NAMES: Readonly<Record<Extra, string>> = {
  stars: 'Drops of new stars',
  messages: 'Drops of messages in the public channels',
  rises: 'Sudden rises',
  dependencies: 'Downloads and pulls of dependencies',
  away: 'Whether the most active person is away by their status',
};

interface Named extends WatchedKey {
  readonly subjectName: string;
}

export function readSettings(db: Db, watched: readonly Named[], viewer: Viewer): AlertSettings {
  const names = new Map(watched.map((one) => [one.subjectId, one.subjectName]));
  const own = ownSensitivities(db).flatMap(({ subjectId, sensitivity }) => {
    const subjectName = names.get(subjectId);
    return subjectName === undefined ? [] : [{ subjectName, sensitivity }];
  });
  return {
    place: toldIn(db, viewer, 'alerts'),
    adminPlace: toldIn(db, viewer, 'admin'),
    sensitivity: sensitivityOf(db, EVERYTHING),
    own,
    extras: extrasOf(db),
  };
}

function toldIn(db: Db, viewer: Viewer, purpose: Purpose): ToldIn | undefined {
  const place = alertPlaceOf(db, viewer.workspaceId, purpose);
  return place && { name: channelName(db, viewer, place.channelId), zone: place.zone };
}

/** The name of a private channel is for its members; a guest knows no channel but their own. */
function channelName(db: Db, viewer: Viewer, channelId: string): string {
  const seen = visibleChannels(db, viewer).find(({ id }) => id === channelId);
  if (seen?.name) return `#${isolated(seen.name)}`;
  const channel = findChannel(db, viewer.workspaceId, channelId);
  return channel?.name && channel.isPrivate ? 'a private channel' : 'a channel';
}

/** Where incidents are told, or how to choose that. */
export function placeLines({ place, adminPlace }: AlertSettings): string[] {
  const alerts = place
    ? `Posted in ${place.name} (nights by ${zoneWords(place.zone)}).`
    : 'Posted nowhere: “/metrics alerts here” in a channel chooses it.';
  const failing = adminPlace
    ? `Failing sources are told in ${adminPlace.name}.`
    : 'Failing sources are told nowhere: “/metrics status here”, typed by an admin, chooses a channel.';
  return [`${alerts} ${failing}`];
}

/** How easily drops are told, and what is watched beside our own downloads and pulls. */
export function settingLines({ sensitivity, own, extras }: AlertSettings): string[] {
  const owned = [...Map.groupBy(own, (one) => one.sensitivity)].map(
    ([wanted, ones]) => `; ${wanted} for ${allOf(ones.map((one) => isolated(one.subjectName)))}`,
  );
  const { on = [], off = [] } = Object.groupBy(EXTRAS, (one) => (extras.has(one) ? 'on' : 'off'));
  const named = (ones: readonly Extra[]) =>
    allOf(ones.map((extra) => lowerFirst(EXTRA_NAMES[extra])));
  return [
    `Sensitivity: ${sensitivity}${owned.join('')}.`,
    ...(on.length > 0 ? [`Watched as well: ${named(on)}.`] : []),
    ...(off.length > 0 ? [`Not watched: ${named(off)}. ${howToWatch(off)}`] : []),
  ];
}

function howToWatch([first, ...others]: readonly string[]): string {
  const more = others.length > 0 ? ` (or ${orList(others)})` : '';
  return `“alerts watch ${first}”${more} changes that.`;
}
