import type { MigrationFailure } from '../../model/history.ts'
import type { ResolveRequest } from '../../model/tool.ts'
import { withPrismaEngine } from './prisma-engine.ts'
import type { TransactionRule } from './send-script.ts'

/** What to do about Prisma's refusals to record something. */
const remedies: Readonly<Record<string, string>> = {
  P3008: 'The history counts it as applied: take it from `resolve`, and list it under `recorded`.',
  P3011:
    'Only what failed can be recorded as rolled back, and the history has no row of it: take it from `resolve`.',
  P3012: 'Only what failed can be recorded as rolled back, and it finished: take it from `resolve`.',
}

/**
 * Records migrations as `prisma migrate resolve` does, those rolled back first. The first that Prisma refuses is returned.
 * @throws postgres-lost, engine-failed
 */
export function resolveMigrations(
  { connectionString, migrations, applied, rolledBack }: ResolveRequest,
  rule: TransactionRule,
  namespace?: string,
): Promise<MigrationFailure | null> {
  const asked = [
    ...rolledBack.map((name) => ({ name, how: 'rolled-back' as const })),
    ...applied.map((name) => ({ name, how: 'applied' as const })),
  ]
  return withPrismaEngine({ connectionString, rule, namespace }, async (engine) => {
    for (const { name, how } of asked) {
      const refusal = await engine.resolve(how, name, migrations)
      if (refusal === null) continue
      const remedy = remedies[refusal.code]
      return {
        migration: name,
        file: migrations.find((one) => one.name === name)?.file ?? '',
        line: null,
        statement: null,
        message: refusal.message.replace(/\s+/g, ' ').trim(),
        sqlstate: refusal.code,
        detail: null,
        hint: null,
        ...(remedy !== undefined && { remedy }),
      }
    }
    return null
  })
}
