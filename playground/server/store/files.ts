import { newId } from './ids.ts';
import { inspect } from './image.ts';
import type { StoredFile } from './types.ts';

interface NewFile {
  readonly name: string;
  readonly user: string;
  /** Bytes that were announced. */
  readonly length: number;
  readonly altText: string;
}

export interface Files {
  /** Announces a file; its bytes follow. */
  announce(file: NewFile): StoredFile;
  get(id: string): StoredFile | undefined;
  /** Ends an upload: after the processing delay the file has a type and `done` is called. */
  complete(file: StoredFile, done: () => void): void;
  stop(): void;
}

export function createFiles(processingMs: number): Files {
  const files = new Map<string, StoredFile>();
  const timers = new Set<NodeJS.Timeout>();
  return {
    announce({ name, user, length, altText }) {
      const file: StoredFile = {
        id: newId('F'),
        name,
        user,
        title: name,
        altText,
        length,
        created: Math.floor(Date.now() / 1000),
        bytes: undefined,
        mimetype: undefined,
        width: 0,
        height: 0,
        shares: [],
      };
      files.set(file.id, file);
      return file;
    },
    get: (id) => files.get(id),
    complete(file, done) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        Object.assign(file, inspect(file.bytes ?? Buffer.alloc(0), file.name));
        done();
      }, processingMs);
      timers.add(timer);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
