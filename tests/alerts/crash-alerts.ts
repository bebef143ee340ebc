import { createTelling } from '../../src/alerts/telling.ts';
import { killedParts, workWhenTold } from '../killed.ts';

/** Alerts in a process of their own, for crash.test.ts to kill: tells what is open at an instant. */
let now = 0;
const telling = createTelling({ ...killedParts(), now: () => now });
workWhenTold(telling.run, (at) => {
  now = at;
});
