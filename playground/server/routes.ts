import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { SlashCommandHint } from '../protocol.ts';
import { SlackFailure } from './failure.ts';
import { filesDoor } from './files-door.ts';
import { isLocal } from './guard.ts';
import type { Interaction } from './interaction.ts';
import { pageApi } from './page-api.ts';
import { Refusal } from './refusal.ts';
import { type Tokens, webApi } from './web-api.ts';

interface RouteOptions {
  readonly interaction: Interaction;
  readonly commands: readonly SlashCommandHint[];
  readonly tokens: Tokens;
  readonly page: RequestHandler | undefined;
}

/** Everything that is asked for by HTTP: who is let in, and which door leads where. */
export function routes(app: Express, options: RouteOptions): void {
  const { interaction, commands, tokens, page } = options;
  app.use(onlyThisMachine);
  app.all(
    '/api/:method',
    express.raw({ type: () => true, limit: '10mb' }),
    webApi(tokens, interaction),
  );
  app.post(
    ['/commands/:team/:id/:secret', '/actions/:team/:id/:secret'],
    express.json({ limit: '1mb' }),
    (request, response) => {
      interaction.responseUrls.use(String(request.params.secret), request.body);
      response.send('ok');
    },
  );
  app.use(filesDoor(interaction.store, tokens.bot));
  app.use('/playground/api', pageApi(interaction, commands));
  if (page) app.use(page);
  app.use(answerErrors);
}

const onlyThisMachine: RequestHandler = (request, response, next) => {
  if (isLocal(request.headers)) next();
  else response.status(403).send('This workspace answers only to this machine.');
};

/** People get words, apps Slack's codes; anything else is a bug and is shown as one. */
const answerErrors: ErrorRequestHandler = (error, _request, response, _next) => {
  if (error instanceof Refusal) {
    response.status(400).json({ error: error.message });
  } else if (error instanceof SlackFailure) {
    response.status(404).send(error.code);
  } else if (Number(error?.status) < 500) {
    response.status(error.status).json({ error: error.message });
  } else {
    console.error(error);
    response.status(500).json({ error: 'The playground has a bug; its console tells more.' });
  }
};
