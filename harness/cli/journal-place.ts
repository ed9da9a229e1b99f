import { readWho } from '../stories/journal/read-who.ts'

/** Where the journals of a project lie, and who adds to them from this command line. */
export async function toJournalPlace(
  projectRoot: string,
): Promise<{ readonly projectRoot: string; readonly who: string }> {
  return { projectRoot, who: await readWho(projectRoot, process.env) }
}
