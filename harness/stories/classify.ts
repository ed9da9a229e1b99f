import { redactUrl } from '../postgres/redact-url.ts'
import { toCaptureError } from '../snapshot/capture/capture-failed.ts'
import { fetchSamples } from '../snapshot/capture/fetch-samples.ts'
import { fetchSource } from '../snapshot/capture/fetch-source.ts'
import { openSource } from '../snapshot/capture/source-session.ts'
import { renderDraft } from '../snapshot/policy/draft-policy.ts'

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
    return renderDraft(source, await fetchSamples(sessions.first, source), today)
  } catch (error) {
    throw toCaptureError(error, name)
  } finally {
    await sessions.close()
  }
}
