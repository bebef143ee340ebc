import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface TestServer {
  readonly url: string;
  /** `GET /path?query` of every request so far. */
  readonly requests: string[];
  answer: Answer;
  close(): Promise<void>;
}

/** A server on a free port that answers as told. */
export async function startServer(answer: Answer): Promise<TestServer> {
  const server = createServer((request, response) => {
    running.requests.push(`${request.method} ${request.url}`);
    running.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const running: TestServer = {
    url: `http://127.0.0.1:${port}`,
    requests: [],
    answer,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return running;
}

/** Answers with JSON text, or with another body. */
export function reply(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(body);
  };
}

export function page(status: number): Answer {
  return reply(status, '<!DOCTYPE html><title>Oh no</title>', { 'content-type': 'text/html' });
}

/** Announces all of `body`, sends half of it, and hangs up. */
export function cutOff(body: string): Answer {
  return (_request, response) => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.write(body.slice(0, body.length / 2), () => response.destroy());
  };
}
