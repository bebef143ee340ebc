import { useSyncExternalStore } from 'react';

type Theme = 'light' | 'dark';

const remembered = 'groundswell.theme';
const changed = 'groundswell:theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');

/** Shows the chosen theme, or the system's, from now on and when either changes. */
export function followTheme(): void {
  const apply = () => {
    document.documentElement.dataset.theme = currentTheme();
  };
  apply();
  onChange(apply);
}

/** Switches to the other theme. What equals the system's choice is not remembered: it is followed. */
export function switchTheme(): void {
  const next: Theme = currentTheme() === 'dark' ? 'light' : 'dark';
  if (next === systemTheme()) localStorage.removeItem(remembered);
  else localStorage.setItem(remembered, next);
  window.dispatchEvent(new Event(changed));
}

export function useTheme(): Theme {
  return useSyncExternalStore(onChange, currentTheme);
}

function currentTheme(): Theme {
  const stored = localStorage.getItem(remembered);
  return stored === 'dark' || stored === 'light' ? stored : systemTheme();
}

function systemTheme(): Theme {
  return system.matches ? 'dark' : 'light';
}

function onChange(notify: () => void): () => void {
  system.addEventListener('change', notify);
  window.addEventListener(changed, notify);
  return () => {
    system.removeEventListener('change', notify);
    window.removeEventListener(changed, notify);
  };
}
