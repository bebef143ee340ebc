import { pino } from 'pino';
import { openDatabase } from '../../db/open.ts';
import { createSlack } from '../../src/slack/connection.ts';

/** The real connection in a process of its own, for crash.test.ts to kill. */
const [path = '', apiUrl = '', botToken = '', appToken = ''] = process.argv.slice(2);
const db = openDatabase(path);
const log = pino({ level: 'silent' });
const slack = createSlack({
  ...{ botToken, appToken, apiUrl, db, log },
  register: () => {},
  onLost: () => {},
});
await slack.start();
process.send?.('connected');
process.on('SIGTERM', async () => {
  await slack.stop();
  db.close();
  process.exit(0);
});
