import { addDays, type Day } from '../../db/days.ts';
import type { Cadence } from '../../db/subscriptions.ts';
import { isQuiet, summary, summarySections } from '../../reports/summary.ts';
import { dayName, shortMonth } from '../../reports/words.ts';
import type { Editor } from './delivery.ts';
import { detailsOf } from './details.ts';
import { kindWords } from './words.ts';

/** A digest is the summary of the last whole day, week or month. */
export const writeEdition: Editor = (db, wanted, viewer) => {
  const { every, sections, subjectIds, today, readOn, downloadsTold } = wanted;
  const params = summary.params.parse({
    today,
    to: addDays(today, -1),
    readOn,
    granularity: kindWords(every),
    ...(sections && { sections }),
    ...(subjectIds && { subjectIds }),
    ...(downloadsTold && { downloadsTold }),
  });
  const data = summary.query(db, params, viewer);
  const downloads = data.panels.find(({ measure, verdict }) => measure === 'downloads' && verdict);
  const { headline, alt } = summary.words(data);
  return {
    title: titleOf(every, data.calendar.span.start),
    headline,
    alt,
    isQuiet: isQuiet(data),
    chart: (theme) => summary.chart(data, theme),
    sections: summarySections(data).map(({ section, title, lines }) => ({
      name: section,
      title,
      lines,
    })),
    details: detailsOf(data),
    downloadsThrough: downloads?.calendar.span.end,
  };
};

/** `Week of 16 Nov 2026`, `Nov 2026` or `16 Nov 2026`. */
function titleOf(every: Cadence['every'], start: Day): string {
  if (every === 'week') return `Week of ${dayName(start)}`;
  return every === 'day' ? dayName(start) : shortMonth(start);
}
