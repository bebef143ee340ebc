import { useCallback, useEffect, useState } from 'react';
import type { State } from '../../protocol.ts';
import { ApiError, createApi, inWords } from '../lib/api.ts';
import { becomePerson, usePerson } from '../lib/route.ts';
import { WorkspaceProvider } from './workspace-provider.tsx';

const retryPause = 1_500;

/** Reads the workspace as the person in the address, and anew for every other person. */
export function App() {
  const person = usePerson();
  const [state, setState] = useState<State>();
  const [error, setError] = useState('');

  const load = useCallback(async () => {
    try {
      const loaded = await createApi(person).state();
      setState(loaded);
      setError('');
      if (loaded.me.id !== person) becomePerson(loaded.me.id);
    } catch (failure) {
      // Somebody from an earlier sample workspace: the server picks a person of this one.
      if (person && failure instanceof ApiError && failure.status >= 400 && failure.status < 500) {
        becomePerson(undefined);
      } else setError(inWords(failure));
    }
  }, [person]);

  useEffect(() => {
    if (state && state.me.id === person) return;
    void load();
  }, [person, state, load]);

  useEffect(() => {
    if (!error) return;
    const timer = setInterval(() => void load(), retryPause);
    return () => clearInterval(timer);
  }, [error, load]);

  if (state) {
    return <WorkspaceProvider key={state.me.id} state={state} refresh={load} />;
  }
  return (
    <main className="splash" aria-busy={!error}>
      <p role={error ? 'alert' : 'status'}>{error || 'Opening the workspace…'}</p>
    </main>
  );
}
