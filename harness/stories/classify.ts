import { toCaptureError } from '../capture/capture-failed.ts'
import { renderDraft } from '../capture/policy/draft-policy.ts'
import { fetchRoles } from '../capture/source/fetch-roles.ts'
import { fetchSamples } from '../capture/source/fetch-samples.ts'
import { openSource } from '../capture/source/source-session.ts'
import { fetchSource } from '../ground/fetch-source.ts'
import { redactUrl } from '../ground/redact.ts'
import { historyTables } from '../tool/tools.ts'

/**
 * A first draft of a policy for a database, from names, types and a few sampled rows. Reads only; the draft cannot be used before
 * a person has decided about it.
 * @throws capture-failed
 */
export async function classify(url: string, today: string): Promise<string> {
  const name = redactUrl(url)
  const sessions = await openSource({ url, statementTimeoutMs: 60_000, lockTimeoutMs: 2000 }, name)
  try {
    const source = await fetchSource(sessions.first, name)
    const { roles } = await fetchRoles(sessions.first, { wanted: [], knowsProduction: true })
    const names = roles.map((role) => role.name)
    return renderDraft(source, await fetchSamples(sessions.first, source), today, historyTables, names)
  } catch (error) {
    throw toCaptureError(error, name)
  } finally {
    await sessions.close()
  }
}
