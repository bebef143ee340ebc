import type { Posts } from '../src/slack/posts.ts';

/** A process that ends at one of its calls to Slack. */
export interface Dying {
  readonly posts: Posts;
  /** Resolved when it has ended. */
  readonly died: Promise<void>;
}

/**
 * Posts that never come back from the `at`-th call, whether Slack has heard of it or not: whoever
 * waits for them does nothing any more, as a process that was killed there.
 */
export function dying(posts: Posts, at: number, isHeard: boolean): Dying {
  const { promise: died, resolve: die } = Promise.withResolvers<void>();
  let calls = 0;
  const wrapped = new Proxy(posts, {
    get(target, name: keyof Posts) {
      const method = target[name] as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        calls += 1;
        if (calls !== at) return method(...args);
        if (isHeard) await method(...args);
        die();
        return new Promise<never>(() => {});
      };
    },
  });
  return { posts: wrapped, died };
}

/** Lets `run` come to its end, or die; answers whether it died. */
export async function outlive(run: Promise<void>, { died }: Dying): Promise<boolean> {
  return Promise.race([run.then(() => false), died.then(() => true)]);
}
