import { afterEach, beforeEach, vi } from 'vitest';
import { type BigQueryServer, startBigQuery } from './bigquery-server.ts';

/** A BigQuery server for each test, which the real client finds by itself. */
export function useBigQuery(): () => BigQueryServer {
  let server: BigQueryServer;
  beforeEach(async () => {
    server = await startBigQuery();
    vi.stubEnv('BIGQUERY_EMULATOR_HOST', server.url);
    // No credentials of this machine, and no question for them to Google's own network.
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', undefined);
    vi.stubEnv('CLOUDSDK_CONFIG', '/nowhere');
    vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await server.close();
  });
  return () => server;
}
