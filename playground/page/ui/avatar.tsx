import type { Person } from '../../protocol.ts';
import { initialsOf, inkOn } from '../model/format.ts';

/** A person's initials on their colour; the name stands beside it wherever it is used. */
export function Avatar({ person, size = 36 }: { person: Person; size?: number }) {
  return (
    <span
      className={person.isBot ? 'avatar avatar-bot' : 'avatar'}
      style={{
        width: size,
        height: size,
        fontSize: Math.round(size * 0.39),
        background: person.color,
        color: inkOn(person.color),
      }}
      aria-hidden="true"
    >
      {person.isBot ? <Wave /> : initialsOf(person.name)}
    </span>
  );
}

function Wave() {
  return (
    <svg viewBox="0 0 32 32" width="72%" height="72%" aria-hidden="true" focusable="false">
      <path
        d="M5 20c3.500 0 3.500-8 7.500-8s4 8 7.500 8 3-4 7-4"
        fill="none"
        stroke="currentColor"
        strokeWidth="3.200"
        strokeLinecap="round"
      />
    </svg>
  );
}
