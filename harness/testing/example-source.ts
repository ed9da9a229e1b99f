import type { SnapshotSource } from '../capture/write-snapshot.ts'
import { type CopyValue, toCopyLine } from '../ground/copy-text.ts'
import { withTemporaryFolder as withTemporary } from '../ground/temporary-folder.ts'

/** A small snapshot for tests: two tables, a foreign key between them, a sequence. Parts can be replaced. */
export function toExampleSource(changes: Partial<SnapshotSource> = {}): SnapshotSource {
  return {
    name: 'example',
    takenAt: '2026-01-06T06:00:00Z',
    postgres: { version: '17.4', major: 17 },
    preData: `CREATE TABLE public."Ward" ("id" serial, "name" text NOT NULL);
CREATE TABLE public.bed (code text NOT NULL, "wardId" integer);
`,
    postData: `ALTER TABLE ONLY public."Ward" ADD CONSTRAINT "Ward_pkey" PRIMARY KEY ("id");
ALTER TABLE ONLY public.bed ADD CONSTRAINT bed_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.bed ADD CONSTRAINT "bed_wardId_fkey" FOREIGN KEY ("wardId") REFERENCES public."Ward"("id");
`,
    tables: [
      {
        namespace: 'public',
        name: 'Ward',
        columns: ['id', 'name'],
        rows: toRows([
          [1, 'North'],
          [7, 'South'],
        ]),
      },
      {
        namespace: 'public',
        name: 'bed',
        columns: ['wardId', 'code'],
        rows: toRows([
          [7, 'b1'],
          [null, 'b2'],
          [1, 'b3'],
        ]),
      },
    ],
    sanitised: { method: 'invented', by: 'example-source.ts' },
    ...changes,
  }
}

/** Rows as lines of COPY's text format. */
export function toRows(rows: readonly (readonly CopyValue[])[]): readonly string[] {
  return rows.map(toCopyLine)
}

/** Runs `body` with a folder that is removed afterwards. */
export function withTemporaryFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  return withTemporary('test', body)
}
