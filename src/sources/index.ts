import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { createDockerhub } from './dockerhub.ts';
import { createGithub } from './github.ts';
import { createPypi } from './pypi.ts';
import type { Source } from './source.ts';

/** Every source that numbers come from, ready to be asked. */
export function createSources(config: Config, log: Logger): readonly Source[] {
  const { github, dockerhub, pypistats, bigquery, osv } = config;
  return [
    createGithub({ apiUrl: base(github.apiUrl), token: github.token, log }),
    createDockerhub({ apiUrl: base(dockerhub.apiUrl) }),
    createPypi({ apiUrl: base(pypistats.apiUrl), bigquery, osvUrl: base(osv.apiUrl) }),
  ];
}

/** The address without a slash at its end, because paths begin with one. */
function base(address: string): string {
  return address.replace(/\/+$/, '');
}
