import type { TopLevelSpec } from 'vega-lite';
import type { z } from 'zod';
import type { Db } from '../db/open.ts';
import type { Viewer } from '../db/viewer.ts';
import type { Theme } from './theme.ts';

/** What a report says in words: plain text throughout, escaped by whoever shows it. */
export interface Words {
  /** The finding in one sentence. It stands under the chart's title and opens the message. */
  readonly headline: string;
  /** What else is worth knowing, a sentence each. */
  readonly lines: readonly string[];
  /** Those of the lines that tell of what is around it: a message about several says them once. */
  readonly around?: readonly string[];
  /** The same lines by what they are about, where they are about several things. */
  readonly sections?: readonly WordsSection[];
  /** What the numbers lack, a sentence each; empty when they lack nothing. */
  readonly notes: readonly string[];
  /** The finding for someone who does not see the picture; at most 2,000 characters. */
  readonly alt: string;
  /** A ranked list, best first, where the report has one. */
  readonly ranking?: readonly RankedItem[];
}

/** Something is in it: an item or a line. */
export interface WordsSection {
  readonly title: string;
  /** What has a name, before the sentences; in `lines` of the whole they are sentences, too. */
  readonly items?: readonly RankedItem[];
  readonly lines: readonly string[];
}

export interface RankedItem {
  readonly name: string;
  readonly detail: string;
}

/** The numbers behind a chart, one row a mark, for CSV and JSON. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/**
 * A question that Groundswell can answer. Everything but `query` is pure, and `query` only reads:
 * no clock, no network, no Slack. "Today" is a parameter.
 */
export interface Report<Params = unknown, Data = unknown> {
  /** The subcommand and file name. */
  readonly name: string;
  readonly title: string;
  /** What it answers, in one line. */
  readonly summary: string;
  readonly params: z.ZodType<Params>;
  query(db: Db, params: Params, viewer: Viewer): Data;
  /** The chart, or undefined where there is nothing to draw. */
  chart(data: Data, theme: Theme): TopLevelSpec | undefined;
  words(data: Data): Words;
  table(data: Data): Table;
}

/** A report's answer to one question, ready for any door. */
export interface Answer {
  readonly title: string;
  readonly words: Words;
  readonly table: Table;
  chart(theme: Theme): TopLevelSpec | undefined;
}

/**
 * Asks `report`: checks the parameters, reads, and puts the finding into words. Chart and table, which
 * not every door shows, are made anew each time they are asked for.
 */
export function ask(report: Report, db: Db, params: unknown, viewer: Viewer): Answer {
  const data = report.query(db, report.params.parse(params), viewer);
  return {
    title: report.title,
    words: report.words(data),
    get table() {
      return report.table(data);
    },
    chart: (theme) => report.chart(data, theme),
  };
}
