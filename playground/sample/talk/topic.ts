import type { Random } from '../random.ts';

/** A conversation to be had. */
export interface Topic {
  readonly open: readonly string[];
  /** In the order they make sense, any of them left out; `asker: ` marks the opener's own words. */
  readonly replies: readonly string[];
}

/** What stands for `{word}` in a topic. One conversation keeps its choices. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  project: ['Tidewater', 'Driftnet', 'Shoal'],
  version: ['0.18.2', '0.19.0', '0.19.1', '0.20.0', '0.20.3', '0.21.0'],
  table: ['orders_daily', 'sessions', 'invoice_lines', 'dim_customer', 'tides_raw', 'stg_events'],
  store: ['Postgres', 'SQLite', 'object storage', 'the warehouse', 'Parquet files', 'MySQL'],
  place: ['Lisbon', 'Nairobi', 'Kraków', 'Montréal', 'Kyoto', 'Medellín', 'Wellington'],
  weekday: ['Tuesday', 'Wednesday', 'Thursday'],
  setting: ['lineage.depth', 'retry.backoff', 'scheduler.slots', 'catalog.cache', 'tide.window'],
  number: ['12', '40', '150', '600', '1,800', '9,000', '2 million'],
  part: ['scheduler', 'lineage graph', 'catalog page', 'command line', 'retry queue', 'importer'],
};

/** Fills in the words of one conversation; the asker can be spoken to as `{asker}`. */
export type Fill = (template: string) => string;

export function createFill(random: Random, asker: string): Fill {
  const chosen = new Map([
    ['asker', `<@${asker}>`],
    ['pr', String(random.int(900, 2600))],
  ]);
  return (template) =>
    template.replace(/\{(\w+)\}/g, (_, word: string) => {
      const text = chosen.get(word) ?? random.pick(WORDS[word] ?? []);
      chosen.set(word, text);
      return text;
    });
}
