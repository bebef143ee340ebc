import { setTimeout as pause } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import type { WebAPICallResult } from '@slack/web-api';
import { createCanvas } from 'canvas';
import type { WorkspaceServer } from '../../playground/server/index.ts';
import { appOf } from '../playground/server/app.ts';

/** What uploadV2 answers; its own type does not say. */
type UploadAnswer = WebAPICallResult & { files: { files: { id: string }[] }[] };

export const ALT = 'Stars rise from 100 to 250.';

/**
 * A small app: a command that answers with a picture and a button, whose clicks are acknowledged
 * at once and answered when `buttonsMayAnswer` is resolved.
 */
export function starsApp(server: WorkspaceServer, buttonsMayAnswer: Promise<void>): App {
  const app = appOf(server);
  app.command('/metrics', async ({ ack, client, command, respond }) => {
    await ack();
    const file = createCanvas(1600, 800).toBuffer('image/png');
    const upload = await client.files.uploadV2({ file, filename: 'stars.png' });
    const id = (upload as UploadAnswer).files[0]?.files[0]?.id ?? '';
    while (!(await client.files.info({ file: id })).file?.mimetype) await pause(10);
    await respond({
      response_type: 'ephemeral',
      text: `Here are the ${command.text}`,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: `*Here are the ${command.text}*` } },
        { type: 'image', slack_file: { id }, alt_text: ALT },
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'daily',
              value: 'daily',
              text: { type: 'plain_text', text: 'Daily' },
            },
          ],
        },
      ],
    });
  });
  app.action('daily', async ({ ack, respond }) => {
    await ack();
    await buttonsMayAnswer;
    await respond({ text: 'You chose daily', replace_original: false });
  });
  return app;
}
