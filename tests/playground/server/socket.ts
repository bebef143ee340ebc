import { WebSocket } from 'ws';
import type { WorkspaceServer } from '../../../playground/server/index.ts';

interface Frame {
  readonly type: string;
  readonly envelope_id: string;
  readonly retry_attempt: number;
  readonly retry_reason: string;
  readonly reason?: string;
  readonly payload: {
    readonly event_id: string;
    readonly event: Record<string, unknown>;
  } & Record<string, unknown>;
}

export interface AppSocket {
  /** Everything that came, `hello` first. */
  readonly frames: Frame[];
  /** The events among them. */
  events(): Frame[];
  ack(frame: Frame, payload?: object): void;
  close(): void;
}

/** Opens a Socket Mode connection by hand; `acks` says whether it acknowledges by itself. */
export async function openSocket(server: WorkspaceServer, acks: boolean): Promise<AppSocket> {
  const answer = await fetch(`${server.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.appToken}` },
  });
  const { url } = (await answer.json()) as { url: string };
  const socket = new WebSocket(url);
  const frames: Frame[] = [];
  const ack = ({ envelope_id }: Frame, payload?: object) =>
    socket.send(JSON.stringify({ envelope_id, ...(payload ? { payload } : {}) }));
  const hello = Promise.withResolvers<void>();
  socket.on('error', hello.reject);
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame;
    frames.push(frame);
    if (frame.type === 'hello') hello.resolve();
    else if (acks && frame.envelope_id) ack(frame);
  });
  await hello.promise;
  return {
    frames,
    events: () => frames.filter((frame) => frame.type === 'events_api'),
    ack,
    close: () => socket.close(),
  };
}
