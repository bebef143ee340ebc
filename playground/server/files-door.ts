import express, { type Response, type Router } from 'express';
import { readForm } from './request.ts';
import type { Store } from './store/store.ts';
import type { StoredFile } from './store/types.ts';

const UPLOAD_LIMIT = '100mb';

/** Where bytes come in (the address of files.getUploadURLExternal) and where they are read. */
export function filesDoor(store: Store, botToken: string): Router {
  const door = express.Router();
  door.post(
    '/upload/v1/:id',
    express.raw({ type: () => true, limit: UPLOAD_LIMIT }),
    async (request, response) => {
      const file = store.files.get(String(request.params.id));
      const body: unknown = request.body;
      if (!file || file.bytes || !Buffer.isBuffer(body)) {
        response.status(404).send('no_such_upload');
        return;
      }
      const bytes = await uploaded(body, request.headers['content-type'] ?? '');
      if (bytes.length !== file.length) {
        response.status(400).send('wrong_length');
        return;
      }
      file.bytes = bytes;
      response.send(`OK - ${bytes.length}`);
    },
  );
  door.get('/files/:id/:name', (request, response) => {
    send(response, store.files.get(request.params.id));
  });
  door.get('/files-pri/:place/:name', (request, response) => {
    if (request.headers.authorization !== `Bearer ${botToken}`) {
      response.status(403).send('not_authed');
      return;
    }
    send(response, store.files.get(request.params.place.split('-').at(-1) ?? ''));
  });
  return door;
}

/** A form with one file in it, or the bare bytes. */
async function uploaded(body: Buffer, type: string): Promise<Buffer> {
  if (!type.includes('multipart/form-data')) return body;
  for (const [, value] of await readForm(body, type)) {
    if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer());
  }
  return Buffer.alloc(0);
}

/** What was uploaded is shown, never run: an SVG or HTML file gets no rights of this page. */
function send(response: Response, file: StoredFile | undefined): void {
  if (!file?.bytes) {
    response.status(404).send('file_not_found');
    return;
  }
  response
    .set({
      'content-type': file.mimetype ?? 'application/octet-stream',
      'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
    })
    .send(file.bytes);
}
