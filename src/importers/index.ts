import type { Importer } from './importer.ts';
import { pulls } from './pulls.ts';
import { slackDays } from './slack-days.ts';
import { stars } from './stars.ts';

/** Every kind of CSV file that can be imported. */
export const importers: readonly Importer[] = [stars, pulls, slackDays];
