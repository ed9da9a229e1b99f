import { describe, expect, it } from 'vitest'
import { openTool } from './tools.ts'

const place = { scenario: 'shop', projectRoot: process.cwd(), migrations: 'migrations/tcc' }

describe('openTool', () => {
  it('derives order and transaction rule from name and version alone', async () => {
    const rules = async (version: string) => (await openTool({ name: 'prisma', version }, place)).rules
    expect(await rules('6.5.0')).toEqual({
      name: 'prisma',
      version: '6.5.0',
      order: 'bytes',
      transactionRule: 'one-batch',
    })
    expect(await rules('7.10.0')).toEqual({
      name: 'prisma',
      version: '7.10.0',
      order: 'locale en-US',
      transactionRule: 'per-statement',
    })
  })

  it.for([
    [undefined, 'it names no migration tool'],
    [{ name: 'prizma' }, "it names the tool 'prizma'"],
    [{ name: 'toString' }, "it names the tool 'toString'"],
  ] as const)('refuses a scenario whose tool is %o', async ([choice, fault]) => {
    await expect(openTool(choice, place)).rejects.toMatchObject({
      code: 'plan-invalid',
      message: expect.stringContaining(fault),
      remedy: expect.stringContaining("tool: { name: 'prisma'"),
    })
  })
})
