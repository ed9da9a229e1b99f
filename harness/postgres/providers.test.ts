import { describe, expect, it } from 'vitest'
import { parsePostgresChoice } from './parse-choice.ts'
import { describeOptions, findProvider, providerOf, providers, withOtherWays } from './providers.ts'
import { unavailable } from './unavailable.ts'

describe('the choice of Postgres', () => {
  it.each([
    ['auto', 'auto'],
    ['embedded', 'embedded'],
    ['testcontainers', 'testcontainers'],
    ['postgres://db/phaseproof', { url: 'postgres://db/phaseproof' }],
    ['postgresql://db/phaseproof', { url: 'postgresql://db/phaseproof' }],
  ])('is read from %s', (text, choice) => {
    expect(parsePostgresChoice(text)).toEqual(choice)
  })

  it.each(['external', 'mysql://db/x', 'docker', ''])('is refused for %j, with what there is', (text) => {
    expect(() => parsePostgresChoice(text)).toThrow(
      expect.objectContaining({
        code: 'usage',
        remedy:
          'Take auto, testcontainers, embedded, or a URL made for this, which begins with postgresql://.',
      }),
    )
  })

  it('is of one provider each', () => {
    expect(providerOf('embedded').name).toBe('embedded')
    expect(providerOf({ url: 'postgres://db/phaseproof' }).name).toBe('external')
    for (const provider of providers) expect(findProvider(provider.name)).toBe(provider)
  })
})

it('names each way to a server by what a user writes', () => {
  expect(describeOptions()).toBe('auto, testcontainers, embedded, or a URL made for this')
})

it('tells those who cannot have one provider of the others', () => {
  const error = unavailable('embedded', 'start it', 'it is not there', 'Install it.')
  expect(withOtherWays(error, [findProvider('embedded')])).toMatchObject({
    message: 'Could not start it: it is not there.',
    remedy: 'Install it. Or pass --postgres with testcontainers or a URL made for this.',
    context: error.context,
  })
})
