import { newId } from './store/ids.ts';

/** Trigger ids let an app open a modal for the person who just did something. */
export interface Triggers {
  create(user: string): string;
  /** Spends the trigger; answers whom it was made for, or Slack's error code. */
  spend(id: string): { readonly user: string } | { readonly error: string };
}

const TRIGGER_MS = 3000;

export function createTriggers(): Triggers {
  const triggers = new Map<string, { user: string; until: number; isSpent: boolean }>();
  return {
    create(user) {
      const id = `${Date.now()}.${newId('', 12)}.${newId('', 32).toLowerCase()}`;
      triggers.set(id, { user, until: Date.now() + TRIGGER_MS, isSpent: false });
      return id;
    },
    spend(id) {
      const trigger = triggers.get(id);
      if (!trigger) return { error: 'invalid_trigger_id' };
      if (trigger.isSpent) return { error: 'exchanged_trigger_id' };
      if (trigger.until < Date.now()) return { error: 'expired_trigger_id' };
      trigger.isSpent = true;
      return { user: trigger.user };
    },
  };
}
