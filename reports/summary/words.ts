import { usualText } from '../pace.ts';
import type { Words } from '../report.ts';
import { altText, count } from '../words.ts';
import { type Calendar, periodPhrase } from './calendar.ts';
import { measures } from './measures.ts';
import { isBehind, type Panel } from './panels.ts';
import type { Summary } from './read.ts';
import { headlineOf, summarySections } from './sections.ts';
import { standingText } from './standing.ts';

export function summaryWords(summary: Summary): Words {
  const headline = headlineOf(summary);
  const all = summarySections(summary);
  const sections = all.filter(({ section }) => section !== 'missing');
  const lines = sections.flatMap((section) => section.lines);
  const notes = all
    .filter(({ section }) => section === 'missing')
    .flatMap((section) => section.lines);
  const numbers = summary.panels.map((panel) => panelSentence(panel, summary.calendar));
  return {
    headline,
    lines,
    sections: sections.map(({ title, lines }) => ({ title, lines })),
    notes,
    alt: altText([headline, ...numbers, ...lines, ...notes]),
  };
}

/** What the picture shows of a measure. */
function panelSentence(panel: Panel, calendar: Calendar): string {
  const { measure, verdict } = panel;
  const when = isBehind(panel, calendar) ? ` ${periodPhrase(panel.calendar)}` : '';
  const title = `${measures[measure].title}${when}`;
  if (!verdict) return `${title}: not known.`;
  const { value, before } = verdict;
  const rival = before === null ? '' : `, ${count(before)} before`;
  const standing = standingText(panel, (low, high) => usualText({ low, high }, value));
  return `${title}: ${count(value)}${rival}${standing && `, ${standing}`}.`;
}
