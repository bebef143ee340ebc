/** Runs work one after the other for each name, in the order it was asked for. */
type InTurn = (name: string, work: () => Promise<void>) => Promise<void>;

export function createTurns(): InTurn {
  const last = new Map<string, Promise<void>>();
  return (name, work) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(work);
    // Whoever asked hears of a failure; the next one's turn comes all the same.
    last.set(
      name,
      turn.catch(() => {}),
    );
    return turn;
  };
}
