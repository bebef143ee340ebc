import type { Request } from 'express';
import { SlackFailure } from './failure.ts';

/** The arguments of a Web API call, as text from a form or as values from JSON. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Reads query, form, multipart or JSON arguments. The body must have been read as raw bytes. */
export async function readArguments(request: Request): Promise<Arguments> {
  const query = Object.fromEntries(new URL(request.url, 'http://localhost').searchParams);
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body) || body.length === 0) return query;
  const type = request.headers['content-type'] ?? '';
  if (type.includes('json')) return { ...query, ...readJson(body.toString()) };
  if (type.includes('multipart/form-data')) {
    return { ...query, ...Object.fromEntries(await readForm(body, type)) };
  }
  return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString())) };
}

export function readForm(body: Buffer, type: string): Promise<FormData> {
  return new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
}

function readJson(text: string): Arguments {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SlackFailure('json_not_object');
  }
  return { ...value };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SlackFailure('invalid_json');
  }
}

/** The token of the Authorization header, or else the `token` argument. */
export function tokenOf(request: Request, args: Arguments): string | undefined {
  const header = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (header !== undefined) return header;
  return typeof args.token === 'string' && args.token !== '' ? args.token : undefined;
}
