import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';

/** The picture is not to be had; whoever asked goes on in words. `cause` says why. */
export class PictureFailed extends Error {
  override name = 'PictureFailed';
}

interface Picture {
  readonly filename: string;
  readonly title: string;
  /** What it shows, for who does not see it; the file keeps the first 1,000 characters. */
  readonly altText: string;
}

/** Waits between looks at a file that Slack still works on: some 10 s in all. */
const LOOKS_MS = [100, 150, 250, 400, 600, 1000, 1500, 2000, 2000, 2000];
const UPLOAD_TIMEOUT_MS = 20_000;
const ALT_LIMIT = 1000;

/**
 * Uploads a picture without sharing it, and waits until a block can show it. Returns the id for
 * `slack_file`; throws PictureFailed.
 */
export async function uploadPicture(
  client: WebClient,
  png: Uint8Array,
  { filename, title, altText }: Picture,
): Promise<string> {
  try {
    // The SDK's types say alt_text; the method itself knows only alt_txt.
    const wanted = { filename, length: png.byteLength, alt_txt: altText.slice(0, ALT_LIMIT) };
    const place = await client.files.getUploadURLExternal(wanted);
    if (!place.upload_url || !place.file_id) throw new Error('Slack named no place to upload to');
    await post(place.upload_url, png);
    await client.files.completeUploadExternal({ files: [{ id: place.file_id, title }] });
    await untilReady(client, place.file_id);
    return place.file_id;
  } catch (cause) {
    throw new PictureFailed('a picture could not be uploaded', { cause });
  }
}

async function post(url: string, png: Uint8Array): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(png),
    signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`the upload was answered with ${response.status}`);
}

/** A file can be shown once it has a `mimetype`; blocks that come earlier are refused. */
async function untilReady(client: WebClient, file: string): Promise<void> {
  for (const wait of LOOKS_MS) {
    const answer = await client.files.info({ file });
    if (answer.file?.mimetype) return;
    await sleep(wait);
  }
  throw new Error('Slack did not finish the file in time');
}
