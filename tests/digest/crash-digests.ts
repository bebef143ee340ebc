import { createDigests } from '../../src/digest.ts';
import { killedParts, workWhenTold } from '../killed.ts';
import { edition } from './edition.ts';

/** Digests in a process of their own, for crash.test.ts to kill: posts what is due at an instant. */
let now = 0;
const write = () => edition({ chart: () => undefined });
const digests = createDigests({ ...killedParts(), now: () => now, write });
workWhenTold(digests.run, (at) => {
  now = at;
});
