import { HarnessError } from '../model/error.ts'
import type { PostgresChoice, PostgresServer } from '../model/ports.ts'
import { container } from './container/provider.ts'
import { embedded } from './embedded/provider.ts'
import { external } from './external/provider.ts'
import type { PostgresProvider } from './provider.ts'

/** All ways to get a server, in the order in which `auto` tries them. A new one is a folder, its name in the model, and a line here. */
export const providers: readonly PostgresProvider[] = [container, embedded, external]

/** The provider of a name. */
export function findProvider(name: PostgresServer['provider']): PostgresProvider {
  const found = providers.find((provider) => provider.name === name)
  if (found === undefined) throw new Error(`no provider is named ${name}`)
  return found
}

/** The provider of a choice other than `auto`: a URL is always that of a server that somebody else runs. */
export function providerOf(choice: Exclude<PostgresChoice, 'auto'>): PostgresProvider {
  return findProvider(typeof choice === 'object' ? 'external' : choice)
}

/** What may stand behind `--postgres`, but for the providers in `tried`, as a list for a sentence. */
export function describeOptions(tried: readonly PostgresProvider[] = []): string {
  const options = providers.filter((provider) => !tried.includes(provider)).map(({ option }) => option)
  return listOf(tried.length === 0 ? ['auto', ...options] : options)
}

function listOf(items: readonly string[]): string {
  if (items.length < 3) return items.join(' or ')
  return `${items.slice(0, -1).join(', ')}, or ${items.at(-1)}`
}

/** An error with the ways to a server that were not tried added to its remedy. */
export function withOtherWays(
  error: HarnessError<'postgres-unavailable'>,
  tried: readonly PostgresProvider[],
): HarnessError<'postgres-unavailable'> {
  const remedy = `${error.remedy} Or pass --postgres with ${describeOptions(tried)}.`
  return new HarnessError(error.code, error.message, remedy, error.context, { cause: error.cause })
}
