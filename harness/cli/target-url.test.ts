import { describe, expect, it } from 'vitest'
import { withTarget } from '../target/with-target.ts'
import { readTargetUrl } from './target-url.ts'

describe('readTargetUrl', () => {
  it.for<[string, Parameters<typeof readTargetUrl>[0], RegExp]>([
    ['none', {}, /No target was named/],
    ['two', { target: 'postgresql://h/d', targetEnv: 'X' }, /Both --target/],
    ['a variable that is not set', { targetEnv: 'PHASEPROOF_NOT_SET' }, /PHASEPROOF_NOT_SET is not set/],
  ])('refuses %s', ([, flags, says]) => {
    expect(() => readTargetUrl(flags)).toThrow(says)
  })
})

describe('withTarget', () => {
  it.for(['host=h password=hidden', 'mysql://u:hidden@h/d'])(
    'refuses %s without quoting its password',
    async (url) => {
      const error = await withTarget({ url, applicationName: 'phaseproof gate' }, async () => null).catch(
        (thrown: unknown) => thrown,
      )
      expect(error).toMatchObject({ code: 'usage', message: expect.stringContaining('no connection string') })
      expect((error as Error).message).not.toContain('hidden')
    },
  )
})
